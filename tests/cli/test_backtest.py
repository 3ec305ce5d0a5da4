"""`monitor rules backtest`: what rules would have alerted."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Item, Paragraph, Polled, Seen, SourceState
from monitor.store.schema import upgrade
from monitor.store.sql import open_store
from tests.cli.running import records, run

FIRST = datetime(2026, 2, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SINCE = ("--since", "2026-02-01T00:00:00Z", "--until", "2026-02-06T00:00:00Z")
CONFIG = """
service: {database: "sqlite:///%s/monitor.db", time_zone: UTC}
sources: [{id: web, url: https://x.example/feed}, {id: disk, path: in}]
rules:
  - {id: xi, title: Xi naar Moskou, all: [Xi, Moskou]}
  - {id: gas, all: [gas]}
"""

OVER_TIME = f"""{CONFIG.partition("rules:")[0]}
rules:
  - {{id: xi, title: Xi, all: [Xi], type: frequency, num_events: 3, timeframe: 3d}}
  - {{id: stil, title: Stil, all: [Xi], type: flatline, threshold: 1, timeframe: 1d}}
"""


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.delenv("MONITOR_DATABASE", raising=False)
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG % tmp_path)
    return path


@pytest.fixture
def archive(tmp_path):
    """Fill the archive: what was first seen on a day, a text each."""
    url = f"sqlite:///{tmp_path}/monitor.db"
    upgrade(url)

    async def fill(days):
        async with open_store(url) as store:
            for at, texts in enumerate(days):
                state = SourceState(id="web", due=FIRST, started=True, polled=FIRST + at * DAY)
                items = [Item(id=f"{at}-{n}", source="web", body=(Paragraph(text),)) for n, text in enumerate(texts)]
                seen = tuple(Seen(item, (item.id,), item.id) for item in items)
                await store.commit(Polled(state, seen))
            await store.save(replace(state, polled=FIRST))

    return lambda *days: asyncio.run(fill(days))


def test_the_archive_is_summed_up_rule_by_rule_with_the_alerts(config, archive):
    archive(["Xi in Moskou"], ["Xi in Moskou", "Xi in Parijs"], ["Xi gaat naar Moskou", "Xi landt in Moskou"])

    result = run("rules", "backtest", "--config", config, *SINCE)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "xi: Xi naar Moskou",
        "  ▁▅█▁  2026-02-03 to 2026-02-06, a day a bar",
        "  3 alerts, 0.75 a day; most on 2026-02-05: 2; 1 held back: archived at the first poll of its source",
        "  from web 3",
        "  2026-02-04 10:00  web: Xi in Moskou",
        "      body.0 `Xi`, `Moskou`",
        "  2026-02-05 10:00  web: Xi gaat naar Moskou",
        "      body.0 `Xi`, `Moskou`",
        "  2026-02-05 10:00  web: Xi landt in Moskou",
        "      body.0 `Xi`, `Moskou`",
        "gas: gas",
        "  ▁▁▁▁  2026-02-03 to 2026-02-06, a day a bar",
        "  no alert",
    ]
    assert result.stderr == "5 items, 2 rules: 3 alerts\n"


def test_alerts_and_rules_are_records(config, archive):
    archive(["niets"], ["gas", "Xi in Moskou"])

    lines = records(run("rules", "backtest", "--config", config, *SINCE, "--json"))

    assert [(line["type"], line["rule"]) for line in lines] == [
        ("alert", "gas"),
        ("alert", "xi"),
        ("rule", "xi"),
        ("rule", "gas"),
    ]
    assert lines[0]["at"] == "2026-02-04T10:00:00+00:00"
    assert lines[2]["days"]["2026-02-04"] == 1


def test_some_rules_can_be_tried_alone(config, archive):
    archive(["niets"], ["gas", "Xi in Moskou"])

    lines = records(run("rules", "backtest", "--config", config, *SINCE, "--json", "gas"))

    assert {line["rule"] for line in lines} == {"gas"}


def test_documents_are_looked_at_instead_as_of_the_day_of_their_dates(config, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(
        '<rss version="2.0"><channel>'
        "<item><title>Xi in Moskou</title><pubDate>Thu, 05 Feb 2026 10:00:00 GMT</pubDate></item>"
        "<item><title>Gas</title><pubDate>Sat, 07 Feb 2026 10:00:00 GMT</pubDate></item></channel></rss>"
    )

    result = run("rules", "backtest", "--config", config, path)

    assert result.exit_code == 0
    assert "  █▁▁  2026-02-05 to 2026-02-07, a day a bar" in result.stdout
    assert not (tmp_path / "monitor.db").exists()


def test_a_rule_over_time_counts_what_was_there_before_and_fires_also_where_nothing_comes(config, archive):
    config.write_text(OVER_TIME % config.parent)
    archive(["niets"], ["Xi een"], ["Xi twee"], ["Xi drie", "Xi vier"])

    since = ("--since", "2026-02-05T10:00:00Z", "--until", "2026-02-08T00:00:00Z")
    result = run("rules", "backtest", "--config", config, *since)

    told = result.stdout.splitlines()
    assert [line for line in told if "2026-02-06 10:00" in line] == ["  2026-02-06 10:00  web: Xi drie"]
    assert told[told.index("  2026-02-06 10:00  web: Xi drie") + 2] == "      3 matches"
    assert [line for line in told if line.endswith("Stil")] == ["stil: Stil", "  2026-02-07 10:00  Stil"]
    assert result.stderr == "3 items, 2 rules: 2 alerts\n"


def test_an_item_that_was_revised_is_one_item(config, tmp_path):
    url = f"sqlite:///{tmp_path}/monitor.db"
    upgrade(url)

    async def fill():
        async with open_store(url) as store:
            for revision in range(3):
                item = Item(id="a", source="web", headline=f"Xi {revision}")
                state = SourceState(id="web", due=FIRST, started=True, polled=FIRST + revision * DAY)
                await store.commit(Polled(state, (Seen(item, ("a",), f"{revision}", revision),)))

    asyncio.run(fill())

    assert run("rules", "backtest", "--config", config, *SINCE).stderr == "1 item, 2 rules: 0 alerts\n"


def test_the_archive_is_not_written(config, archive, tmp_path):
    archive(["Xi in Moskou"])
    before = (tmp_path / "monitor.db").read_bytes()

    run("rules", "backtest", "--config", config, *SINCE)

    assert (tmp_path / "monitor.db").read_bytes() == before


def test_a_document_that_cannot_be_read_fails_after_the_others(config, tmp_path):
    (tmp_path / "good.txt").write_text("Xi in Moskou\nMOSKOU (ANP) - Xi is geland.\n")
    (tmp_path / "odd.bin").write_bytes(b"\x89PNG\r\n\x1a\n" * 10)

    result = run("rules", "backtest", "--config", config, tmp_path / "odd.bin", tmp_path / "good.txt")

    assert result.exit_code == 1
    assert "1 alert, " in result.stdout
    assert "odd.bin: " in result.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["nowhere"], 2, "nowhere: neither a file nor a rule; there are the rules gas, xi"),
        (["--since", "soon"], 2, "soon is neither a duration such as 30d nor a time with its zone"),
        ([], 2, "there is no database"),
        (["--since", "1d", "--until", "2d"], 2, "is not before --until"),
    ],
)
def test_what_cannot_be_done_is_told(config, words, status, said):
    result = run("rules", "backtest", "--config", config, *words)

    told = f"{result.stderr} {result.exception}"
    assert said in " ".join(told.replace("│", " ").split())
    assert result.exit_code == status or result.exception
