"""Forms in JSON: a field of a form and what stands in it, as desks mail them (`{"Headline": ["…"], "Body": ["…"]}`)."""

import json
from collections.abc import Mapping
from dataclasses import replace

from monitor.parse.draft import Draft
from monitor.parse.markup import blocks_of, has_tags, lines_of

_LEAST = frozenset({"headline", "body"})


def form_draft(text: str, known: Draft) -> Draft | None:
    """Return the report that a form is, None if the text is no form with a headline and a body.

    Args:
        text: JSON: an object of texts, or of lists of texts.
        known: what is known of it from elsewhere, where the form says nothing.
    """
    form = _form(text)
    if not form.keys() >= _LEAST:
        return None
    body = form["body"]
    return replace(
        known,
        headline=form["headline"] or known.headline,
        place=form.get("dateline", ""),
        body=blocks_of(body) if has_tags(body) else lines_of(body),
        summary=form.get("abstract") or form.get("summary", ""),
        section=form.get("category", ""),
        slugline=form.get("slugline", ""),
        urgency=form.get("urgency") or form.get("news value", ""),
        bylines=[form["byline"]] if form.get("byline") else known.bylines,
    )


def _form(text: str) -> Mapping[str, str]:
    """Return the fields of a form by their names in lower case, of a list the first text that is not empty."""
    if not text.startswith("{"):
        return {}
    try:
        told = json.loads(text, strict=False)  # Mail programs wrap lines within texts.
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    listed = {key: value if isinstance(value, list) else [value] for key, value in told.items()}
    return {
        key.casefold().strip(): next((each for each in value if isinstance(each, str) and each.strip()), "")
        for key, value in listed.items()
    }
