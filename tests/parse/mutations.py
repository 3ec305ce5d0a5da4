"""Seeds changed in the ways in which wire texts differ, with what a reader should still find in them.

    python -m tests.parse.mutations --count 10000

prints how well the reader does, by field and by mutation. A wrong field that is not marked `unsure` is the
worst: it is counted as `silent`.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from monitor.parse.wire import read_wire
from tests.parse.articles import FETCHED, Draft, Fields, Part, draft_of, item_fields

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

Mutation = Callable[[Draft, Random], bool]
"""Changes a draft in place; false if there is nothing in it to change."""

_HYPHENS = (
    " - ",
    " \u2010 ",
    " \u2011 ",
    " \u2012 ",
    " – ",
    " — ",
    " ― ",
    " \u2212 ",
    " -- ",
    " --- ",
    " \uff0d ",
)
_TIGHT = "—", "–", "-", "--", " -", "- ", "– ", " —"
_SPACES = "\u00a0", "\u202f", "\u2009", "\u2007", "  ", "\t"
_PLACES = """
N'DJAMENA|'S-HERTOGENBOSCH|'s-HERTOGENBOSCH|L'AQUILA|SANA'A|XI'AN|SÃO PAULO|MÜNCHEN|BAKOE|BOSNIË|WILLEMSTAD
ÅLESUND|RIO DE JANEIRO|CLUJ-NAPOCA|'S-GRAVENHAGE|NUR-SULTAN|ST. PETERSBURG|SAINT-DENIS|ÇANAKKALE|ŁÓDŹ|REYKJAVÍK
ASJCHABAD|LA PAZ|AL-HASAKAH|TEL AVIV|PORT-AU-PRINCE|WASHINGTON D.C.|BAARLE-NASSAU|ÎLE-DE-FRANCE|KYIV|'T ZAND
OUAGADOUGOU|BRUSSEL
""".strip().replace("\n", "|").split("|")  # fmt: skip
_JOINERS = "/", " / ", ", ", " en ", " EN ", " - ", " & "
_AGENCIES = (
    "ANP",
    "AFP",
    "RTR",
    "DPA",
    "BLOOMBERG",
    "BELGA",
    "AP",
    "EFE",
    "TASS",
    "XINHUA",
    "Reuters",
    "dpa",
    "ANSA",
)
_HEADINGS = (
    ("Meer uit Economie", "Economie"),
    ("Meer uit Tech & Wetenschap", "Tech & Wetenschap"),
    ("Lees meer uit Sport", "Sport"),
    ("Meer nieuws uit Binnenland", "Binnenland"),
    ("Meer in Media en Cultuur", "Media en Cultuur"),
    ("Meer uit Buitenland:", "Buitenland"),
    ("Meer over Rusland", None),
    ("More from World", "World"),
    ("Mehr aus Politik", "Politik"),
)
_UNKNOWN_HEADINGS = (
    "Ook in het nieuws",
    "Aanbevolen voor u",
    "Net binnen",
    "Gerelateerd",
    "Het laatste nieuws",
)
_AGES: Sequence[tuple[str, timedelta | str]] = (
    ("{n} minuten geleden", timedelta(minutes=1)),
    ("{n} min. geleden", timedelta(minutes=1)),
    ("{n} min geleden", timedelta(minutes=1)),
    ("{n} uur geleden", timedelta(hours=1)),
    ("{n}u geleden", timedelta(hours=1)),
    ("{n} u. geleden", timedelta(hours=1)),
    ("{n} dagen geleden", timedelta(days=1)),
    ("{n} weken geleden", timedelta(weeks=1)),
    ("{n} seconden geleden", timedelta(seconds=1)),
    ("{n} hours ago", timedelta(hours=1)),
    ("{n} mins ago", timedelta(minutes=1)),
    ("{n}d ago", timedelta(days=1)),
    ("vor {n} Stunden", timedelta(hours=1)),
    ("vor {n} Tagen", timedelta(days=1)),
    ("il y a {n} heures", timedelta(hours=1)),
    ("il y a {n} minutes", timedelta(minutes=1)),
    ("hace {n} horas", timedelta(hours=1)),
)
_FIXED_AGES: Sequence[tuple[str, timedelta | str]] = (
    ("een uur geleden", timedelta(hours=1)),
    ("Een minuut geleden", timedelta(minutes=1)),
    ("an hour ago", timedelta(hours=1)),
    ("zojuist", timedelta()),
    ("gisteren", timedelta(days=1)),
    ("1 maand geleden", "2026-01"),
    ("3 maanden geleden", "2025-11"),
    ("1 jaar geleden", "2025"),
    ("2 years ago", "2024"),
    ("vor 2 Monaten", "2025-12"),
)
_TEASERS = (
    ("LEES OOK", ". "), ("LEES OOK", ": "), ("Lees ook", ": "), ("Lees ook", " | "), ("KIJK OOK", ". "),
    ("Bekijk ook", ": "), ("LEES MEER", ": "), ("Lees verder", " – "),
    ("Luister ook", ": "), ("LIRE AUSSI", ": "),
    ("Read also", ": "), ("Lees ook", "\n"), ("LEES OOK", " "),
)  # fmt: skip
_TEASED = (
    "Zo verliep de top in Genève, uur na uur",
    "Waarom de roebel weer daalt",
    "Kan de NAVO dit aan? Vijf vragen",
    "“Wij wachten af”, zegt de buurvrouw",
)
_SUBHEADS = (
    "Nieuwe sancties",
    "Wat nu?",
    '"Vrede is dichtbij"',
    "‘Geen compromis’",
    "Zo'n kans!",
    "Veel doden en gewonden",
    "Reactie van het Kremlin",
    "VS en EU",
    "2025 was een rampjaar",
)
_DATES = (
    (" date 2023-02-17 ", "2023-02-17"),
    ("date 2022 ", "2022"),
    (" DATE 2024-11 ", "2024-11"),
    ("Date: 2021-06 ", "2021-06"),
    (" date 2023-02\n", "2023-02"),
    ("\n date 2021-12\u00a0", "2021-12"),
)
_CURLY = str.maketrans({"'": "’"})
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def _dash(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        place.dash = chance.choice(_HYPHENS)
    return any(draft.datelines())


def _tight_dash(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        place.dash = chance.choice(_TIGHT)
    return any(draft.datelines())


def _spaces(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        gap = chance.choice(_SPACES)
        place.places = [name.replace(" ", gap) for name in place.places]
        place.gap = place.gap.replace(" ", chance.choice(_SPACES))
        place.dash = place.dash.replace(" ", chance.choice(_SPACES))
    for entry in draft.entries:
        entry.age = entry.age and entry.age.replace(" ", chance.choice(_SPACES))
    if draft.heading:
        gap = chance.choice(_SPACES)
        draft.heading = draft.heading.replace(" ", gap)
        draft.section = draft.section and draft.section.replace(" ", gap)
    return any(draft.datelines()) or bool(draft.entries)


def _cased(text: str, chance: Random) -> str:
    return chance.choice((str.lower, str.upper, str.title))(text)


def _dateline_case(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        case = chance.choice((str.lower, str.upper, str.title))
        place.places = [case(name) for name in place.places]
    return any(draft.datelines())


def _agency_case(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        place.agencies = [_cased(agency, chance) for agency in place.agencies]
    return any(draft.datelines())


def _age_case(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        entry.age = entry.age and _cased(entry.age, chance)
    return bool(draft.entries)


def _heading_case(draft: Draft, chance: Random) -> bool:
    case = chance.choice((str.lower, str.upper, str.title))
    draft.heading = draft.heading and case(draft.heading)
    draft.section = draft.section and case(draft.section)
    return bool(draft.heading)


def _headline_case(draft: Draft, chance: Random) -> bool:
    draft.headline = draft.headline and _cased(draft.headline, chance)
    return bool(draft.headline)


def _whole_case(draft: Draft, chance: Random) -> bool:
    case = chance.choice((str.lower, str.upper))
    draft.headline = draft.headline and case(draft.headline)
    draft.heading = draft.heading and case(draft.heading)
    draft.section = draft.section and case(draft.section)
    for part in draft.parts:
        part.text, part.label = case(part.text), case(part.label)
    for entry in draft.entries:
        entry.text, entry.age = case(entry.text), entry.age and case(entry.age)
    for place in draft.datelines():
        place.places = [case(name) for name in place.places]
        place.agencies = [case(name) for name in place.agencies]
        place.joiner = case(place.joiner)
    return True


def _no_heading(draft: Draft, _: Random) -> bool:
    had = draft.heading is not None
    draft.heading = draft.section = None
    return had


def _other_heading(draft: Draft, chance: Random) -> bool:
    if draft.heading is None:
        return False
    draft.heading, draft.section = chance.choice(_HEADINGS)
    return True


def _unknown_heading(draft: Draft, chance: Random) -> bool:
    if draft.heading is None:
        return False
    draft.heading, draft.section = chance.choice(_UNKNOWN_HEADINGS), None
    return True


def _several_places(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        if chance.random() < 0.6:
            place.places = chance.sample(_PLACES, chance.choice((2, 2, 3)))
            place.joiner = chance.choice(_JOINERS)
    return any(draft.datelines())


def _other_places(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        name = chance.choice(_PLACES)
        place.places = [name.replace("'", chance.choice("'’‘`"))]
    return any(draft.datelines())


def _other_agencies(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        place.agencies = chance.sample(_AGENCIES, chance.randint(1, 5))
        place.slash = chance.choice(("/", " / ", ", ", "/ "))
    return any(draft.datelines())


def _no_agencies(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        if chance.random() < 0.5:
            place.agencies = []
    return any(draft.datelines())


def _no_own_dateline(draft: Draft, _: Random) -> bool:
    had = draft.place is not None
    draft.place = None
    return had


def _no_headline(draft: Draft, _: Random) -> bool:
    had = draft.headline is not None
    draft.headline = None
    return had


def _blank_lines(draft: Draft, chance: Random) -> bool:
    draft.gap = chance.choice(("\n\n", "\n\n\n", "\n \n", "\n\t\n", " \n", "\n  ", "\n\u00a0\n"))
    return True


def _age_gaps(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        entry.after = chance.choice(("", " ", "\n", "\n\n", "\u00a0", "\t", " \n"))
        entry.before = chance.choice(("\n", "\n", "\n\n", "\n "))
    return bool(draft.entries)


def _age_on_line(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        entry.before = chance.choice((" ", "", "\u00a0"))
        entry.after = chance.choice(("\n", "", " "))
    return bool(draft.entries) and all(entry.text[-1] in '.!?"”' for entry in draft.entries)


def _other_ages(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        if chance.random() < 0.3:
            entry.age, entry.ago = chance.choice(_FIXED_AGES)
        else:
            printed, unit = chance.choice(_AGES)
            count = chance.randint(2, 59)
            entry.age, entry.ago = (
                printed.format(n=count),
                count * unit if isinstance(unit, timedelta) else unit,
            )
    return bool(draft.entries)


def _no_last_age(draft: Draft, _: Random) -> bool:
    if draft.entries:
        draft.entries[-1].age = draft.entries[-1].ago = None
    return bool(draft.entries)


def _no_ages(draft: Draft, _: Random) -> bool:
    for entry in draft.entries:
        entry.age = entry.ago = None
    return bool(draft.entries)


def _no_sidebar(draft: Draft, _: Random) -> bool:
    had = bool(draft.entries)
    draft.heading, draft.section, draft.entries = None, None, []
    return had


def _short_sidebar(draft: Draft, chance: Random) -> bool:
    draft.entries = draft.entries[: chance.randint(1, 2)]
    return bool(draft.entries)


def _teaser(draft: Draft, chance: Random) -> bool:
    label, mark = chance.choice(_TEASERS)
    premium = chance.choice(("", "", " (+)", "(+)", " [+]"))
    rank = chance.randint(1, len(draft.parts))
    draft.parts.insert(rank, Part("teaser", chance.choice(_TEASED), label, mark, premium))
    return True


def _subhead(draft: Draft, chance: Random) -> bool:
    rank = chance.randint(1, len(draft.parts) - 1) if len(draft.parts) > 1 else 0
    if not rank or "paragraph" not in {part.kind for part in draft.parts[:rank]}:
        return False
    draft.parts.insert(rank, Part("subhead", chance.choice(_SUBHEADS)))
    return True


def _date(draft: Draft, chance: Random) -> bool:
    draft.date, draft.published = chance.choice(_DATES)
    return True


def _quotes(draft: Draft, chance: Random) -> bool:
    table = chance.choice((_CURLY, _STRAIGHT))

    def quoted(text: str) -> str:
        if table is _STRAIGHT:
            return text.translate(table)
        halves = text.split('"')
        return "".join(half + "“”"[rank % 2] for rank, half in enumerate(halves[:-1])).translate(table) + (
            halves[-1].translate(table)
        )

    draft.headline = draft.headline and quoted(draft.headline)
    for part in draft.parts:
        part.text = quoted(part.text)
    for entry in draft.entries:
        entry.text = quoted(entry.text)
    for place in draft.datelines():
        place.places = [quoted(name) for name in place.places]
    return True


def _wide_spaces(draft: Draft, chance: Random) -> bool:
    gap = chance.choice("\u00a0\u202f\u2009")
    draft.headline = draft.headline and draft.headline.replace(" ", gap)
    for part in draft.parts:
        part.text, part.label = part.text.replace(" ", gap), part.label.replace(" ", gap)
    for entry in draft.entries:
        entry.text, entry.age = entry.text.replace(" ", gap), entry.age and entry.age.replace(" ", gap)
    for place in draft.datelines():
        place.dash = place.dash.replace(" ", gap)
    return True


def _flash(draft: Draft, _: Random) -> bool:
    draft.parts = [part for part in draft.parts if part.kind == "paragraph"][:1]
    return draft.place is not None


MUTATIONS: dict[str, Mutation] = {
    "no headline": _no_headline,
    "no own dateline": _no_own_dateline,
    "flash": _flash,
    "no sidebar": _no_sidebar,
    "short sidebar": _short_sidebar,
    "no heading": _no_heading,
    "other heading": _other_heading,
    "unknown heading": _unknown_heading,
    "other places": _other_places,
    "several places": _several_places,
    "other agencies": _other_agencies,
    "no agencies": _no_agencies,
    "other ages": _other_ages,
    "no last age": _no_last_age,
    "no ages": _no_ages,
    "teaser": _teaser,
    "subhead": _subhead,
    "date": _date,
    "dash": _dash,
    "tight dash": _tight_dash,
    "age gaps": _age_gaps,
    "age on line": _age_on_line,
    "blank lines": _blank_lines,
    "dateline case": _dateline_case,
    "agency case": _agency_case,
    "age case": _age_case,
    "heading case": _heading_case,
    "headline case": _headline_case,
    "whole case": _whole_case,
    "quotes": _quotes,
    "spaces": _spaces,
    "wide spaces": _wide_spaces,
}
"""In the order in which they are applied: what stands there first, then how it is written."""

_AGAINST = {
    frozenset(pair)
    for pair in (
        ("no agencies", "tight dash"),  # `MOSKOU-De` could be any word.
        ("no agencies", "no ages"),  # Without agencies and ages nothing tells an entry from a paragraph …
        ("no heading", "no ages"),  # … nor, with one alone, which of the two ends the article.
        ("unknown heading", "no ages"),
        ("no heading", "short sidebar"),
        ("no sidebar", "short sidebar"),
        ("no agencies", "dateline case"),
        ("no agencies", "whole case"),
        ("no agencies", "no heading"),
        ("no agencies", "unknown heading"),
        ("no agencies", "age on line"),
    )
}
"""What is not tried together; `tests/parse/test_wire.py` says what becomes of some of them."""


def _ends(text: str, chance: Random) -> tuple[str, str]:
    """Return the text with other line ends and edges, which belong to no field, and what was done."""
    kind = chance.choice(("", "", "", "crlf", "final newline", "edges", "trailing blanks", "bom"))
    changed = {
        "": text,
        "crlf": text.replace("\n", "\r\n"),
        "final newline": text + "\n" * chance.randint(1, 3),
        "edges": f"\n \u00a0{text}\t\n ",
        "trailing blanks": text.replace("\n", " \n"),
        "bom": "\ufeff" + text,
    }
    return changed[kind], kind


def mutants(texts: Sequence[str], count: int, seed: int) -> Iterator[tuple[str, Fields, str]]:
    """Yield `count` mutated texts, each with what stands in its fields and the names of its mutations.

    Args:
        texts: articles in the plain wire form, which `read_wire` is known to read.
        count: how many to yield; the same ones for the same `seed`.
        seed: of the random choices.
    """
    chance = Random(seed)  # noqa: S311 - nobody guards anything with it
    drafts = [draft_of(read_wire(text, fetched=FETCHED)) for text in texts]
    names = list(MUTATIONS)
    done = 0
    while done < count:
        draft = chance.choice(drafts).copy()
        if draft.entries and chance.random() < 0.3:  # the sidebar of another article
            draft.entries = chance.choice([other for other in drafts if other.entries]).copy().entries
        chosen = sorted(chance.sample(names, chance.choice((1, 1, 2, 3))), key=names.index)
        clash = any(frozenset((one, two)) in _AGAINST for one in chosen for two in chosen if one != two)
        if clash or not all(MUTATIONS[name](draft, chance) for name in chosen):
            continue
        text, ends = _ends(draft.printed(), chance)
        yield text, draft.fields(), " + ".join([*chosen, *([ends] if ends else [])])
        done += 1


FLAGS = {
    "published": {"published"},
    "headline": {"headline", "dateline"},
    "dateline.places": {"dateline"},
    "dateline.agencies": {"dateline"},
    "body": {"body", "dateline", "related", "headline"},
    "subheads": {"body"},
    "teasers": {"body"},
}
"""Which names in `unsure` warn of a wrong field; for all the others it is `related`."""


@dataclass(slots=True)
class Score:
    """How often a field was found (`hits`) of `expected` and `got`; `silent`: wrong and not marked unsure."""

    expected: int = 0
    got: int = 0
    hits: int = 0
    wrong: int = 0
    silent: int = 0

    def add(self, expected: Sequence[str], got: Sequence[str], *, warned: bool) -> None:
        """Count one field of one text."""
        self.expected += len(expected)
        self.got += len(got)
        self.hits += sum((Counter(expected) & Counter(got)).values())
        if expected != got:
            self.wrong += 1
            self.silent += not warned

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.hits / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.expected + self.got) if self.expected + self.got else 1.0


@dataclass(slots=True)
class Report:
    """The scores by field and by (mutation, field), and the texts that were read wrong without a word."""

    fields: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    mutations: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Score)))
    texts: int = 0
    right: int = 0
    overcautious: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)


def measure(texts: Sequence[str], count: int, seed: int) -> Report:
    """Return how the reader does on `count` mutants."""
    report = Report()
    for text, expected, name in mutants(texts, count, seed):
        item = read_wire(text, fetched=FETCHED)
        got = item_fields(item)
        report.texts += 1
        report.right += got == expected
        report.overcautious += got == expected and bool(item.unsure)
        for kind, values in expected.items():
            warned = bool(FLAGS.get(kind, {"related"}) & {*item.unsure})
            scores = [report.fields[kind], *(report.mutations[part][kind] for part in name.split(" + "))]
            for score in scores:
                score.add(values, got[kind], warned=warned)
            if values != got[kind]:
                report.wrong.append((name, kind, "" if warned else "silent"))
    return report


def seeds() -> list[str]:
    """Return the five seeds, none if they are not there."""
    return [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", type=int, default=0, help="also print so many of the wrong ones")
    options = parser.parse_args(arguments)
    report = measure(seeds(), options.count, options.seed)
    out = sys.stdout.write
    out(f"{'field':20}{'precision':>10}{'recall':>10}{'F1':>10}{'wrong':>8}{'silent':>8}\n")
    for kind, score in report.fields.items():
        out(f"{kind:20}{score.precision:10.4f}{score.recall:10.4f}{score.f1:10.4f}{score.wrong:8}{score.silent:8}\n")
    out(f"\n{'mutation':20}{'worst field':20}{'its F1':>10}{'wrong':>8}{'silent':>8}\n")
    for name, scores in report.mutations.items():
        kind, worst = min(scores.items(), key=lambda pair: pair[1].f1)
        wrong, silent = (sum(getattr(score, what) for score in scores.values()) for what in ("wrong", "silent"))
        out(f"{name:20}{kind:20}{worst.f1:10.4f}{wrong:8}{silent:8}\n")
    out(f"\n{report.texts} texts, {report.right} read right, {report.overcautious} of these marked unsure\n")
    for name, kind, silent in report.wrong[: options.wrong]:
        out(f"{kind:20}{silent:8}{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
