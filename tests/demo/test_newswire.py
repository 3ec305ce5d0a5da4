from collections import Counter
from datetime import timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.demo.newswire import TOPICS, Outlet, newswire, reports
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.match.written.tree import Reader
from monitor.model import Item, Paragraph
from monitor.parse.dateline import dateline_at
from tests.demo.moment import NOW, chance

OUTLETS = [
    Outlet("first", "De Eerste", "rss", languages=("nl", "en", "de"), share=1.0),
    Outlet("brief", "Kort", "atom", paragraphs=1, delay=timedelta(seconds=3), retitles=True),
]
PACE = timedelta(seconds=1)


def wire(seed, most):
    return list(islice(newswire(chance(seed), OUTLETS, PACE), most))


def item_of(copy):
    blocks = tuple(Paragraph(text) for text in copy.paragraphs)
    found = dateline_at(copy.dateline)
    return Item(id="x", headline=copy.headline, dateline=found.dateline if found else None, body=blocks)


def test_one_seed_is_one_wire():
    assert wire(1, 200) == wire(1, 200)
    assert wire(1, 200) != wire(2, 200)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_a_wire_runs_forward(seed):
    times = [publication.after for publication in wire(seed, 60)]

    assert times == sorted(times)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_a_correction_follows_what_it_corrects_under_the_same_guid(seed):
    seen = set()
    for publication in wire(seed, 80):
        entry = publication.entry
        assert entry.corrects == ((publication.outlet, entry.guid) in seen)
        seen.add((publication.outlet, entry.guid))


def test_hundreds_of_reports_do_not_repeat():
    copies = list(islice(reports(chance(5)), 300))

    assert len({copy.paragraphs for copy in copies}) == 300
    assert len({copy.paragraphs[0] for copy in copies}) > 290
    assert len({copy.headline for copy in copies}) > 200


@pytest.mark.parametrize("sort", TOPICS)
def test_stories_match_as_their_sort_says(sort):
    condition = Reader().condition({"all": ["Xi", {"place": "Moskou"}]})
    assert condition
    rule = Rule("xi-moskou", "Xi naar Moskou", "high", condition)
    copies = [copy for copy in islice(reports(chance(6)), 400) if copy.sort == sort]

    matched = {match_rule(rule, View(item_of(copy), NOW)).matched for copy in copies}

    assert matched == {sort == "matching"}


def test_an_eighth_matches_and_the_first_does():
    sorts = [copy.sort for copy in islice(reports(chance(7)), 801)]

    assert sorts[0] == "matching"
    assert Counter(sorts[1:]) == {"matching": 100, "near": 200, "other": 500}


def test_every_dateline_is_one():
    for copy in islice(reports(chance(8)), 300):
        found = dateline_at(copy.dateline + copy.paragraphs[0])

        assert found
        assert found.dateline.text == copy.dateline
        assert found.sure


def test_outlets_carry_what_is_in_their_language_shortened_and_retitled():
    entries = {(each.outlet, each.entry.copy.story): each.entry for each in reversed(wire(9, 150))}
    both = [(entries["first", story], entry) for (outlet, story), entry in entries.items() if outlet == "brief"]

    assert len(both) > 10
    assert {entry.copy.language for _, entry in both} == {"nl"}
    assert {len(brief.copy.paragraphs) for _, brief in both} <= {1, 2}
    assert any(first.headline != brief.headline for first, brief in both)


def test_stories_are_followed_up():
    told = Counter((each.outlet, each.entry.copy.story) for each in wire(10, 300) if not each.entry.corrects)

    assert set(told.values()) == {1, 2}
