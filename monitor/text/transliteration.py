"""How newspapers write Cyrillic names: Лукашенко is Loekasjenko, Lukashenko, Lukaschenko, Loukachenko, Łukaszenka.

Eight schemes as the papers of each language use them, not as libraries have them: anyascii, Unidecode, cyrtranslit,
transliterate and ICU each know one English or scholarly spelling, and none reads `Loekasjenko` back. Spelling back is a
guess (Latin letters tell neither the soft sign nor the language), so it gives several readings; a wrong one is a word
that nobody writes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product

from monitor.text.fold import fold

MOST_SPELLINGS = 12
"""A word has at most so many spellings in one scheme, and so many readings."""

_NEVER = 1000
"""More pieces than any word has."""

_LONGEST_PIECE = 7

_VOWELS = "аеёиіїоуыэюяє"
_IOTATED = {"е": "Е", "ё": "Ё", "ю": "Ю", "я": "Я", "є": "Є"}
"""How these letters are marked where they sound with a glide: at the beginning, after a vowel or a sign."""

_SAME = dict(zip("абгдзиклмнопрт", "abgdziklmnoprt", strict=True)) | {"ф": "f", "ь": "", "ъ": "", "'": "", "’": ""}

_SCHEMES: Mapping[str, Mapping[str, str]] = {
    "nl": _SAME
    | {"в": "v", "е": "e", "Е": "je e", "ё": "jo o e", "Ё": "jo", "ж": "zj", "й": "j i", "с": "s", "у": "oe", "х": "ch"}
    | {"ц": "ts", "ч": "tsj", "ш": "sj", "щ": "sjtsj", "ы": "y", "э": "e", "ю": "joe", "Ю": "joe", "я": "ja", "Я": "ja"}
    | {"ий$": "i y", "ый$": "y i", "ия$": "ia ija", "ья$": "ja", "кс": "ks x", "ой$": "oj"},
    "en": _SAME
    | {
        "в": "v",
        "е": "e",
        "Е": "ye e",
        "ё": "yo o e",
        "Ё": "yo e",
        "ж": "zh",
        "й": "y i",
        "с": "s",
        "у": "u",
        "х": "kh",
    }
    | {"ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "э": "e", "ю": "yu", "Ю": "yu", "я": "ya", "Я": "ya"}
    | {"ий$": "y iy i ii", "ый$": "y yi", "ия$": "ia iya", "ья$": "ia ya", "кс": "ks x", "ой$": "oy oi"},
    "de": _SAME
    | {"в": "w", "е": "e", "Е": "je e", "ё": "jo o", "Ё": "jo", "ж": "sch", "з": "s", "й": "j i", "с": "s ss", "у": "u"}
    | {"х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ы": "y", "э": "e", "ю": "ju", "Ю": "ju"}
    | {
        "я": "ja",
        "Я": "ja",
        "ий$": "i ij y",
        "ый$": "y yj",
        "ия$": "ia ija",
        "ья$": "ja",
        "кс": "x ks",
        "ой$": "oi oj",
    },
    "fr": _SAME
    | {"в": "v", "е": "e", "Е": "ie e", "ё": "io o e", "Ё": "io", "ж": "j", "й": "i", "с": "s", "у": "ou", "х": "kh"}
    | {"ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ы": "y", "э": "e", "ю": "iou", "Ю": "iou", "я": "ia", "Я": "ia"}
    | {"ий$": "i y", "ый$": "y", "ин$": "ine in", "ын$": "yne", "ия$": "ia", "ья$": "ia", "кс": "x ks", "ой$": "oi"}
    | {"ге": "gue", "ги": "gui"},
    "es": _SAME
    | {"в": "v", "е": "e", "Е": "ye e", "ё": "o io", "Ё": "yo", "ж": "zh", "й": "i", "с": "s", "у": "u", "х": "j"}
    | {"ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ы": "y i", "э": "e", "ю": "iu", "Ю": "yu", "я": "ia", "Я": "ya"}
    | {"ий$": "i y", "ый$": "i", "ия$": "ia", "ья$": "ia", "кс": "ks x", "ой$": "oi", "ге": "gue", "ги": "gui"},
    "pl": _SAME
    | {"в": "w", "е": "ie e", "Е": "je", "ё": "io o", "Ё": "jo", "ж": "z", "й": "j", "с": "s", "у": "u", "х": "ch"}
    | {"ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "ы": "y", "э": "e", "ю": "iu", "Ю": "ju", "я": "ia", "Я": "ja"}
    | {
        "ий$": "ij i",
        "ая$": "a aja",
        "ый$": "y yj",
        "ия$": "ia ija",
        "ья$": "ja",
        "кс": "ks",
        "жи": "zy",
        "ши": "szy",
        "ци": "cy",
    }
    | {"ле": "le", "же": "ze", "ше": "sze", "че": "cze", "ой$": "oj"},
    "sv": _SAME
    | {"в": "v", "е": "e", "Е": "je e", "ё": "jo", "Ё": "jo", "ж": "zj", "й": "j", "с": "s", "у": "u", "х": "ch"}
    | {"ц": "ts", "ч": "tj", "ш": "sj", "щ": "sjtj", "ы": "y", "э": "e", "ю": "ju", "Ю": "ju", "я": "ja", "Я": "ja"}
    | {"ий$": "ij i", "ый$": "yj y", "ия$": "ia ija", "ья$": "ja", "кс": "ks", "ой$": "oj"},
    "iso": _SAME
    | {"в": "v", "е": "e", "Е": "e je", "ё": "e", "Ё": "e", "ж": "z", "й": "j", "с": "s", "у": "u", "х": "ch h"}
    | {"ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ы": "y", "э": "e", "ю": "ju", "Ю": "ju", "я": "ja", "Я": "ja"}
    | {"ий$": "ij", "ый$": "yj", "ия$": "ija", "ья$": "ja", "кс": "ks", "ой$": "oj"},
}
"""What each letter becomes, folded, the likeliest spelling first; longer pieces go first, `$` is the word's end."""

