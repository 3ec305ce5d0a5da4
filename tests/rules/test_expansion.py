"""What names in rules expand to, and the lock that pins it."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.clauses.naming import read_name, read_place, read_shipped
from monitor.match.rule import Rule
from monitor.match.spelling.locked import Lock, Locked, LockFault, read_lock, write_lock
from monitor.match.spelling.names import shipped
from monitor.match.spelling.spelled import Asked, Expansion
from monitor.match.written.tree import Reader
from monitor.rules.expansion import asked_in, doubts, lock_of, spellings

MOSKOU = Asked("place", "Moskou")
TEXTS = st.lists(st.text(min_size=1, max_size=8), max_size=3).map(lambda texts: tuple(sorted(texts)))


def rule_of(*conditions):
    reader = Reader({"eigen": ["Poetin", "Putin"]})
    condition = reader.condition({"any": [*conditions]})
    assert condition is not None, reader.faults
    return Rule("r", "R", "high", condition)


def told(*conditions):
    """Return what is told of each spelling: how it counts, and where it comes from."""
    return {one.spelling: (one.counts, one.source) for one in spellings(rule_of(*conditions))}


@pytest.mark.parametrize(
    ("condition", "spelling", "expected"),
    [
        ({"place": "Moskou"}, "Moskou", ("with a capital", "the rule")),
        ({"place": "Moskou"}, "Москва", ("with a capital", "the gazetteer")),
        ({"place": "Moskou"}, "Москве", ("with a capital", "by rule")),
        ({"place": "Rusland", "with": "demonym"}, "Russen", ("with a capital", "a demonym")),
        ({"place": "Guinee"}, "Guinea-Bissau", ("as another's", "the gazetteer")),
        ({"place": "Paris", "country": "US"}, "Paris", ("if the item tells more", "the rule")),
        ({"name": "Poetin"}, "Poutine", ("as a surname", "by rule")),
        ({"name": "Poetin"}, "Путин", ("as a surname", "names.txt")),
        ({"name": "Poetin"}, "Wladimir", ("as a given name", "given.txt")),
        ({"name": "Poetin"}, "普京", ("with a capital", "names.txt")),
        ({"name": "WHO"}, "WHO", ("letter for letter", "the rule")),
        ({"name": "Boris Nemtsov"}, "Немцова", ("as a surname", "by rule")),
        ({"list": "eigen"}, "Putin", ("always", "the list")),
        ({"list": "heads-of-state"}, "习近平", ("with a capital", "names.txt")),
    ],
)
def test_every_spelling_is_told_with_how_it_counts_and_where_it_comes_from(condition, spelling, expected):
    assert told(condition)[spelling] == expected


def test_terms_have_no_spellings_to_tell():
    assert told("Xi", {"cased": "VS"}) == {}


def test_spellings_within_groups_are_told_too():
    rule = rule_of({"near": ["Xi", {"place": "Moskou"}], "within": 8}, {"all": [{"in": "headline", "name": "Poetin"}]})

    assert {one.clause for one in spellings(rule)} == {"place: Moskou", "name: Poetin"}


def test_a_lock_has_every_name_and_the_members_of_lists():
    rule = rule_of({"place": "Paris", "country": "US"}, {"name": "Poetin"}, {"list": "ministers"})

    lock = lock_of([rule], "1.0")

    assert {"place: Paris, country: US", "name: Poetin", "list: ministers"} <= lock.expansions.keys()
    assert {str(asked) for asked in asked_in([rule])} == lock.expansions.keys()
    assert {f"name: {member}" for member in lock.expansions["list: ministers"].members} <= lock.expansions.keys()


def test_a_lock_is_written_sorted_a_spelling_a_line():
    text = write_lock(lock_of([rule_of({"place": "Moskou"})], "1.0"))

    assert json.loads(text)["program"] == "1.0"
    lines = [line.strip(' ,"') for line in text.splitlines() if re.fullmatch(r'\s+"[^"]+",?', line)]
    assert len(lines) > 100
    assert "Москве" in lines


def test_writing_and_reading_a_lock_changes_no_spelling():
    lock = lock_of([rule_of({"place": "Moskou"}, {"name": "Xi Jinping"})], "1.0")

    read = read_lock(write_lock(lock))

    assert {key: set(one.spellings()) for key, one in read.expansions.items()} == {
        key: set(one.spellings()) for key, one in lock.expansions.items()
    }
    assert write_lock(read) == write_lock(lock)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=10), st.builds(Expansion, forms=TEXTS, given=TEXTS, alone=st.booleans())))
def test_any_lock_is_read_as_it_was_written(expansions):
    lock = Lock("1.0", expansions)

    assert read_lock(write_lock(lock)) == lock


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "{}", '{"format": 1}', '{"format": 1, "program": "1", "names": []}'),
        '{"format": 2, "program": "1", "names": {}}',
        '{"format": 1, "program": "1", "names": {"x": {"forms": "y"}}}',
        '{"format": 1, "program": "1", "names": {"x": {"formes": ["y"]}}}',
        '{"format": 1, "program": "1", "names": {"x": {"forms": [1]}}}',
    ],
)
def test_what_is_no_lock_is_refused_with_the_mend(text):
    with pytest.raises(LockFault, match="monitor rules lock"):
        read_lock(text)


def test_a_pinned_spelling_of_one_word_may_not_be_wrong_anywhere():
    lock = read_lock(
        '{"format": 1, "program": "1", "names": {"name: X": {"forms": ["Xenakis"], "slips": ["Xenakis"]}}}'
    )

    assert lock.expansions["name: X"].needed == {"xenakis"}


def test_what_a_lock_pins_is_what_a_rule_listens_to():
    locked = Locked(Lock("1.0", {"place: Moskou": Expansion(forms=("Mokum",))}))

    clause = read_place(("Moskou", "Parijs"), expand=locked)

    assert "Mokum" in clause.forms
    assert "Moscow" not in clause.forms
    assert "Paris" in clause.forms


def test_a_shipped_list_is_pinned_with_its_members():
    pinned = {"list: agencies": Expansion(members=("Buurtwacht",)), "name: Buurtwacht": Expansion(forms=("BW",))}

    clause = read_shipped("agencies", expand=Locked(Lock("1.0", pinned)))

    assert [one.forms for one in clause.members] == [("BW",)]


def test_a_lock_of_today_leaves_no_doubts():
    lock = read_lock(write_lock(lock_of([rule_of({"place": "Moskou"}, {"list": "ministers"})], "1.0")))
    locked = Locked(lock)
    read_place(("Moskou",), expand=locked)
    read_shipped("ministers", expand=locked)

    assert list(doubts(locked)) == []


def test_what_changed_what_is_missing_and_what_nobody_says_is_doubted():
    stale = replace(shipped(MOSKOU), forms=("Mokum",))
    locked = Locked(Lock("1.0", {"place: Moskou": stale, "place: Atlantis": Expansion()}))
    read_place(("Moskou",), expand=locked)
    read_name(("Poetin",), expand=locked)

    said = list(doubts(locked))

    assert [one.split("`")[1] for one in said] == ["place: Moskou", "name: Poetin", "place: Atlantis"]
    assert all("monitor rules lock" in one for one in said)
