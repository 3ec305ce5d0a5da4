"""The oracle sees each kind of fault: a run in which all went well, and what each fault makes of it."""

import pytest

from tests.rig.oracle import Finding, judge
from tests.rig.plan import Piece, Plan, rules_of

NEWS = Piece("q00001z", 0, 1.0, 0, "g1", "Brand in Tiel [q00001z]", ("TIEL (ANP) - De schade is groot.",))
OLD = Piece("q00002z", 1, 0.0, 0, "g2", "Brand in Goes [q00002z]", ("GOES (ANP) - De schade is klein.",))
DULL = Piece("q00003z", 0, 1.0, 0, "g3", "Weer in Ede [q00003z]", ("EDE (ANP) - Het regent.",))
ADDED = Piece("q00003z", 0, 2.0, 1, "g3", DULL.headline, (*DULL.blocks, "Naschrift: het is droog."))
PLAN = Plan(feeds=2, hostile=0, pieces=(OLD, NEWS, DULL, ADDED))

SERVED = [
    {"at": 10.0, "feed": 1, "pids": {"q00002z": 0}},
    {"at": 11.0, "feed": 0, "pids": {"q00001z": 0, "q00003z": 0}},
    {"at": 12.0, "feed": 0, "pids": {"q00001z": 0, "q00003z": 1}},
]


def receipt(at, name, piece, rule, **changed):
    item = {"pids": [piece.pid], "headline": piece.headline, "url": piece.link, "spans": 1}
    row = {"at": at, "answered": at, "id": name, "attempt": 1, "answer": "200", "receipt": "accepted", "signed": True}
    return {**row, "type": "alert.fired", "rule": rule, "items": [item], **changed}


FIRE = receipt(11.5, "msg_1", NEWS, "akkoord")
POSTSCRIPT = receipt(12.5, "msg_2", ADDED, "aangevuld")
WELL = [FIRE, POSTSCRIPT]


def judged(received, *, served=SERVED, kills=()) -> Finding:
    return judge(PLAN, served, received, kills)


def test_a_plain_reading_finds_what_the_rules_say():
    assert rules_of(NEWS) == {"akkoord"}
    assert rules_of(DULL) == set()
    assert rules_of(ADDED) == {"aangevuld"}


def test_where_all_went_well_nothing_is_found():
    finding = judged(WELL)

    assert finding.owed == 2
    assert finding.faults == {}
    assert finding.late == (0.5, 0.5, 0.5)


FAULTS = {
    "lost": [FIRE],
    "dup": [*WELL, {**FIRE, "at": 20.0, "answered": 20.0}],
    "key_split": [*WELL, {**FIRE, "id": "msg_3"}],
    "phantom": [*WELL, receipt(12.6, "msg_4", OLD, "akkoord")],
    "corrupt": [*WELL, {**FIRE, "at": 11.4, "signed": False, "receipt": "ambiguous"}],
    "impolite": [{**FIRE, "at": 11.2, "answered": 11.2, "answer": "429", "receipt": "ambiguous"}, *WELL],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault):
    finding = judged(FAULTS[fault])

    assert finding.faults == {fault: 1}
    assert finding.examples


@pytest.mark.parametrize(
    "changed",
    [
        {"pids": ["q00001z"], "headline": "Brand in Weesp [q00001z]", "url": NEWS.link, "spans": 1},
        {"pids": ["q00001z"], "headline": NEWS.headline, "url": OLD.link, "spans": 1},
        {"pids": ["q00001z"], "headline": NEWS.headline, "url": NEWS.link, "spans": 0},
        {"pids": [], "headline": "Brand", "url": NEWS.link, "spans": 1},
    ],
)
def test_a_message_that_says_what_was_not_published_is_corrupt(changed):
    finding = judged([POSTSCRIPT, FIRE, {**FIRE, "at": 11.6, "receipt": "ambiguous", "items": [changed]}])

    assert finding.faults["corrupt"] == 1


def test_what_was_never_served_whole_is_missed_and_not_owed():
    finding = judged(WELL[:1], served=[{"at": 11.0, "feed": 0, "pids": {"q00001z": 0, "q00002z": 0}}])

    assert finding.owed == 1
    assert finding.faults == {"missed": 1}


@pytest.mark.parametrize(("kill", "excused"), [(11.6, 1), (11.4, 1), (25.0, 0), (17.0, 0)])
def test_a_double_is_excused_by_a_kill_right_after_the_first_and_by_no_other(kill, excused):
    finding = judged([*WELL, {**FIRE, "at": 20.0, "answered": 20.0}], kills=[kill])

    assert (finding.dup, finding.excused) == (1, excused)


def test_a_kill_before_the_first_excuses_nothing():
    finding = judged([*WELL, {**FIRE, "at": 20.0, "answered": 20.0}], kills=[5.0])

    assert finding.faults == {"dup": 1}


def test_a_retry_after_an_answer_that_was_lost_is_no_double():
    finding = judged([{**FIRE, "at": 11.1, "answer": "drop", "receipt": "ambiguous"}, *WELL])

    assert finding.faults == {}