_UKRAINIAN: Mapping[str, str] = {
    "г": "h",
    "и": "y",
    "і": "i",
    "ґ": "g",
    "є": "ie e",
    "ий$": "y yi yj",
    "ій$": "ij iy ii i",
}
"""Where Ukrainian differs, in every scheme; the glides of `ї` and `є` are those of the scheme's `ю`."""


_ODD = re.compile(r"(?<![аеёиіоуыэюяє])й|(?<=[^аеиоу])э|(?<![жчшщ])ё(?!$)|[жшщчкгх]ы|ґ|ё$")
"""What a reading does not have: a guess that is left out."""


@lru_cache(maxsize=16_384)
def romanised(word: str) -> tuple[str, ...]:
    """Return the folded Latin spellings of a Cyrillic word, Russian or Ukrainian by its letters, likeliest first.

    A word that could be either is spelled as both. At most `MOST_SPELLINGS` in each scheme.
    """
    plain = word.casefold()
    ukrainian, russian = _languages(plain)
    spelt: dict[str, None] = {}
    for scheme in _SCHEMES:
        if russian:
            spelt |= dict.fromkeys(_spellings(_marked(plain), _SCHEMES[scheme]))
        if ukrainian:
            spelt |= dict.fromkeys(_spellings(_marked(plain), _ukrainian(scheme)))
    return tuple(spelt)


@lru_cache(maxsize=16_384)
def cyrillic(word: str) -> tuple[str, ...]:
    """Return the Russian and Ukrainian words, in small letters, that a Latin word may stand for, likeliest first.

    Those schemes read it that need the fewest pieces: `sj` is ш rather than с and й, so that a Dutch spelling is read
    as Dutch. At most `MOST_SPELLINGS`; none where no scheme can spell the word (`Xi`).
    """
    plain = fold(word)
    if not (plain.isascii() and plain.isalpha()):
        return ()
    tables = [_reversed(scheme, ukrainian=ukrainian) for ukrainian in (False, True) for scheme in _SCHEMES]
    sizes = [_fewest(plain + "$", pieces) for pieces in tables]
    least = min(size[0] for size in sizes)
    if least >= _NEVER:
        return ()
    best = [(pieces, size) for pieces, size in zip(tables, sizes, strict=True) if size[0] == least]
    told = (_readings(plain + "$", pieces, size) for pieces, size in best)
    read = dict.fromkeys(one for readings in told for one in readings if not _ODD.search(one))
    return tuple(dict.fromkeys(one for both in read for one in _softened(both)))[:MOST_SPELLINGS]


def in_ukrainian(russian: str) -> str:
    """Return how Ukrainian writes a Russian surname: Гиркин is Гіркін, Навальный is Навальний."""
    word = re.sub(r"(?<![жчшщц])и(?!й$)", "і", russian).translate(str.maketrans("ыэ", "ие"))
    word = re.sub(r"(?<=н)ая$", "а", re.sub(r"(?<=[аеиоуіюя])е", "є", word))
    return re.sub(r"([сц])кая$", r"\1ька", re.sub(r"([сц])кий$", r"\1ький", word))


_GREEK_CONSONANTS = dict(zip("βγδζθκλμνπρστφχ", "vgdztklmnprstfk", strict=True)) | {
    "ξ": "ks",
    "ψ": "ps",
    "τζ": "j",
    "τσ": "c",
}
_BOTH_LETTERS = {"μπ": ("b", "mp"), "ντ": ("d", "nt"), "γκ": ("g", "nk"), "γγ": ("g", "nk")}
"""Greek pairs that are one sound at the beginning of a syllable, and two or a nasal one elsewhere."""

_LATIN_CONSONANTS = str.maketrans({"c": "k", "q": "k", "w": "v", "x": "ks", **dict.fromkeys("aeiouyh")})


def greek_consonants(word: str) -> frozenset[str]:
    """Return what a Greek name may sound like in Latin letters, without vowels and a last s: Κυριάκου is krk."""
    plain = fold(word)
    read, at = {""}, 0
    while at < len(plain):
        piece = pair if (pair := plain[at : at + 2]) in {*_BOTH_LETTERS, *_GREEK_CONSONANTS} else plain[at]
        sounds = _BOTH_LETTERS.get(piece, (_GREEK_CONSONANTS.get(piece, ""),))
        read = {start + sound for start in read for sound in sounds}
        if len(read) > MOST_SPELLINGS:
            break
        at += len(piece)
    return frozenset(_without_doubles(one) for one in read)


