"""What a page declares of itself, in the ways in which pages do: headline, authors, dates, tags, language."""

import json
from datetime import UTC, datetime

import pytest

from monitor.model import PartialDate
from monitor.parse.pages.authors import bylines_of
from monitor.parse.pages.headline import headline_of
from monitor.parse.pages.jsonld import as_line
from tests.parse.pages.pages import article_ld, page, read

SITE = ("De Omroeper", "deomroeper.example", "deomroeper")
HEADLINES = [
    (["Moskou praat"], [], "", "Moskou praat"),
    (["Moskou praat - De Omroeper"], [], "", "Moskou praat"),
    (["De Omroeper | Moskou praat"], [], "", "Moskou praat"),
    (["Moskou praat | Buitenland | De Omroeper"], [], "", "Moskou praat"),
    (["Moskou praat-BuitenlandㅣDe Omroeper"], [], "", "Moskou praat"),
    (["Moskou: praat - of niet"], [], "", "Moskou: praat - of niet"),
    ([], ["Moskou praat"], "Moskou praat | X", "Moskou praat"),
    ([], [], "Moskou praat | De Omroeper", "Moskou praat"),
    (["Moskou praat met Peking – De Nieuwe Krant"], ["Moskou praat met Peking"], "", "Moskou praat met Peking"),
    (["Moskou praat met …", "Moskou praat met Peking"], [], "", "Moskou praat met Peking"),
    (["Kremlin: Moskou praat", "Moskou praat"], ["Moskou praat"], "", "Moskou praat"),
    (["Kremlin: Moskou praat", "Kremlin: Moskou praat"], ["Moskou praat"], "", "Kremlin: Moskou praat"),
    (["De Omroeper"], ["De Omroeper"], "De Omroeper", None),
]


@pytest.mark.parametrize(("declared", "shown", "title", "headline"), HEADLINES, ids=range(len(HEADLINES)))
def test_a_headline_is_without_its_site(declared, shown, title, headline):
    assert headline_of(declared, shown, title, site=SITE, section="Buitenland") == headline


AUTHORS = [
    ([["Anna Visser"]], [], ["Anna Visser"]),
    ([["Door Anna Visser"]], [], ["Anna Visser"]),
    ([["Anna Visser en Jan de Boer"]], [], ["Anna Visser", "Jan de Boer"]),
    ([["Anna Visser, Jan de Boer"]], [], ["Anna Visser", "Jan de Boer"]),
    ([["Anna Visser, correspondent in Moskou"]], [], ["Anna Visser"]),
    ([["Anna Visser", "Anna Visser"]], [], ["Anna Visser"]),
    ([["De Omroeper"], ["Anna Visser"]], [], ["Anna Visser"]),
    ([["Redactie"]], ["Door Anna Visser"], ["Anna Visser"]),
    ([["Redactie", "Anna Visser"]], [], ["Anna Visser"]),
    ([["Redactie"]], [], ["Redactie"]),
    ([["Persbureau en ANP"]], [], ["Persbureau en ANP"]),
    ([["https://www.facebook.com/deomroeper", "@omroeper"]], ["Anna Visser"], ["Anna Visser"]),
    ([["김연주 기자"]], [], ["김연주"]),
    ([[]], [], []),
]


@pytest.mark.parametrize(("declared", "shown", "names"), AUTHORS, ids=range(len(AUTHORS)))
def test_authors_are_persons_where_there_are_some(declared, shown, names):
    assert [byline.name for byline in bylines_of(declared, shown, SITE)] == names


MOMENT = datetime(2026, 2, 5, 9, 30, tzinfo=UTC)
DATES = [
    ({"ld": article_ld(datePublished="2026-02-05T10:30:00+01:00")}, MOMENT),
    ({"ld": article_ld(datePublished="2026-02-05")}, PartialDate("2026-02-05")),
    ({"ld": article_ld(datePublished="2026-02-05"), "article:published_time": "2026-02-05T09:30:00Z"}, MOMENT),
    (
        {"ld": article_ld(datePublished="2026-02-05"), "article:published_time": "2026-02-06T09:30:00Z"},
        PartialDate("2026-02-05"),
    ),
    ({"ld": article_ld(datePublished="onlangs"), "article:published_time": "2026-02-05T09:30:00Z"}, MOMENT),
    ({"dc.date.issued": "20260205T103000+0100"}, MOMENT),
    ({"article:published_time": "2026-02-31T09:30:00Z"}, None),
    ({"article:modified_time": "2026-02-05T09:30:00Z"}, None),
]


