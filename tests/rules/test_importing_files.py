"""Files of queries: whose they are, how they are encoded, what the rules in them are called."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.load import load
from monitor.rules.importing.dialects import DIALECTS, dialect_of, import_rules
from monitor.rules.importing.original import original
from monitor.rules.lint import lint
from tests.rules.test_importing import rules_of

SURE = [
    ("google-alerts", "Xi AROUND(5) Moskou"),
    ("google-alerts", "allintitle: Xi Moskou"),
    ("google-alerts", "https://www.google.com/alerts/feeds/1/2"),
    ("google-alerts", '[{"query": "a", "apply_language_restrict": true}]'),
    ("meltwater", "ingress:apple AND watch"),
    ("meltwater", "apple NEAR watch"),
    ("meltwater", "apple AND (watch OR phone)^9"),
    ("brandwatch", "<<< brand >>> apple"),
    ("brandwatch", "apple NEAR/2f phone"),
    ("brandwatch", "{BT} OR raw:BT"),
    ("talkwalker", "apple AND sourcecountry:lu"),
    ("freshrss", "intitle:/^Lo+l/i"),
    ("freshrss", "author:Alice !intitle:hello"),
    ("freshrss", "a pubdate:P1W"),
    ("miniflux", "EntryTitle=a"),
]
UNSURE = [
    ("apple AND watch", "nothing in it is of one dialect alone"),
    ("", "nothing in it is of one dialect alone"),
    ("apple AND ingress:watch AND sourcecountry:lu", "is of Meltwater, but `sourcecountry:` is of Talkwalker"),
]


def rules_in(name, body, dialect, **options):
    imported = import_rules(name, body, dialect, **options)
    return rules_of(imported.yaml), [warning.message for warning in imported.warnings]


@pytest.mark.parametrize(("dialect", "query"), SURE)
def test_a_query_shows_whose_it_is(dialect, query):
    assert dialect_of("q.txt", query.encode()) == dialect


@pytest.mark.parametrize(("query", "said"), UNSURE)
def test_a_query_that_may_be_of_several_is_not_guessed(query, said):
    with pytest.raises(ValueError, match=r"\w") as raised:
        dialect_of("q.txt", query.encode())

    assert said in str(raised.value)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_can_show_itself(dialect):
    assert dialect in {sure for sure, _ in SURE}


@pytest.mark.parametrize(
    "body",
    [
        "“café” AND\r\nb".encode("utf-8-sig"),
        "“café” AND\rb".encode("utf-16"),
        "“café” AND\nb".encode(),
        "“café” AND\nb".encode("cp1252"),
        "“café” AND\u2028b".encode(),
    ],
)
def test_a_file_may_come_from_a_word_processor(body):
    (rule,), warnings = rules_in("q.txt", body, "meltwater")

    assert rule["all"] == ["café", "b"]
    assert "quotes like `“` are read as straight ones" in warnings


def test_a_file_that_is_not_unicode_is_told():
    _, warnings = rules_in("q.txt", "café".encode("cp1252"), "meltwater")

    assert warnings == ["is not UTF-8; read as Windows-1252, so look at letters with accents"]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_no_character_moves_within_its_line(text):
    body = text.encode()

    assert len(original("q", body).text.replace("\n", "")) <= len(text)
    assert original("q", b"\xef\xbb\xbf" + body).text == original("q", body).text.removeprefix("\ufeff")


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(text=st.text(st.sampled_from('ab Xi\n"“()[]{}:;*?$#@^~/\\|-+!=<>’&.,0') | st.characters(), max_size=40))
def test_any_text_is_imported_or_refused_with_the_place(dialect, text):
    try:
        imported = import_rules("q.txt", text.encode("utf-8", "replace"), dialect)
    except ConfigError as error:
        places = [(fault.line, fault.column) for fault in error.problems]
    else:
        places = [(warning.line, warning.column) for warning in imported.warnings]
        assert rules_of(imported.yaml)

    assert all(line >= 1 and column >= 1 for line, column in places)


def test_rules_are_named_after_their_queries():
    queries = ['"Xi Jinping" -sport', '"xi jinping"  -Sport', '"習近平"', '"lang" ' * 20]
    rules, _ = rules_in("q.txt", "\n".join(queries).encode(), "google-alerts")

    assert [rule["id"] for rule in rules] == [
        "xi-jinping-sport",
        "xi-jinping-sport-2",
        "imported",
        "lang-lang-lang-lang-lang-lang-lang-lang",
    ]
    assert rules[1]["title"] == '"xi jinping" -Sport'
    assert len(rules[3]["title"]) <= 80


def test_an_id_and_a_title_may_be_given():
    rules, _ = rules_in("q.txt", b'"a"\n"b"', "google-alerts", rule_id="xi", title="Xi")

    assert [(rule["id"], rule["title"]) for rule in rules] == [("xi", "Xi"), ("xi-2", "Xi")]


def test_the_export_of_google_is_read():
    alerts = [
        {"query": '"Xi" "é" -sport', "language": "nl", "apply_language_restrict": True, "source": ["NEWS"]},
        {"query": '"a"', "language": "nl", "apply_language_restrict": False, "apply_region_restrict": True},
    ]
    for body in (json.dumps(alerts), json.dumps({"subscriptions": alerts}, ensure_ascii=False, indent=1)):
        rules, warnings = rules_in("alerts.json", body.encode(), "google-alerts")

        assert rules[0]["all"] == ["Xi", "é", {"lang": "nl"}]
        assert rules[0]["none"] == ["sport"]
        assert rules[1]["all"] == ["a"]
        assert [said[:23] for said in warnings] == ["Google also finds other", "the region of an alert "]


@pytest.mark.parametrize(
    ("dialect", "query"), [("meltwater", "Xi AND (Moskou OR Kyiv) NOT sport"), ("miniflux", "EntryTitle=a")]
)
def test_a_configuration_of_imported_rules_is_valid(tmp_path, dialect, query):
    (tmp_path / "rules.yaml").write_text(import_rules("q.txt", query.encode(), dialect).yaml, encoding="utf-8")
    config = load(tmp_path)

    assert len(config.rules) == 1
    assert {warned.check for warned in lint(config)} == {"no-tests"}
