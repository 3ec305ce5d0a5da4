"""The articles that this program was first asked for, against the rules that it was asked with."""

from pathlib import Path

import pytest

from monitor.parse.wires.wire import read_wire
from tests.match.reading import judged

SEEDS = sorted((Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not SEEDS, reason="other people's articles are not kept here: ../shared/seeds is absent"
)

XI_MOSKOU = {"all": ["Xi", {"place": "Moskou"}]}
AROUND = ["teasers", "related"]


def text_of(number):
    return next(path for path in SEEDS if path.name.startswith(f"{number:03}_")).read_text("utf-8")


def matched(condition):
    return [path.name[:3] for path in SEEDS if judged(condition, read_wire(path.read_text("utf-8"))).matched]


def test_the_rule_matches_the_articles_that_it_is_about():
    assert matched(XI_MOSKOU) == ["000", "001", "002", "004"]


def test_the_same_rule_as_a_query_does_too():
    assert matched({"query": "Xi AND place:Moskou"}) == ["000", "001", "002", "004"]


def test_the_place_is_known_by_its_other_names():
    assert matched({"all": ["Xi", {"place": "Москва"}]}) == ["000", "001", "002", "004"]


def test_one_matches_by_its_dateline_alone():
    match = judged(XI_MOSKOU, read_wire(text_of(1)))

    assert [(span.field, span.text) for span in match.spans if span.text != "Xi"] == [("dateline", "MOSKOU")]
    assert not judged({**XI_MOSKOU, "in": ["headline", "lead", "body", "subheads"]}, read_wire(text_of(1))).matched


def test_evidence_is_what_stands_there():
    for number in (0, 1, 2, 4):
        item = read_wire(text_of(number))
        texts = {"headline": item.headline, "dateline": item.dateline and item.dateline.text}
        texts |= {f"body.{index}": block.text for index, block in enumerate(item.body)}
        spans = judged(XI_MOSKOU, item).spans

        assert spans
        assert all((texts[span.field] or "")[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("name", ["Iran", "Trump"])
def test_who_is_only_in_the_sidebar_is_not_in_the_article(name):
    assert matched(name) == []
    assert matched({"all": [name], "in": ["related"]}) != []


def test_the_sidebar_of_one_article_behind_another_matches_nothing():
    article, sidebar = text_of(3), text_of(2)
    item = read_wire(article.partition("Meer uit ")[0] + sidebar[sidebar.index("Meer uit ") :])

    assert judged("Xi", item).matched
    assert not judged(XI_MOSKOU, item).matched
    assert judged({"all": [{"place": "Moskou"}], "in": AROUND}, item).matched
