import asyncio
from datetime import timedelta
from itertools import islice

import httpx
import pytest

from monitor.demo.newswire import Outlet, newswire
from monitor.demo.outlets import KEPT, Site, fall_ill, link_of
from monitor.model import Document
from monitor.parse.feeds.feed import read_feed
from tests.demo.moment import NOW, chance


def outlet(form):
    return Outlet("blad", "Het Blad", form, share=1.0)


def entries(most, form="rss"):
    wire = newswire(chance(1), [outlet(form)], timedelta(seconds=1))
    return [each.entry for each in islice(wire, most)]


def fresh(most):
    return [entry for entry in entries(most * 2) if not entry.corrects][:most]


def clock():
    return NOW


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_what_is_published_can_be_read(form):
    site = Site(outlet(form))
    published = fresh(5)
    for entry in published:
        site.publish(entry, NOW)

    reading = read_feed(Document("blad", site.document(NOW)))

    assert reading.flaw is None
    assert [item.headline for item in reading.items] == [entry.headline for entry in reversed(published)]
    assert [item.url for item in reading.items] == [link_of("blad", entry) for entry in reversed(published)]
    assert {item.published for item in reading.items} == {NOW}
    assert all(item.dateline for item in reading.items)


def test_a_feed_keeps_the_newest():
    site = Site(outlet("rss"))
    published = fresh(KEPT + 5)
    for entry in published:
        site.publish(entry, NOW)

    assert [dated.entry for dated in site.shown] == published[:4:-1]


def test_a_correction_takes_the_place_of_what_it_corrects():
    site = Site(outlet("atom"))
    all_entries = entries(60)
    correction = next(entry for entry in all_entries if entry.corrects)
    original = next(entry for entry in all_entries if entry.guid == correction.guid)
    site.publish(original, NOW)
    site.publish(fresh(1)[0], NOW)
    before = [dated.entry.guid for dated in site.shown]

    site.publish(correction, NOW + timedelta(minutes=1))

    assert [dated.entry.guid for dated in site.shown] == before
    assert [(dated.published, dated.updated) for dated in site.shown if dated.entry.corrects] == [
        (NOW, NOW + timedelta(minutes=1))
    ]


def test_an_unchanged_feed_is_answered_with_304():
    async def ask():
        site, stop = Site(outlet("rss")), asyncio.Event()
        async with asyncio.TaskGroup() as tasks, httpx.AsyncClient(trust_env=False) as client:
            tasks.create_task(site.serve(stop, clock))
            await site.up.wait()
            first = await client.get(site.address)
            again = await client.get(site.address, headers={"if-none-match": first.headers["etag"]})
            site.publish(fresh(1)[0], NOW)
            changed = await client.get(site.address, headers={"if-none-match": first.headers["etag"]})
            stop.set()
        return [first.status_code, again.status_code, changed.status_code], site

    statuses, site = asyncio.run(ask())

    assert statuses == [200, 304, 200]
    assert (site.asked, site.unchanged) == (3, 1)


def test_an_outlet_that_falls_ill_refuses_and_comes_back_where_it_was():
    async def ask():
        site, stop, begun = Site(outlet("rss")), asyncio.Event(), asyncio.Event()
        async with asyncio.TaskGroup() as tasks, httpx.AsyncClient(trust_env=False) as client:
            tasks.create_task(fall_ill(site, clock, (0.1, 0.5), begun=begun, stop=stop))
            await site.up.wait()
            address = site.address
            begun.set()
            await site.down.wait()
            with pytest.raises(httpx.ConnectError):
                await client.get(address)
            await site.up.wait()
            back = await client.get(address)
            stop.set()
        return back.status_code, site.address == address

    assert asyncio.run(ask()) == (200, True)
