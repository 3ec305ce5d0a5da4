"""What senders send with: the door, the clock and the output, given by who starts the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from monitor.compose.labels import Language
from monitor.net.door import TLS, Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a delivery needs of the outside.

    `now` is the clock, aware and in UTC; `write` puts a text on standard output and has it out when it returns; `tls`
    verifies the servers of mail. Messages to people are in `language`, with times as in `zone`.
    """

    door: Door
    now: Callable[[], datetime]
    write: Callable[[str], object]
    tls: TLS
    language: Language = "nl"
    zone: tzinfo = UTC
