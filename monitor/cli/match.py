"""`monitor match`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import put
from monitor.cli.read import Documents, Fetched, Kind, read_each
from monitor.match.rule import match_rules
from monitor.model import Document, Item, Match, Verdict
from monitor.records import Record, item_record, spans_record, write_record
from monitor.settings import Config


def match_command(
    documents: Documents,
    config: ConfigPath = CONFIG,
    source: Annotated[str | None, typer.Option(help="Id of the source to read as; default the first `path`.")] = None,
    items: Annotated[bool, typer.Option("--items", help="Write the whole item instead of its id.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Write every clause's verdict, for every item.")] = False,
    kind: Kind = None,
    fetched: Fetched = None,
) -> None:
    """Run the rules over documents; write every match as a line of JSON."""
    settings = loaded(config)
    known = _as_from(settings, source, Document("", b"", fetched=fetched, kind=kind))

    def write(document: Document, read: Sequence[Item]) -> None:
        for item in read:
            for match in match_rules(settings.rules, item, fetched or app.now()):
                if match.matched or explain:
                    shown = item_record(item) if items else item.id
                    record = {"rule": match.rule, "document": document.name, "item": shown}
                    put(write_record({**record, **_judgement(match, explain=explain)}))

    read_each(documents, known, write)


def _as_from(settings: Config, name: str | None, document: Document) -> Document:
    """Return a document with what its source says of it: the one of that name, else the first with a `path`."""
    named = [source for source in settings.sources if (source.id == name if name else source.path)]
    if name and not named:
        there = ", ".join(source.id for source in settings.sources) or "none"
        msg = f"there is no source {name}; there are: {there}"
        raise typer.BadParameter(msg)
    if not named:
        return replace(document, language=settings.service.language)
    source = named[0]
    kind, language = document.kind or source.kind, source.language or settings.service.language
    return replace(document, source=source.id, kind=kind, language=language, select=source.select)


def _judgement(match: Match, *, explain: bool) -> Record:
    spans: Record = {"spans": spans_record(match.spans)}
    return {"matched": match.matched, **spans, "explain": _verdict(match.verdict)} if explain else spans


def _verdict(verdict: Verdict) -> Record:
    return {
        "clause": verdict.clause,
        "holds": verdict.holds,
        "spans": spans_record(tuple(verdict.spans)),
        "clauses": [_verdict(inner) for inner in verdict.clauses],
    }
