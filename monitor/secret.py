"""Secrets that a configuration names without telling them: `${NAME}` of the environment, `${file:PATH}`.

A file's last line break is left out, as editors and secret stores add one. `$${` stands for `${`.
"""

import os
import re
from pathlib import Path

LARGEST = 64 * 1024
"""Bytes of a secret's file; larger ones are refused."""

_SECRET = re.compile(r"\$(?P<escape>\$\{)|\$\{(?P<name>[^{}]*)(?P<end>\}?)")


def fill_in(text: str, folder: Path) -> str:
    """Return a text with the secrets that it names; relative paths stand against `folder`.

    Raises:
        ValueError: a variable or file is not there; the message names it and the mend, and no value.
    """
    return _SECRET.sub(lambda found: "${" if found["escape"] else _secret(found, folder), text)


def _secret(found: re.Match[str], folder: Path) -> str:
    name = found["name"]
    if not found["end"] or not name:
        msg = "`${` wants a name and a closing `}`; write `$${` for the characters themselves"
        raise ValueError(msg)
    if name.startswith("file:"):
        return _from_file(folder / name.removeprefix("file:").strip())
    if name not in os.environ:
        msg = f"`${{{name}}}`: there is no such variable in the environment; set {name}, or use ${{file:PATH}}"
        raise ValueError(msg)
    return os.environ[name]


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            body = opened.read(LARGEST + 1)
    except OSError as error:
        msg = f"`${{file:…}}`: {path}: {error.strerror}"
        raise ValueError(msg) from None
    if len(body) > LARGEST:
        msg = f"`${{file:…}}`: {path}: larger than {LARGEST // 1024} KB, which is no secret"
        raise ValueError(msg)
    try:
        return body.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        msg = f"`${{file:…}}`: {path}: this is not UTF-8"
        raise ValueError(msg) from None
