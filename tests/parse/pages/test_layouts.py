"""Layouts of sites: lists and articles as different houses build them."""

from datetime import UTC, datetime

import pytest

from monitor.model import Document
from monitor.parse.pages.listing import read_listing
from monitor.parse.pages.page import read_page

URL = "https://www.krant.example/nieuws"
FETCHED = datetime(2026, 2, 5, 12, tzinfo=UTC)
TITLES = (
    "Waterschap verhoogt dijken langs de IJssel met een meter",
    "Veerdienst naar Terschelling ligt stil na aanvaring",
    "Museum in Zwolle toont verloren gewaand portret",
    "Gemeenteraad stemt tegen nieuwe windmolens bij Urk",
    "Student uit Delft wint prijs met zelfherstellend beton",
    "Staking bij de post duurt zeker nog drie dagen",
)
MORE = "De plannen kosten volgens de provincie zeker veertig miljoen euro, meer dan verwacht."
PROSE = (
    "De provincie wil de dijken langs de IJssel met een meter verhogen. Dat blijkt uit plannen die er nu liggen.",
    "Volgens gedeputeerde Van Dalen is haast geboden. “Het water wacht niet,” zei zij in de Statenzaal.",
)


def page(body, *, title="Nieuws | De Krant"):
    return f"""<!doctype html><html lang=nl><head><title>{title}</title></head><body><header><nav><a href=/>Home</a>
      <a href=/abonnement>Neem nu een abonnement op de krant</a></nav></header>{body}
      <footer><a href=/privacy>Privacy en voorwaarden van deze site</a></footer></body></html>"""


def entries(form, start=0, end=6):
    told = enumerate(TITLES[start:end], start=start)
    return "".join(form.format(n=n, day=n + 1, title=title, more=MORE) for n, title in told)


def listed(body):
    return read_listing(Document("x", page(body).encode(), url=URL, fetched=FETCHED)).items


DATED = {
    "rows of a table": f"""<table>{entries("<tr><td>0{day}-02-2026</td><td><a href=/n/{n}>{title}</a></td></tr>")}
      </table>""",
    "a list of terms": f"<dl>{entries('<dt>{day} februari 2026</dt><dd><a href=/n/{n}>{title}</a> {more}</dd>')}</dl>",
    "lines with the date before": entries("<b>{day} feb 2026</b> <a href='/n/{n}'>{title}</a><br>"),
    "lines with the date behind": entries("<a href='/n/{n}'>{title}</a> <i>{day} feb 2026</i><br>"),
    "links that say read on": entries(
        "<article><h2>{title}</h2><time datetime=2026-02-0{day}>{day}</time><p>{more}</p>"
        "<a href=/n/{n}>Lees verder</a></article>"
    ),
    "pairs of link and date without a break": entries("<a href='/n/{n}'>{title}</a> <em>{day} feb 2026</em> "),
}
UNDATED = {
    "links laid over their tiles": entries(
        "<div><h3>{title}</h3><p>{more}</p><a href=/n/{n} aria-label='{title}'></a></div>"
    ),
    "one on top and two lists of another make": (
        entries("<section class=hero><a href=/n/{n}><h1>{title}</h1></a></section>", 0, 1)
        + entries("<h3 class=top><a href=/n/{n}>{title}</a></h3>", 1, 3)
        + entries("<div class=rest><div><a href=/n/{n}><strong>{title}</strong></a></div></div>", 3)
    ),
    "tags below each": entries(
        "<article><a href=/n/{n}><h2>{title}</h2></a>"
        "<p><a href=/tag/dijken>Waterbeheer en dijken in Nederland</a></p></article>"
    ),
}


@pytest.mark.parametrize("body", [*DATED.values(), *UNDATED.values()], ids=[*DATED, *UNDATED])
def test_every_article_of_a_list_is_found_with_its_own_link(body):
    items = listed(body)

    assert [(item.headline, item.url) for item in items] == [
        (title, f"https://www.krant.example/n/{n}") for n, title in enumerate(TITLES)
    ]


@pytest.mark.parametrize("body", DATED.values(), ids=DATED)
def test_a_date_is_that_of_the_entry_it_stands_with(body):
    items = listed(body)

    assert [str(item.published)[:10] for item in items] == [f"2026-02-0{day}" for day in range(1, 7)]


def article(body, title=f"{TITLES[0]} - De Krant"):
    (item,) = read_page(Document("x", page(body, title=title).encode(), url=f"{URL}/17", fetched=FETCHED)).items
    return item


def prose(*above):
    return "".join(f"<p>{text}</p>" for text in (*above, *PROSE))


def test_the_name_of_the_site_may_have_an_article_before_it():
    found = article(f"<article>{prose()}{prose()}</article>")

    assert found.headline == TITLES[0]


def test_microdata_marks_the_headline():
    body = f"""<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">{TITLES[0]}</h2>
      <div itemprop="articleBody">{prose()}</div></div>"""

    assert article(body, title="De Krant, voor het oosten").headline == TITLES[0]


@pytest.mark.parametrize(
    ("text", "premium"),
    [
        ("Lees verder met een abonnement. Al abonnee? Log in.", True),
        ("Dit artikel is exclusief voor abonnees.", True),
        ("Bereits Abonnent? Hier anmelden.", True),
        ("La suite est réservée aux abonnés.", True),
        ("De krant verloor vorig jaar abonnees, zei zij.", False),
    ],
)
def test_an_article_that_ends_in_a_wall_is_premium(text, premium):
    found = article(f"<article><h1>{TITLES[0]}</h1>{prose()}<div class=x><p>{text}</p></div></article>")

    assert found.premium is premium
    assert (text in [block.text for block in found.body]) is not premium
