"""Links to articles without what only follows their readers around."""

from urllib.parse import urlsplit, urlunsplit

import regex

_TRACKER = regex.compile(
    r"utm_.*|(?:fb|g|dcl|ms|tw|y|wb|gb)clid|mc_[ce]id|igshid?|_hs(?:enc|mi)|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)"
    r"|at_(?:medium|campaign|link.*|custom.*)|ns_(?:mchannel|source|campaign|linkname)|xtor|cmpid|ref_src|ftag"
    r"|wt_mc|ocid|smid|s_cid|sref|traffic_source|maca|echobox",
    regex.IGNORECASE,
)
"""Names of parameters that a page is the same without; `rss` is none of them: some pages are made by it."""


def without_trackers(address: str) -> str:
    """Return an address without the parameters that tell where its reader comes from, else to the letter as it was.

    They stand in the query or, `#xtor=RSS-1` and `#utm_source=rss`, in the fragment.
    """
    if "=" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return address
    query, fragment = _untracked(parts.query), _untracked(parts.fragment)
    if (query, fragment) == (parts.query, parts.fragment):
        return address
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def _untracked(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not _tracks(pair))


def _tracks(pair: str) -> bool:
    key, equals, _ = pair.removeprefix("amp;").removeprefix("?").partition("=")
    return bool(equals) and _TRACKER.fullmatch(key) is not None
