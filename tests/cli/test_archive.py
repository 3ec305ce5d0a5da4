"""`monitor items show`, `monitor alerts held` and `release`, `monitor why`: what the archive tells."""

import asyncio
from dataclasses import replace

import pytest

from monitor.model import Paragraph, Polled, Seen, Subhead
from monitor.reasons import Reason
from monitor.store.admin import posts
from monitor.store.database import open_database
from monitor.store.schema import upgrade
from monitor.store.sql import open_store
from tests.cli.running import records, run
from tests.store.news import NOW, SECOND, STATE, a_decision, a_seen, an_item

CONFIG = """
service: {{database: "sqlite:///{folder}/monitor.db"}}
sources: [{{id: wire, url: "https://wire.example/feed", publisher: draad}}]
channels: [{{id: desk, kind: log}}]
rules: [{{id: boats, all: [veerboot], notify: [desk]}}, {{id: trains, all: [veerboot, trein, spoor]}}]
"""


@pytest.fixture
def archive(tmp_path):
    """Return a way to commit to a configuration's database, and to run commands on it."""
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG.format(folder=tmp_path))
    path.chmod(0o600)
    upgrade(f"sqlite:///{tmp_path}/monitor.db")
    return Archive(f"sqlite:///{tmp_path}/monitor.db", path)


class Archive:
    """A database and its configuration."""

    def __init__(self, url, path):
        self.url = url
        self.path = path

    def commit(self, *documents):
        """Commit what documents brought."""

        async def work():
            async with open_store(self.url) as store:
                await store.register({"wire": NOW})
                for document in documents:
                    await store.commit(document)

        asyncio.run(work())

    def posts(self):
        """Return the outbox."""

        async def work():
            async with open_database(self.url) as database:
                return await posts(database)

        return asyncio.run(work())

    def run(self, *words):
        """Run a command."""
        return run(*words, "--config", self.path)


def revision(number, changed=(), **fields):
    state = replace(STATE, polled=NOW + number * SECOND)
    seen = Seen(an_item(**fields), ("guid:ferry",), f"content {number}", number, changed)
    return Polled(state, (seen,), document="wire")


LATER_BODY = (
    Paragraph("De veerdienst is niet hervat, meldt de reder."),
    Subhead("Wind"),
    Paragraph("De wind nam toe."),
)


def test_an_item_is_shown_with_what_it_said_before_and_the_words_between(archive):
    archive.commit(revision(0), revision(1, ("headline", "body"), headline="Veerboot vaart niet", body=LATER_BODY))

    told = archive.run("items", "show", "ferry").stdout

    assert "Veerboot vaart niet\nDe veerdienst is niet hervat" in told
    assert "version 0, 2026-02-05 10:00:00Z, from wire\n" in told
    assert "version 1, 2026-02-05 10:00:01Z, from wire: headline, body\n" in told
    assert "  headline: Veerboot [-ferry-] vaart [-weer uit-] {+niet+}\n" in told
    assert "De veerdienst [-naar Terschelling-] is {+niet+} hervat, meldt de reder." in told
    assert "{+## Wind ¶ +} De wind nam [-af.-] {+toe.+}" in told


def test_an_item_is_shown_as_a_record_by_its_url(archive):
    archive.commit(revision(0), revision(1, ("premium",), premium=True), revision(3, ("headline",), headline="Kort"))

    (record,) = records(archive.run("items", "show", "https://wire.example/ferry", "--json"))

    assert record["item"]["headline"] == "Kort"
    assert [(one["revision"], one["changed"], one["document"]) for one in record["versions"]] == [
        (0, [], "wire"),
        (1, ["premium"], "wire"),
        (3, ["headline"], "wire"),
    ]
    assert record["versions"][1]["changes"][0] == {
        "field": "premium",
        "before": "False",
        "after": "True",
        "words": [{"kind": "gone", "text": "False"}, {"kind": "new", "text": "True"}],
    }


def test_versions_that_are_not_kept_are_told_of(archive):
    archive.commit(revision(0), revision(5, ("headline",), headline="Kort"))

    assert "from wire: headline (4 versions before it not kept)" in archive.run("items", "show", "ferry").stdout


def test_of_a_long_text_only_what_is_beside_a_change_is_shown(archive):
    words = " ".join(f"woord{number}" for number in range(200))
    bodies = [(Paragraph(f"Begin {words} midden {words} {end}"),) for end in ("eind", "slot")]
    archive.commit(*(revision(number, body=body) for number, body in enumerate(bodies)))

    told = archive.run("items", "show", "ferry").stdout.partition("body:")[2]

    assert told.strip() == "… woord194 woord195 woord196 woord197 woord198 woord199 [-eind-] {+slot+}"


def test_an_item_that_is_not_there_is_said_not_to_be(archive):
    ended = archive.run("items", "show", "unheard-of")

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "there is no item unheard-of" in ended.stderr


def flooded(*names, rule="boats"):
    held = tuple(a_decision(name, rule, Reason.HELD_FLOOD) for name in names)
    return Polled(STATE, tuple(a_seen(name) for name in names), held)


def test_alerts_that_were_held_back_are_listed_and_released_once(archive):
    archive.commit(flooded("a", "b"), Polled(replace(STATE, id="other"), (a_seen("c"),)))

    assert [line["item"] for line in records(archive.run("alerts", "held", "wire", "--json"))] == ["a", "b"]
    assert archive.run("alerts", "held", "other").stdout.splitlines()[1:] == []
    assert "held back" in archive.run("why", "a", "boats").stdout

    ended = archive.run("alerts", "release", "wire")

    assert "2 alerts released" in ended.stderr
    assert [(post.channel, post.state) for post in archive.posts()] == [("desk", "waiting")] * 2
    (first, _) = records(archive.run("alerts", "list", "--json"))
    assert first["data"]["story"]["publishers"] == ["draad"]
    assert first["data"]["items"][0]["spans"][0]["text"] == "Veerboot"
    assert "an alert: held back at first" in archive.run("why", "a", "boats").stdout
    assert "0 alerts released" in archive.run("alerts", "release").stderr
    assert len(archive.posts()) == 2


def test_a_source_that_there_is_not_releases_nothing(archive):
    ended = archive.run("alerts", "release", "wrie")

    assert ended.exit_code == 1
    assert ended.stderr.startswith("there is no source wrie; there are: ")


def test_what_cannot_be_released_is_told_of(archive):
    archive.commit(flooded("a", rule="gone"))

    ended = archive.run("alerts", "release")

    assert "1 alert not released" in ended.stderr
    assert archive.posts() == []


def test_why_names_the_one_clause_by_which_an_item_failed(archive):
    archive.commit(revision(0, headline="Veerboot en trein"), Polled(replace(STATE, id="other"), (a_seen("c"),)))

    near, far = (archive.run("why", item, "trains").stdout for item in ("ferry", "c"))

    assert "trains: no alert: the rule does not match; failed by one clause: all.2: spoor" in near
    assert "trains: no alert: the rule does not match; `monitor match --explain` shows every clause" in far


def test_why_tells_that_a_rule_matches_only_now(archive):
    archive.commit(revision(0))

    (record,) = records(archive.run("why", "ferry", "boats", "--json"))

    assert (record["alert"], record["reason"]) == (False, "rule_is_newer")
