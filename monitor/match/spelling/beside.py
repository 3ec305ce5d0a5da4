"""What stands beside a name, and makes it another one: `Melania Trump` is not the president."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import regex

from monitor.match.spelling.people import given_names, name_words
from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import fold
from monitor.text.transliteration import greek_consonants, latin_consonants
from monitor.text.words import ends_sentence

_TITLES = regex.compile(
    r"(?:president|presidente|presidenta|präsident|präsidentin|prezydent|prezident|președintele|minister|ministre"
    r"|ministro|ministra|minista|premier|kanzler|kanzlerin|chancellor|chancelier|canciller|leader|leider|líder|lider"
    r"|führer|führerin|chef|chefin|cheffe|king|queen|koning|koningin|könig|königin|roi|reine|rey|reina|pope|paus|papst"
    r"|pape|papa|sir|lord|lady|mr|mrs|ms|dr|prof|professor|herr|frau|monsieur|madame|señor|senator|sénateur|senador"
    r"|governor|gouverneur|gobernador|general|général|generaal|secretary|secrétaire|secretario|sekretär|sekretärin"
    r"|ayatollah|ajatollah|scheich|sheikh|sjeik|cheikh|prins|prinz|prince|prinses|vorsitzender|vorsitzende|chairman"
    r"|chairwoman|commissioner|kommissar|kommissarin|commissaris|kandidat|kandidatin|candidate|candidat|candidato"
    r"|regierung|government|administration|diktator|machthaber|staatschef|regime|ally|rival|colonel|captain|capitaine"
    r"|dictator|oligarch|oligarque|kremlkritiker|kremlin|kreml|verbündeter|vertraute|vertrauter|amtsinhaber|sprecher)s?$"
)
"""The ends of words that tell what somebody is, and may stand before any surname."""

_SLAVIC_NOUN = regex.compile(r"(?:[еоыи]|[цсз]ия|ость|ка)$|(?:nie|cie|ść|cja|zja)$")
"""The ends of Slavic nouns, which stand before a surname without a preposition (`Заявление Путина`)."""

_ROLE = regex.compile(r"(?:er|or|ör|ist|ent|ant|är|eur|iker|ling|mann|frau|erin|orin|istin|entin|antin|rat)$")
"""The ends of German words for what somebody is, which have a capital like any noun."""


def _read() -> Mapping[str, frozenset[str]]:
    """Return the words of `beside.txt`, folded, by their headings."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in files("monitor.match.spelling").joinpath("beside.txt").read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith(" "):
            found[heading].update(map(fold, line.split()))
        else:
            heading = line.removesuffix(":")
            found[heading] = set()
    return {name: frozenset(words) for name, words in found.items()}


_WORDS = _read()

_BEFORE_A_NAME = _WORDS["before a surname"]
"""Words that begin a sentence and may have a surname behind them; any other is taken for a given name."""

_NO_PLACES = _WORDS["before no place"]
"""What stands before a name that is not the place's, or not the place."""

_SIDES = _WORDS["sides"]
"""What makes another place of one that the gazetteer does not know (New South Wales)."""

_NO_COMPOUNDS = _WORDS["languages without compounds"]
"""Languages in which a capitalised word right behind a place makes a name of both (Zurich Insurance)."""

_PARTS = _WORDS["behind a place"]
"""What may stand behind a place and leaves it one."""

_TEARS = _WORDS["chinese words"]
"""Chinese words the last character of which begins a name (北京, 华为, 北约)."""

_PREFIXES = _WORDS["prefixes"]
_DAYS = _WORDS["days"]
_SHORT = 4
_ARTICLES = frozenset({"al", "el", "as", "ash", "ad", "an", "ar", "at", "az"})
"""Arabic articles, which are part of a surname."""


_GIVEN_TOO = _WORDS["given names too"]
"""Places that people are called after; a capitalised word behind them is such a one's surname."""

_INITIALS = frozenset("m")
"""French writes *M. Macron* for Mr; other initials are a given name's."""

