"""Queries of other programs, and the rules that they become."""

from typing import Any

import pytest

from monitor.match.written.writing import as_value
from monitor.rules.importing.dialects import DIALECTS, import_rules
from monitor.yaml12 import read_yaml
from tests.match.reading import compiled

GOOGLE = [
    ('"Xi Jinping"', {"all": ["Xi Jinping"]}, []),
    ('"Xi Jinping" "Moskou"', {"all": ["Xi Jinping", "Moskou"]}, []),
    ('"a" "b" OR "c"', {"all": ["a", {"any": ["b", "c"]}]}, []),
    ('"a" | "b" AND "c"', {"all": [{"any": ["a", "b"]}, "c"]}, []),
    ('("a" "b") OR "c"', {"any": [{"all": ["a", "b"]}, "c"]}, []),
    ('"a" -"b" -("c" OR "d")', {"all": ["a"], "none": ["b", "c", "d"]}, []),
    ('"a" -site:nos.nl', {"all": ["a"], "none": [{"url": "nos.nl"}]}, []),
    ('site:nos.nl OR site:https://www.vrt.be/ "a"', {"all": [{"url": ["nos.nl", "vrt.be"]}, "a"]}, []),
    ('intitle:"Xi Jinping" "a"', {"all": [{"any": ["Xi Jinping"], "in": "headline"}, "a"]}, []),
    ('intitle:("a" OR "b")', {"any": ["a", "b"], "in": "headline"}, []),
    ('allintitle: "a" "b"', {"all": ["a", "b"], "in": "headline"}, []),
    ('inurl:sport "a"', {"all": [{"url": "*sport*"}, "a"]}, [(1, 1, "anywhere in the address")]),
    (
        '"a" AROUND(5) "b"',
        {"near": ["a", "b"], "within": "6"},
        [(1, 5, "must stand in one paragraph")],
    ),
    (
        '"Xi * Moskou"',
        {"near": ["Xi", "Moskou"], "within": "4", "ordered": "true"},
        [(1, 1, "each * is read as at most 3 words")],
    ),
    (
        '"a * b c * d"',
        {
            "all": [
                {"near": ["a", "b c"], "within": "4", "ordered": "true"},
                {"near": ["b c", "d"], "within": "4", "ordered": "true"},
            ]
        },
        [(1, 1, "each * is read as at most 3 words")],
    ),
    ("Xi", {"all": ["Xi"]}, [(1, 1, "also finds other forms and synonyms")]),
    ('"a" filetype:pdf', {"all": ["a"]}, [(1, 5, "`filetype:pdf` has no equal here and is left out")]),
    ('"a" -filetype:pdf', {"all": ["a"]}, [(1, 6, "`filetype:pdf` has no equal here and is left out")]),
    ('"a" "#b"', {"all": ["a", "b"]}, [(1, 5, "`#` is no part of a word here")]),
    ('"a" –"b"', {"all": ["a"], "none": ["b"]}, [(1, 5, "the dash `–` before a word is read as a minus")]),
]

