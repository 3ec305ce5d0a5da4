"""Clauses over the story that an item belongs to."""

from datetime import timedelta

import pytest

from monitor.match.clauses.stories import SIGNS, Bound, StoryIs
from monitor.match.view import USUAL_SCOPE, View
from monitor.model import Story
from tests.match.reading import NOW, article, compiled

STORY = Story("s", "Xi in Moskou", ("nos", "vrt", "bbc"), ("ANP", "RTR"), 4)

TABLE = [
    ({"agencies": ">=2"}, True),
    ({"agencies": ">=3"}, False),
    ({"agencies": "2"}, True),
    ({"agencies": 2}, True),
    ({"agencies": "=3"}, False),
    ({"publishers": ">2"}, True),
    ({"publishers": "> 3"}, False),
    ({"publishers": "<=3"}, True),
    ({"publishers": "<3"}, False),
    ({"items": "4"}, True),
    ({"items": "0"}, False),
    ({"agencies": ">=2", "publishers": ">=3", "items": ">=4"}, True),
    ({"agencies": ">=2", "publishers": ">=4"}, False),
    ({"within": "2h"}, True),
    ({"within": "89m"}, False),
    ({"within": "90m"}, True),
    ({"within": "2h", "items": ">=5"}, False),
]


def judged(said, **around):
    return compiled({"story": said}).judge(View(article("Xi"), NOW, **around), USUAL_SCOPE)


@pytest.mark.parametrize(("said", "expected"), TABLE)
def test_a_story_is_within_its_bounds(said, expected):
    verdict = judged(said, story=STORY, began=NOW - timedelta(minutes=90))

    assert verdict.holds is expected
    assert verdict.spans == ()


@pytest.mark.parametrize(("said", "_"), TABLE)
def test_an_unknown_story_is_within_none(said, _):
    assert not judged(said).holds


def test_a_story_that_began_nobody_knows_when_is_not_recent():
    assert not judged({"within": "52w"}, story=STORY).holds
    assert judged({"items": "4"}, story=STORY).holds


def test_a_story_yet_to_begin_is_recent():
    assert judged({"within": "1s"}, story=STORY, began=NOW + timedelta(minutes=1)).holds


@pytest.mark.parametrize("sign", SIGNS)
def test_a_bound_says_what_its_sign_does(sign):
    allowed = [number for number in range(5) if Bound(sign, 2).allows(number)]

    assert allowed == {">=": [2, 3, 4], "<=": [0, 1, 2], ">": [3, 4], "<": [0, 1], "=": [2]}[sign]


def test_a_verdict_names_the_bounds():
    clause = StoryIs(Bound(">=", 2), None, Bound("=", 1), timedelta(hours=2))

    assert str(clause) == "story: agencies: >=2, items: =1, within: 2h"