_MAIDEN = frozenset({"née", "geb", "geborene", "nacida", "rozená", "урождённая", "урожденная", "уроджена"})
"""What stands before the surname that somebody was born with."""

_GREEK = regex.compile(r"\p{Greek}+")
_GAP = regex.compile(r"[\s·・.\u2010-\u2012'’-]*")
_SPACE = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """Words of a text in a row: those from `first` up to but not including `end`."""

    text: Text
    first: int
    end: int

    @property
    def span(self) -> Span:
        """The row as evidence."""
        return self.text.span(self.text.words[self.first].start, self.text.words[self.end - 1].end)

    def to(self, other: "Row") -> Span:
        """Return the evidence from here to the end of a later row."""
        return self.text.span(self.text.words[self.first].start, self.text.words[other.end - 1].end)

    def before(self) -> "Row | None":
        """Return the word before, if nothing but a space or a hyphen parts them."""
        row = Row(self.text, self.first - 1, self.first)
        return row if self.first > 0 and row.touches(self) else None

    def after(self) -> "Row | None":
        """Return the word behind, if nothing but a space or a hyphen parts them."""
        row = Row(self.text, self.end, self.end + 1)
        return row if self.end < len(self.text.words) and self.touches(row) else None

    def touches(self, other: "Row") -> bool:
        """Tell whether another row follows, with nothing between but space, a hyphen or an initial's full stop."""
        gap = self.gap(other) if self.end == other.first else "no"
        return bool(_GAP.fullmatch(gap)) and ("." not in gap or self.is_initial())

    def gap(self, other: "Row") -> str:
        """Return what stands between this row and the next one."""
        return self.text.text[self.text.words[self.end - 1].end : self.text.words[other.first].start]

    def is_initial(self) -> bool:
        """Tell whether this is a single capital letter."""
        return self.end - self.first == 1 and len(self.span.text) == 1 and self.span.text.isupper()

    def is_close(self) -> bool:
        """Tell whether no sentence ends within."""
        return all(
            Row(self.text, at, at + 1).touches(Row(self.text, at + 1, at + 2)) for at in range(self.first, self.end - 1)
        )


def may_be_middle(row: Row) -> bool:
    """Tell whether one word may be a middle name: an initial, or a capitalised one that is no given name by itself."""
    return row.is_initial() or row.span.text[:1].isupper()


def may_follow(surname: Row, given: Row) -> bool:
    """Tell whether a given name behind a surname belongs to it: `Zelensky, Volodymyr`, `Orbán Viktor`.

    Not where another name follows: in `Trump, Donald Tusk` it is that one's.
    """
    if surname.end != given.first or surname.gap(given).strip(" \u00a0\n,"):
        return False
    behind = given.after()
    return behind is None or not behind.span.text[:1].isupper()


def is_no_place(row: Row, *, known: bool) -> bool:
    """Tell whether the name of a place is part of another: `Jack London`, `Paris Hilton`, `New Moscow`.

    Args:
        row: the name; only one of a single word is ever part of another.
        known: whether the gazetteer has it, and so the longer names that hold it.
    """
    if row.end - row.first != 1:
        return False
    before, behind = row.before(), row.after()
    if before and before.span.text[:1].isupper():
        word = _first(before)
        if (
            (before.is_initial() and "." in before.gap(row))
            or word in given_names()
            or word in _NO_PLACES
            or (not known and word in _SIDES)
        ):
            return True
    if behind is None or not row.gap(behind).isspace() or not _is_capitalised(behind) or row.text.is_titled:
        return False
    if _first(row) in _GIVEN_TOO:
        return row.text.language != "de"
    return row.text.language in _NO_COMPOUNDS and _first(behind) not in _PARTS


def _first(row: Row) -> str:
    return row.text.words[row.first].folded


