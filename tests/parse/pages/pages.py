"""Pages of a paper that does not exist, to read: an article with all that stands around one."""

import json
from datetime import UTC, datetime

from monitor.model import Document, Subhead
from monitor.parse.pages.page import read_page

URL = "https://www.deomroeper.example/buitenland/moskou-praat"
FETCHED = datetime(2026, 2, 5, 12, 0, tzinfo=UTC)
LEAD = "De Russische president heeft donderdag in het Kremlin met een Chinese delegatie over graan en gas gesproken."
SECOND = "Volgens een woordvoerder duurde het gesprek ruim drie uur en werden er zeven verdragen getekend, over handel."
THIRD = "Peking wil de invoer van tarwe voor het einde van het jaar verdubbelen, zo staat in een van de verdragen."
STANDFIRST = "Wat zeven verdragen betekenen voor de prijs van brood in Europa."
PARAGRAPHS = (LEAD, SECOND, THIRD)


def head(**told):
    """Return a head: `ld` is its JSON-LD, `title` its title, anything else a `meta` of that name."""
    ld, title = told.pop("ld", None), told.pop("title", "Moskou praat met Peking | De Omroeper")
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    metas = "".join(f'<meta property="{name}" content="{value}">' for name, value in told.items())
    return f"<head><meta charset=utf-8><title>{title}</title>{script}{metas}</head>"


def page(body="", lead=LEAD, above="", below="", lang="nl", **told):
    """Return a page with an article of three paragraphs and a subhead, between a menu, a sidebar and a footer."""
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("nieuws", "sport", "weer", "opinie"))
    article = body or f"<p>{lead}</p><p>{SECOND}</p><h2>Graan</h2><p>{THIRD}</p>"
    return f"""<!DOCTYPE html><html lang="{lang}">{head(**told)}<body><nav><ul>{menu}</ul></nav><main><article>
        <h1>Moskou praat met Peking</h1>{above}<div class="tekst">{article}</div>{below}</article></main>
        <aside><h3>Meest gelezen</h3><ul><li><a href="/1">Sneeuw in het oosten van het land</a></li></ul></aside>
        <footer>© De Omroeper. Alle rechten voorbehouden.</footer></body></html>"""


def document(text, **known):
    body = text.encode() if isinstance(text, str) else text
    return Document("x", body, **{"url": URL, "fetched": FETCHED, **known})


def read(text, **known):
    """Return the one item of a page."""
    (item,) = read_page(document(text, **known)).items
    return item


def article_ld(**told):
    """Return the JSON-LD of an article."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Moskou praat met Peking", **told}


def texts(item):
    return [block.text for block in item.body if not isinstance(block, Subhead)]
