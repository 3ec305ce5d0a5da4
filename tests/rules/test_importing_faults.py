"""Queries that cannot be imported as they stand: each fault says its place and its mend."""

import pytest

from monitor.errors import ConfigError
from monitor.rules.importing.dialects import import_rules

FAULTS = [
    ("google-alerts", "", 1, 1, "there is no query in it"),
    ("google-alerts", "a\n\n  b filetype:pdf OR c", 3, 5, "has no equal here, and leaving it out would find less"),
    ("google-alerts", "a OR", 1, 5, "a term is missing behind `OR`"),
    ("google-alerts", "a |", 1, 4, "a term is missing behind `|`"),
    ("google-alerts", "OR a", 1, 1, "a term is missing before `OR`"),
    ("google-alerts", "(a b", 1, 5, "a closing parenthesis is missing"),
    ("google-alerts", "a) b", 1, 2, "`)` closes nothing"),
    ("google-alerts", "a ()", 1, 4, "nothing stands in the parentheses"),
    ("google-alerts", 'a "b c', 1, 3, "the quote that opens here is not closed"),
    ("google-alerts", "intitel:a", 1, 1, "`intitel:` is no field of Google that can be imported; known are intitle:"),
    ("google-alerts", "a AROUND(3) b AROUND(4) c", 1, 15, "in a row may mean two things; join two by AND"),
    ("google-alerts", "(a b) AROUND(3) c", 1, 7, "takes words and phrases here, several as (a OR b)"),
    ("google-alerts", "filetype:pdf", 1, 1, "nothing is left to look for"),
    ("google-alerts", "https://www.google.nl/alerts/feeds/1/2", 1, 1, "does not hold its query; copy the query"),
    ("google-alerts", '[{"query": "a OR"}]', 1, 17, "a term is missing behind `OR`"),
    ("google-alerts", r'[{"query": "\"a\" OR"}]', 1, 21, "a term is missing behind `OR`"),
    ("google-alerts", '[{"name": "a"}]', 1, 1, "is JSON without any alert"),
    ("google-alerts", "[a OR", 1, 1, "begins like JSON and is none"),
    ("google-alerts", "a …", 1, 3, "there is no letter or digit to look for"),
    ("google-alerts", "a b$c", 1, 3, "the wildcard $ has no equal"),
    ("google-alerts", "(" * 51 + "a" + ")" * 51, 1, 51, "more than 50 parentheses within each other"),
    ("google-alerts", "intitle:" * 51 + "a", 1, 1, "more than 50 fields before each other"),
    ("google-alerts", '"a' + " * a" * 50 + '"', 1, 1, "51 parts in quotes, at most 50 are read"),
    ("meltwater", "a b", 1, 3, "there is no operator before `b`; put AND or OR there, or quotes around a phrase"),
    ("meltwater", "a AND\n(b OR c", 2, 8, "a closing parenthesis is missing"),
    ("meltwater", "a AND -b", 1, 7, "`-b`: Meltwater has no -; write NOT"),
    ("meltwater", "a -b", 1, 3, "`-b`: write NOT"),
    ("meltwater", "a near/x b", 1, 3, "NEAR has a number"),
    ("meltwater", "sentimnt:x", 1, 1, "`sentimnt:` is no field of Meltwater"),
    ("meltwater", "a OR country:nl", 1, 6, "`country:nl` has no equal here, and leaving it out would find less"),
    ("meltwater", "a NOT (b AND country:nl)", 1, 14, "leaving it out would find less"),
    ("meltwater", "language:Dutch", 1, 1, "`lang` wants languages by their codes"),
    ("meltwater", "url:(a AND b)", 1, 1, "`url:` takes a value, or values with OR between them"),
    ("meltwater", "title:a NEAR/3 b", 1, 9, "takes words and phrases here"),
    ("meltwater", "a AND title:", 1, 13, "nothing stands behind `title:`"),
    ("meltwater", "(title: )", 1, 9, "nothing stands behind `title:`"),
    ("meltwater", "a NEAR/5000 b", 1, 3, "`within` wants a whole number"),
    ("meltwater", "a OR NOT title:(" * 40 + "a" + ")" * 40, 1, 1, "deep; split the rule"),
    ("brandwatch", "a and b", 1, 3, "operators are capitals, and NEAR has a number: AND, OR, NOT, NEAR/5"),
    ("brandwatch", "a NEAR b", 1, 3, "NEAR has a number"),
    ("brandwatch", "a AND {BT", 1, 7, "`{` is not closed"),
    ("brandwatch", "(b AND city:x) OR (country:be AND city:y)", 1, 20, "nothing is left of this alternative"),
    ("brandwatch", "<<< only a comment >>>", 1, 23, "there is nothing to look for"),
    ("talkwalker", "a OR sourcetype:news", 1, 6, "leaving it out would find less"),
    ("talkwalker", "a]b OR :c", 1, 8, "`:` means nothing here"),
    ("freshrss", "a OR f:12", 1, 6, "leaving it out would find less"),
    ("freshrss", "#a intitle:/(?=x)/", 1, 12, "`re` "),
    ("freshrss", "title:a", 1, 1, "`title:` is no field of FreshRSS"),
    ("miniflux", "EntryTitle=(?=x)", 1, 12, "`re` "),
    ("miniflux", "EntryTitle=a\nEntryDate=before:2024-01-01", 2, 1, "leaving it out would find less"),
    ("miniflux", "EntryTitle=a\nEntryURL=(a|b)", 2, 1, "leaving it out would find less"),
    ("miniflux", "EntryTitle=a\nEntryTitel=b", 2, 1, "is no rule of Miniflux; each line is one of EntryTitle"),
    ("miniflux", "EntryTitle=a\nb", 2, 1, "is no rule of Miniflux"),
]