def stands_alone(row: Row, own: frozenset[str]) -> bool:
    """Tell whether a surname stands without another's given name before it.

    Args:
        row: the surname.
        own: the given names, folded, that whoever is meant has.
    """
    article = row.before()
    if article and _first(article) in _ARTICLES and not article.gap(row).isspace():
        return stands_alone(Row(row.text, article.first, row.end), own)
    if _goes_on(row, own) or _is_abbreviation(row) or _is_maiden(row):
        return False
    if row.first == 0 or not _is_name_gap(row):
        return not _hangs_on(row)
    return _is_own_or_none(Row(row.text, row.first - 1, row.first), own)


def is_torn(span: Span, text: Text) -> bool:
    """Tell whether a Chinese name begins with the end of another word: 中华|为何 is not 华为."""
    return text.text[max(span.start - 1, 0) : span.start + 1] in _TEARS


def _is_maiden(row: Row) -> bool:
    """Tell whether a surname is the one that somebody was born with (`Dora Bakoyannis, née Mitsotakis`)."""
    return row.first > 0 and Row(row.text, row.first - 1, row.first).span.text.casefold() in _MAIDEN


def _is_abbreviation(row: Row) -> bool:
    """Tell whether a short surname is all capitals in a text that is not (`FICO score`)."""
    written = row.span.text
    return written.isupper() and len(written) <= _SHORT and not row.text.is_upper


def _is_own_or_none(before: Row, own: frozenset[str]) -> bool:
    """Tell whether the word before a surname is a given name of the one who is meant, or no given name."""
    word = _first(before)
    if word in own or _is_word_of_one_letter(before) or (_GREEK.fullmatch(word) and _is_romanised(word, own)):
        return True
    if before.is_initial():
        return word in _INITIALS or any(name.startswith(word) for name in own)
    if word in given_names():
        return False
    if not _is_capitalised(before) or _TITLES.search(word) or before.text.is_titled:
        return True
    if _begins(before):
        return word in _BEFORE_A_NAME or bool(_SLAVIC_NOUN.search(before.span.text))
    return before.text.language == "de" and bool(_ROLE.search(word))


@lru_cache(maxsize=4096)
def _is_romanised(greek: str, own: frozenset[str]) -> bool:
    """Tell whether a Greek word sounds like one of the given names in Latin letters."""
    sounds = greek_consonants(greek)
    return any(len(sound) > 1 and sound in sounds for sound in map(latin_consonants, own))


def _is_word_of_one_letter(before: Row) -> bool:
    """Tell whether a capital letter is a word that begins a sentence (`С Путиным`, `A Trump`), not an initial."""
    behind = Row(before.text, before.end, before.end + 1)
    return before.is_initial() and _begins(before) and "." not in before.gap(behind)


def _goes_on(row: Row, own: frozenset[str]) -> bool:
    """Tell whether a name goes on behind a surname: `Orbán Balázs`, `Sadr City`."""
    behind = row.after()
    if behind is None or _first(behind) in own:
        return False
    if _first(behind) in given_names():
        return True
    spaced = row.gap(behind).isspace() and row.text.language != "de"
    return spaced and _is_capitalised(behind) and _first(behind) not in _DAYS and not row.text.is_titled


def _hangs_on(row: Row) -> bool:
    """Tell whether a surname is the second half of another one: `Dlamini-Zuma`, but `anti-Putin` and `Trump-Putin`."""
    before = row.before()
    if before is None or before.gap(row).isspace():
        return False
    return (
        _is_capitalised(before)
        and _first(before) not in (_PREFIXES | name_words())
        and not _TITLES.search(_first(before))
    )


def _is_name_gap(row: Row) -> bool:
    before = Row(row.text, row.first - 1, row.first)
    gap = before.gap(row)
    return bool(_SPACE.fullmatch(gap)) or (before.is_initial() and not gap.strip(" ."))


def _is_capitalised(row: Row) -> bool:
    """Tell whether a word is written like a name: one capital, then small letters."""
    written = row.span.text
    return written[:1].isupper() and not written.isupper()


def _begins(row: Row) -> bool:
    """Tell whether a word begins a sentence, so that its capital tells nothing."""
    if row.first == 0:
        return True
    gap = Row(row.text, row.first - 1, row.first).gap(row)
    return ends_sentence(gap) or bool(gap.strip("' ’-\u00a0"))