def latin_consonants(word: str) -> str:
    """Return the consonants of a name in Latin letters in the form of `greek_consonants`."""
    plain = fold(word).replace("ph", "f").replace("dj", "j").replace("tz", "j")
    return _without_doubles(plain.translate(_LATIN_CONSONANTS))


def _without_doubles(consonants: str) -> str:
    return re.sub(r"(.)\1+", r"\1", consonants.translate(_ALIKE)).removesuffix("s")


_ALIKE = str.maketrans("dbgz", "tpks")
"""Consonants that Greek does not tell apart in foreign names."""


def _languages(word: str) -> tuple[bool, bool]:
    """Tell whether a Cyrillic word may be Ukrainian, and whether Russian."""
    letters = set(word)
    ukrainian, russian = bool(letters & set("іїєґ'’")), bool(letters & set("ыэёъ"))
    return ukrainian or not russian, russian or not ukrainian


def _marked(word: str) -> str:
    """Return a Cyrillic word with its glides marked."""
    before = " " + word
    return "".join(
        _IOTATED.get(letter, letter) if before[at] in f" {_VOWELS}ьъ'’-" else letter for at, letter in enumerate(word)
    ).replace("ї", "і" if word.startswith("ї") else "йі")


@cache
def _ukrainian(scheme: str) -> Mapping[str, str]:
    letters = {**_SCHEMES[scheme], **_UKRAINIAN}
    letters["Є"] = letters["Е"].split()[0]
    return letters


def _spellings(word: str, letters: Mapping[str, str]) -> list[str]:
    pieces = [letters[piece].split() or [""] for piece in _cut(word + "$", letters)]
    return ["".join(choice) for choice in islice(product(*pieces), MOST_SPELLINGS)]


def _cut(word: str, letters: Mapping[str, str]) -> Iterator[str]:
    """Yield the pieces of a word that a scheme knows, the longest first; letters that it does not know are dropped."""
    at = 0
    while at < len(word):
        piece = next((word[at : at + size] for size in (3, 2, 1) if word[at : at + size] in letters), "")
        if piece:
            yield piece
        at += len(piece) or 1


_MASCULINE = ("ski$", "sky$", "skij$", "skiy$", "skyj$", "skyi$", "skii$")
_FEMININE = ("skaja$", "skaya$", "skaia$", "ska$")
"""How the ending of a surname is spelled, in every scheme."""


@cache
def _reversed(scheme: str, *, ukrainian: bool = False) -> Mapping[str, Sequence[str]]:
    """Return for each Latin piece of a scheme the Cyrillic that it may stand for; `$` is the word's end."""
    pieces: dict[str, list[str]] = {}
    for letter, spelt in (_ukrainian(scheme) if ukrainian else _SCHEMES[scheme]).items():
        end = "$" if letter.endswith("$") else ""
        for latin in spelt.split():
            pieces.setdefault(latin + end, []).append(letter.removesuffix("$").lower())
    endings = ("ський", "ська") if ukrainian else ("ский", "ская")
    return pieces | {latin: [endings[latin in _FEMININE]] for latin in (*_MASCULINE, *_FEMININE)}


def _fewest(word: str, pieces: Mapping[str, Sequence[str]]) -> list[int]:
    """Return for each place in a word how many pieces its rest takes at least; `_NEVER` or more where none do."""
    fewest = [_NEVER] * (len(word) - 1) + [0, 0]
    for at in range(len(word) - 2, -1, -1):
        fewest[at] = min((fewest[end] + 1 for end in _ends(word, at, pieces)), default=_NEVER)
    return fewest


def _ends(word: str, at: int, pieces: Mapping[str, Sequence[str]]) -> Iterator[int]:
    return (end for end in range(at + 1, min(at + _LONGEST_PIECE, len(word)) + 1) if word[at:end] in pieces)


def _readings(word: str, pieces: Mapping[str, Sequence[str]], fewest: Sequence[int]) -> list[str]:
    """Return the Cyrillic words that spell `word`, which ends in `$`, in the fewest pieces."""
    done: dict[int, list[str]] = {len(word): [""], len(word) - 1: [""]}
    for at in range(len(word) - 2, -1, -1):
        ends = [end for end in _ends(word, at, pieces) if fewest[end] + 1 == fewest[at]]
        found = (start + rest for end in ends for start in pieces[word[at:end]] for rest in done[end])
        done[at] = list(islice(found, MOST_SPELLINGS))
    return done[0]


def _softened(word: str) -> Iterator[str]:
    """Yield a word, and with the soft sign that an л before another consonant mostly has (Навальный)."""
    soft = "".join(
        letter + "ь" if letter == "л" and at + 1 < len(word) and word[at + 1] not in _VOWELS + "йльъ" else letter
        for at, letter in enumerate(word)
    )
    yield soft
    if soft != word:
        yield word
    if word.endswith("л"):
        yield soft + "ь"
