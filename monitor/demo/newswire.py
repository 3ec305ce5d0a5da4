"""A newswire that writes itself: agencies report stories, outlets carry, shorten, retitle, follow up and correct them.

    topic ─▶ story ─▶ agency copy ─▶ an entry at each outlet that carries it, later a follow-up or a correction

Pure: chance is an argument, time is counted from the beginning. One seed, one wire.
"""

import heapq
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Literal, TypeVar

from monitor.demo.other_news import OTHER
from monitor.demo.phrases import FAMILY_NAMES, GIVEN_NAMES, MATCHING, NEAR, Topic

Sort = Literal["matching", "near", "other"]
Card = TypeVar("Card")

TOPICS: Mapping[Sort, tuple[Topic, ...]] = {"matching": MATCHING, "near": NEAR, "other": OTHER}

BATCH: tuple[Sort, ...] = ("matching", "near", "near", "other", "other", "other", "other", "other")
"""Of each eight stories one matches and two nearly do; their order is chance."""

FOLLOWED_UP = 0.3
"""Share of stories on which an agency reports again."""

CORRECTED = 0.15
"""Share of entries that an outlet corrects in place."""

_DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_CITIES = "Assen Delft Ede Goes Gouda Heerlen Helmond Hoorn Lelystad Meppel Roermond Sneek Tiel Venlo Weesp Zutphen"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who carries agency copy, and how.

    `share` of the stories in its `languages` it carries, up to `delay` later; it keeps at most `paragraphs` of them;
    `retitles`: it takes another headline than the agency's.
    """

    id: str
    name: str
    form: Literal["rss", "atom"]
    languages: tuple[str, ...] = ("nl",)
    share: float = 0.6
    delay: timedelta = timedelta(0)
    paragraphs: int = 6
    retitles: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """What an agency reports: `subhead` stands before the last paragraph."""

    story: int
    sort: Sort
    language: str
    section: str
    dateline: str
    headline: str
    retitled: str
    paragraphs: tuple[str, ...]
    subhead: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in an outlet's feed; a correction has the guid of what it corrects."""

    guid: str
    copy: Copy
    headline: str
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """An entry appears at an outlet, so long after the wire began."""

    after: timedelta
    outlet: str
    entry: Entry


@dataclass(slots=True)
class _Decks:
    """Deals from shuffled decks, so that nothing comes again before everything has come."""

    chance: Random
    left: dict[Hashable, list[object]] = field(default_factory=dict)

    def draw(self, name: Hashable, cards: Sequence[Card]) -> Card:
        """Return the next card of the deck of that name."""
        deck: list[Card] = self.left.setdefault(name, [])  # type: ignore[assignment]  # decks of one name are of one kind
        if not deck:
            deck += self.chance.sample(cards, len(cards))
        return deck.pop()


def newswire(chance: Random, outlets: Sequence[Outlet], pace: timedelta) -> Iterator[Publication]:
    """Yield what outlets publish, in the order of time, for ever; a story begins on average every `pace`."""
    pending: list[tuple[timedelta, int, Publication]] = []
    turn = count()
    for began, copies in _stories(chance, pace):
        while pending and pending[0][0] <= began:
            yield heapq.heappop(pending)[2]
        for after, copy in copies:
            for publication in _carried(chance, outlets, copy, began + after, pace):
                heapq.heappush(pending, (publication.after, next(turn), publication))


def reports(chance: Random) -> Iterator[Copy]:
    """Yield the first report of one story after the other, for ever."""
    decks = _Decks(chance)
    for number, sort in enumerate(_sorts(chance)):
        yield _report(decks, number, sort, decks.draw(sort, TOPICS[sort]))[0]


def _stories(chance: Random, pace: timedelta) -> Iterator[tuple[timedelta, list[tuple[timedelta, Copy]]]]:
    """Yield when each story begins, and its copy with how much later the agency sends it."""
    decks, began = _Decks(chance), timedelta(0)
    for number, sort in enumerate(_sorts(chance)):
        copy, turn = _report(decks, number, sort, decks.draw(sort, TOPICS[sort]))
        copies = [(timedelta(0), copy)]
        if chance.random() < FOLLOWED_UP:
            copies.append((pace * chance.uniform(3, 9), turn))
        yield began, copies
        began += pace * chance.expovariate(1.0)