MELTWATER = [
    ("apple AND watch", {"all": ["apple", "watch"]}, []),
    ("apple and (watch Or iwatch)", {"all": ["apple", {"any": ["watch", "iwatch"]}]}, []),
    (
        'apple AND (watch OR iwatch) NOT ("apple sauce" OR "apple orchard*")',
        {"all": ["apple", {"any": ["watch", "iwatch"]}], "none": ["apple sauce", "apple orchard*"]},
        [],
    ),
    ("a OR b AND c NOT d", {"any": ["a", {"all": ["b", "c"], "none": ["d"]}]}, []),
    ("a AND NOT (b AND c)", {"all": ["a"], "none": [{"all": ["b", "c"]}]}, []),
    ("a\nAND\r\nb", {"all": ["a", "b"]}, []),
    ("apple NEAR watch", {"near": ["apple", "watch"], "within": "5"}, [(1, 7, "one paragraph")]),
    ("apple near/10 watch", {"near": ["apple", "watch"], "within": "11"}, [(1, 7, "one paragraph")]),
    (
        '(apple OR "big apple") ONEAR/10 (watch OR phone*)',
        {"near": [["apple", "big apple"], ["watch", "phone*"]], "within": "11", "ordered": "true"},
        [(1, 24, "one paragraph")],
    ),
    ("title:(apple AND watch)", {"all": ["apple", "watch"], "in": "headline"}, []),
    ('title: "big apple"', {"any": ["big apple"], "in": "headline"}, []),
    (
        "title:(a NEAR/3 b)",
        {"near": ["a", "b"], "within": "4", "in": "headline"},
        [(1, 10, "one paragraph")],
    ),
    ("ingress:apple", {"any": ["apple"], "in": ["lead", "summary"]}, [(1, 1, "`ingress:` is the first paragraph")]),
    ("a AND language:nl", {"all": ["a", {"lang": "nl"}]}, []),
    ("a AND country:nl", {"all": ["a"]}, [(1, 7, "`country:nl` has no equal here and is left out")]),
    ("a^9 AND (b OR c)^10", {"all": ["a", {"any": ["b", "c"]}]}, [(1, 2, "`^9` orders"), (1, 17, "`^10` orders")]),
    ("“big apple” AND b", {"all": ["big apple", "b"]}, [(1, 1, "quotes like `“` are read as straight ones")]),
    ("colo?r AND colour?", {"all": ["colo?r", "colour*"]}, [(1, 12, "a ? at the end of a word is punctuation")]),
    ('url:"https://www.nos.nl/artikel/" AND a', {"all": [{"url": "nos.nl/artikel"}, "a"]}, []),
    ("source:NOS AND a", {"all": [{"source": "NOS"}, "a"]}, [(1, 1, "takes ids of sources here")]),
]

BRANDWATCH = [
    ("(apple OR peach) AND pie", {"all": [{"any": ["apple", "peach"]}, "pie"]}, []),
    ("apple NOT juice NOT pie", {"all": ["apple"], "none": ["juice", "pie"]}, []),
    ("<<< fruit >>> apple <<< or\npie >>> OR pie", {"any": ["apple", "pie"]}, []),
    ("{BT} OR {British Telecom}", {"any": [{"cased": "BT"}, {"cased": "British Telecom"}]}, []),
    ("raw:BT", {"cased": "BT"}, [(1, 1, "signs are no part of a word")]),
    (
        "logitech NEAR/2f keyboard",
        {"near": ["logitech", "keyboard"], "within": "3", "ordered": "true"},
        [(1, 10, "one paragraph")],
    ),
    (
        "(apple OR {BT}) NEAR/5 (phone OR smartphone)",
        {"near": [["apple", {"cased": "BT"}], ["phone", "smartphone"]], "within": "6"},
        [(1, 17, "one paragraph")],
    ),
    ('"apple juice"~5', {"near": ["apple", "juice"], "within": "6"}, [(1, 1, "with at most 5 words between")]),
    (
        '"a b c"~2',
        {"all": [{"near": ["a", "b"], "within": "3"}, {"near": ["b", "c"], "within": "3"}]},
        [(1, 1, "with at most 2 words between")],
    ),
    ("economy AND url:(guardian.com OR sun.com)", {"all": ["economy", {"url": ["guardian.com", "sun.com"]}]}, []),
    ("a OR b AND c", {"any": ["a", {"all": ["b", "c"]}]}, [(1, 6, "AND and OR stand together without parentheses")]),
    ("a OR (b AND c)", {"any": ["a", {"all": ["b", "c"]}]}, []),
    ("a AND author:smit", {"all": ["a", {"byline": "smit"}]}, [(1, 7, "is an account there and a byline here")]),
    ("a AND authorFollowers:[1 TO 100]", {"all": ["a"]}, [(1, 7, "`authorFollowers:[1 TO 100]` has no equal")]),
    ("a NOT (sentiment:positive OR b)", {"all": ["a"], "none": ["b"]}, [(1, 8, "the rule finds more")]),
    ("a AND hashtags:(b OR c)", {"all": ["a", {"tag": ["b", "c"]}]}, [(1, 7, "among the tags of an item")]),
    ("@smit AND $TSLA", {"all": ["smit", "TSLA"]}, [(1, 1, "`@` is no part"), (1, 11, "`$` is no part")]),
]

