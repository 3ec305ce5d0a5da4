"""Sidebars as others write them: headings, ages, and entries that lack something."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from random import Random

from tests.parse.wires.articles import Draft

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
    *("Ook in het nieuws", "Aanbevolen voor u", "Net binnen", "Gerelateerd", "Het laatste nieuws"),
    *("Meest gelezen", "Ander nieuws", "Anderen lazen ook", "Top 5"),
)
_SECTIONS = """
Binnenland|Economie|Sport|Tech|Politiek|Opmerkelijk|Koningshuis|Entertainment|Media, cultuur & boeken|Formule 1|112
Oorlog in Oekraïne|Den Haag|Wetenschap/Natuur|Klimaat & energie|Nieuws|Lifestyle|Beurs|'s-Hertogenbosch|Regio|E-sports
de regio|Noord-Holland
""".strip().replace("\n", "|").split("|")  # fmt: skip
_NAMING = (
    *("Meer uit {}", "Meer uit {}", "MEER UIT {}", "Meer nieuws uit {}", "Lees meer uit {}", "Meer in {}"),
    *("Meer uit: {}", "Meer uit ‘{}’", "Meer uit {} ›", "Meer berichten uit {}", "Ook uit {}", "Meer van {}"),
    *("Meer uit\u00a0{}", "Meer  uit  {}", "Het laatste uit {}", "Bekijk meer uit {}", "More in {}"),
    *("Weitere Meldungen aus {}",),
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
_ODD_AGES: Sequence[tuple[str, timedelta | None]] = (
    ("eergisteren", timedelta(days=2)),
    ("een dag geleden", timedelta(days=1)),
    ("één week geleden", timedelta(weeks=1)),
    ("een half uur geleden", timedelta(minutes=30)),
    ("anderhalf uur geleden", timedelta(minutes=90)),
    ("een kwartier geleden", timedelta(minutes=15)),
    ("twee uur geleden", timedelta(hours=2)),
    ("2 uur en 5 minuten geleden", timedelta(hours=2, minutes=5)),
    ("2u 5m geleden", timedelta(hours=2, minutes=5)),
    ("net", timedelta()),
    ("Nu", timedelta()),
    ("zonet", timedelta()),
    ("enkele minuten geleden", None),
    ("een paar uur geleden", None),
    ("minder dan een minuut geleden", timedelta()),
    ("a few minutes ago", None),
)
_TOLD = ("Vier jaar geleden was dat nog {n}. ", "Gisteren sprak hij {n} man toe. ", "{n} uur geleden begon het. ")
_TOLD_LAST = (
    " Dat was {n} uur geleden.",
    " Het ongeluk gebeurde ruim {n} jaar geleden.",
    ' "Dat is nu {n} dagen geleden."',
)


def _no_heading(draft: Draft, _: Random) -> bool:
    had = draft.heading is not None
    draft.heading = draft.section = None
    return had


def _other_heading(draft: Draft, chance: Random) -> bool:
    if draft.heading is None:
        return False
    draft.heading, draft.section = chance.choice(_HEADINGS)
    return True


def _other_section(draft: Draft, chance: Random) -> bool:
    if draft.heading is None:
        return False
    draft.section = chance.choice(_SECTIONS)
    draft.heading = chance.choice(_NAMING).format(draft.section)
    return True


def _unknown_heading(draft: Draft, chance: Random) -> bool:
    if draft.heading is None:
        return False
    draft.heading, draft.section = chance.choice(_UNKNOWN_HEADINGS), None
    return True


def _heading_case(draft: Draft, chance: Random) -> bool:
    case = chance.choice((str.lower, str.upper, str.title))
    draft.heading = draft.heading and case(draft.heading)
    draft.section = draft.section and case(draft.section)
    return bool(draft.heading)


def _no_sidebar(draft: Draft, _: Random) -> bool:
    had = bool(draft.entries)
    draft.heading, draft.section, draft.entries = None, None, []
    return had


def _short_sidebar(draft: Draft, chance: Random) -> bool:
    draft.entries = draft.entries[: chance.randint(1, 2)]
    return bool(draft.entries)


def _other_ages(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        if chance.random() < 0.3:
            entry.age, entry.ago = chance.choice(_FIXED_AGES)
        else:
            printed, unit = chance.choice(_AGES)
            count = chance.randint(2, 59)
            entry.age, entry.ago = printed.format(n=count), count * unit if isinstance(unit, timedelta) else unit
    return bool(draft.entries)


def _odd_ages(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        if chance.random() < 0.5:
            entry.age, entry.ago = chance.choice(_ODD_AGES)
    return bool(draft.entries)


def _no_last_age(draft: Draft, _: Random) -> bool:
    if draft.entries:
        draft.entries[-1].age = draft.entries[-1].ago = None
    return bool(draft.entries)


def _some_ages(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries[:-1]:
        if chance.random() < 0.4:
            entry.age = entry.ago = None
    return bool(draft.entries)


def _no_ages(draft: Draft, _: Random) -> bool:
    for entry in draft.entries:
        entry.age = entry.ago = None
    return bool(draft.entries)


def _ages_told(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        count = chance.randint(2, 80)
        if entry.place and chance.random() < 0.5:
            entry.text = chance.choice(_TOLD).format(n=count) + entry.text
        else:
            entry.text += chance.choice(_TOLD_LAST).format(n=count)
    return bool(draft.entries)


def _entry_without_dateline(draft: Draft, chance: Random) -> bool:
    if len(draft.entries) > 1:
        draft.entries[chance.randrange(1, len(draft.entries))].place = None
    return len(draft.entries) > 1


def _age_case(draft: Draft, chance: Random) -> bool:
    for entry in draft.entries:
        entry.age = entry.age and chance.choice((str.lower, str.upper, str.title))(entry.age)
    return bool(draft.entries)


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


MUTATIONS: Mapping[str, Callable[[Draft, Random], bool]] = {
    "no sidebar": _no_sidebar,
    "short sidebar": _short_sidebar,
    "no heading": _no_heading,
    "other heading": _other_heading,
    "other section": _other_section,
    "unknown heading": _unknown_heading,
    "entry without dateline": _entry_without_dateline,
    "ages told in prose": _ages_told,
    "other ages": _other_ages,
    "odd ages": _odd_ages,
    "no last age": _no_last_age,
    "some ages": _some_ages,
    "no ages": _no_ages,
    "age gaps": _age_gaps,
    "age on line": _age_on_line,
    "age case": _age_case,
    "heading case": _heading_case,
}
