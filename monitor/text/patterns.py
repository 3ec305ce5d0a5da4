"""Regular expressions of RE2, which take time in proportion to the text whatever they are (github.com/google/re2)."""

import re
from collections.abc import Iterator
from functools import lru_cache

import re2

LARGEST = 10_000
"""Instructions that a compiled expression may have."""

MOST_PLACES = 1_000
"""Places of one text that are told; to find each takes time in proportion to the text."""

_MEMORY = 1 << 20
_KEPT = 512


def find_pattern(pattern: str, utf8: bytes) -> Iterator[tuple[int, int]]:
    """Yield the first `MOST_PLACES` places of a pattern in a text in UTF-8, in code points, in order.

    They do not overlap; a place without any character is none.
    """
    at = characters = told = 0
    for match in compiled(pattern).finditer(utf8):
        start, end = match.span()
        if start == end:
            continue
        first = characters + len(utf8[at:start].decode())
        at, characters = end, first + len(utf8[start:end].decode())
        yield first, characters
        told += 1
        if told == MOST_PLACES:
            return


@lru_cache(maxsize=_KEPT)
def compiled(pattern: str) -> "re2._Regexp":
    """Return the compiled pattern, which may take up to a megabyte; re2.error says why it is none."""
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    return re2.compile(pattern.encode(), options)


def fault_of_pattern(pattern: str) -> str | None:
    """Return why a pattern is none that is looked for, with the mend; None if it is."""
    try:
        program = compiled(pattern)
    except UnicodeEncodeError:
        return "has half of a surrogate pair in it; write the character itself"
    except re2.error as error:
        return _mend(error.args[0].decode("utf-8", "replace"))
    if program.programsize > LARGEST:
        return f"is too large: {program.programsize} instructions, at most {LARGEST}; repeat less, or split it"
    if any(match.start() == match.end() for match in program.finditer(_SAMPLE)):
        return f"`{pattern}` can match nothing at all, so every text has it; write + for *, or more that must be there"
    return None


_SAMPLE = b"\n a\n\n0 -"
"""Where an expression that matches no characters does so: at edges of texts, lines and words, and between."""

_MENDS = (
    (r"\(\?<?[=!]", "RE2 has no lookahead or lookbehind; say the other part in `all:` or `none:`"),
    (r"\\[1-9]|\\g|\(\?P", "RE2 has no backreferences; write what is repeated out"),
    (r"repetition operator: .\+$|\(\?>", "RE2 has no possessive or atomic groups, and needs none; leave them out"),
    (r"repetition size", "RE2 repeats at most 1000 times, repeats within repeats multiplied; repeat less"),
    (r"escape sequence: \\[uU]", r"RE2 writes a character by its number as \x{2014}"),
    (r"escape sequence: \\Z", r"RE2 writes the end of the text as \z"),
    (r"escape sequence: \\", r"RE2 does not know this escape; a letter needs none, \pL is any letter"),
    (r"missing \)|unexpected \)", r"each parenthesis wants its other half; the sign itself is \( or \)"),
    (r"missing \]|character class", r"each bracket wants its other half and ranges go upwards; the sign itself is \["),
    (r"no argument", r"something must stand before *, + or ?; the sign itself is \*, \+ or \?"),
    (r"too large|too complex", "it is too large; repeat less, or split it"),
)


def _mend(said: str) -> str:
    mend = next((mend for found, mend in _MENDS if re.search(found, said)), "see github.com/google/re2/wiki/Syntax")
    return f"is no RE2: {said}. {mend[0].upper()}{mend[1:]}"
