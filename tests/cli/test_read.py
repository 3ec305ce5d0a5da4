"""`monitor read`: documents to items."""

from pathlib import Path

import jsonschema
import pytest

from monitor.catalog import READERS
from monitor.records import item_schema
from tests.cli.running import records, run

SAMPLES = sorted((Path(__file__).parents[2] / "config" / "samples").glob("*.txt"))
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><guid>1</guid><title>Xi in Moskou</title><link>/xi</link><description>Een bericht.</description></item>
<item><guid isPermaLink="false">2</guid><title>Tweede bericht</title></item></channel></rss>"""


def test_an_item_is_a_line_of_json_with_the_document_it_came_from():
    result = run("read", *SAMPLES)

    lines = records(result)
    schema = jsonschema.Draft202012Validator(item_schema())
    assert result.exit_code == 0
    assert [line["document"] for line in lines] == [str(path) for path in SAMPLES]
    assert all(schema.is_valid(line) for line in lines)
    assert result.stderr == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" - ", "\u00a0- "),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text + "\n",
        lambda text: "\ufeff" + text,
    ],
    ids=["as it is", "CRLF", "no-break spaces", "blank lines", "a last line break", "a byte order mark"],
)
def test_a_wire_text_is_written_back_byte_for_byte(tmp_path, change):
    body = change(SAMPLES[0].read_text()).encode()
    (tmp_path / "wire.txt").write_bytes(body)

    result = run("read", "--text", tmp_path / "wire.txt")

    assert result.exit_code == 0
    assert result.stdout_bytes == body


def test_texts_of_several_items_have_a_blank_line_between_them():
    result = run("read", "--text", *SAMPLES[:2])

    assert result.stdout_bytes == b"\n\n".join(path.read_bytes() for path in SAMPLES[:2])


def test_what_cannot_be_read_is_said_and_the_others_still_come_out(tmp_path):
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "empty").write_bytes(b"")

    result = run(
        "read", tmp_path / "nowhere", SAMPLES[0], tmp_path / "picture", tmp_path, tmp_path / "empty", SAMPLES[1]
    )

    assert result.exit_code == 1
    assert [line["document"] for line in records(result)] == [str(SAMPLES[0]), str(SAMPLES[1])]
    said = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in said] == [
        str(tmp_path / name) for name in ("nowhere", "picture", "", "empty")
    ]
    assert said[0].endswith("No such file or directory")


def test_relative_links_stand_against_the_url(tmp_path):
    (tmp_path / "feed.xml").write_text(FEED)

    result = run("read", "--url", "https://wire.example.org/feeds/rss", tmp_path / "feed.xml")

    assert [line["url"] for line in records(result)] == ["https://wire.example.org/xi", None]


def test_ages_count_back_from_the_time_that_is_given(tmp_path):
    (tmp_path / "wire.txt").write_text(
        "Xi in Moskou\nMOSKOU (ANP) - Het bericht staat hier.\n\n"
        "Meer uit Buitenland\nKYIV (AFP) - Een ander bericht.\n5 minuten geleden"
    )

    result = run("read", "--fetched", "2026-02-05T11:00:00+01:00", tmp_path / "wire.txt")

    (line,) = records(result)
    assert line["fetched"] == "2026-02-05T10:00:00Z"
    assert line["related"]["items"][0]["published"] == "2026-02-05T09:55:00Z"


def test_a_language_holds_for_items_that_do_not_say():
    (line,) = records(run("read", "--language", "nl-BE", SAMPLES[0]))

    assert line["language"] == "nl-BE"


def test_a_kind_overrides_detection(tmp_path):
    (tmp_path / "feed.xml").write_text(FEED)

    assert len(records(run("read", tmp_path / "feed.xml"))) == 2
    assert len(records(run("read", "--kind", "text", tmp_path / "feed.xml"))) == 1
    assert run("read", "--kind", "feed", SAMPLES[0]).exit_code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Missing argument"),
        (["--url", "https://example.org", SAMPLES[0], SAMPLES[1]], "give one FILE"),
        (["--fetched", "yesterday", SAMPLES[0]], "is no time with its zone"),
        (["--fetched", "2026-02-05T10:00:00", SAMPLES[0]], "is no time with its zone"),
        (["--fetched", "", SAMPLES[0]], "is no time with its zone"),
        (["--kind", "rss", SAMPLES[0]], "there is no kind rss"),
        (["--kind", "", SAMPLES[0]], "there is no kind"),
        (["--nonsense", SAMPLES[0]], "No such option"),
    ],
)
def test_wrong_usage_is_told_and_reads_nothing(words, said):
    result = run("read", *words)

    assert result.exit_code == 2
    assert result.stdout_bytes == b""
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_every_kind_is_named_in_the_help():
    result = run("read", "--help")

    assert all(kind in result.stdout for kind in READERS)
