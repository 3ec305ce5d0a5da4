"""Meltwater's Boolean queries: one in a file, over as many lines as it likes.

NOT binds closest, then AND, then OR (meltwater.com, "The Boolean Touch"), NEAR closer than all. Operators need not be
capitals; NEAR and ONEAR allow four words between, NEAR/10 ten (Meltwater Help Center, "How to Master Boolean Search"
1 to 3); `title:`, `ingress:` (the lead) and `^9`, which only orders the hit sentences, are from there too.
"""

from monitor.rules.importing.boolean import As, Dialect, In, host

_GRAMMAR = r"""
start: either_
?either_: both_ | both_ (_OR both_)+ -> either
?both_: single | single (_AND single | not_)+ -> both
?single: not_ | close
?not_: _NOT close -> negated
?close: plain | plain (NEAR plain)+ -> near
?plain: bare | bare BOOST -> boosted
?bare: _OPEN either_ _CLOSE -> group | FIELD bare -> field | term | SPREAD -> spread
term: QUOTED | WORD | ADDRESS

_AND.2: /and(?=[\s()"]|$)/i
_OR.2: /or(?=[\s()"]|$)/i
_NOT.2: /not(?=[\s()"]|$)/i
NEAR.2: /o?near(\/\d+)?(?=[\s()"]|$)/i
FIELD.3: /[A-Za-z][\w.]*:\s*/
_OPEN: "("
_CLOSE: ")"
SPREAD.1: /"[^"]*"~\d+/
QUOTED: /"[^"]*"/
BOOST.4: /\^\d+(\.\d+)?/
ADDRESS.6: /https?:\/\/[^\s()"]+/
WORD: /[^\s()":^{}~\/]+/
%ignore /\s+/
"""

_COUNTRY = "the country of the source"

MELTWATER = Dialect(
    "Meltwater",
    _GRAMMAR,
    {
        "title": In(("headline",)),
        "ingress": In(("lead", "summary"), "is the first paragraph, or the summary where a document has one"),
        "url": As("url", value=host),
        "site": As("url", value=host),
        "source": As("source", "takes ids of sources here; put yours in their place"),
        "author": As("byline"),
        "language": As("lang"),
        "country": None,
        "sentiment": None,
        "reach": None,
        "followers": None,
        "links": None,
        "hashtag": As("tag", "is looked for among the tags of an item"),
    },
    near=4,
)