TALKWALKER = [
    ("BMW AND NOT bike", {"all": ["BMW"], "none": ["bike"]}, []),
    ("chocolate -swiss", {"all": ["chocolate"], "none": ["swiss"]}, []),
    ("BMW -site:”mysite.com”", {"all": ["BMW"], "none": [{"url": "mysite.com"}]}, [(1, 11, "read as straight ones")]),
    (
        'phone site:"www.cnet.com" site:"bild.de"',
        {"all": ["phone", {"url": ["cnet.com", "bild.de"]}]},
        [(1, 7, "several sites in a row are read as one of them")],
    ),
    ("BMW AND (motorcycle OR car)", {"all": ["BMW", {"any": ["motorcycle", "car"]}]}, []),
    ("Luxemb* colo?r", {"all": ["Luxemb*", "colo?r"]}, []),
    ('title:"e-bike" lang:nl', {"all": [{"any": ["e-bike"], "in": "headline"}, {"lang": "nl"}]}, []),
    ("a sourcecountry:lu reach:>1000", {"all": ["a"]}, [(1, 3, "`sourcecountry:lu`"), (1, 20, "`reach:>1000`")]),
    ("a ONEAR/3 b", {"near": ["a", "b"], "within": "4", "ordered": "true"}, [(1, 3, "one paragraph")]),
    ("a b OR c", {"any": [{"all": ["a", "b"]}, "c"]}, [(1, 1, "AND is read first")]),
    ("a and b", {"all": ["a", "and", "b"]}, [(1, 3, "`and` is looked for as a word; operators are capitals")]),
]

WORDS = (1, 1, "FreshRSS finds parts of words too")
FRESHRSS = [
    ("sanctie", {"all": ["sanctie"]}, [WORDS]),
    ("'new world' !'old world'", {"all": ["new world"], "none": ["old world"]}, [WORDS]),
    ("a b OR c", {"any": [{"all": ["a", "b"]}, "c"]}, [WORDS]),
    ("author:Alice", {"byline": "Alice"}, []),
    ("author:'Alice Dupont' OR author:Bob", {"byline": ["Alice Dupont", "Bob"]}, []),
    ("(author:Alice #a) !(author:Bob #b)", None, []),
    ("#breaking+news -#sport", {"all": [{"tag": "breaking news"}], "none": [{"tag": "sport"}]}, []),
    ("intitle:/^Lo+l/i", {"re": "(?i)^Lo+l", "in": "headline"}, [(1, 9, "is read as RE2 has it")]),
    ("author:/^Alice$/im", {"re": "(?im)^Alice$", "in": "byline"}, [(1, 8, "is read as RE2 has it")]),
    (r"#a /b\/c/", {"all": [{"tag": "a"}, {"re": "b/c"}]}, [(1, 4, "is read as RE2 has it")]),
    ("#a pubdate:P1W", {"all": [{"tag": "a"}, {"age": {"max": "1w"}}]}, [(1, 4, "the moment that a rule is judged")]),
    ("#a date:PT5H/", {"all": [{"tag": "a"}, {"age": {"max": "5h"}}]}, [(1, 4, "publication here, not discovery")]),
    ("#a date:P1DT1H", {"all": [{"tag": "a"}, {"age": {"max": "25h"}}]}, [(1, 4, "publication here")]),
    ("#a !date:P2M", {"all": [{"tag": "a"}], "none": [{"age": {"max": "60d"}}]}, [(1, 5, "publication here")]),
    ("#a date:2014-03/", {"tag": "a"}, [(1, 4, "`date:2014-03/` has no equal")]),
    ("#a f:12,13 S:3", {"tag": "a"}, [(1, 4, "`f:12,13` has no equal"), (1, 12, "`S:3` has no equal")]),
    ("#a inurl:sport", {"all": [{"tag": "a"}, {"url": "*sport*"}]}, [(1, 4, "anywhere in the address")]),
    ("#a inurl:/sp.rt/", {"tag": "a"}, [(1, 4, "`inurl:/sp.rt/` has no equal")]),
]

