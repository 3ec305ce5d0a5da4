"""Feeds that are made to exhaust their parser, cut before it sees them; and what is left of them."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Malformed
from monitor.model import Document
from monitor.parse.feeds.feed import read_feed
from monitor.parse.feeds.trim import MOST_ENTRIES, trimmed

GOOD = "<item><title>Kop</title><guid>nr-1</guid></item>"
PLENTY = 20_000


def rss(*items):
    return f"<rss version='2.0'><channel><title>Voorbeeld</title>{''.join(items)}</channel></rss>"


def entry(contents):
    return f"<item><title>Kop</title>{contents}</item>"


def many(element, times=PLENTY):
    return "".join(element.replace("$", str(number)) for number in range(times))


def read(feed):
    return read_feed(Document("document", feed.encode()))


def read_in_time(feed):
    began = perf_counter()
    reading = read(feed)
    assert perf_counter() - began < 5  # tens of seconds where it is not cut; a fifth of this on a machine at rest
    return reading


@pytest.mark.parametrize(
    "surplus",
    [
        many("<category>c$</category>"),
        many("<category domain='d$'><![CDATA[c$]]></category>"),
        many("<category term='c$'/>"),
        many("<dc:subject xmlns:dc='http://purl.org/dc/elements/1.1/'>c$</dc:subject>"),
        many("<author>Jan $</author>"),
        many("<author><name>Jan $</name></author>"),
        many("<description>Tekst $</description>"),
        "<br>" + many("<category>c$</category>"),
        f"<author>{'Jan & ' * PLENTY}</author>",
        f"<author>{'Jan <b>x</b> ' * PLENTY}</author>",
    ],
    ids=range(10),
)
def test_what_is_too_much_of_one_kind_is_passed_over(surplus):
    first, second = read_in_time(rss(entry(surplus), GOOD)).items

    assert (first.headline, second.guid) == ("Kop", "nr-1")
    assert len(first.tags) <= 64
    assert len(first.bylines) <= 16


@pytest.mark.parametrize(
    "bomb",
    [
        "<b>" * PLENTY + "x" + "</b>" * PLENTY,
        f"<description>{'<div>' * PLENTY}x{'</div>' * PLENTY}</description>",
        "<b>" * PLENTY,
        many("<k$>v</k$>"),
        many("<enclosure url='https://example.org/$' type='x/y' length='1'/>"),
        "".join(f"<p {many('a$=&#34;x&#34; '.replace('&#34;', chr(34)), 900)}/>" for _ in range(20)),
        f"<link {many('a$=x '.replace('x', chr(39) + chr(39)))}/>",
        f"<description>{'&lt;p&gt;' * 50_000}</description>",
        f"<description>{'&eacute;' * 100_000}</description>",
        f"<description>{'& ' * 100_000}</description>",
        f"<description><![CDATA[{'<b>' * 100_000}]]></description>",
        f"<description>{'<' * 100_000}</description>",
    ],
    ids=range(12),
)
def test_an_entry_that_is_a_bomb_is_cut_out_and_the_others_are_read(bomb):
    reading = read_in_time(rss(entry(bomb), GOOD))

    assert [item.guid for item in reading.items] == ["nr-1"]
    assert reading.flaw.startswith("an entry of more than 5000 elements and attributes, or deeper than 100")


def test_a_feed_of_nothing_but_bombs_is_malformed():
    with pytest.raises(Malformed, match="refused: an entry of more than"):
        read(rss(entry("<b>" * PLENTY)))


@pytest.mark.parametrize(
    "feed",
    [
        rss("<a>" * 200),
        rss(many("<a>x</a>", 30_000)),
        f"<rss {many(' a$=&#34;&#34;'.replace('&#34;', chr(34)), 30_000)}><channel/></rss>",
        rss(entry(many("<x$:a xmlns:x$='urn:$'/>", 200))),
    ],
    ids=range(4),
)
def test_what_is_too_much_outside_of_entries_is_refused(feed):
    with pytest.raises(Malformed, match="refused: more than"):
        read(feed)


def test_of_very_many_entries_the_first_are_read():
    reading = read_in_time(rss(many("<item><title>Kop $</title></item>", 50_000)))

    assert [item.headline for item in reading.items] == [f"Kop {number}" for number in range(MOST_ENTRIES)]
    assert reading.flaw == "more than 2000 entries"


def test_of_very_many_entries_the_last_are_read_where_the_feed_grows_at_its_end():
    dated = "<item><title>Kop $</title><pubDate>Thu, 05 Feb 2$ 10:00:00 GMT</pubDate></item>"
    items = "".join(dated.replace("$", str(number)) for number in range(100, 100 + MOST_ENTRIES - 1_500)) * 5

    reading = read(rss("<item><title>Oud</title><pubDate>2000-01-01</pubDate></item>", items))

    assert len(reading.items) == MOST_ENTRIES
    assert "Oud" not in [item.headline for item in reading.items]


def test_entries_that_are_too_much_together_are_cut_off():
    reading = read_in_time(rss(many(entry("<a/>" * 200) + GOOD, 400)))

    assert 300 < len(reading.items) < 800
    assert reading.flaw == "more than 40000 elements and attributes"


def test_an_entry_of_the_size_of_a_long_read_is_whole():
    body = "".join(
        f"<p class='alinea'>Een alinea met <a href='https://example.org/{n}'>een link</a>.</p>" for n in range(900)
    )
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Kop</title><content type='xhtml'>"
        f"<div xmlns='http://www.w3.org/1999/xhtml'>{body}</div></content></entry></feed>"
    )

    reading = read(feed)

    assert len(reading.items[0].body) == 900
    assert reading.flaw is None


def test_tags_in_comments_and_cdata_count_for_nothing():
    feed = rss(
        f"<!-- {'<item>' * 5_000} -->", entry(f"<description><![CDATA[{'<item>' * 5_000}]]></description>"), GOOD
    )

    assert len(read(feed).items) == 2


@given(st.lists(st.sampled_from(["<item>", "</item>", "<item/>", "<a>", "</a>", "x", "<!--", "-->", "&"]), max_size=30))
def test_what_is_within_bounds_is_left_as_it_is(pieces):
    text = rss(*pieces)

    assert trimmed(text).text == text
