"""The file that is imported: its text, and what is to be said of places in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.errors import ConfigError, Problem

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_CURLED = re.compile("[“”„‟«»＂]")
_DASHED = re.compile(r"(?<![^\s(])[‐‑‒–—−](?=[\w\"(])")
_MOST_BYTES = 250_000


@dataclass(frozen=True, slots=True)
class Query:
    """A query of a file: `places` are where its characters, and its end, stand in the file's text."""

    text: str
    places: Sequence[int]


@dataclass(slots=True)
class Original:
    """A text in some dialect, and what was found on the way: faults, and warnings of what changes its meaning.

    Places are offsets into `text`. `name` is how people know the file.
    """

    name: str
    text: str
    faults: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def fault(self, offset: int, message: str) -> None:
        """Note what cannot be imported as it stands there."""
        self.faults.append(self._problem(offset, message))

    def warn(self, offset: int, message: str) -> None:
        """Note what will mean something else than there; the same thing is told once, at its first place."""
        if message not in self._told:
            self._told.add(message)
            self.warnings.append(self._problem(offset, message))

    def whole(self) -> Query:
        """Return the text as one query, over as many lines as it has."""
        return Query(self.text, range(len(self.text) + 1))

    def lines(self) -> Iterator[Query]:
        """Yield each line that is not blank, without spaces around."""
        for found in re.finditer(r"[^\n]+", self.text):
            if line := found[0].strip():
                begins = found.start() + found[0].index(line)
                yield Query(line, range(begins, begins + len(line) + 1))

    def _problem(self, offset: int, message: str) -> Problem:
        line_begins = self.text.rfind("\n", 0, offset) + 1
        return Problem(self.name, self.text.count("\n", 0, offset) + 1, offset - line_begins + 1, message)


def original(name: str, body: bytes) -> Original:
    """Return the file of that name: decoded, with plain line ends and straight double quotes.

    A byte order mark is taken away; what is not UTF-8 (nor UTF-16 with its mark) is read as Windows-1252, with a
    warning. Every curly quote becomes a straight one and every dash before a word a minus,
    with a warning, and no character moves within its line.

    Raises:
        ConfigError: it is larger than 250 kB, or no text.
    """
    if len(body) > _MOST_BYTES:
        raise ConfigError([Problem(name, 1, 1, "larger than 250 kB; import it in parts")])
    text, doubt = _decoded(body)
    if "\x00" in text:
        raise ConfigError([Problem(name, 1, 1, "is no text")])
    plain = re.sub(r"\r\n?|[\x85\u2028\u2029\f\v]", "\n", text)
    made = Original(name, plain.translate(_QUOTES))
    if doubt:
        made.warn(0, doubt)
    if dashed := _DASHED.search(made.text):
        made.text = _DASHED.sub("-", made.text)
        made.warn(dashed.start(), f"the dash `{dashed[0]}` before a word is read as a minus")
    if curled := _CURLED.search(plain):
        made.warn(curled.start(), f"quotes like `{curled[0]}` are read as straight ones")
    return made


def _decoded(body: bytes) -> tuple[str, str | None]:
    """Return the text, and what is doubtful about it."""
    try:
        return body.decode("utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"), None
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
        return text, "is not UTF-8; read as Windows-1252, so look at letters with accents"
