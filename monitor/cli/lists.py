"""`monitor sources import` and `export`: lists of feeds in OPML, as other readers write and read them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
import yaml

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.files import with_body
from monitor.cli.output import counted, fail, put, tell
from monitor.errors import DocumentError
from monitor.model import Document
from monitor.parse.feeds.opml import OpmlOutline, read_opml, write_opml
from monitor.settings import Config, Source
from monitor.text.fold import fold

_LONGEST_ID = 60


def import_list(
    opml: Annotated[str, typer.Argument(metavar="FILE", help="A list of feeds in OPML.")], config: ConfigPath = CONFIG
) -> None:
    """Write the feeds of a list as sources, in YAML, those that the configuration has already left out."""
    try:
        outlines = read_opml(with_body(Document(opml, b"")).body)
    except DocumentError as error:
        fail(1, f"{opml}: {error}")
    there = _urls(loaded(config)) if Path(config).exists() else set()
    feeds = {outline.url: outline for outline in outlines if outline.url.startswith(("http://", "https://"))}
    new = [outline for url, outline in feeds.items() if url not in there]
    sources = list(_sources(new, _ids(loaded(config)) if Path(config).exists() else set()))
    if sources:
        put(yaml.safe_dump({"sources": sources}, allow_unicode=True, sort_keys=False), end="")
    strange = len({outline.url for outline in outlines}) - len(feeds)
    told = [counted(len(sources), "source"), f"{len(feeds) - len(new)} there already"]
    tell(f"{opml}: {', '.join(told)}" + (f", {strange} without an http address left out" if strange else ""))


def export_list(config: ConfigPath = CONFIG) -> None:
    """Write the feeds of the configuration as a list in OPML."""
    settings = loaded(config)
    outlines = [
        OpmlOutline(
            url=source.url.get_secret_value(),
            title=source.name or source.id,
            folders=tuple(source.tags[:1]),
            categories=tuple(source.tags),
            language=source.language,
        )
        for source in settings.sources
        if source.url and not _is_secret(source)
    ]
    put(write_opml(outlines, title="monitor", created=app.now()).decode(), end="")
    kept = sum(1 for source in settings.sources if source.url) - len(outlines)
    if kept:
        tell(f"{counted(kept, 'source')} with a secret left out")


def _is_secret(source: Source) -> bool:
    """Tell whether a source is only for those who know something."""
    return bool(source.auth or source.headers)


def _urls(config: Config) -> set[str]:
    return {source.url.get_secret_value() for source in config.sources if source.url}


def _ids(config: Config) -> set[str]:
    return {source.id for source in config.sources}


def _sources(outlines: Iterable[OpmlOutline], taken: set[str]) -> Iterator[dict[str, object]]:
    """Yield sources as they are written, each with an id of its own."""
    for outline in outlines:
        name = outline.title or urlsplit(outline.url).hostname or "feed"
        stem = "-".join("".join(char if char.isascii() and char.isalnum() else " " for char in fold(name)).split())
        stem = stem[:_LONGEST_ID].strip("-") or "feed"
        chosen = next(one for one in (stem, *(f"{stem}-{at}" for at in range(2, len(taken) + 3))) if one not in taken)
        taken.add(chosen)
        tags = list(dict.fromkeys([*outline.folders, *outline.categories]))
        language = outline.language if (outline.language or "").replace("-", "").isalnum() else None
        source = {"id": chosen, "url": outline.url, "name": name, "language": language, "tags": tags}
        yield {key: value for key, value in source.items() if value}
