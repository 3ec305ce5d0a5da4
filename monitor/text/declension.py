"""The cases of names in Russian, Ukrainian, Polish and Greek: Путин, Путина, Путину, Путиным, Путине.

A table of endings, for names only and without a dictionary: it knows neither gender nor stress, so that a name gets the
endings of both where both are possible, and now and then one that nobody writes. (pymorphy3 has dictionaries, 40 MB of
them for two languages, and no Polish.)
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import regex

_Endings = Sequence[tuple[str, str]]
"""The end of a name, and what stands in its place in the other cases; the first that fits is taken."""

_RUSSIAN: _Endings = (
    *(("ье", "ья ью ьем"), ("ово", "ова ову овом ове"), ("ево", "ева еву евом еве"), ("ино", "ина ину ином ине")),
    *(("ский", "ского скому ским ском"), ("цкий", "цкого цкому цким цком")),
    *(("ская", "ской скую"), ("цкая", "цкой цкую"), ("ское", "ского скому ским ском")),
    *(("ый", "ого ому ым ом"), ("ой", "ого ому ым ом"), ("ая", "ой ую аи ае аю аей"), ("ое", "ого ому ым ом")),
    *(("ий", "ия ию ием ии его ему им ем"), ("ия", "ии ию ией"), ("ие", "ия ию ием ии")),
    *(("ова", "овой ову овы ове"), ("ева", "евой еву евы еве"), ("ёва", "ёвой ёву"), ("ина", "иной ину ины ине")),
    *(("ын", "ына ыну ыным ыне"), ("ин", "ина ину иным ине ином"), ("ов", "ова ову овым ове овом")),
    *(("ев", "ева еву евым еве евом"), ("ёв", "ёва ёву ёвым ёве")),
    *(("ья", "ьи ье ью ьей"), ("ка", "ки ке ку кой"), ("га", "ги ге гу гой"), ("ха", "хи хе ху хой")),
    *(("жа", "жи же жу жей"), ("ша", "ши ше шу шей"), ("ча", "чи че чу чей"), ("а", "ы е у ой")),
    *(("я", "и е ю ей"), ("ны", "н нам нами нах"), ("ы", "ов ам ами ах")),
    *(("ец", "ца цу цем це"), ("ль", "ля лю лем ле ли лью"), ("ь", "я ю ем е и ью"), ("й", "я ю ем е")),
    *(
        ("ж", "жа жу жем же"),
        ("ш", "ша шу шем ше"),
        ("ч", "ча чу чем че"),
        ("щ", "ща щу щем ще"),
        ("ц", "ца цу цем це"),
    ),
)
_HARD = "а у ом е"
"""What follows a Russian consonant."""

_UKRAINIAN: _Endings = (
    *(("ово", "ова ову овом ові овому"), ("ине", "иного иному ином"), ("ино", "ина ину ином ині")),
    *(("ський", "ського ському ським"), ("цький", "цького цькому цьким"), ("ська", "ської ській ську ською")),
    *(("цька", "цької цькій цьку цькою"), ("ий", "ого ому им ім"), ("ій", "ія ію ієм ії ієві")),
    *(("їв", "єва єву євом єві"), ("ків", "кова кову ковом кові"), ("ів", "ова ову овом ові ева еву евом еві")),
    *(("ія", "ії ію ією"), ("ка", "ки ці ку кою"), ("га", "ги зі гу гою"), ("а", "и і у ою"), ("я", "і ї ю єю ею")),
    *(("ов", "ова ову овим ові"), ("ев", "ева еву евим еві"), ("єв", "єва єву євим єві"), ("ін", "іна іну іним іні")),
    *(("ин", "ина ину ином ині"), ("ко", "ка ку ком кові"), ("ь", "я ю ем і еві"), ("й", "я ю єм ї єві")),
    *(("ж", "жа жу жем жі"), ("ч", "ча чу чем чі"), ("ш", "ша шу шем ші")),
)
_UKRAINIAN_HARD = "а у ом і ові"

_POLISH: _Endings = (
    *(("oże", "oża ożu ożem"), ("ger", "gru gra growi grem grze gera gerowi gerem gerze"), ("no", "na nu nem nie")),
    *(("wo", "wa wu wem wie"), ("ro", "ra rowi rem rze"), ("me", "mego memu mem")),
    *(("ski", "skiego skiemu skim"), ("cki", "ckiego ckiemu ckim"), ("dzki", "dzkiego dzkiemu dzkim")),
    *(
        ("ea", "ei eę eą"),
        ("ska", "skiej ską"),
        ("cka", "ckiej cką"),
        ("ny", "nego nemu nym"),
        ("ij", "ija ijowi ijem iju ijego"),
    ),
    *(("iusz", "iusza iuszowi iuszem"), ("szka", "szki szce szkę szką"), ("nka", "nki nce nkę nką")),
    *(
        ("zka", "zki zce zkę zką"),
        ("ka", "ki ce kę ką"),
        ("ga", "gi dze gę gą"),
        ("ia", "ii ię ią"),
        ("ja", "ji ję ją"),
    ),
    *(
        ("la", "li lę lą le"),
        ("wa", "wy wie wę wą"),
        ("ła", "ły le łę łą"),
        ("ta", "ty cie tę tą"),
        ("da", "dy dzie dę dą"),
    ),
    *(("ra", "ry rze rę rą"), ("ęsa", "ęsy ęsie ęsę ęsą"), ("a", "y ie ę ą")),
    *(("ek", "ka kowi kiem ku"), ("ec", "ca cowi cem cu"), ("k", "ka kowi kiem ku"), ("g", "ga gowi giem gu")),
    *(("er", "era erowi erem erze"), ("r", "ra rowi rem rze"), ("t", "ta towi tem cie"), ("d", "da dowi dem dzie")),
    *(
        ("ódź", "odzi odzią"),
        ("ław", "ława ławowi ławem ławie ławia ławiu ławiem"),
        ("ł", "ła łowi łem le"),
        ("l", "la lowi lem lu"),
        ("ś", "sia siowi siem siu"),
        ("eń", "nia niowi niem niu"),
        ("ów", "owa owowi owem owie"),
        ("ń", "nia niowi niem niu"),
    ),
    *(
        ("vic", "vicia viciowi viciem viciu"),
        ("sz", "sza szowi szem szu"),
        ("cz", "cza czowi czem czu"),
        ("rz", "rza rzowi rzem rzu"),
        ("ż", "ża żu żem żowi"),
    ),
    *(("ć", "cia ciowi ciem ciu"), ("c", "ca cowi cem cu"), ("j", "ja jowi jem ju"), ("ko", "ki ce kę ką ka kowi")),
    *(("y", "ego emu ym"), ("i", "iego iemu im"), ("z", "za zowi zem zie"), ("h", "ha howi hem hu")),
)
_POLISH_HARD = "a owi em ie"

_CYRILLIC = regex.compile(r"[\p{Cyrillic}'’-]+")
_POLISH_PLURALS = {
    "Ateny": "Aten Atenom Atenami Atenach",
    "Bydgoszcz": "Bydgoszczy Bydgoszczą",
    "Chiny": "Chin Chinom Chinami Chinach",
    "Czechy": "Czech Czechom Czechami Czechach",
    "Filipiny": "Filipin Filipinom Filipinach",
    "Indie": "Indii Indiom Indiami Indiach",
    "Katowice": "Katowic Katowicom Katowicami Katowicach",
    "Kielce": "Kielc Kielcom Kielcami Kielcach",
    "Niemcy": "Niemiec Niemcom Niemcami Niemczech",
    "Stany": "Stanów Stanom Stanami Stanach",
    "Węgry": "Węgier Węgrom Węgrami Węgrzech",
    "Włochy": "Włoch Włochom Włochami Włoszech",
    "Paryż": "Paryża Paryżowi Paryżem Paryżu",
}
"""Places that are plural, and some that are not regular."""

_ARABIC, _HEBREW = regex.compile(r"\p{Arabic}"), regex.compile(r"\p{Hebrew}")
_GREEK = regex.compile(r"\p{Greek}+")
_GREEK_ENDINGS: _Endings = (("οσ", "ου ο οι ων"), ("όσ", "ού ό"), ("ησ", "η"), ("ήσ", "ή"), ("ασ", "α"), ("άσ", "ά"))
"""Of a casefolded name, in which the last sigma is like any other; what ends otherwise has no cases but of vowels."""
_NEVER = regex.compile(r"(?!)")
_CONSONANT = regex.compile(r"[бвгджзклмнпрстфхцчшщ]$")
_LATIN_CONSONANT = regex.compile(r"[bcćdfghjklłmnńprsśtvwxzżź]$")


@lru_cache(maxsize=16_384)
def cases(word: str) -> tuple[str, ...]:
    """Return the other cases of a Cyrillic name, Russian, Ukrainian or both by its letters, or of a Greek one.

    Nothing for other names.
    """
    plain = word.casefold()
    if _GREEK.fullmatch(word):
        return tuple(_inflected(word, _GREEK_ENDINGS, "", _NEVER))
    if not _CYRILLIC.fullmatch(plain):
        return ()
    russian = not set(plain) & set("іїєґ")
    ukrainian = not set(plain) & set("ыэёъ")
    found: dict[str, None] = {}
    if russian:
        found |= dict.fromkeys(_inflected(word, _RUSSIAN, _HARD, _CONSONANT))
    if ukrainian:
        found |= dict.fromkeys(_inflected(word, _UKRAINIAN, _UKRAINIAN_HARD, _CONSONANT))
    return tuple(found)


@lru_cache(maxsize=16_384)
def polish_cases(name: str) -> tuple[str, ...]:
    """Return the other cases of a name in Latin letters as Polish has them: Macrona, Macronowi, Macronem, Macronie.

    Of two words one is an adjective: Korei Północnej, Nowym Jorku.
    """
    first, space, last = name.partition(" ")
    if not space:
        return (*_POLISH_PLURALS.get(name, "").split(), *_inflected(name, _POLISH, _POLISH_HARD, _LATIN_CONSONANT))
    pairs = product(_of_two(first), _of_two(last)) if last and " " not in last else ()
    return tuple(f"{one} {other}" for one, other in pairs if f"{one} {other}" != name)


def _of_two(word: str) -> tuple[str, ...]:
    """Return a word and its cases, those of an adjective too."""
    stem = word[:-1] + ("i" if word.endswith(("ka", "ga")) else "")
    adjective = (stem + "ej",) if word.endswith("a") else (stem + "ych",) if word.endswith("e") else ()
    return (word, *polish_cases(word), *adjective)


def with_prefixes(name: str) -> tuple[str, ...]:
    """Return a name with what Arabic and Hebrew write onto its front (and, in, to, from); nothing for other names."""
    if _ARABIC.match(name):
        article = ("لل" + name[2:],) if name.startswith("ال") else ()
        return (*(letter + name for letter in "وبلفك"), *article)
    return tuple(letter + name for letter in "ובלמשהכ") if _HEBREW.match(name) else ()


def _inflected(word: str, endings: _Endings, hard: str, consonant: "regex.Pattern[str]") -> list[str]:
    plain = word.casefold()
    for ending, others in endings:
        if plain.endswith(ending) and len(plain) > len(ending):
            return [word[: -len(ending)] + other for other in others.split()]
    return [word + other for other in hard.split()] if consonant.search(plain) else []
