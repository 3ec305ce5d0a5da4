"""By which keys an item is known again, and what is two items although it looks like one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Item, Known, Paragraph, Teaser
from monitor.parse.identity import content_of, identify, in_one, item_id, recognize, text_of
from monitor.parse.reading import Reading
from tests.fakes.clock import START
from tests.fakes.newsroom import LONG, MINUTE

PAGE = "https://wire.example/news/storm"


def item(text="Kort bericht.", guid=None, url=None, published=START, **fields):
    return Item(
        id=item_id("wire", [guid, url, text]),
        source="wire",
        guid=guid,
        url=url,
        body=(Paragraph(text),),
        published=published,
        **fields,
    )


def archive(*items, known=None):
    """Return what is known after a document."""
    fresh, again = recognize(identify(items), known or {})
    new = {key: Known(seen.item.id, seen.content, seen.revision) for seen in (*fresh, *again) for key in seen.keys}
    return {**new, **(known or {})}


def new_in(known, *items):
    """Return how many items of a document are new, and how many changed."""
    fresh, _ = recognize(identify(items), known)
    return sum(not seen.revision for seen in fresh), sum(bool(seen.revision) for seen in fresh)


SAME = {
    "nothing else": (item(guid="1"), item(guid="1")),
    "its link": (item(guid="1", url=PAGE), item(guid="1", url="https://elders.example/x")),
    "its date": (item(guid="1"), item(guid="1", published=START + MINUTE)),
    "its guid, as the site moved to https": (item(guid="http://a.example/?p=1"), item(guid="https://a.example/?p=1")),
    "its guid, as www is gone": (item(guid="http://www.a.example/1"), item(guid="http://a.example/1")),
    "its guid's trailing slash": (item(guid="http://a.example/1/"), item(guid="http://a.example/1")),
    "its guid's tracker": (item(guid="http://a.example/1?utm_source=x"), item(guid="http://a.example/1?fbclid=y")),
    "its guid's site": (item(guid="http://a.example/nieuws/storm"), item(guid="http://b.example/nieuws/storm")),
    "its guid, which was rebuilt": (item(guid="1", url=PAGE), item(guid="2", url=PAGE)),
    "its guid and date, rebuilt": (item(guid="1", url=PAGE), item(guid="2", url=PAGE, published=START + MINUTE)),
    "its guid and link, of a long text": (item(LONG, guid="1", url=PAGE), item(LONG, guid="2", url=f"{PAGE}/2")),
    "its link's scheme": (item(url=PAGE), item(url=PAGE.replace("https", "http"))),
    "its link's www and port": (item(url=PAGE), item(url="https://www.wire.example:443/news/storm")),
    "its link's trackers": (item(url=f"{PAGE}?id=1"), item(url=f"{PAGE}?utm_medium=rss&id=1&gclid=3#xtor=RSS-1")),
    "its link's trailing slash": (item(url=PAGE), item(url=f"{PAGE}/")),
    "its link's host in capitals": (item(url=PAGE), item(url="https://Wire.Example/news/storm")),
    "its date, with no guid or link": (item(), item(published=None)),
    "its address, which is none": (item(url="urn:storm:1"), item(url="urn:storm:1", published=None)),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_an_item_is_the_same_although_it_changed(before, after):
    assert new_in(archive(before), after) == (0, 0)


REVISED = {
    "guid": (item(guid="1"), item("Bewerkt.", guid="1")),
    "link": (item(url=PAGE), item("Bewerkt.", url=PAGE)),
    "link and date, under a guid with its title in it": (
        item(guid="storm", url=PAGE),
        item("Bewerkt.", guid="zware-storm", url=PAGE),
    ),
    "link, undated": (
        item(guid="1", url=PAGE, published=None),
        item("Bewerkt.", guid="2", url=PAGE, published=None),
    ),
}


@pytest.mark.parametrize(("before", "after"), REVISED.values(), ids=REVISED)
def test_an_item_whose_text_changed_is_known_by_its(before, after):
    assert new_in(archive(before), after) == (0, 1)


DIFFERENT = {
    "one page for every entry": (
        item("Eerste waarschuwing.", guid="1", url=PAGE),
        item("Tweede waarschuwing.", guid="2", url=PAGE, published=START + MINUTE),
    ),
    "posts of a live blog by link": (item("Post 1.", url=f"{PAGE}#post-1"), item("Post 2.", url=f"{PAGE}#post-2")),
    "posts of a live blog by guid": (item("Post 1.", guid=f"{PAGE}#1"), item("Post 2.", guid=f"{PAGE}#2")),
    "pages of a query": (item("Een.", url=f"{PAGE}?id=1"), item("Twee.", url=f"{PAGE}?id=2")),
    "the same path on two sites": (
        item("Een.", guid="http://a.example/index.html"),
        item("Twee.", guid="http://b.example/index.html", published=START + MINUTE),
    ),
    "a short text on two days": (
        item("Weerbericht", guid="1", url=f"{PAGE}/1"),
        item("Weerbericht", guid="2", url=f"{PAGE}/2", published=START + MINUTE),
    ),
    "a long text on two days": (
        item(LONG, guid="1", url=f"{PAGE}/1"),
        item(LONG, guid="2", url=f"{PAGE}/2", published=START + MINUTE),
    ),
    "texts without anything else": (item("Een."), item("Twee.")),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_is_two_items_one_after_the_other(one, other):
    assert new_in(archive(one), other) == (1, 0)
    assert item_id_of(one) != item_id_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_is_two_items_in_one_document(one, other):
    found = identify([one, other])

    assert len({each.item.id for each in found}) == 2
    assert new_in(archive(one, other), one, other) == (0, 0)


def item_id_of(one):
    return identify([one])[0].item.id


ONCE = {
    "the same in all": (item(guid="1", url=PAGE), item(guid="1", url=PAGE)),
    "guid and text": (item(guid="1", url=PAGE), item(guid="1", url=f"{PAGE}/2")),
    "link and text": (item(guid="1", url=PAGE), item(guid="2", url=f"{PAGE}?utm_source=x")),
    "a long text and date": (item(LONG, guid="1", url=PAGE), item(LONG, guid="2", url=f"{PAGE}/2")),
    "text, without guid and link": (item(), item(published=None)),
}


@pytest.mark.parametrize(("one", "other"), ONCE.values(), ids=ONCE)
def test_a_document_that_says_the_same_twice_has_one_item(one, other):
    assert [each.item for each in identify([one, other])] == [one]


def test_a_shared_guid_is_no_key_and_makes_no_id():
    one, other = identify([item("Een.", guid="same", url=f"{PAGE}/1"), item("Twee.", guid="same", url=f"{PAGE}/2")])

    assert not any("same" in key for key in (*one.keys, *other.keys))
    assert one.item.id == item_id("wire", [None, f"{PAGE}/1"])
    assert one.item.id != other.item.id


def test_items_that_share_everything_but_their_text_are_known_by_it():
    pair = (item("Een.", guid="same", url=PAGE), item("Twee.", guid="same", url=PAGE))

    assert len({each.item.id for each in identify(pair)}) == 2
    assert new_in(archive(*pair), *reversed(pair)) == (0, 0)


def test_what_is_known_is_one_item_of_the_document_at_most():
    known = archive(item("Eerst.", guid="1", url=PAGE))
    moved = item("Eerst, bewerkt.", guid="1", url=f"{PAGE}/archive")
    successor = item("Anders.", guid=None, url=PAGE)

    for document in ((moved, successor), (successor, moved)):
        fresh, _ = recognize(identify(document), known)

        assert sorted((seen.item.body[0].text, seen.revision) for seen in fresh) == [
            ("Anders.", 0),
            ("Eerst, bewerkt.", 1),
        ]
        assert len({seen.item.id for seen in fresh}) == 2


def test_keys_that_are_new_are_kept_so_that_an_item_may_change_them_one_after_the_other():
    known = archive(item(guid="1", url=PAGE))
    known = archive(item(guid="2", url=PAGE), known=known)

    assert new_in(known, item(guid="2", url=f"{PAGE}/archive")) == (0, 0)


def test_a_revision_keeps_its_id_and_says_that_it_is_an_update():
    before = item(guid="1")
    after = item("Bewerkt.", guid="1")

    fresh, again = recognize(identify([replace(after, id="another")]), archive(before))

    assert [(seen.item.id, seen.item.kind, seen.revision) for seen in fresh] == [(before.id, "update", 1)]
    assert again == []


@pytest.mark.parametrize("kind", ["correction", "withdrawn", "update"])
def test_a_revision_that_says_what_it_is_stays_that(kind):
    fresh, _ = recognize(identify([item("Bewerkt.", guid="1", kind=kind)]), archive(item(guid="1")))

    assert fresh[0].item.kind == kind


def test_dates_and_teasers_are_no_content():
    assert content_of(item(published=None)) == content_of(item())
    assert content_of(replace(item(), body=(Paragraph("Kort bericht."), Teaser(label="LEES OOK", text="x")))) == (
        content_of(item())
    )


names = st.sampled_from([None, "1", "2", "http://a.example/1", "https://www.a.example/1/", "http://[x", PAGE, "\ud800"])
items = st.builds(item, st.sampled_from(["Een.", "Twee.", LONG]), names, names, st.sampled_from([None, START, "2026"]))


@given(st.lists(items, max_size=8))
def test_whatever_a_document_holds_its_items_differ_and_are_known_the_next_time(document):
    found = identify(document)
    keys = [key for each in found for key in each.keys]

    assert len({each.item.id for each in found}) == len(found)
    assert len(set(keys)) == len(keys)
    assert new_in(archive(*document), *document) == (0, 0)


@given(st.lists(items, max_size=8), st.lists(items, max_size=8))
def test_whatever_was_known_before_no_two_items_of_a_document_become_one(earlier, later):
    fresh, again = recognize(identify(later), archive(*earlier))

    assert len({seen.item.id for seen in (*fresh, *again)}) == len(fresh) + len(again)


@given(st.lists(items, max_size=8), st.lists(items, max_size=8))
def test_what_is_new_has_an_id_that_nothing_known_has(earlier, later):
    known = archive(*earlier)
    fresh, _ = recognize(identify(later), known)

    assert not {seen.item.id for seen in fresh if not seen.revision} & {old.item for old in known.values()}


@pytest.mark.parametrize("url", [None, PAGE])
@pytest.mark.parametrize("text", ["Kort.", LONG])
def test_an_item_whose_guid_and_link_are_shared_later_is_the_same(url, text):
    one, other = item(text, guid="same", url=url), item("Anders.", guid="same", url=url)

    assert new_in(archive(one), one, other) == (1, 0)


@pytest.mark.parametrize("change", [{"kind": "withdrawn"}, {"pubstatus": "canceled"}, {"premium": True}])
def test_what_becomes_of_an_item_in_the_same_words_is_a_revision(change):
    before = item(guid="1")

    assert new_in(archive(before), replace(before, **change)) == (0, 1)
    assert new_in(archive(replace(before, **change)), replace(before, **change)) == (0, 0)


def test_the_content_of_usual_news_is_that_of_its_text():
    assert content_of(item()) == text_of(item())


def test_parts_of_a_document_are_one_reading():
    parts = [Reading((item(),), None, b"1" * 8, 1), Reading((item("Twee."),), None, b"2" * 8, 2)]

    assert in_one(parts, None) == Reading((item(), item("Twee.")), None, b"1" * 8 + b"2" * 8, 3)
    assert in_one(parts, "one is missing") == Reading((item(), item("Twee.")), "one is missing", b"", 3)
    assert in_one([replace(parts[0], flaw="broken off"), parts[1]], None).flaw == "broken off"


def test_an_item_that_has_nothing_but_its_text_is_not_another_one_that_says_the_same():
    known = archive(item("Twee.", url="1"), item(LONG, url="1", published=None))
    later = [item("Twee.", guid="1", url="2"), item(LONG, url="1"), item(LONG, url="2", published=None)]

    fresh, again = recognize(identify(later), known)

    assert len({seen.item.id for seen in (*fresh, *again)}) == 3
