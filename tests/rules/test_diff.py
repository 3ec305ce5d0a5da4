"""What two versions of the rules say differently."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.ports import Past
from monitor.rules import diff_pages
from monitor.rules.diff import Comparison, changes, read_version
from monitor.yaml12 import read_yaml
from tests.match.reading import article

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
BEFORE = """
sources: [{id: web, path: in, tags: [sites]}]
lists: {gas: [gas, lng], olie: [olie]}
rules:
  - {id: xi, title: Xi, all: [Xi, Moskou]}
  - {id: gas, all: [{list: gas}]}
  - {id: weg, all: [weg]}
  - {id: zelfde, all: [a, 'no'], sources: [sites]}
"""
AFTER = """
sources: [{id: web, path: in, tags: [sites]}]
lists: {gas: [gas], olie: [olie, diesel]}
rules:
  - {id: xi, title: Xi, all: [Xi]}
  - {id: gas, all: [{list: gas}]}
  - id: zelfde   # Only written otherwise.
    all: [a, "no"]
    sources: [sites]
  - {id: nieuw, query: Xi OR graan}
"""


@pytest.fixture
def versions(tmp_path):
    def read(before=BEFORE, after=AFTER):
        for name, text in (("before", before), ("after", after)):
            (tmp_path / f"{name}.yaml").write_text(text)
        return [read_version(name, tmp_path / f"{name}.yaml") for name in ("before", "after")]

    return read


def written(records):
    """Return records as they are read again."""
    return json.loads(json.dumps([*records]))


def compared(versions, *texts, most=20, tried=True):
    before, after = versions
    comparison = Comparison(before, after, most)
    for at, text in enumerate(texts):
        item = article(text, id=str(at), source="web", headline=text, url=f"https://x.example/{at}")
        comparison.look(Past(item, "web", NOW, first=False))
    return comparison.diff(len(texts) if tried else None)


def test_rules_are_added_removed_changed_or_not_named(versions):
    found = [*changes(*versions())]

    assert [(change.id, change.kind) for change in found] == [
        ("xi", "changed"),
        ("gas", "changed"),
        ("nieuw", "added"),
        ("weg", "removed"),
    ]
    assert [line for line in found[0].lines if line[0] in "+-"] == ["-- Moskou"]


def test_a_rule_changes_with_the_list_that_it_names(versions):
    gas = next(change for change in changes(*versions()) if change.id == "gas")

    assert [line for line in gas.lines if line[0] in "+-"] == ["-  - lng"]


def test_a_rule_whose_tests_alone_changed_means_the_same(versions):
    later = BEFORE.replace("all: [weg]", "all: [weg], tests: {match: [weg]}")

    assert [(change.id, change.kind) for change in changes(*versions(after=later))] == [("weg", "reworded")]


def test_a_rule_changes_with_the_sources_that_a_tag_names(versions):
    later = BEFORE.replace("[sites]}]", "[sites]}, {id: b, path: b, tags: [sites]}]")

    assert [(change.id, change.kind) for change in changes(*versions(after=later))] == [("zelfde", "changed")]


def test_what_is_written_reads_back_as_it_was(versions):
    written = versions()[0].written["zelfde"]

    assert read_yaml("x", written) == {"id": "zelfde", "all": ["a", "no"], "sources": ["sites"]}


def test_alerts_are_those_that_only_one_version_would_have_sent(versions):
    diff = compared(versions(), "Xi in Moskou", "Xi in Parijs", "Schip met lng", "gas", "graan", "weg", "niets")

    found = {one.change.id: (one.before.count, one.after.count, one.both) for one in diff.differences}
    assert found == {"xi": (0, 1, 1), "gas": (1, 0, 1), "nieuw": (0, 3, 0), "weg": (1, 0, 0)}
    assert (diff.won, diff.lost, diff.tried) == (4, 2, 7)
    assert diff_pages.summary(diff) == "rules: 2 changed, 1 added, 1 removed; over 7 items: 4 alerts more, 2 fewer"


def test_a_rule_that_counts_in_one_version_only_is_compared_by_its_items(versions):
    often = BEFORE.replace("all: [weg]", "all: [weg], type: frequency, num_events: 2, timeframe: 1h, realert: 0s")

    diff = compared(versions(after=often), "weg", "weg", "weg")

    assert [(one.before.count, one.after.count, one.both) for one in diff.differences] == [(2, 0, 1)]


def test_silences_are_compared_by_their_moments(versions):
    before, after = (
        BEFORE.replace("all: [weg]", f"all: [weg], type: flatline, threshold: 1, timeframe: {hours}h, realert: 1d")
        for hours in (1, 2)
    )
    earlier, later = versions(before, after)
    comparison = Comparison(earlier, later, 20)
    comparison.look(Past(article("weg", source="web"), "web", NOW, first=False))

    diff = comparison.diff(1, NOW + timedelta(hours=5))

    assert [(one.before.count, one.after.count, one.both) for one in diff.differences] == [(1, 1, 0)]
    assert "  + 1 alert only with after" in [*diff_pages.text(diff, ZONE)]
    assert "weg" in diff_pages.markdown(diff, ZONE)


def test_two_versions_that_are_alike_say_so(versions):
    assert (
        diff_pages.summary(compared(versions(after=BEFORE), "Xi"))
        == "no rule changed; over 1 item: 0 alerts more, 0 fewer"
    )
    assert diff_pages.summary(compared(versions(after=BEFORE), tried=False)) == "no rule changed; not tried on any item"


def test_the_text_shows_what_changed_and_the_alerts(versions):
    lines = [*diff_pages.text(compared(versions(), "Xi in Parijs", "Xi in Wuhan", most=1), ZONE)]

    assert lines[0] == "~ xi: Xi (changed)"
    assert "    -- Moskou" in lines
    start = lines.index("  + 2 alerts only with after")
    assert lines[start + 1 : start + 4] == [
        "      2026-02-05 11:00  web: Xi in Parijs",
        "          headline `Xi`; body.0 `Xi`",
        "      and 1 more",
    ]


def test_records_are_of_each_rule_and_of_the_whole(versions):
    *rules, whole = written(diff_pages.records(compared(versions(), "Xi in Parijs")))

    assert [(one["rule"], one["change"], one["before"]["alerts"], one["after"]["alerts"]) for one in rules] == [
        ("xi", "changed", 0, 1),
        ("gas", "changed", 0, 0),
        ("nieuw", "added", 0, 1),
        ("weg", "removed", 0, 0),
    ]
    assert rules[0]["after"]["first"][0]["headline"] == "Xi in Parijs"
    assert whole == {
        "type": "summary",
        "before": "before",
        "after": "after",
        "items": 1,
        "rules": 4,
        "more": 2,
        "fewer": 0,
    }


def test_markdown_folds_each_rule_and_lets_no_headline_be_anything_else(versions):
    diff = compared(versions(), "Xi <img src=x> @desk [kies](https://x.example) `code` #1")

    page = diff_pages.markdown(diff, ZONE)

    assert page.count("<details>") == page.count("</details>") == 4
    assert "```diff" in page
    assert [part for part in ("<img", "@desk", "](https://x.example)") if part in page] == []
    assert "](https://x.example/0)" in page


def test_an_address_that_could_break_out_of_a_link_is_none(versions):
    before, after = versions()
    comparison = Comparison(before, after, 20)
    item = article("Xi", headline="Xi", source="web", url="https://x.example/a) <script>")
    comparison.look(Past(item, "web", NOW, first=False))

    assert "<script>" not in diff_pages.markdown(comparison.diff(1), ZONE)


def test_markdown_fits_a_comment_and_counts_what_does_not(versions):
    rules = "".join(f"  - {{id: r{at}, title: {'lang ' * 100}, all: [woord{at}]}}\n" for at in range(300))
    diff = compared(versions(after=f"{BEFORE}{rules}"))

    page = diff_pages.markdown(diff, ZONE)

    assert len(page) < 65_536
    assert "more rules did not fit" in page


def test_code_that_holds_a_fence_does_not_end_it(versions):
    page = diff_pages.markdown(compared(versions(after=BEFORE.replace("[weg]", "['weg ``` uit']"))), ZONE)

    assert "````diff" in page
