import yaml

from monitor.load import load
from monitor.parse.feeds.opml import read_opml
from tests.cli.running import run

LIST = """<opml version="2.0"><body>
<outline text="Kranten">
  <outline text="De Bode & Zn" xmlUrl="https://bode.example/rss" language="nl"/>
  <outline text="De Bode & Zn" xmlUrl="https://bode.example/sport" language="nl_NL"/>
</outline>
<outline text="Bestand" xmlUrl="ftp://oud.example/rss"/>
</body></opml>"""
CONFIG = """
sources:
  - {id: bode, url: https://bode.example/rss, name: De Bode, tags: [kranten], language: nl}
  - {id: besloten, url: https://besloten.example/rss, auth: {bearer: geheim}}
  - {id: map, path: in}
"""


def test_a_list_becomes_sources_that_load(tmp_path):
    (tmp_path / "list.opml").write_text(LIST)

    ended = run("sources", "import", tmp_path / "list.opml", "--config", tmp_path / "none")

    assert ended.exit_code == 0
    (tmp_path / "sources.yaml").write_text(ended.stdout)
    made = load(tmp_path / "sources.yaml").sources
    assert [(source.id, source.name, source.language, source.tags) for source in made] == [
        ("de-bode-zn", "De Bode & Zn", "nl", ["Kranten"]),
        ("de-bode-zn-2", "De Bode & Zn", None, ["Kranten"]),
    ]
    assert "2 sources, 0 there already, 1 without an http address left out" in ended.stderr


def test_what_is_there_already_is_not_imported_again(tmp_path):
    (tmp_path / "list.opml").write_text(LIST)
    (tmp_path / "monitor.yaml").write_text(CONFIG)

    ended = run("sources", "import", tmp_path / "list.opml", "--config", tmp_path / "monitor.yaml")

    assert [source["url"] for source in yaml.safe_load(ended.stdout)["sources"]] == ["https://bode.example/sport"]


def test_what_is_no_list_is_refused(tmp_path):
    (tmp_path / "list.opml").write_text("<html><body>Niet gevonden</body></html>")

    ended = run("sources", "import", tmp_path / "list.opml", "--config", tmp_path / "none")

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "list.opml" in ended.stderr


def test_the_configuration_is_exported_without_what_is_secret(tmp_path):
    (tmp_path / "monitor.yaml").write_text(CONFIG)

    ended = run("sources", "export", "--config", tmp_path / "monitor.yaml")

    outlines = read_opml(ended.stdout_bytes)
    assert [(outline.url, outline.title, outline.language) for outline in outlines] == [
        ("https://bode.example/rss", "De Bode", "nl")
    ]
    assert "1 source with a secret left out" in ended.stderr
