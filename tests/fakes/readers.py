"""Readers that behave as badly as parsers can, for `Workers(reader="tests.fakes.readers:…")`."""

import ctypes
import json
import os
import signal
import sys
import time
from dataclasses import fields
from io import BytesIO

import feedparser

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document, Item, Paragraph
from monitor.parse.reading import Reading


def _item(text: str, number: int = 0) -> Item:
    return Item(id=f"{number}", headline=text, body=(Paragraph(text=text),))


def by_name(document: Document) -> Reading:
    """Do what the document's name says, so that one set of children meets it all."""
    reading: Reading = globals()[document.name.partition(" ")[0]](document)
    return reading


def echo(document: Document) -> Reading:
    return Reading((_item(document.body.decode()),))


def length(document: Document) -> Reading:
    return Reading((_item(f"{len(document.body)} bytes, the last {document.body[-3:]!r}"),))


def header(document: Document) -> Reading:
    return Reading((_item(json.dumps({field.name: str(getattr(document, field.name)) for field in fields(document)})),))


def flawed(_: Document) -> Reading:
    return Reading((_item("half"),), flaw="ends in the middle of an entry")


def many(document: Document) -> Reading:
    return Reading(tuple(_item("x" * 2_000, number) for number in range(int(document.body))))


def pid(_: Document) -> Reading:
    return Reading((_item(str(os.getpid())),))


def environment(_: Document) -> Reading:
    return Reading((_item(json.dumps(dict(os.environ))),))


def spin(_: Document) -> Reading:
    while True:
        pass


def sleep(document: Document) -> Reading:
    time.sleep(float(document.body or b"600"))
    return echo(document)


def orphan(document: Document) -> Reading:
    """Start a process that would outlive us, and then hang."""
    os.fork()
    time.sleep(600)
    return echo(document)


def allocate(_: Document) -> Reading:
    return Reading((_item(str(len(bytes(2 << 30)))),))


def allocate_slowly(_: Document) -> Reading:
    hoard = []
    while True:
        hoard.append(bytes(16 << 20))


def killed(document: Document) -> Reading:
    os.kill(os.getpid(), signal.SIGKILL)
    return echo(document)


def segfault(document: Document) -> Reading:
    ctypes.string_at(0)
    return echo(document)


def leave(_: Document) -> Reading:
    os._exit(3)


def exhaust_the_stack(document: Document) -> Reading:
    return exhaust_the_stack(document)


def fail(_: Document) -> Reading:
    return Reading((_item({"a": ""}["b\x1b[2J"]),))


def not_recognized(_: Document) -> Reading:
    message = "a PNG image"
    raise NotRecognized(message)


def malformed(_: Document) -> Reading:
    message = "an entity that is not declared"
    raise Malformed(message)


def chatter(document: Document) -> Reading:
    print("i\0\0\0\2[]" * 10_000)  # noqa: T201 - what is tested
    sys.stdout.flush()
    os.write(1, b"x" * 100_000)
    os.write(2, b"x" * 100_000)
    assert sys.stdin.read() == ""
    return echo(document)


def forge(document: Document) -> Reading:
    """Write the document's body where the answer belongs."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, document.body)
        except OSError:
            continue
    time.sleep(600)
    return echo(document)


def flood(_: Document) -> Reading:
    return Reading(tuple(_item("x" * 60_000, number) for number in range(1_000)))


def huge(_: Document) -> Reading:
    return Reading((_item("x" * 5_000_000),))


def write_a_file(document: Document) -> Reading:
    with open(document.body.decode(), "wb") as file:  # noqa: PTH123 - what a parser's library would do
        file.write(b"x" * 100_000)
    return echo(document)


def spend(document: Document) -> Reading:
    """Take as much CPU time as the document says."""
    until = time.process_time() + float(document.body)
    while time.process_time() < until:
        pass
    return echo(document)


def feedparser_alone(document: Document) -> Reading:
    """Parse a feed as feedparser does when nothing is cut off before it."""
    parsed = feedparser.parse(BytesIO(document.body))
    return Reading((_item(parsed.feed.get("title", "")),))


def time_bomb(document: Document) -> Reading:
    """Answer well, and die a moment later."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    return echo(document)