def _sorts(chance: Random) -> Iterator[Sort]:
    """Yield sorts of stories in shuffled batches; the very first story matches, for nobody likes to wait."""
    yield "matching"
    while True:
        yield from chance.sample(BATCH, len(BATCH))


def _report(decks: _Decks, number: int, sort: Sort, topic: Topic) -> tuple[Copy, Copy]:
    """Return the first report of a story and the one that follows up on it, about the same people and figures."""
    chance, facts = decks.chance, _facts(decks, topic)
    place, agency = chance.choice(topic.places), chance.choice(topic.agencies)
    told = chance.sample(topic.paragraphs, len(topic.paragraphs))
    title = decks.draw((topic.name, "headline"), topic.headlines)
    first = Copy(
        story=number,
        sort=sort,
        language=topic.language,
        section=topic.section,
        dateline=f"{place.format_map(facts)} ({agency}) - ",
        headline=_filled(title, facts),
        retitled=_filled(chance.choice([each for each in topic.headlines if each != title]), facts),
        paragraphs=tuple(
            _filled(paragraph, facts) for paragraph in (decks.draw((topic.name, "lead"), topic.leads), *told)
        ),
        subhead=topic.subhead,
    )
    turned, lead = chance.choice(topic.turns)
    turn = replace(
        first,
        headline=_filled(turned, facts),
        retitled=_filled(turned, facts),
        paragraphs=(_filled(lead, facts), *chance.sample(first.paragraphs[1:], len(told))),
    )
    return first, turn


def _facts(decks: _Decks, topic: Topic) -> Mapping[str, str]:
    """Return what fills a topic's `{…}` in one story."""
    chance = decks.chance
    person, other = chance.sample(GIVEN_NAMES.split(), 2)
    family, others = chance.sample(FAMILY_NAMES.split(), 2)
    facts = {
        "person": f"{person} {family}",
        "other": f"{other} {others}",
        "day": chance.choice(_DAYS.split()),
        "month": chance.choice(_MONTHS.split()),
        "city": decks.draw("city", _CITIES.split()),
        "days": str(chance.randint(2, 9)),
        "deals": str(chance.randint(3, 28)),
        "years": str(chance.randint(4, 60)),
        "months": str(chance.randint(6, 48)),
        "number": str(chance.randint(110, 990)),
        "speed": str(chance.randint(95, 148)),
        "amount": f"{chance.randint(1, 40)},{chance.randint(1, 9)}",
        "percent": f"{chance.randint(1, 19)},{chance.randint(1, 9)}",
        "magnitude": f"{chance.randint(4, 6)},{chance.randint(0, 9)}",
    }
    if topic.language == "en":
        facts |= {name: facts[name].replace(",", ".") for name in ("amount", "percent")}
    facts["CITY"] = facts["city"].upper()
    return facts | {name: decks.draw((topic.name, name), words) for name, words in topic.words.items()}


def _filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with its `{…}` filled in, its first letter a capital."""
    filled = text.format_map(facts)
    return filled[:1].upper() + filled[1:]


def _carried(
    chance: Random, outlets: Sequence[Outlet], copy: Copy, after: timedelta, pace: timedelta
) -> Iterator[Publication]:
    """Yield what outlets make of a copy: at least one carries it, some correct themselves."""
    able = [outlet for outlet in outlets if copy.language in outlet.languages]
    takers = [outlet for outlet in able if chance.random() < outlet.share] or able[:1]
    for outlet in takers:
        at = after + outlet.delay * chance.random()
        kept = replace(copy, paragraphs=copy.paragraphs[: outlet.paragraphs])
        headline = copy.retitled if outlet.retitles else copy.headline
        entry = Entry(f"{outlet.id}-{chance.getrandbits(48):012x}", kept, headline)
        yield Publication(at, outlet.id, entry)
        if chance.random() < CORRECTED:
            yield Publication(at + pace * chance.uniform(2, 6), outlet.id, _corrected(entry))


_CORRECTION = {
    "nl": "Correctie: in een eerdere versie van dit bericht was een naam verkeerd gespeld.",
    "en": "Correction: an earlier version of this report misspelled a name.",
    "de": "Korrektur: In einer früheren Fassung dieser Meldung war ein Name falsch geschrieben.",
}


def _corrected(entry: Entry) -> Entry:
    said = _CORRECTION[entry.copy.language]
    return replace(entry, copy=replace(entry.copy, paragraphs=(*entry.copy.paragraphs, said)), corrects=True)
