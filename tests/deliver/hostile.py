"""Headlines as somebody would write them who wants more than to be read."""

from random import Random

PIECES = (
    *("\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\udfff"),
    *("=?utf-8?q?a=0ABcc:_v=40x?=", "=?utf-8?b?QmNjOiB2QHg=?=", "=?iso-8859-1?Q?=0D=0AX-Evil:_1?=", "=?", "?="),
    *("Bcc: victim@example.org", "To: v@example.org", "\r\n.\r\n", "\r\nRCPT TO:<v@example.org>", "--boundary"),
    *("\u202e", "\u2066", "\u2069", "\u200f", "שלום", "مرحبا", "习近平", "Путин", "e\u0301", "Z\u0300\u0316\u0334" * 9),
    *("👩‍👩‍👧‍👦", "🇳🇱", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "\u200d", "\ufeff", "\uffff"),
    *("@everyone", "@here", "<!channel>", "<!here|x>", "<@U123>", "<@&123>", "<#C123>", "<:x:1>", "<t:0:R>"),
    *("[x](javascript:alert(1))", "[x](https://evil.example)", "<https://evil.example|bank>", "![x](y)"),
    *("*b*", "_i_", "~s~", "`c`", "```c```", "||s||", "> q", "# h", "-# s", "- l", "1. l", "\\", "\\*", "&amp;", "&"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><b>', "{{7*7}}", "${jndi:x}", "%s%n"),
    *("Xi", " ", "nieuws", "Moskou", ":", ",", '"', "'", "\t", ";", "a" * 70, "é" * 70, "x" * 1_000),
)


def headlines(number: int, seed: int = 20_260_205) -> list[str]:
    """Return so many headlines, the same ones for the same seed: each piece alone, and mixtures."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    mixtures = ("".join(chance.choices(PIECES, k=chance.randint(2, 12))) for _ in range(number))
    return [*PIECES, *mixtures][:number]
