"""Who is behind a source, as rules see it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from monitor.settings import Config, Source


def publisher_of(source: Source) -> str:
    """Return who is behind a source: as it says, else the host of its address, else its id."""
    url = source.url.get_secret_value() if source.url else ""
    return source.publisher or urlsplit(url).hostname or source.id


def publishers_of(config: Config) -> Mapping[str, str]:
    """Return who is behind each source, by its id."""
    return {source.id: publisher_of(source) for source in config.sources}
