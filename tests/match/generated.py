"""Random rules and items of a small vocabulary, so that they often meet: for Hypothesis, and by the million.

The vocabulary holds what is hard: several scripts, accents, case, forms that fold alike, words within words, signs that
end sentences and signs that do not, what cannot be seen.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import strategies as st

from monitor.match.clause import Clause
from monitor.match.view import SCOPES, View
from monitor.match.written.tree import Reader
from monitor.model import Byline, Dateline, Item, Paragraph, PartialDate, Related, RelatedItem, Story, Subhead, Teaser
from tests.match.reading import NOW

LISTS = {
    "leaders": ["Xi", "Xi Jinping", "Poetin", "习近平"],
    "sanctions": ["sanctie*", "embargo", "b?y"],
}

WORDS = [
    *(
        "Xi",
        "xi",
        "XI",
        "Xí",
        "X\u00adi",
        "taxi",
        "Axios",
        "Jinping",
        "Jingping",
        "Jinpign",
        "Wang",
        "wang",
        "Yi",
        "yi",
    ),
    *("Moskou", "moskou", "MOSKOU", "Moscow", "Москва", "Poetin", "Putin", "Zelensky", "Zelenský", "zelenski"),
    *(
        "Straße",
        "strasse",
        "STRASSEN",
        "İstanbul",
        "istanbul",
        "bezoek",
        "bezoeken",
        "Bezoekt",
        "bezocht",
        "été",
        "ete",
    ),
    *("sanctie", "sancties", "sanctiebeleid", "sanctimonious", "embargo", "boy", "bay", "buoy", "by", "a", "a", "de"),
    *(
        "习近平",
        "习",
        "近平",
        "莫斯科",
        "시진핑",
        "시진핑이",
        "해시진",
        "موسكو",
        "بموسكو",
        "プーチン",
        "U.S.",
        "Army",
        "dr.",
        "5G",
    ),
    *("Xi Jinping", "Xi Jinping", "Wang Yi", "Wang. Yi", "Wang Yi Wang Yi", "U.S. Army", "U.S. De Army", "Xi-Wang"),
    *("a a a", "Xi's", "习近平习", "习，近平", "해시진핑", "Wang en Xi", "sanctie. sanctie", "dr. Xi"),
]
SIGNS = [
    *(" ", " ", " ", " ", " ", " ", " ", " ", ", ", ". ", ". ", "? ", "! ", ": ", "… ", "-", "’", "'", "\n", "\n\n"),
    *(" – ", "。", "", '." ', "” ", " (", ") ", "/"),
]
TERMS = [
    *("Xi", "xi", "Jinping", "Wang Yi", "Xi Jinping", "Moskou", "zelensky", "strasse", "ISTANBUL", "bezoek", "été"),
    *(
        "习近平",
        "近平",
        "习",
        "시진핑",
        "시진",
        "موسكو",
        "プーチン",
        "U.S. Army",
        "dr.",
        "a a",
        "a",
        "Xi's",
        "Xi-Wang",
        "5G",
        "by",
    ),
    *("sanctie*", "sanct*", "b?y", "*xi", "xi*", "Wang * Xi", "*ing", "b*y", "?ete", "x?", "mosk* *", "a* b?y", "*a*"),
]
_STEMS = ["bezoeken", "bezoek", "sancties", "Straßen", "été", "Wang Yi", "boys", "习近平", "de bezoeken"]
_FUZZY = [
    "Jinping",
    "Zelensky",
    "Xi Jinping",
    "Moskou",
    "sanctie",
    "Poetin",
    "strasse",
    "bezoek",
    "Wang",
    "boy",
    "İstanbul",
]
_PATTERNS = [
    "Xi",
    "(?i)xi",
    "[Xx]i J",
    "sancti(e|on)",
    "习.平",
    "b.y",
    "[A-Z]{2,}",
    "é",
    "Xi[ ,-]+W",
    "o+",
    "^Xi",
    "i$",
    r"\d",
]
_PLACES = ["Moskou", "Москва", "Beijing", "Xi"]
_SOURCES = ["wire", "desk", "nos"]
_PUBLISHERS = ["nos", "NOS", "vrt", "Exámple"]
_LANGUAGES = ["nl", "nl-BE", "en", "de", "fr", "ru", "xx"]
_SECTIONS = ["Buitenland", "buitenland", "Sport", "Été"]
_TAGS = ["China", "china", "sancties", "Xi Jinping", "été"]
_URLS = [
    "https://nos.nl/artikel/1",
    "https://www.nos.nl/artikel?id=1",
    "http://press.state.gov/press/x",
    "https://xn--mnchen-3ya.de/Xi",
]
_NAMES = ["Noor Smit", "Xi Wang", "J. de Vries"]


def random_text(random: Random, longest: int = 14) -> str:
    """Return a text of up to `longest` words."""
    words = random.choices(WORDS, k=random.randint(0, longest))
    text = "".join(word + random.choice(SIGNS) for word in words)
    return text.upper() if random.random() < 0.05 else text


def random_item(random: Random) -> Item:
    """Return an item of a few short texts and some fields."""
    blocks = (_random_block(random) for _ in range(random.randint(0, 4)))
    published = [
        None,
        NOW,
        NOW - timedelta(hours=3),
        NOW - timedelta(days=2),
        PartialDate("2026-02-04"),
        PartialDate("2025"),
    ]
    return Item(
        id="a",
        source=_or_none(random, _SOURCES),
        url=_or_none(random, _URLS),
        kind=random.choice(["new", "new", "update", "correction"]),
        language=_or_none(random, _LANGUAGES),
        headline=_random_headline(random),
        dateline=_random_dateline(random) if random.random() < 0.6 else None,
        body=tuple(blocks),
        section=_or_none(random, _SECTIONS),
        related=_random_related(random) if random.random() < 0.3 else None,
        published=random.choice(published),
        summary=random_text(random) if random.random() < 0.3 else None,
        bylines=tuple(Byline(random.choice(_NAMES)) for _ in range(random.randint(0, 2))),
        tags=tuple(random.choices(_TAGS, k=random.randint(0, 2))),
    )


def random_view(random: Random) -> View:
    """Return a random item as it is looked at, with what is known around it."""
    story = Story(
        "s", None, tuple("abc"[: random.randint(1, 3)]), tuple("xyz"[: random.randint(0, 3)]), random.randint(1, 5)
    )
    return View(
        random_item(random),
        NOW,
        language=_or_none(random, ["nl", "en"]),
        publisher=_or_none(random, _PUBLISHERS),
        story=story if random.random() < 0.7 else None,
        began=NOW - timedelta(minutes=random.randint(0, 200)) if random.random() < 0.7 else None,
    )


def random_rule(random: Random) -> Clause:
    """Return the tree of a random condition."""
    condition = random_condition(random)
    reader = Reader(LISTS)
    clause = reader.condition(condition)
    if clause is None:
        msg = f"{condition}: {reader.faults}"
        raise AssertionError(msg)
    return clause


def random_condition(random: Random, deepest: int = 3) -> object:
    """Return a condition as YAML has it, of every operator and group, nested up to `deepest` deep."""
    if deepest == 0 or random.random() < 0.35:
        return random_leaf(random)
    some = [random_condition(random, deepest - 1) for _ in range(random.randint(1, 3))]
    kind = random.randrange(8)
    if kind < 3:
        return {random.choice(["all", "any"]): some}
    if kind == 3:
        return {"none": some}
    if kind == 4:
        return {"min": {"k": str(random.randint(1, len(some))), "of": some}}
    if kind == 5:
        return {"all": some, "in": random.sample(SCOPES, random.randint(1, 4))}
    if kind == 6:
        return {"all": some, "same": random.choice(["sentence", "paragraph"])}
    return {"any": some, "none": [random_leaf(random)]}


def random_wording(random: Random) -> object:
    """Return a term, or another wording, as YAML has it."""
    return random.choice(
        [
            *([random.choice(TERMS)] * 5),
            {"cased": random.choice(["Xi", "XI", "Wang Yi", "Zelenský", "习近平", "MOSKOU", "été"])},
            {"stem": random.choice(_STEMS)},
            {"fuzzy": random.choice(_FUZZY)},
            {"fuzzy": random.choice(_FUZZY[:5]), "edits": "2"},
            {"re": random.choice(_PATTERNS)},
            {"list": random.choice([*LISTS])},
            {"place": random.choice(_PLACES)},
            {"name": random.choice(["Xi Jinping", "Wang Yi", "Poetin", "Noor Smit"])},
        ]
    )


def random_leaf(random: Random) -> object:
    """Return a condition without conditions in it, as YAML has it."""
    if random.random() < 0.6:
        return random_wording(random)
    return random.choice([_random_closeness, _random_field])(random)


def _random_closeness(random: Random) -> object:
    if random.random() < 0.3:
        overlapping = ["Xi", random.choice(["Xi Jinping", "Jinping", "xi*"]), random.choice(["Wang", "Wang Yi", "a a"])]
        counted = random.choice([_side(random), overlapping])
        return {"count": counted, "at_least": str(random.randint(1, 4))}
    near = {"near": [_side(random), _side(random)], "within": str(random.randint(1, 6))}
    return {**near, "ordered": random.choice(["true", "false"])} if random.random() < 0.5 else near


def _side(random: Random) -> object:
    several = [random_wording(random) for _ in range(random.randint(1, 3))]
    return several if random.random() < 0.4 else several[0]


def _random_field(random: Random) -> object:
    ages = [{"max": "1h"}, {"min": "1h"}, {"max": "3d", "min": "2h"}]
    bounds = [">=2", "3", "<2", "<=1", ">2", "=1"]
    return random.choice(
        [
            {"source": random.choice([*_SOURCES, ["wire", "nos"]])},
            {"publisher": random.choice([*_PUBLISHERS, ["vrt", "example"]])},
            {"lang": random.choice(["nl", "nl-BE", ["en", "fr"]])},
            {"section": random.choice(_SECTIONS)},
            {"kind": random.choice(["new", ["update", "correction"]])},
            {"age": random.choice(ages)},
            {"byline": random.choice(["Smit", "noor smit", "Sm*", "Wang", ["Vries", "Xi"]])},
            {"tag": random.choice(["china", "sanct*", "Xi", ["été", "xi jinping"]])},
            {
                "url": random.choice(
                    ["nos.nl", "nos.nl/artikel", "*.gov/press/*", "münchen.de", "www.nos.nl/art", ["gov", "de"]]
                )
            },
            {"story": {random.choice(["agencies", "publishers", "items"]): random.choice(bounds)}},
            {"story": {"within": random.choice(["1h", "2h"])}},
            {"agency": random.choice(["Reuters", "ANP", ["dpa", "AFP"]])},
            {"dateline.place": random.choice(["Moscow", "Xi", ["Kyiv", "Moskou"]])},
        ]
    )


def rules() -> st.SearchStrategy[Clause]:
    """Return a strategy for trees; a failing one is made smaller."""
    return st.randoms(use_true_random=False).map(random_rule)


def items() -> st.SearchStrategy[Item]:
    """Return a strategy for items; a failing one is made smaller."""
    return st.randoms(use_true_random=False).map(random_item)


def views() -> st.SearchStrategy[View]:
    """Return a strategy for items as they are looked at; a failing one is made smaller."""
    return st.randoms(use_true_random=False).map(random_view)


def unread(view: View) -> View:
    """Return the same view, of which nothing has been worked out yet."""
    return replace(view, texts=())


def _or_none(random: Random, values: Sequence[str]) -> str | None:
    return random.choice([None, *values])


def _random_block(random: Random) -> Paragraph | Subhead | Teaser:
    kind = random.randrange(8)
    text = random_text(random)
    return Subhead(text) if kind == 0 else Teaser("LEES OOK", text) if kind == 1 else Paragraph(text)


def _random_headline(random: Random) -> str | None:
    text = random_text(random, 6)
    return random.choice([None, text, text, text.upper()])


def _random_dateline(random: Random) -> Dateline:
    place, agency = random.choice(["MOSKOU", "KYIV", "XI", "Москва"]), random.choice(["RTR", "ANP", "AFP", "Xi"])
    return Dateline(f"{place} ({agency}) - ", (place,), (agency,))


def _random_related(random: Random) -> Related:
    return Related(
        None,
        tuple(
            RelatedItem(random_text(random, 6), _random_dateline(random) if random.random() < 0.5 else None)
            for _ in range(random.randint(0, 2))
        ),
    )