KEPT = (1, 1, "the rules do not say whether they keep or block")
MINIFLUX = [
    ("EntryTitle=(?i)sancti(e|on)", {"re": "(?i)sancti(e|on)", "in": "headline"}, [KEPT]),
    (
        "EntryTitle = a\r\n\r\nEntryTag=b\nEntryAuthor=c",
        {
            "any": [
                {"re": "a", "in": "headline"},
                {"re": "b", "in": "tags"},
                {"re": "c", "in": "byline"},
            ]
        },
        [KEPT],
    ),
    (
        "EntryContent=a=b",
        {"re": "a=b", "in": ["lead", "subheads", "body", "summary"]},
        [(1, 1, "its text here"), KEPT],
    ),
    (r"EntryURL=^https?://nos\.nl/artikel", {"url": "nos.nl/artikel"}, [KEPT]),
    (r"EntryURL=/sport/", {"url": "*/sport/*"}, [KEPT]),
    ("EntryDate=max-age:7d", {"age": {"min": "7d"}}, [KEPT]),
    ("(?i)sport|voetbal", {"re": "(?i)sport|voetbal", "in": ["headline", "byline", "tags"]}, [(1, 1, "bare"), KEPT]),
]

CASES = [
    (dialect, *case)
    for dialect, cases in {
        "google-alerts": GOOGLE,
        "meltwater": MELTWATER,
        "brandwatch": BRANDWATCH,
        "talkwalker": TALKWALKER,
        "freshrss": FRESHRSS,
        "miniflux": MINIFLUX,
    }.items()
    for case in cases
]


def rules_of(text):
    """Return the rules of a configuration, whatever is wrong with them."""
    whole: Any = read_yaml("rules.yaml", text)
    return whole["rules"]


def rule_of(dialect, query):
    """Return the one rule that a query becomes, read from its YAML, and the warnings."""
    imported = import_rules("q.txt", query.encode(), dialect)
    (rule,) = rules_of(imported.yaml)
    return rule, imported.warnings


def condition_of(rule):
    return {key: value for key, value in rule.items() if key not in {"id", "title"}}


@pytest.mark.parametrize(("dialect", "query", "condition", "warnings"), CASES)
def test_a_query_becomes_a_rule_and_every_change_of_meaning_is_told(dialect, query, condition, warnings):
    rule, told = rule_of(dialect, query)

    assert condition is None or condition_of(rule) == condition
    assert [(one.file, one.line, one.column) for one in told] == [("q.txt", *place) for *place, _ in warnings]
    assert [one.message for one, (*_, said) in zip(told, warnings, strict=True) if said not in one.message] == []


@pytest.mark.parametrize(("dialect", "query"), [case[:2] for case in CASES])
def test_an_imported_rule_reads_back_from_what_its_tree_is_written_as(dialect, query):
    rule, _ = rule_of(dialect, query)
    clause = compiled(condition_of(rule))

    assert compiled(as_value(clause)) == clause


def test_freshrss_negates_what_stands_in_parentheses():
    rule, _ = rule_of("freshrss", "(author:Alice #a) !(author:Bob #b)")

    assert condition_of(rule) == {
        "all": [{"byline": "Alice"}, {"tag": "a"}],
        "none": [{"all": [{"byline": "Bob"}, {"tag": "b"}]}],
    }


def test_every_dialect_has_cases():
    assert {dialect for dialect, *_ in CASES} == set(DIALECTS)
