"""`monitor rules operators`: what a rule can say, each with its meaning and an example."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from textwrap import indent
from typing import Annotated

import typer

from monitor.cli.output import Json, put, put_table
from monitor.match.operators import OPERATORS
from monitor.match.written.language import PAGES, Page, flow, options
from monitor.records import Record, write_record


def operators(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A key of rules; default all.")] = None,
    json: Json = False,
) -> None:
    """Tell what the rule language can say: of one key the whole page, of all of them a line each."""
    chosen = _chosen(name) if name else PAGES
    if json:
        for key, page in chosen.items():
            put(write_record(_record(key, page)))
    elif name:
        put("\n\n".join("\n".join(_lines(key, page)) for key, page in chosen.items()))
    else:
        put_table(("write", "means"), ((flow(page.examples[0]), page.short) for page in PAGES.values()))


def _chosen(name: str) -> Mapping[str, Page]:
    keys = {key for option, key, _ in options() if option == name} | ({name} & PAGES.keys())
    if not keys:
        there = [*PAGES, *(option for option, *_ in options())]
        near = get_close_matches(name, there, n=1)
        msg = f"the rule language has no `{name}`; " + (f"did you mean `{near[0]}`?" if near else ", ".join(there))
        raise typer.BadParameter(msg)
    return {key: PAGES[key] for key in PAGES if key in keys}


def _lines(key: str, page: Page) -> Iterator[str]:
    yield key
    yield ""
    yield from (f"  {flow(example)}" for example in page.examples)
    yield ""
    yield indent(page.meaning, "  ")
    if page.options:
        yield ""
    for name, option in page.options.items():
        yield f"  {name:10} {option.meaning}{' Must be said.' if option.needed else ''}"


def _record(key: str, page: Page) -> Record:
    schema = {"schema": dict(OPERATORS[key].shape.schema)} if key in OPERATORS else {}
    told = {
        name: {"meaning": option.meaning, "needed": option.needed, "schema": dict(option.shape.schema)}
        for name, option in page.options.items()
    }
    return {"key": key, "meaning": page.meaning, "examples": list(page.examples), "options": told, **schema}
