"""Terms: where a word or phrase stands, by table, by property, and against a naive search."""

import re
import unicodedata
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.clauses.rows import MOST_WORDS
from monitor.match.clauses.terms import fault_of, find_term
from monitor.match.view import Text

FOUND = [
    ("Xi", "Xi's reis, Xi’s plan, Xiʼs woord", ["Xi", "Xi", "Xi"]),
    ("Xi", "het Xi-bezoek en het Poetin–Xi-overleg", ["Xi", "Xi"]),
    ("Xi", "Axios meldt: taxi's, maxi en xi2", []),
    ("Xi", "(Xi) «xi» #XI …Xí!", ["Xi", "xi", "XI", "Xí"]),
    ("Xi", "Paus Pius XI stierf in 1939", ["XI"]),
    ("xi", "X\u00adi kwam, X\u200bi ging", ["X\u00adi", "X\u200bi"]),
    ("Xi", "\u200fXi\u200f", ["Xi"]),
    ("Zelensky", "Zelenský en ZELENSKY en Zelensky\u0301", ["Zelenský", "ZELENSKY", "Zelensky\u0301"]),
    ("Erdoğan", "Erdogan'ın", ["Erdogan"]),
    ("Strasse", "an der Straße", ["Straße"]),
    ("IJmuiden", "ĳmuiden", ["ĳmuiden"]),
    ("istanbul", "İstanbul, ISTANBUL", ["İstanbul", "ISTANBUL"]),
    ("O'Neill", "O’Neill en O`Neill, maar geen Neill", ["O’Neill", "O`Neill"]),
    ("F-35", "vier F-35-toestellen, F35, F 35", ["F-35", "F 35"]),
    ("5G", "5G-net, 15G", ["5G"]),
    ("Wang Yi", "Wang Yi, Wang-Yi, Wang  Yi en Wang\nYi", ["Wang Yi", "Wang-Yi", "Wang  Yi", "Wang\nYi"]),
    ("Wang Yi", "Met Wang. Yi bleef. Wang: Yi. Wang\n\nYi. Wang” – Yi", ["Wang” – Yi"]),
    ("Wang Yi", "Yi Wang, Wang en Yi", []),
    ("U.S. Army", "de U.S. Army, de U.S.  Army, de U.S. De Army", ["U.S. Army", "U.S.  Army"]),
    ("a a", "a a a a a", ["a a", "a a"]),
    ("习近平", "中国国家主席习近平访问", ["习近平"]),
    ("习近平", "习，近平 习近 平", []),
    ("习近平", "习\u200b近平", ["习\u200b近平"]),
    ("习近平 莫斯科", "习近平在莫斯科，习近平，莫斯科", ["习近平，莫斯科"]),
    ("プーチン", "大統領プーチン氏 ﾌﾟｰﾁﾝ", ["プーチン", "ﾌﾟｰﾁﾝ"]),
    ("มอสโก", "เดินทางถึงมอสโกแล้ว", ["มอสโก"]),
    ("시진핑", "시진핑이 러시아를, 시진핑은", ["시진핑", "시진핑"]),
    ("파리", "해파리 떼가 파리에서", ["파리"]),
    ("한국", "그 한 국가", []),
    ("موسكو", "في موسكو، مُوسكو", ["موسكو", "مُوسكو"]),
    ("موسكو", "بموسكو وموسكو", []),
    ("Zelensky", "Zelenskyj, Zelens\u0301ky\u0301s, Zelenśký’s", ["Zelenśký"]),
    ("Erdogan", "ERDOĞAN, Erdoğan'a, erdoğancı", ["ERDOĞAN", "Erdoğan"]),
    ("ISTANBUL", "i̇stanbul, ıstanbul", ["i̇stanbul", "ıstanbul"]),
    (
        "Noord-Korea",
        "Noord-Koreabeleid, Noord Korea, noord‑korea, Noord–Korea",
        ["Noord Korea", "noord‑korea", "Noord–Korea"],
    ),
    ("president", "oud-president, vicepresident, presidentsverkiezing", ["president"]),
    ("oud-president", "de oud­-president en oudpresident", ["oud­-president"]),
    ("'s-Hertogenbosch", "’s-Hertogenbosch, s Hertogenbosch", ["s-Hertogenbosch", "s Hertogenbosch"]),
    ("Pius XI", "Pius Ⅺ en pius xi", ["Pius Ⅺ", "pius xi"]),
    ("xi", "ξ Ⅺ хi", ["Ⅺ"]),
    ("Vs.", "Ajax vs. PSV, de VS", ["vs", "VS"]),
    ("O'Neill", "O'Neill, ONeill, Oʼneill", ["O'Neill", "Oʼneill"]),
    ("Kyiv", "Kyїv, Київ, K\u200dyiv", ["K\u200dyiv"]),
    ("ﬁets", "fiets, FIETS", ["fiets", "FIETS"]),
    ("…", "een gedachte … zo", []),
    ("", "Xi", []),
]

CASED = [
    ("VS", "De VS en vs", "body.0", ["VS"]),
    ("VS", "DE VS EN CHINA", "headline", ["VS"]),
    ("Vs", "DE VS EN CHINA", "headline", ["VS"]),
    ("Vs", "De VS en China", "headline", []),
    ("Vs", "DE VS EN CHINA", "body.0", []),
    ("Moskou", "MOSKOU (ANP/RTR) - ", "dateline", ["MOSKOU"]),
    ("Moskou", "MOSKOU (ANP/RTR) - ", "related.0.dateline", ["MOSKOU"]),
    ("Zelenský", "Zelensky en Zelensky\u0301", "body.0", ["Zelensky\u0301"]),
    ("Ze\u00adlenský", "Zelensky\u0301", "body.0", ["Zelensky\u0301"]),
    ("Wang Yi", "wang Yi, Wang yi, Wang Yi", "body.0", ["Wang Yi"]),
    ("习近平", "习近平 11", "headline", ["习近平"]),
    ("XI", "Pius XI en Xi", "body.0", ["XI"]),
    ("Xi", "Pius XI, xi en Xi", "headline", ["Xi"]),
    ("Xi", "PIUS XI", "headline", ["XI"]),
    ("VS", "Ajax vs. PSV in de VS", "body.0", ["VS"]),
    ("U.S.", "the U.S. and u.s., tell us", "body.0", ["U.S"]),
    ("Straße", "STRASSE, Straße, Strasse", "body.0", ["Straße"]),
    ("ﬁ", "fi ﬁ", "body.0", ["ﬁ"]),
]

