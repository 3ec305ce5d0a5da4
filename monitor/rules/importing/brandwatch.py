"""Brandwatch's queries: one in a file, over as many lines as it likes, with comments in `<<< … >>>`.

NEAR/2f allows two words between, in that order (Brandwatch support, "Advanced Query Operators"). `{BT}` keeps case, and
has taken the place of `raw:`; a field takes several values in parentheses (Brandwatch community, "Boolean Explained: 6
tips to use brackets more effectively"). Operators are capitals. Whether AND or OR binds closer is not written down
where we could find it: where they stand together without parentheses, AND is read first, with a warning.
"""

from monitor.rules.importing.boolean import As, Dialect, In, host

_GRAMMAR = r"""
start: either_
?either_: both_ | both_ (_OR both_)+ -> either
?both_: single | single (_AND single | not_)+ -> both
?single: not_ | close
?not_: _NOT close -> negated
?close: plain | plain (NEAR plain)+ -> near
?plain: _OPEN either_ _CLOSE -> group | FIELD plain -> field | FIELD RANGE -> ranged
      | term | SPREAD -> spread | CASED -> cased
term: QUOTED | WORD | ADDRESS

_AND.2: /AND(?=[\s()"{]|$)/
_OR.2: /OR(?=[\s()"{]|$)/
_NOT.2: /NOT(?=[\s()"{]|$)/
NEAR.2: /NEAR\/\d+f?(?=[\s()"{]|$)/
FIELD.3: /[A-Za-z][\w]*:\s*/
_OPEN: "("
_CLOSE: ")"
RANGE: /\[[^\]]*\]/
CASED: /\{[^{}]+\}/
SPREAD.1: /"[^"]*"~\d+/
QUOTED: /"[^"]*"/
ADDRESS.6: /https?:\/\/[^\s()"]+/
WORD: /(?!<<<)[^\s()":{}~\[\]]+/
%ignore /\s+/
%ignore /<<<(.|\n)*?>>>/
"""

BRANDWATCH = Dialect(
    "Brandwatch",
    _GRAMMAR,
    {
        "title": In(("headline",)),
        "url": As("url", value=host),
        "site": As("url", value=host),
        "author": As("byline", "is an account there and a byline here"),
        "language": As("lang"),
        "raw": As("cased", "keeps case here, but signs are no part of a word"),
        "hashtags": As("tag", "is looked for among the tags of an item"),
        **dict.fromkeys(("country", "continent", "region", "state", "county", "city", "links", "at_mentions")),
        **dict.fromkeys(("authorFollowers", "authorVerified", "authorGender", "engaging_with", "sentiment", "rating")),
        **dict.fromkeys(("pageType", "contentSource", "subreddit", "channelId", "imageType", "gender", "item")),
    },
    unsure_order=True,
)
