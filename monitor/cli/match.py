"""`monitor match`."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import put
from monitor.cli.read import Documents, Fetched, Kind, read_each
from monitor.cli.sourced import as_from
from monitor.cluster.alone import story_of
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Document, Item, Match, Verdict
from monitor.records import Record, item_record, spans_record, write_record
from monitor.rules.judging import missed_by
from monitor.rules.publishers import publishers_of
from monitor.rules.report import missed_record, verdict_lines


def match_command(
    documents: Documents,
    config: ConfigPath = CONFIG,
    source: Annotated[str | None, typer.Option(help="Id of the source to read as; default the first `path`.")] = None,
    items: Annotated[bool, typer.Option("--items", help="Write the whole item instead of its id.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Write every clause's verdict, for every item.")] = False,
    pretty: Annotated[bool, typer.Option("--pretty", help="Write it for people: what was found, or missing.")] = False,
    kind: Kind = None,
    fetched: Fetched = None,
) -> None:
    """Run the rules over documents; write every match as a line of JSON."""
    settings = loaded(config)
    known = as_from(settings, source, Document("", b"", fetched=fetched, kind=kind))
    publishers = publishers_of(settings)

    def write(document: Document, read: Sequence[Item]) -> None:
        for item in read:
            publisher = publishers.get(item.source or "")
            story = story_of(item, publisher or item.source or "")
            view = View(item, fetched or app.now(), settings.service.language, publisher, story)
            shown = item_record(item) if items else item.id
            for rule, match in judged(settings.rules, view, whole=explain):
                if pretty:
                    put("\n".join(verdict_lines(rule, view, match)))
                    continue
                record = {"rule": match.rule, "document": document.name, "item": shown}
                put(write_record({**record, **_judgement(rule, view, match, explain=explain)}))

    read_each(documents, known, write)


def judged(rules: Sequence[Rule], view: View, *, whole: bool) -> Iterator[tuple[Rule, Match]]:
    """Yield what each rule that matches says of an item; if `whole`, what every rule says."""
    for rule in rules:
        match = match_rule(rule, view)
        if match.matched or whole:
            yield rule, match


def _judgement(rule: Rule, view: View, match: Match, *, explain: bool) -> Record:
    spans: Record = {"spans": spans_record(match.spans)}
    if not explain:
        return spans
    missed = [] if match.matched else [missed_record(one, view) for one in missed_by(rule, view)]
    return {"matched": match.matched, **spans, "missed_by": missed, "explain": _verdict(match.verdict)}


def _verdict(verdict: Verdict) -> Record:
    return {
        "clause": verdict.clause,
        "holds": verdict.holds,
        "spans": spans_record(tuple(verdict.spans)),
        "clauses": [_verdict(inner) for inner in verdict.clauses],
    }
