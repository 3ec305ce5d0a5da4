"""Running a command within the process that tests it, and what it wrote."""

import json

from typer.testing import CliRunner, Result

from monitor.cli.main import program


def run(*words: object) -> Result:
    """Return how a command ended and what it wrote, standard output and error apart."""
    return CliRunner().invoke(program(), [*map(str, words)])


def records(result: Result) -> list[dict]:
    """Return the lines of JSON that a command wrote; each line is one."""
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]
