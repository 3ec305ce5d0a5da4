"""Clauses over the wording: wildcards, stems, typing mistakes, regular expressions; terms have their own tables."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clauses.wording import Cased, Fuzzy, Re, Stem, Term, Wild, read_wording
from monitor.match.view import Text, View
from monitor.model import Dateline
from tests.match.naive import distance
from tests.match.reading import NOW, article, found, judged

WILD = [
    (
        "sanctie*",
        "Sancties, sanctiebeleid en sanctie-eisen; geen sanctioneren",
        ["Sancties", "sanctiebeleid", "sanctie"],
    ),
    ("b?y", "boy, BAY, b-y, by, buoy", ["boy", "BAY"]),
    ("*land", "Rusland en landen", ["Rusland"]),
    ("*gas*", "aardgasprijs, gas, GÁS", ["aardgasprijs", "gas", "GÁS"]),
    ("z?lens*y", "Zelensky, Zelenskyy, Zélenskiy, Zlensky", ["Zelensky", "Zelenskyy", "Zélenskiy"]),
    ("Wang * Lavrov", "Wang en Lavrov; Wang sprak met Lavrov; Wang. En Lavrov", ["Wang en Lavrov"]),
    ("sanctie* tegen Rus*", "de sancties tegen Rusland", ["sancties tegen Rusland"]),
    ("colo?r?", "colours, colors, colo", ["colours"]),
    ("colo*r", "color en colour", ["color", "colour"]),
    ("F-?5*", "F-35-toestellen, F-5, F35", ["F-35"]),
    ("stra?e", "strase, straße", ["strase"]),
    ("stra??e", "strase, straße, strasse", ["straße", "strasse"]),
    ("习?平", "习近平，习 平", ["习近平"]),
    ("Xi?", "Xi? Xin", ["Xi"]),
    ("Wat nu?", "Wat nu, Wat nut", ["Wat nu"]),
    ("?i", "Xi, i, Yí, taxi", ["Xi", "Yí"]),
    ("be*leid", "be\u00adleid en bewindsbeleid", ["be\u00adleid", "bewindsbeleid"]),
    ("x*", "0x1", []),
]

STEMS = [
    ("nl", "bezoeken", "Xi bezoekt Moskou; zijn bezoek, bezoeken, bezochten", ["bezoekt", "bezoek", "bezoeken"]),
    ("nl-BE", "bezoeken", "hij bezoekt", ["bezoekt"]),
    ("nl_BE", "bezoeken", "hij bezoekt", ["bezoekt"]),
    ("en", "sanction", "Sanctions, sanctioned, SANCTIONING", ["Sanctions", "sanctioned", "SANCTIONING"]),
    ("de", "Straße", "Die Straßen, STRASSEN, strasse", ["Straßen", "STRASSEN", "strasse"]),
    ("fr", "été", "les étés, ete", ["étés", "ete"]),
    ("ru", "Москва", "в Москве, Москву", ["Москве", "Москву"]),
    ("no", "båt", "båten og båter", ["båten", "båter"]),
    ("nb", "båt", "båten", ["båten"]),
    ("xx", "bezoeken", "bezoekt, Bezoeken", ["Bezoeken"]),
    (None, "bezoeken", "bezoekt, bezóeken", ["bezóeken"]),
    ("zh", "习近平", "习近平访问", ["习近平"]),
    ("nl", "nieuwe verkiezing", "De nieuwe verkiezingen, verkiezingen nieuwe", ["nieuwe verkiezingen"]),
    ("nl", "huis Yi", "het huis. Yi, huizen Yi", ["huizen Yi"]),
]

FUZZY = [
    ("Jinping", 1, "Jinping, Jingping, Jinpin, Jinpign, Ginping, Jìnpíng", 6),
    ("Jinping", 1, "Jngpin, Jinpings-bezoek, Jinpi", 1),
    ("Jinping", 2, "Jingpign, Jnpin, Jinppiingg", 2),
    ("Putin", 1, "Puttin, Poetin, Butin, Puin, utni", 3),
    ("Poetin", 2, "Poutine, Putin, Pting", 2),
    ("Xi Jinping", 1, "Xi Jingping; Xu Jinping; Xi-Jinping; Xi. Jinping", 2),
    ("Xi Jinping", 2, "Xi Jngping; Xi Jingpin, Xo Jinping, Xi Jngpin", 2),
    ("Lukashenko Zelensky", 1, "Lukashenka Zelensky, Lukashenka Zelenskyy", 1),
    ("Zelensky", 1, "ZELENSKYY en Zelénsk\u0301y", 2),
    ("strasse", 1, "Straße, Strafe", 1),
    ("Wang", 1, "wan, ang, Zhang", 2),
]

PATTERNS = [
    ("Xi", "Xi, XI, taxi, Axios Xi", ["Xi", "Xi"]),
    ("(?i)xi", "Xi, XI en taxi", ["Xi", "XI", "xi"]),
    (r"\bF-?35s?\b", "F35, F-35s en AF-350", ["F35", "F-35s"]),
    (r"€ ?\d+ (miljoen|miljard)", "🚀🚀 é kost € 5 miljoen", ["€ 5 miljoen"]),
    ("习.平", "主席习近平访问", ["习近平"]),
    (r"\pL+ië", "Indië, Italië", ["Indië", "Italië"]),
    ("^Xi", "Xi ziet Xi", ["Xi"]),
    ("Xi$", "Xi ziet Xi", ["Xi"]),
    ("a+|b*", "caab", ["aa", "b"]),
]

REFUSED = [
    ("(?=Xi)", "no lookahead"),
    ("(?<!Xi)a", "no lookahead or lookbehind"),
    (r"(a)\1", "no backreferences"),
    ("(?P=a)", "no backreferences"),
    ("a++", "no possessive"),
    ("(?>a)", "atomic groups"),
    ("a{1001}", "at most 1000 times"),
    ("(a{100}){100}", "repeats within repeats multiplied"),
    (r"(\pL{1,9}x){2}", "too large"),
    (r"(\pL{1,90}x){9}", "too large"),
    (r"\u2014", r"\x{2014}"),
    (r"a\Z", r"\z"),
    (r"\h", "does not know this escape"),
    ("(a", "wants its other half"),
    ("a)", "wants its other half"),
    ("[a", "wants its other half"),
    ("[z-a]", "ranges go upwards"),
    ("*a", "Something must stand before"),
    ("a*", "can match nothing at all"),
    ("^", "can match nothing at all"),
    (r"\b", "can match nothing at all"),
    (r"a|\B", "can match nothing at all"),
    ("(?m)^$|x", "can match nothing at all"),
    ("\ud800", "half of a surrogate pair"),
]


@pytest.mark.parametrize(("term", "text", "expected"), WILD)
def test_a_wildcard_stands_for_letters_of_a_word(term, text, expected):
    assert found(term, text) == expected


@pytest.mark.parametrize("term", ["Waarom?", "Wat nu?", "a ? b", "Wat??", "C++", "Xi"])
def test_a_question_mark_at_the_end_of_a_word_is_punctuation(term):
    assert read_wording(term) == Term(term)


@pytest.mark.parametrize("term", ["sanctie*", "b?y", "?aarom", "colo?r?", "Wang * Xi", "习?平", "Wat? x*"])
def test_other_wildcards_are_wildcards(term):
    assert read_wording(term) == Wild(term)


@pytest.mark.parametrize(
    "term", ["*", "* *", "?*", "习*", "*习", "시진*", "a* " * 11, "a*b*c*d*e*f*g*h*i*j*k*", "b?y " * 51]
)
def test_a_term_of_wildcards_alone_or_of_too_many_is_refused(term):
    with pytest.raises(ValueError, match=r"no letter|leave the \* out|more than 10|at most 50"):
        read_wording(term)


@pytest.mark.parametrize(("language", "stem", "text", "expected"), STEMS)
def test_a_stem_is_found_in_its_forms(language, stem, text, expected):
    match = judged({"stem": stem}, article(text, language=language))

    assert [span.text for span in match.spans] == expected


def test_an_item_that_does_not_say_its_language_is_in_that_of_the_service():
    clause, item = Stem("bezoeken"), article("Xi bezoekt Moskou")

    assert clause.judge(View(item, NOW, language="nl"), frozenset({"body"})).holds
    assert not clause.judge(View(item, NOW), frozenset({"body"})).holds


@pytest.mark.parametrize(("term", "edits", "text", "count"), FUZZY)
def test_typing_mistakes_are_forgiven_up_to_a_bound(term, edits, text, count):
    assert len(found({"fuzzy": term, "edits": str(edits)}, text)) == count


@given(st.text("abcdé", min_size=3, max_size=9), st.text("abcdé", min_size=1, max_size=9), st.sampled_from([1, 2]))
def test_a_word_is_found_where_its_distance_is_small_enough(term, word, edits):
    holds = bool(list(Fuzzy(term, edits).find(Text("body.0", frozenset({"body"}), word))))

    folded = [text.replace("é", "e") for text in (term, word)]
    assert holds == (distance(*folded) <= min(edits, len(term) // 3))


@pytest.mark.parametrize(("pattern", "text", "expected"), PATTERNS)
def test_a_pattern_is_found_in_the_text_as_written(pattern, text, expected):
    spans = list(Re(pattern).find(Text("body.0", frozenset({"body"}), text)))

    assert [span.text for span in spans] == expected
    assert all(text[span.start : span.end] == span.text for span in spans)


def test_half_of_a_surrogate_pair_in_a_text_does_no_harm():
    assert found({"re": "Xi"}, "\ud800 é Xi") == ["Xi"]


@pytest.mark.parametrize(("pattern", "said"), REFUSED)
def test_what_is_no_re2_or_finds_nothing_is_refused_with_its_mend(pattern, said):
    with pytest.raises(AssertionError) as refused:
        found({"re": pattern}, "Xi")

    assert said in str(refused.value)


@pytest.mark.parametrize("pattern", [r"(\pL{1,3} ){2}z", "(x+x+)+y", "a.*b|a", r"(?:a?){30}a{30}", "[a-q][^u-z]{13}x"])
@pytest.mark.parametrize("piece", ["a", "x ", "é", "ab a"])
def test_a_pattern_takes_time_in_proportion_to_the_text(pattern, piece):
    text = Text("body.0", frozenset({"body"}), piece * (65_536 // len(piece)))
    began = perf_counter()
    spans = list(Re(pattern).find(text))

    assert len(spans) <= 1000
    assert perf_counter() - began < 5  # Measured: at most .2 s.


@pytest.mark.parametrize(
    "clause",
    [
        Wild("a*a*a*a*b"),
        Wild("*a*b*c*"),
        Wild("a? * a?"),
        Fuzzy("aaaaaaaaab", 2),
        Fuzzy("aaa aaa aab", 2),
        Stem("aa aa ab"),
    ],
)
@pytest.mark.parametrize("piece", ["a", "aa ", "aab ", "习"])
def test_a_wording_takes_time_in_proportion_to_the_text(clause, piece):
    text = Text("body.0", frozenset({"body"}), piece * (65_536 // len(piece)), "nl")
    began = perf_counter()
    list(clause.find(text))

    assert perf_counter() - began < 10  # Measured: at most .6 s.


LABELS = [
    (Term("Xi"), "Xi"),
    (Wild("b?y"), "b?y"),
    (Cased("VS"), "cased: VS"),
    (Stem("bezoeken"), "stem: bezoeken"),
    (Fuzzy("Jinping", 2), "fuzzy: Jinping, edits: 2"),
    (Re("x+"), "re: x+"),
]


@pytest.mark.parametrize(("clause", "label"), LABELS)
def test_a_verdict_names_its_clause_and_has_every_place(clause, label):
    verdict = clause.judge(View(article("Niets."), NOW), frozenset({"body"}))

    assert verdict.clause == label == str(clause)
    assert not verdict.holds


def test_any_form_of_a_list_counts_and_the_longest_is_the_evidence():
    forms = ["Poetin", "Vladimir Poetin", "Путин", "poetinis*"]

    text = "Vladimir Poetin, Poetins, Путин, poetinisme"
    assert found({"list": "putin"}, text, putin=forms) == ["Vladimir Poetin", "Путин", "poetinisme"]


def test_evidence_is_in_the_order_of_the_item():
    item = article(*(["Gent en Luik"] * 12), headline="Luik of Gent")

    spans = judged({"any": ["Luik", "Gent"]}, item).spans
    assert [span.field for span in spans[::2]] == ["headline", *(f"body.{index}" for index in range(12))]


def test_a_wording_looks_into_the_dateline_too():
    item = article("Er gebeurde weinig.", dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)))

    assert [span.field for span in judged("mosk*", item).spans] == ["dateline"]
    assert [span.field for span in judged({"fuzzy": "Moscou"}, item).spans] == ["dateline"]
