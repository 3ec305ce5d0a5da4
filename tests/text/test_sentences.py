"""Sentences, by table and by property."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.sentences import sentences

CUT = [
    "",
    "Xi komt.| Wang gaat.",
    "Xi komt!| Wang gaat?| Niemand…| Stilte",
    "Volgens dr. Smit, prof. mr. J. de Vries en J.K. Jansen komt Xi.| Niemand weet het.",
    "Mr. Smith met Mrs. Jones vs. Dr. Now.| They left.",
    "De fractie, o.a. D66 en i.s.m. Volt, wil dat.| Nu.",
    "Het kostte ca. 3.500 euro.| Dat is 4.5 procent.",
    "Op nr. 10 woont hij.| Hij zei no.| Zij ook.",
    "He said no. 5 is closed.| The rest is open.",
    "The U.S. Army left the U.S.| The end.",
    "Ze gaan naar de V.S.| De rest blijft.",
    "Apple Inc. Chief Tim Cook kwam.| Apple Inc.| The rest.",
    "Am 3. Mai kam er.| Am 12. Oktober 2026 ging sie.| Er war 12.| Niemand kam.",
    "“Kom!” riep hij.| “Ga weg.”| Zij ging.",
    "Hij zei: ‘Ik ga.’| Zij bleef.",
    '"Kom," zei hij.| "Nu!" zei zij.| "Goed."| Einde.',
    "Hij zag Jan.| Piet zag hem op 5 jan. 2026.| Klaar.",
    "Zij wonen op St. Maarten.| Daar ook.",
    "Hij kwam (laat.)| Zij niet.",
    "Wat?!| Nee…| Zo... en verder.",
    "习近平访问。|莫斯科！|“好。”|他说",
    "プーチン氏。|終わり",
    "ذهب شي إلى موسكو؟| عاد بوتين.",
    "यह है।| वह गया।",
    "Een kop\n\n|Een tekst\nloopt door.| Klaar",
    "1. Xi komt.| 2. Wang gaat.",
    "Zie www.nos.nl. Daar staat het.",
    "Versie 2.0 is er.| Nu nog 3.0.",
    "Hij woont in St. Petersburg, bij de St. Jan.",
    "M. Macron et Mme. Le Pen sont là.| Ils parlent.",
    "  Xi  komt.  | Wang.  ",
    "…",
    "- Xi komt.| - Wang gaat.",
]

TEXTS = st.lists(
    st.sampled_from([*"aAé习. .!?…'”\"\n", "dr.", "U.S.", "。", "Mr. ", ". ", "? "]) | st.characters(codec="utf-8"),
    max_size=40,
).map("".join)


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("marked", CUT)
def test_a_text_is_cut_into_sentences(marked):
    expected = [part.strip() for part in marked.split("|")] if marked else []

    assert cut(marked.replace("|", "")) == expected


@given(TEXTS)
def test_sentences_stand_in_order_and_leave_out_only_spaces(text):
    spans = list(sentences(text))

    marks = [mark for span in spans for mark in span]
    assert marks == sorted(marks)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert "".join(cut(text)).split() == text.split() or "".join("".join(cut(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("piece", ["a. ", "A. ", ". ", ".", "…\n", "dr. A. ", "。", '." ', "a.a.", "\n\n", " ", "1. A"])
def test_cutting_takes_time_in_proportion_to_the_length(piece):
    text = piece * (65_536 // len(piece))
    began = perf_counter()
    list(sentences(text))

    assert perf_counter() - began < 5  # Measured: at most .3 s.
