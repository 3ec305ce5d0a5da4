"""Whether a rule may match an item whose article was not read yet."""

from datetime import timedelta

import pytest

from monitor.match.possible import may_match
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Item
from tests.fakes.clock import START
from tests.fakes.newsroom import news
from tests.match.reading import compiled

ITEM = news(
    "a",
    source="wire",
    language="nl",
    section="Sport",
    published=START - timedelta(hours=1),
    url="https://wire.example/a",
)


def may(condition, item=ITEM, sources=None):
    rule = Rule("r", "R", "low", compiled(condition), sources=sources and frozenset(sources))
    return may_match(rule, View(item, START, publisher="wire"))


CANNOT = {
    "another language": {"all": ["storm", {"lang": "en"}]},
    "another source": {"all": ["storm", {"source": "other"}]},
    "another publisher": {"all": ["storm", {"publisher": "other"}]},
    "another section": {"all": ["storm", {"section": "Economie"}]},
    "another kind": {"all": ["storm", {"kind": ["withdrawn"]}]},
    "another address": {"all": ["storm", {"url": "elders.example"}]},
    "too old": {"all": ["storm", {"age": {"max": "30m"}}]},
    "its own language excluded": {"all": ["storm", {"none": [{"lang": "nl"}]}]},
    "none of several": {"any": [{"lang": "en"}, {"source": "other"}]},
    "too few of several": {"min": {"k": 2, "of": [{"lang": "en"}, {"source": "other"}, "storm"]}},
    "within a scope": {"all": ["storm", {"lang": "en"}], "in": ["headline"]},
}
MAY = {
    "a word": {"all": ["storm"]},
    "a word and its language": {"all": ["storm", {"lang": "nl"}]},
    "without a word": {"none": ["veerboot"]},
    "a word or another language": {"any": ["storm", {"lang": "en"}]},
    "enough of several": {"min": {"k": 2, "of": [{"lang": "nl"}, {"source": "other"}, "storm"]}},
    "its fields alone": {"all": [{"lang": "nl"}]},
    "an agency, which the article may tell": {"all": ["storm", {"agency": "ANP"}]},
    "soon too old to be excluded": {"none": [{"age": {"max": "61m"}}]},
}


@pytest.mark.parametrize("condition", CANNOT.values(), ids=CANNOT)
def test_a_rule_cannot_match_whatever_the_article_says(condition):
    assert not may(condition)


@pytest.mark.parametrize("condition", MAY.values(), ids=MAY)
def test_a_rule_may_match_with_the_article(condition):
    assert may(condition)


@pytest.mark.parametrize(
    "condition",
    [{"lang": "en"}, {"section": "Economie"}, {"age": {"max": "30m"}}, {"byline": "Jansen"}, {"tag": "storm"}],
)
def test_what_the_item_does_not_say_the_article_may(condition):
    assert may({"all": [condition]}, Item(id="a", source="wire", url=ITEM.url))


def test_a_rule_that_does_not_listen_cannot_match():
    assert not may({"all": ["storm"]}, sources=["other"])
    assert may({"all": ["storm"]}, sources=["wire"])


@pytest.mark.parametrize("condition", CANNOT.values(), ids=CANNOT)
def test_what_cannot_match_does_not(condition):
    rule = Rule("r", "R", "low", compiled(condition))
    stormy = news(
        "a", "Storm.", source="wire", language="nl", section="Sport", published=ITEM.published, headline="Storm"
    )

    assert not match_rule(rule, View(stormy, START, publisher="wire")).matched
