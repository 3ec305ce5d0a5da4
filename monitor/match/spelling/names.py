"""What a name expands to: every spelling of a person or organisation, known or not.

Who is in `names.txt` has the names that stand there. Of anybody else the name is taken apart, its given name looked up
in `given.txt`, and the rest spelled by rule: read back into Cyrillic and out of it again, out of pinyin, or with the
letters that differ between spellings of Arabic.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, product

import regex

from monitor.match.spelling.by_rule import CYRILLIC, LATIN, in_polish, nominatives, spelt_word, unique
from monitor.match.spelling.people import Known, find_known, given_names, known, longer_forms, shipped_lists
from monitor.match.spelling.places import expand_place
from monitor.match.spelling.spelled import LEAST_FOR_A_SLIP, Asked, Expansion
from monitor.text.declension import cases, with_prefixes
from monitor.text.fold import fold
from monitor.text.pinyin import chinese_spellings
from monitor.text.transliteration import romanised

_ARABIC = regex.compile(r"\p{Arabic}")
_PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "le",
        "la",
        "bin",
        "ibn",
        "ben",
        "al",
        "el",
        "abu",
        "ter",
        "ten",
        "zu",
        "af",
    }
)
_DOUBLED = regex.compile(r"(\p{L})\1")
_ACRONYM = regex.compile(r"[\p{Lu}\p{N}.]{2,5}")
_NAME = regex.compile(r"[\p{Lu}\p{Lo}]")
_BARE_SURNAME = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Greek}\p{Devanagari}]+")
"""A form of one word, of somebody whose surname tells, where given names stand before it."""

_ADJECTIVE = regex.compile(r"(?:[ыиіо]й|[аяую]я|[оеє]е|[сц]ька|ня|[вн]а|ska|cka|dzka|owy|ski|cki|wony|ały|skie|wa)$")
"""The ends of Slavic adjectives that begin or end the name of an organisation."""

_POLISH_NOUNS = regex.compile(
    "Bank|Dom|Fundusz|Grupa|Komisja|Korpus|Krzyż|Liga|Organizacja|Parlament|Rada|Trybunał|Unia|Związek"
)
"""Nouns that such a name has in Polish, which tell that it is declined as Polish has it."""

_LATIN_CONSONANT = regex.compile(r"[bcdfghklmnprstwz]$")
_TWO = 2
_MOST_CASES = 200
_MOST_WORDS_OF_A_PERSON = 4

_ARABIC_LETTERS = (
    *(("ou", "u"), ("oe", "u"), ("oo", "u"), ("u", "ou"), ("w", "ou"), ("sh", "ch"), ("sh", "sch"), ("sh", "sj")),
    *(
        ("j", "dj"),
        ("j", "dsch"),
        ("kh", "ch"),
        ("ch", "kh"),
        ("q", "k"),
        ("iyeh", "iya"),
        ("iyeh", "ija"),
        ("aa", "a"),
    ),
    *(("y", "j"), ("j", "y"), ("gh", "g"), ("dh", "d"), ("ss", "s"), ("th", "t"), ("z", "s"), ("iyya", "iya")),
)
"""What one spelling of an Arabic name has where another has something else."""


def shipped(asked: Asked) -> Expansion:
    """Return every spelling of what is asked for, out of what this program ships.

    Raises:
        ValueError: there is no such list, country, or place in that country.
    """
    match asked.kind:
        case "place":
            return expand_place(asked.name, asked.country, asked.more)
        case "name":
            return expand_name(asked.name, surname="surname" in asked.more)
        case "list":
            return expand_list(asked.name)


def expand_list(name: str) -> Expansion:
    """Return the members of a shipped list; ValueError if there is none of that name."""
    members = tuple(one.title for one in known() if name in one.lists)
    if not members:
        msg = f"there is no list `{name}`; besides those under `lists:` there are {', '.join(shipped_lists())}"
        raise ValueError(msg)
    return Expansion(members=members)


@lru_cache(maxsize=8192)
def expand_name(name: str, *, surname: bool = False) -> Expansion:
    """Return every spelling of a person or organisation; `surname`: the surname alone tells, whoever it is."""
    one = find_known(name)
    return _of_known(one, name, surname=surname) if one else _of_unknown(name, surname=surname)


def _of_known(one: Known, written: str, *, surname: bool) -> Expansion:
    bare = [form for form in one.forms if one.kind == "P" and _BARE_SURNAME.fullmatch(form)]
    whole = [form for form in one.forms if form not in bare]
    decline = _organisation_in_cases if one.kind == "o" else _last_in_cases
    spelt = (case for form in whole for case in (form, *with_prefixes(form), *decline(form)))
    forms = unique([*(() if one.given else _as_written(written)), *spelt])
    small = [form for form in whole if form.islower() and regex.match(r"\p{Ll}", form)]
    first = one.title.split()[0]
    return Expansion(
        loose=unique([*_loose(written), *(case for form in small for case in (form, *cases(form)))]),
        forms=forms,
        cased=tuple(dict.fromkeys([*one.cased, *([written] if _ACRONYM.fullmatch(written) else [])])),
        given=unique(spelt for given in one.given for spelt in _spelt_given(given)),
        family=unique(spelt for name in _families(one, bare) for spelt in (name, *_cases(name), *with_prefixes(name))),
        alone=one.kind == "P" or surname,
        slips=_slips(forms) if one.kind == "E" else (),
        near_given=_near_given(one.given),
        near_family=_long(_families(one, ())),
        doubtful=(first,) if one.kind == "E" else (),
        rivals=_rivals(one),
    )


def _families(one: Known, more: Iterable[str]) -> list[str]:
    """Return the surnames of somebody known; if the first is Cyrillic it is spelled in Latin letters by rule."""
    native = one.family[:1] if one.family and CYRILLIC.match(one.family[0]) else ()
    return [*one.family, *more, *(spelt.title() for name in native for spelt in romanised(name))]


def _cases(name: str) -> tuple[str, ...]:
    """Return the cases of a surname, the last word of which is declined."""
    before, space, last = name.rpartition(" ")
    return tuple(f"{before}{space}{case}" for case in (*cases(last), *in_polish(last)))


def _last_in_cases(form: str) -> list[str]:
    """Return a form with its last word in the other cases: Мао Цзэдуна, Xi Jinpinga."""
    before, space, last = form.rpartition(" ")
    return [f"{before}{space}{case}" for case in (*cases(last), *in_polish(last))]


def _organisation_in_cases(form: str) -> list[str]:
    """Return the name of an organisation in the other cases.

    Of several words those are declined that agree with each other: adjectives and the noun behind them, or the noun
    and the adjective that ends the name; what follows a noun otherwise stays (группы Вагнера).
    """
    words = form.split(" ")
    if _ACRONYM.fullmatch(form):
        return list(cases(form))
    if len(words) == 1:
        polish_genitive = [form + "u"] if _LATIN_CONSONANT.search(form) else []
        return [*cases(form), *in_polish(form), *polish_genitive]
    noun = next((at for at, word in enumerate(words) if not _ADJECTIVE.search(word)), len(words) - 1)
    if not CYRILLIC.match(form) and not _POLISH_NOUNS.fullmatch(words[noun]):
        return []
    agreeing = noun + (_ADJECTIVE.search(words[-1]) is not None and noun == len(words) - _TWO)
    declined = list(islice(product(*map(_any_case, words[: agreeing + 1])), _MOST_CASES))
    return [" ".join([*some, *words[agreeing + 1 :]]) for some in declined] + [
        " ".join([*words[:-1], case]) for case in cases(words[-1])
    ]


def _any_case(word: str) -> tuple[str, ...]:
    """Return a word of the name of an organisation and its other cases, those of an adjective too."""
    stem = word[:-1] + ("i" if word.endswith("ka") else "")
    endings = {"a": "ej", "а": "ої ій у ою", "я": "ьої ій ю ьою"}.get(word[-1:], "")
    return (word, *cases(word), *in_polish(word), *(stem + ending for ending in endings.split()))


def _rivals(one: Known) -> tuple[str, ...]:
    """Return the longer names of others that hold a form of this one."""
    own = (*one.forms, *one.cased)
    return tuple(
        dict.fromkeys([*one.others, *(name for form in own for name in longer_forms(form) if name not in own)])
    )


def _of_unknown(name: str, *, surname: bool) -> Expansion:
    words = name.split()
    if not words:
        return Expansion()
    start = next((at for at, word in enumerate(words) if at and _is_particle(word)), len(words) - 1)
    if len(words) > _MOST_WORDS_OF_A_PERSON or not all(_NAME.match(word) or _is_particle(word) for word in words):
        return Expansion(_loose(name), _as_written(name), cased=(name,) if _ACRONYM.fullmatch(name) else ())
    if len(words) == 1:
        return Expansion(loose=_loose(name), forms=unique([*spelt_word(name), *with_prefixes(name)]))
    if chinese := chinese_spellings(words[0], "".join(words[1:])):
        return Expansion(forms=chinese, slips=_slips(chinese), doubtful=(words[0],))
    given, family = " ".join(words[:start]), " ".join(words[start:])
    arabic = any(map(_ARABIC.search, given_names().get(fold(words[0]), ())))
    return Expansion(
        given=unique(_spelt_given(given)),
        family=unique([*_spelt_family(family), *(_arabic(family) if arabic else ())]),
        alone=surname,
        near_given=_near_given([given]),
        near_family=_near_family([family]),
    )


def _loose(written: str) -> tuple[str, ...]:
    """Return the name as the rule has it, if it is written small, so that it counts in any case."""
    return (written,) if written.islower() else ()


def _as_written(written: str) -> tuple[str, ...]:
    """Return the name as the rule has it, if it has a capital and is no abbreviation."""
    return () if written.islower() or _ACRONYM.fullmatch(written) else (written,)


def _is_particle(word: str) -> bool:
    return word.casefold() in _PARTICLES or word.casefold().startswith(("al-", "el-", "as-", "ash-", "ad-"))


def _spelt_given(given: str) -> list[str]:
    """Return the spellings of a given name: those of its line, or those that rules make."""
    rows = given_names().get(fold(given), ())
    names = [given, *rows, *(() if any(map(CYRILLIC.search, rows)) else nominatives(given))]
    names += [_DOUBLED.sub(r"\1", name) for name in names if CYRILLIC.match(name) and _DOUBLED.search(name)]
    return [spelt for name in names for spelt in (name, *cases(name), *in_polish(name), *with_prefixes(name))]


def _spelt_family(family: str) -> list[str]:
    """Return the spellings of a surname, with particles or without."""
    *particles, last = family.split()
    if not particles and not last.casefold().startswith(("al-", "el-", "as-", "ash-", "ad-")):
        return [*spelt_word(last), *with_prefixes(last)]
    article, _, stem = last.rpartition("-")
    stems = [form for spelt in _arabic(stem) for form in (spelt, *in_polish(spelt))]
    if not article:
        return [family, *cases(family), *(" ".join([*particles, *spelt.split()]) for spelt in stems)]
    return [
        *(f"{one} {spelt}" for spelt in stems for one in (article, "al", "el")),
        *(stems if article else []),
        *with_prefixes(family),
    ]


def _near_given(given: Iterable[str]) -> tuple[str, ...]:
    """Return the given names, without cases, that may have a letter wrong."""
    return _long(spelt for name in given for spelt in (name, *given_names().get(fold(name), ())))


def _near_family(family: Iterable[str]) -> tuple[str, ...]:
    """Return the surnames, without cases, that may have a letter wrong."""
    return _long(spelt for name in family for spelt in nominatives(name))


def _long(names: Iterable[str]) -> tuple[str, ...]:
    """Return the long names in Latin letters, into which names are spelled; in its own letters a name is another."""
    latin = (name for name in names if LATIN.match(name) and " " not in name)
    return unique(name for name in latin if len(fold(name)) >= LEAST_FOR_A_SLIP)


def _arabic(word: str) -> list[str]:
    """Return an Arabic name's other spellings in Latin letters, one difference at a time."""
    if not LATIN.match(word):
        return [word]
    plain = word.casefold()
    return [word, *(plain.replace(have, other, 1).title() for have, other in _ARABIC_LETTERS if have in plain)]


def _slips(forms: Sequence[str]) -> tuple[str, ...]:
    """Return the Latin forms of several words, one of them long, that may have a letter wrong."""
    spelt = [form for form in forms if LATIN.match(form)]
    words = ((form, regex.findall(r"\w+", form)) for form in spelt)
    return tuple(form for form, cut in words if len(cut) > 1 and max(map(len, cut)) >= LEAST_FOR_A_SLIP)
