"""The one way in which deliveries are posted, and what answers to them mean (CONTRACT 5).

No reason tells a path, a query, a header or a word of the answer's body: the address of a chat webhook is its secret,
and a receiver may send back whatever it was sent.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from pydantic import SecretStr

from monitor.deliver.means import Means
from monitor.errors import NoAnswer, Unreachable
from monitor.net.address import place_of, read_url
from monitor.net.door import Answer, Limits
from monitor.net.retry_after import retry_after
from monitor.ports import Deferred, Gone, Outcome, Refused, Sent

GONE: Final = frozenset({410})
GONE_CHAT: Final = frozenset({404, 410})
"""A chat service whose webhook was deleted says 404; of other receivers that may be a moment of their deployment."""

RETRIED: Final = frozenset({408, 425, 429})
"""Besides 5xx."""

NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})
LIMITS: Final = Limits(seconds=30, connect=5, body=1 << 20, hops=0)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a service says what is wrong.

    `gone` are the statuses for an address that does not exist any more. `word` finds the service's own word for what is
    wrong, from a fixed few; `wait` the wait that it asks for elsewhere than in `Retry-After`.
    """

    gone: Collection[int] = GONE
    word: Callable[[Answer], str | None] = lambda _answer: None
    wait: Callable[[Answer], timedelta | None] = lambda _answer: None


HTTP: Final = Dialect()


async def post(
    means: Means, url: SecretStr, content: bytes, *, headers: Mapping[str, str] = NO_HEADERS, dialect: Dialect = HTTP
) -> Outcome:
    """Return how it went to post JSON to an address; nothing that the other side does is raised.

    A redirect is not followed, and refused: a message that is posted elsewhere is lost in silence.
    """
    given = {"content-type": "application/json", **headers}
    try:
        answer = await means.door.request("POST", url.get_secret_value(), headers=given, content=content, limits=LIMITS)
    except Unreachable as error:
        return Deferred(str(error))
    except NoAnswer as error:
        return Refused(str(error))
    told = f"{place_of(read_url(answer.url))} answered {answer.status}"
    if 200 <= answer.status < 300:  # noqa: PLR2004 - the class of good answers, RFC 9110 15.3
        return Sent(told)
    word = dialect.word(answer)
    told = f"{told} {word}" if word else told
    if answer.status in dialect.gone:
        return Gone(told)
    if answer.status in RETRIED or answer.status >= 500:  # noqa: PLR2004 - the server's own errors, RFC 9110 15.6
        waits = [wait for wait in (retry_after(answer.headers, means.now()), dialect.wait(answer)) if wait]
        return Deferred(told, max(waits, default=None))
    return Refused(told)
