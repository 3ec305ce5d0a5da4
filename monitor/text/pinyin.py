"""Chinese names in other spellings than pinyin: Mao Zedong is Mao Tse-tung in Wade–Giles, Мао Цзэдун after Palladius.

Both are functions of the syllable, so they are tables of its initial and its final. The characters cannot be had from
pinyin, nor pinyin from characters without a dictionary of readings (习 is Xi, pypinyin has 4 MB of them).
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import product

import regex

_INITIALS: Mapping[str, tuple[str, str]] = {
    "zh": ("ch", "чж"),
    "ch": ("ch", "ч"),
    "sh": ("sh", "ш"),
    "b": ("p", "б"),
    "p": ("p", "п"),
    "m": ("m", "м"),
    "f": ("f", "ф"),
    "d": ("t", "д"),
    "t": ("t", "т"),
    "n": ("n", "н"),
    "l": ("l", "л"),
    "g": ("k", "г"),
    "k": ("k", "к"),
    "h": ("h", "х"),
    "j": ("ch", "цз"),
    "q": ("ch", "ц"),
    "x": ("hs", "с"),
    "z": ("ts", "цз"),
    "c": ("ts", "ц"),
    "s": ("s", "с"),
    "r": ("j", "ж"),
    "": ("", ""),
}
"""Wade–Giles without its apostrophes, as papers wrote it, and Palladius."""

_FINALS: Mapping[str, tuple[str, str]] = {
    "a": ("a", "а"),
    "ai": ("ai", "ай"),
    "an": ("an", "ань"),
    "ang": ("ang", "ан"),
    "ao": ("ao", "ао"),
    "e": ("e", "э"),
    "ei": ("ei", "эй"),
    "en": ("en", "энь"),
    "eng": ("eng", "эн"),
    "i": ("i", "и"),
    "ia": ("ia", "я"),
    "ian": ("ien", "янь"),
    "iang": ("iang", "ян"),
    "iao": ("iao", "яо"),
    "ie": ("ieh", "е"),
    "in": ("in", "инь"),
    "ing": ("ing", "ин"),
    "iong": ("iung", "юн"),
    "iu": ("iu", "ю"),
    "o": ("o", "о"),
    "ong": ("ung", "ун"),
    "ou": ("ou", "оу"),
    "u": ("u", "у"),
    "ua": ("ua", "уа"),
    "uai": ("uai", "уай"),
    "uan": ("uan", "уань"),
    "uang": ("uang", "уан"),
    "ue": ("ueh", "юэ"),
    "ui": ("ui", "уй"),
    "un": ("un", "унь"),
    "uo": ("o", "о"),
    "er": ("erh", "эр"),
}
_WITH_GLIDE: Mapping[str, tuple[str, str]] = {
    "yi": ("i", "и"),
    "ya": ("ya", "я"),
    "yan": ("yen", "янь"),
    "yang": ("yang", "ян"),
    "yao": ("yao", "яо"),
    "ye": ("yeh", "е"),
    "yin": ("yin", "инь"),
    "ying": ("ying", "ин"),
    "yong": ("yung", "юн"),
    "you": ("yu", "ю"),
    "yu": ("yu", "юй"),
    "yuan": ("yuan", "юань"),
    "yue": ("yueh", "юэ"),
    "yun": ("yun", "юнь"),
    "wu": ("wu", "у"),
    "wa": ("wa", "ва"),
    "wai": ("wai", "вай"),
    "wan": ("wan", "вань"),
    "wang": ("wang", "ван"),
    "wei": ("wei", "вэй"),
    "wen": ("wen", "вэнь"),
    "weng": ("weng", "вэн"),
    "wo": ("wo", "во"),
    "zi": ("tzu", "цзы"),
    "ci": ("tzu", "цы"),
    "si": ("ssu", "сы"),
    "zhi": ("chih", "чжи"),
    "chi": ("chih", "чи"),
    "shi": ("shih", "ши"),
    "ri": ("jih", "жи"),
    "hui": ("hui", "хуэй"),
    "ju": ("chu", "цзюй"),
    "qu": ("chu", "цюй"),
    "xu": ("hsu", "сюй"),
    "lu": ("lu", "лу"),
    "juan": ("chuan", "цзюань"),
    "quan": ("chuan", "цюань"),
    "xuan": ("hsuan", "сюань"),
    "jun": ("chun", "цзюнь"),
    "qun": ("chun", "цюнь"),
    "xun": ("hsun", "сюнь"),
    "jue": ("chueh", "цзюэ"),
    "que": ("chueh", "цюэ"),
    "xue": ("hsueh", "сюэ"),
}
"""Syllables that are no sum of their parts."""

_SYLLABLES: Mapping[str, tuple[str, str]] = {
    initial + final: (latin + end, russian + ending)
    for (initial, (latin, russian)), (final, (end, ending)) in product(_INITIALS.items(), _FINALS.items())
    if initial or final in {"a", "ai", "an", "ang", "ao", "e", "en", "er", "ou"}
} | dict(_WITH_GLIDE)


@lru_cache(maxsize=4096)
def chinese_spellings(surname: str, given: str) -> tuple[str, ...]:
    """Return the spellings of a Chinese name, as `Mao Zedong` in pinyin, or nothing if it is none.

    That is: pinyin with and without hyphen, Wade–Giles, Palladius, and the latter's Russian genitive, dative and
    instrumental.
    """
    family, syllables = surname.casefold(), _cut(given.casefold())
    if family not in _SYLLABLES or not syllables:
        return ()
    wade, russian = _SYLLABLES[family]
    spelt = [
        f"{surname} {given}",
        f"{surname} {'-'.join(syllables).title()}",
        f"{surname} {' '.join(syllables).title()}",
    ]
    spelt += [f"{wade} {'-'.join(_SYLLABLES[one][0] for one in syllables)}".title()]
    name = "".join(_SYLLABLES[one][1] for one in syllables).capitalize()
    return (*dict.fromkeys(spelt), *(f"{russian.capitalize()} {case}" for case in (name, *_cases(name))))


def _cases(name: str) -> list[str]:
    if name.endswith("ь"):
        return [name[:-1] + ending for ending in ("я", "ю", "ем", "е")]
    if name.endswith("й"):
        return [name[:-1] + ending for ending in ("я", "ю", "ем", "е")]
    return [name + ending for ending in ("а", "у", "ом", "е")] if name[-1] in "нр" else []


def _cut(given: str) -> list[str]:
    """Return the one or two syllables of a given name; none if it is no pinyin. An ambiguous end goes to the second."""
    plain = regex.sub(r"['’ -]", "", given)
    if plain in _SYLLABLES:
        return [plain]
    cuts = [at for at in range(len(plain) - 1, 0, -1) if plain[:at] in _SYLLABLES and plain[at:] in _SYLLABLES]
    consonant = [at for at in cuts if plain[at] not in "aeiou"]
    return [plain[: (consonant or cuts)[0]], plain[(consonant or cuts)[0] :]] if cuts else []
