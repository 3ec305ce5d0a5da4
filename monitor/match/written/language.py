"""The rule language as its users read it: every key, what it means, an example; from the docstrings of the clauses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from inspect import cleandoc

from monitor.match.clauses.closeness import Same
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.naming import Listed
from monitor.match.clauses.wording import Term, Wild
from monitor.match.operators import OPERATORS, Option
from monitor.match.written import query


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be known of a key: its `meaning`, paragraphs apart, its options, and conditions that say it."""

    meaning: str
    examples: tuple[object, ...]
    options: Mapping[str, Option] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The first paragraph of the meaning, in one line."""
        return " ".join(self.meaning.partition("\n\n")[0].split())


def _page(clause: type, *examples: object) -> Page:
    return Page(cleandoc(clause.__doc__ or ""), examples)


TERMS: Mapping[str, Page] = {
    "a term": _page(Term, "Xi", "Wang Yi", "习近平"),
    "a wildcard": _page(Wild, "sanctie*", "b?y", "Wang * Lavrov"),
}
"""What stands without a key."""

KEYS: Mapping[str, Page] = {
    "all": _page(All, {"all": ["Xi", "Poetin"]}),
    "any": _page(Any, {"any": ["Xi", "Poetin"]}),
    "none": _page(Without, {"none": ["opinie", "column"]}),
    "min": _page(Min, {"min": {"k": 2, "of": ["olie", "gas", "lng"]}}),
    "in": _page(In, {"in": ["headline", "lead"], "any": ["Xi"]}),
    "same": _page(Same, {"same": "sentence", "all": ["Xi", "Poetin"]}),
    "list": _page(Listed, {"list": "chinezen"}),
    "query": Page(cleandoc(query.__doc__ or ""), ({"query": "Xi AND place:Moskou"},)),
    **{
        key: Page(cleandoc(operator.meaning), (operator.example,), operator.options)
        for key, operator in OPERATORS.items()
    },
}
"""Every key that says something by itself; options stand with the operators that they belong to."""

PAGES: Mapping[str, Page] = {**TERMS, **KEYS}


def flow(condition: object) -> str:
    """Return a condition as YAML has it in one line."""
    match condition:
        case Mapping():
            return f"{{{', '.join(f'{key}: {flow(value)}' for key, value in condition.items())}}}"
        case list():
            return f"[{', '.join(map(flow, condition))}]"
        case bool():
            return str(condition).lower()
        case str() if not _PLAIN.fullmatch(condition):
            return "'" + condition.replace("'", "''") + "'"
    return str(condition)


_PLAIN = re.compile(r"\w(?:[^:#,\[\]{}]|:(?=\w))*")


def options() -> Iterator[tuple[str, str, Option]]:
    """Yield every option, with its operator."""
    for key, page in KEYS.items():
        for name, option in page.options.items():
            yield name, key, option
