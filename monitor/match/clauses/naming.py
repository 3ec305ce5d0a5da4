"""Clauses over names: lists, places and whoever has a name, under any spelling that the rule listens to.

Which spellings those are is decided when the rule is read, by an `Expand`, so that a lock can pin them
(`monitor.rules.expansion`); the clause holds what came out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from monitor.match.clauses.terms import find_terms
from monitor.match.spelling.names import shipped
from monitor.match.spelling.spelled import Asked, Expansion, find_spelled, is_evident, longest
from monitor.match.view import Scope, Text, View
from monitor.model import Span, Verdict


class Expand(Protocol):
    """What turns a name into its spellings when a rule is read."""

    def __call__(self, asked: Asked) -> Expansion:
        """Return every spelling of what is asked for; an unknown name is found as it is written.

        Raises:
            ValueError: there is no such list, country, or place in that country; the message says the mend, and reads
                on after the operator's name.
        """
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Any form in the list of that name: one of the configuration's, or a shipped one.

    Shipped are `heads-of-state`, `heads-of-government`, `ministers`, `agencies` and `news-agencies`; whoever is in one
    of those is found as `name` finds him. In a list of the configuration each form is a word, a phrase or a wildcard.
    """

    name: str
    forms: tuple[str, ...] = ()
    members: tuple[Expansion, ...] = ()
    called: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"list: {self.name}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return where a form stands, the longest where several do."""
        return longest(chain(find_terms(text, self.forms), *_each(text, self.members)))

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any form stands."""
        return _judged(self, self.members, view, scope)

    def keys(self) -> frozenset[str]:
        """Return folded words of which an item for which this holds has at least one; wildcards are none of them."""
        return _keys(self.members)


@dataclass(frozen=True, slots=True)
class Place:
    """The place, in the dateline or the text, under any of its names (Moskou, Moscow, Moscou, Москва …).

    Names count with a capital, so that the town of Nice is not found in a nice day; one that the rule writes small
    counts in any case, and in scripts without case they stand as they are. Russian, Ukrainian and Polish cases count.

    Of several places of one name the country is meant, else the best-known city; `country: US`, a code or a name,
    means the one there, which is found where the item names that country or region too (`Paris, Texas`). Longer names
    of something else are not found: Guinea in Guinea-Bissau, Paris in Paris Hilton, London in Jack London.

    `with:` adds `capital`, `demonym` (Russisch, Russians, russe) or `cities` to a country.
    """

    names: tuple[str, ...]
    country: str = ""
    more: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    def __post_init__(self) -> None:
        """Expand the names by what is shipped, where nobody else has."""
        if not self.expansions:
            asked = (Asked("place", name, self.country, self.more) for name in self.names)
            object.__setattr__(self, "expansions", tuple(map(shipped, asked)))

    def __str__(self) -> str:
        return str(Asked("place", ", ".join(self.names), self.country, self.more))

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling that is found."""
        return _forms(self.expansions)

    def find(self, text: Text) -> Iterable[Span]:
        """Return where a name stands, the longest where several do."""
        return longest(chain(*_each(text, self.expansions)))

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any name of any of the places stands."""
        return _judged(self, self.expansions, view, scope)

    def keys(self) -> frozenset[str]:
        """Return folded words of which an item for which this holds has at least one."""
        return _keys(self.expansions)


@dataclass(frozen=True, slots=True)
class Name:
    """A person or organisation in any spelling: `Xi Jinping` is 习近平, Си Цзиньпин and Xi Jin-ping too.

    Whoever is well known has the names that ship with this program; anybody else is spelled by rule, in Latin and
    Cyrillic letters. Given name and surname may change places, have one more name or initial between them, and a
    letter wrong within a Latin word of 6 or more, unless that makes another name. Russian, Ukrainian and Polish cases
    count.

    A surname alone counts where it tells whose it is (Putin), else where the item has the name in full; another's
    given name before it makes it another's (`Melania Trump`). `with: [surname]` says of anybody that it tells.
    Abbreviations (WHO) count letter for letter.
    """

    names: tuple[str, ...]
    more: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    def __post_init__(self) -> None:
        """Expand the names by what is shipped, where nobody else has."""
        if not self.expansions:
            asked = (Asked("name", name, "", self.more) for name in self.names)
            object.__setattr__(self, "expansions", tuple(map(shipped, asked)))

    def __str__(self) -> str:
        return str(Asked("name", ", ".join(self.names), "", self.more))

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling that is found; given names and surnames apart."""
        return _forms(self.expansions)

    def find(self, text: Text) -> Iterable[Span]:
        """Return where a name stands, the longest where several do."""
        return longest(chain(*_each(text, self.expansions)))

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any of them is named."""
        return _judged(self, self.expansions, view, scope)

    def keys(self) -> frozenset[str]:
        """Return folded words of which an item for which this holds has at least one."""
        return _keys(self.expansions)


PLACE_MORE = ("capital", "cities", "demonym")
"""What `with:` may add to a place."""

NAME_MORE = ("surname",)
"""What `with:` may add to a name."""


def read_place(
    names: tuple[str, ...], *, country: str = "", expand: Expand = shipped, **more: tuple[str, ...]
) -> Place:
    """Return the clause of `place:`; the opt-ins come as `with`, which is a word of Python's.

    Raises:
        ValueError: there is no such country, or no such place in it.
    """
    wanted = tuple(sorted(set(more.get("with", ()))))
    asked = (Asked("place", name, country, wanted) for name in names)
    return Place(names, country, wanted, tuple(map(expand, asked)))


def read_name(names: tuple[str, ...], *, expand: Expand = shipped, **more: tuple[str, ...]) -> Name:
    """Return the clause of `name:`."""
    wanted = tuple(sorted(set(more.get("with", ()))))
    return Name(names, wanted, tuple(expand(Asked("name", name, "", wanted)) for name in names))


def read_shipped(name: str, *, expand: Expand = shipped) -> Listed:
    """Return the clause of a shipped list; ValueError if there is none of that name."""
    members = expand(Asked("list", name)).members
    return Listed(name, (), tuple(expand(Asked("name", member)) for member in members), members)


def _each(text: Text, names: Iterable[Expansion], *, certain: frozenset[int] = frozenset()) -> Iterable[list[Span]]:
    return (find_spelled(text, name, certain=index in certain) for index, name in enumerate(names))


def _judged(clause: Listed | Place | Name, names: tuple[Expansion, ...], view: View, scope: Scope) -> Verdict:
    """Return where names stand within a scope; what makes a doubtful one certain may stand anywhere in the item."""
    within = list(view.within(scope))
    doubtful = [
        index
        for index, name in enumerate(names)
        if (name.doubtful or (name.family and not name.alone))
        and any(not name.needed.isdisjoint(text.positions) for text in within)
    ]
    certain = frozenset(index for index in doubtful if _is_certain(view, names[index]))
    forms = clause.forms if isinstance(clause, Listed) else ()
    spans = tuple(
        span
        for text in within
        for span in longest(chain(find_terms(text, forms), *_each(text, names, certain=certain)))
    )
    return Verdict(str(clause), bool(spans), spans)


def _is_certain(view: View, name: Expansion) -> bool:
    """Tell whether an item has a name in full, or evidence of it, anywhere; looked for once, however often asked."""
    if name not in view.evident:
        view.evident[name] = any(is_evident(text, name) for text in view.texts)
    return view.evident[name]


def _forms(names: Iterable[Expansion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for name in names for form in name.spellings()))


def _keys(names: Iterable[Expansion]) -> frozenset[str]:
    return frozenset(key for name in names for key in name.needed)