def faults_of(dialect, body):
    with pytest.raises(ConfigError) as raised:
        import_rules("q.txt", body, dialect)
    return raised.value.problems


@pytest.mark.parametrize(("dialect", "query", "line", "column", "said"), FAULTS)
def test_a_fault_says_its_place_and_its_mend(dialect, query, line, column, said):
    (fault,) = faults_of(dialect, query.encode())

    assert (fault.file, fault.line, fault.column) == ("q.txt", line, column)
    assert said in fault.message


def test_every_fault_of_a_file_is_told():
    faults = faults_of("google-alerts", b"a OR\nb\n(c\nfoo:d OR")

    assert [(fault.line, fault.column) for fault in faults] == [(1, 5), (3, 3), (4, 9)]


def test_a_file_that_is_no_text_is_refused():
    (fault,) = faults_of("meltwater", b"a\x00b")

    assert fault.message == "is no text"


def test_a_file_of_more_than_250_kb_is_refused():
    (fault,) = faults_of("meltwater", b"a" * 250_001)

    assert "import it in parts" in fault.message


def test_more_than_5000_queries_are_refused():
    (fault,) = faults_of("google-alerts", b"a\n" * 5_001)

    assert (fault.line, fault.message) == (5_001, "more than 5,000 queries; import them in parts")


LONG = {
    "a phrase with gaps": ("google-alerts", '"a' + " * a" * 60_000 + '"'),
    "a phrase with gaps that is not closed": ("google-alerts", '"a' + " * a" * 60_000),
    "spaces in a phrase with a gap": ("google-alerts", '"a' + " " * 240_000 + '* b"'),
    "words near each other": ("talkwalker", '"' + "a " * 100_000 + '"~5'),
    "fields before each other": ("talkwalker", "title:" * 40_000 + "a"),
    "letters before a field": ("brandwatch", "a" * 240_000 + ":b"),
}


@pytest.mark.parametrize(("dialect", "query"), LONG.values(), ids=LONG)
def test_what_is_very_long_is_read_or_refused_and_never_pondered(dialect, query):
    try:
        imported = import_rules("q.txt", query.encode(), dialect)
    except ConfigError as error:
        told = [problem.message for problem in error.problems]
    else:
        told = [imported.yaml]

    assert len(told) == 1
