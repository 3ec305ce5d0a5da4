import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from monitor.compose.cut import cut, one_line, units

FAMILY, FLAG, THUMB = "👩‍👩‍👧‍👦", "🇳🇱", "👍🏽"


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Moskou", 7, "Moskou"),
        ("Moskou", 6, "Moskou"),
        ("Moskou", 5, "Mosk…"),
        ("Moskou", 1, "…"),
        ("Moskou", 0, ""),
        ("", 0, ""),
        ("Xi naar Moskou", 4, "Xi…"),
        (f"a{FAMILY}b", 12, "a…"),
        (f"a{FAMILY}b", 13, f"a{FAMILY}b"),
        (f"{FLAG}{FLAG}", 7, f"{FLAG}…"),
        (f"{THUMB}{THUMB}", 5, f"{THUMB}…"),
        ("e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("שלום עולם", 6, "שלום…"),
    ],
)
def test_a_cut_is_made_between_graphemes(text, most, expected):
    assert cut(text, most) == expected


@given(st.text(), st.integers(-1, 60))
def test_a_cut_text_fits_and_is_the_beginning(text, most):
    shown = cut(text, most)

    assert units(shown) <= max(most, 0)
    assert shown == text or text.startswith(shown.removesuffix("…"))


@given(st.text(alphabet="a é\u0301\u200d👍🏽👩🇳🇱א", min_size=1, max_size=40), st.integers(20, 40))
def test_no_grapheme_is_torn(text, most):
    whole = regex.findall(r"\X", text)
    shown = cut(text, most).removesuffix("…")
    ends = {"".join(whole[:number]).rstrip() for number in range(len(whole) + 1)} | {text}

    assert shown in ends or units(whole[0]) > most - 1


@given(st.text(), st.integers(0, 60))
def test_what_fits_is_left_alone(text, more):
    assert cut(text, units(text) + more) == text


def test_marks_without_number_on_one_letter_are_cut_all_the_same():
    assert units(cut("Z" + "\u0300" * 1_000_000, 100)) == 100


def test_the_size_may_be_that_of_an_escaped_text():
    assert cut("&&&&", 11, lambda text: units(text.replace("&", "&amp;"))) == "&&…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Xi \n in\tMoskou ", "Xi   in Moskou"),
        ("a\r\nb", "a b"),
        ("a\u2028b\x85c\x1cd", "a b c d"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("a\ud800b\uffffc\ufeffd", "abcd"),
        ("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x"),
        (f"{FAMILY}\u200f", f"{FAMILY}\u200f"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_letters_need_stays(text, expected):
    assert one_line(text) == expected


@given(st.text())
def test_a_line_is_a_line(text):
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line
    assert one_line(line) == line
