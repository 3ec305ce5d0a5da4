"""Talkwalker's queries: one in a file, over as many lines as it likes.

AND, OR, AND NOT, `-word`, quotes, parentheses, `*` and `?`, and several `site:` in a row, of which one must hold, are
from Talkwalker's "Search Syntax"; the fields from the field information of its developers' documentation. A space
between two terms is AND; NEAR/n is taken to allow n words between. Whether AND or OR binds closer is not written down
where we could find it: where they stand together without parentheses, AND is read first, with a warning.
"""

from monitor.rules.importing.boolean import As, Dialect, In, host

_GRAMMAR = r"""
start: either_
?either_: both_ | both_ (_OR both_)+ -> either
?both_: single | single (_AND? single)+ -> both
?single: not_ | close
?not_: (_NOT | _MINUS) close -> negated
?close: plain | plain (NEAR plain)+ -> near
?plain: _OPEN either_ _CLOSE -> group | FIELD plain -> field | term | SPREAD -> spread | SITE+ -> sites
term: QUOTED | WORD | ADDRESS

_AND.2: /AND(?=[\s()"]|$)/
_OR.2: /OR(?=[\s()"]|$)/
_NOT.2: /NOT(?=[\s()"]|$)/
_MINUS.4: /-(?=[\w"(#@])/
NEAR.2: /O?NEAR\/\d+f?(?=[\s()"]|$)/
SITE.5: /(?i:site|host_url|domain_url):("[^"]*"|[^\s()"]+)\s*/
FIELD.3: /[A-Za-z][\w]*:/
_OPEN: "("
_CLOSE: ")"
SPREAD.1: /"[^"]*"~\d+/
QUOTED: /"[^"]*"/
ADDRESS.6: /https?:\/\/[^\s()"]+/
WORD: /[^\s()":~]+/
%ignore /\s+/
"""

TALKWALKER = Dialect(
    "Talkwalker",
    _GRAMMAR,
    {
        "title": In(("headline",)),
        "content": In(("lead", "subheads", "body", "summary")),
        "url": As("url", value=host),
        "site": As("url", value=host),
        "author": As("byline"),
        "lang": As("lang"),
        "tag": As("tag"),
        **dict.fromkeys(("sourcecountry", "sourcetype", "sourcegeo", "sentiment", "reach", "engagement", "followers")),
        **dict.fromkeys(("alexa_views", "trending_score", "images", "cluster", "is", "has")),
    },
    unsure_order=True,
)