@pytest.mark.parametrize(("told", "published"), DATES, ids=range(len(DATES)))
def test_a_date_is_as_exact_as_it_is_told(told, published):
    assert read(page(**told)).published == published


def test_an_update_is_another_time_than_the_publication():
    told = {"article:published_time": "2026-02-05T09:30:00Z", "article:modified_time": "2026-02-05T09:30:00Z"}

    assert read(page(**told)).updated is None
    assert read(page(**{**told, "article:modified_time": "2026-02-05T11:00:00Z"})).updated == datetime(
        2026, 2, 5, 11, tzinfo=UTC
    )


SHAPES = [
    '{"@type": ["Thing", "NewsArticle"], "headline": "Kop"}',
    '[{"@type": "WebSite"}, {"@type": "ReportageNewsArticle", "headline": "Kop"}]',
    '{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Kop"}}]}',
    '<!-- {"@type": "BlogPosting", "headline": "Kop",} -->',
    '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ko\\u0070"}\n//]]>',
    '{"@type": "NewsArticle", "headline": "<b>Kop</b>\n"}',
    '{"@type": "Article", "headline": "Elders", "url": "https://a.example/x"}, {"broken"',
]


@pytest.mark.parametrize("script", SHAPES[:-1], ids=range(len(SHAPES) - 1))
def test_json_ld_is_read_in_all_its_shapes(script):
    text = page().replace("</head>", f'<script type="application/ld+json">{script}</script></head>')

    assert read(text).headline == "Kop"


def test_broken_json_ld_is_passed_over():
    text = page().replace("</head>", f'<script type="application/ld+json">{SHAPES[-1]}</script></head>')

    assert read(text).headline == "Moskou praat met Peking"


def test_of_several_articles_it_is_the_one_at_this_address():
    others = [{"@type": "Article", "headline": f"Ander bericht {n}", "author": "X"} for n in range(3)]
    item = read(
        page(
            ld=[*others, article_ld(url="https://www.deomroeper.example/buitenland/moskou-praat", author="Anna Visser")]
        )
    )

    assert item.bylines[0].name == "Anna Visser"


def test_an_author_may_be_named_elsewhere_in_the_graph():
    graph = {"@graph": [article_ld(author={"@id": "#a"}), {"@type": "Person", "@id": "#a", "name": "Anna Visser"}]}

    assert [byline.name for byline in read(page(ld=graph)).bylines] == ["Anna Visser"]


@pytest.mark.parametrize("keywords", [["graan", "gas"], "graan, gas", ["graan", "gas", "graan"]], ids=range(3))
def test_keywords_are_tags(keywords):
    assert read(page(ld=article_ld(keywords=keywords))).tags == ("graan", "gas")


def test_the_language_is_the_pages_and_else_the_sources():
    assert read(page(lang="en-GB"), language="nl").language == "en-GB"
    assert read(page(lang=""), language="nl").language == "nl"


def test_pictures_are_media_each_once_and_against_the_address_of_the_page():
    item = read(page(**{"og:image": "/a.jpg", "twitter:image": "https://www.deomroeper.example/a.jpg"}))

    assert [(media.url, media.type) for media in item.media] == [("https://www.deomroeper.example/a.jpg", "image/jpeg")]


def test_an_address_that_is_no_link_is_no_picture():
    assert read(page(**{"og:image": "javascript:alert(1)"})).media == ()


def test_without_an_address_the_canonical_one_counts():
    text = page().replace("</head>", '<link rel="canonical" href="https://www.deomroeper.example/kort"></head>')

    assert read(text, url=None).url == "https://www.deomroeper.example/kort"


@pytest.mark.parametrize(
    "value", ["Caf&eacute;", "Caf&amp;eacute;", "<b>Café</b>", "&lt;b&gt;Café&lt;/b&gt;"], ids=range(4)
)
def test_what_was_escaped_once_too_often_is_read_as_meant(value):
    assert as_line(value) == "Café"


DEEP = "[" * 50_000


@pytest.mark.parametrize("script", [DEEP, json.dumps({"@graph": [{}] * 20_000}), '{"a":"' + "\\" * 9_999], ids=range(3))
def test_json_ld_that_is_made_to_exhaust_its_reader_is_passed_over(script):
    text = page().replace("</head>", f'<script type="application/ld+json">{script}</script></head>')

    assert read(text).headline == "Moskou praat met Peking"
