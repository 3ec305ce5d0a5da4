"""Documents of the command line, read as from a source of the configuration."""

from dataclasses import replace

import typer

from monitor.model import Document
from monitor.settings import Config


def as_from(settings: Config, name: str | None, document: Document) -> Document:
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