FAULTS = [
    ("", "no letter or digit"),
    ("…", "no letter or digit"),
    ("\u200b", "no letter or digit"),
    ("*", "no letter or digit"),
    ("习*", "leave the * out"),
    ("a " * (MOST_WORDS + 1), "51 words long"),
    ("习" * (MOST_WORDS + 1), "51 words long"),
]

PIECES = st.sampled_from(["Xi", "xí", "X\u00adI", "taxi", "Wang", "wang", "Straße", "STRASSE", "1"])
SIGNS = st.sampled_from([" ", " ", "  ", "-", "'", "’", ", ", ". ", ".", "? ", "\n", "\n\n", ": ", " – ", ""])
TEXTS = st.lists(st.tuples(PIECES, SIGNS), max_size=25).map(lambda pairs: "".join(map("".join, pairs)))
TERMS = st.lists(PIECES, min_size=1, max_size=3).map(" ".join)

HOSTILE = [
    ("a a a a", "a "),
    (" ".join(["a"] * (MOST_WORDS - 1)) + " b", "a "),
    ("习" * MOST_WORDS, "习"),
    ("习" * (MOST_WORDS - 1) + "平", "习"),
    ("가" * MOST_WORDS, "가"),
    ("a b", "a \n"),
    ("a b", "a" + "." * 500),
    ("a b", "a" + " \n" * 500),
    ("a", "\u00ad\u0301"),
]


def found(term, text, *, field="body.0", cased=False):
    scope = frozenset({field.partition(".")[0]})
    return list(find_term(Text(field, scope, text), term, cased=cased))


@pytest.mark.parametrize(("term", "text", "expected"), FOUND)
def test_a_term_stands_where_its_words_do(term, text, expected):
    spans = found(term, text)

    assert [span.text for span in spans] == expected
    assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(("term", "text", "field", "expected"), CASED)
def test_case_counts_where_it_tells_something(term, text, field, expected):
    assert [span.text for span in found(term, text, field=field, cased=True)] == expected


@pytest.mark.parametrize(("term", "said"), FAULTS)
def test_what_cannot_be_looked_for_is_told(term, said):
    fault = fault_of(term)

    assert fault
    assert said in fault


@pytest.mark.parametrize("term", ["Xi", "Wat nu?", "习近平", "5", "a " * MOST_WORDS, "x" * 10_000, "AC/DC", "C++"])
def test_what_has_a_letter_or_digit_can_be_looked_for(term):
    assert fault_of(term) is None


def test_a_huge_word_is_found():
    assert [span.end for span in found("x" * 10_000, f"a {'X' * 10_000} b")] == [10_002]


def naive_search(text, term):
    """Return spans as a schoolbook would: cut at whatever is no letter, compare folded, look at what lies between."""

    def fold(word):
        plain = unicodedata.normalize("NFKD", word.casefold().replace("\u00ad", ""))
        return "".join(char for char in plain.casefold() if unicodedata.category(char) != "Mn")

    def cut(whole):
        kept = [char.isalnum() or unicodedata.category(char) in {"Mn", "Cf"} for char in whole] + [False]
        starts = [at for at in range(len(whole)) if kept[at] and (at == 0 or not kept[at - 1])]
        return [(start, kept.index(False, start)) for start in starts]

    tokens, wanted = cut(text), [fold(term[start:end]) for start, end in cut(term)]
    at, spans = 0, []
    while at + len(wanted) <= len(tokens):
        here = tokens[at : at + len(wanted)]
        gaps = [text[left[1] : right[0]] for left, right in pairwise(here)]
        same = [fold(text[start:end]) for start, end in here] == wanted
        if same and not any({*".?:"} & {*gap} or "\n\n" in gap for gap in gaps):
            spans.append((here[0][0], here[-1][1]))
            at += len(wanted)
        else:
            at += 1
    return spans


@settings(max_examples=300)
@given(TEXTS, TERMS)
def test_a_naive_search_finds_the_same(text, term):
    assert [(span.start, span.end) for span in found(term, text)] == naive_search(text, term)


@given(st.text("习近平李 ，a", max_size=30), st.text("习近平", min_size=1, max_size=3))
def test_in_scripts_without_spaces_a_term_is_a_substring(text, term):
    expected = [match.span() for match in re.finditer(term, text)]

    assert [(span.start, span.end) for span in found(term, text)] == expected


@given(st.text(max_size=40), st.text(max_size=5), st.booleans())
def test_evidence_is_sorted_apart_and_within_the_text(text, term, cased):
    spans = found(term, f"{text} {term} {text}", cased=cased)

    marks = [mark for span in spans for mark in (span.start, span.end)]
    assert marks == sorted(marks)
    assert all(f"{text} {term} {text}"[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(("term", "piece"), HOSTILE)
def test_searching_takes_time_in_proportion_to_the_length(term, piece):
    text = piece * (65_536 // len(piece))
    began = perf_counter()
    found(term, text)

    assert perf_counter() - began < 10  # Measured: at most .5 s.
