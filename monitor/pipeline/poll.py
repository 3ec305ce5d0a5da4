"""A source is polled: asked, its document read, what it brings taken in."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from monitor.compose.message import told
from monitor.decide.polls import about, after_failure, after_redirects, after_success, ask_whole
from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Polled, Source, SourceState
from monitor.parse.identity import Brought, identify, in_one
from monitor.parse.reading import Reading
from monitor.pipeline.outside import Outside
from monitor.pipeline.report import Report, added
from monitor.pipeline.take import take
from monitor.ports import Fetched, FetchFailed, NotModified

GONE_WAIT = timedelta(days=1)
"""A source that says that it is gone for good is asked as seldom as this: it may come back."""


async def poll(source: Source, outside: Outside) -> Report:
    """Poll a source once, and keep what it brought; never raises for what the other side does."""
    state = about(source, await outside.store.state(source.id))
    if state.paused:
        return Report(source.id, "paused")
    if source.url is None:
        return await _poll_folder(source, state, outside)
    whole = ask_whole(state, outside.clock())
    answer = await outside.fetcher.fetch(source, state, whole=whole)
    match answer:
        case FetchFailed():
            return await _failed(source, state, answer, outside)
        case NotModified():
            etag, modified = answer.etag or state.etag, answer.last_modified or state.last_modified
            asked = after_redirects(source, state, answer.moved_to, whole=whole)
            return await _unchanged(source, replace(asked, etag=etag, last_modified=modified), outside)
        case Fetched():
            return await _take_answer(source, state, answer, outside, whole=whole)


async def give_up(source: Source, reason: str, outside: Outside) -> Report:
    """Note that a poll ended in an error of ours, so that it is not begun again at once."""
    state = about(source, await outside.store.state(source.id))
    return await _failed(source, state, FetchFailed(reason), outside)


async def _take_answer(source: Source, state: SourceState, answer: Fetched, outside: Outside, *, whole: bool) -> Report:
    """Take a document in; validators and body's hash are kept only of one that was read clean and whole."""
    digest = _digest(b"\0".join(document.body for document in (answer.document, *answer.parts)))
    taken = after_redirects(source, state, answer.moved_to, whole=whole)
    taken = replace(taken, asked_whole=outside.clock() if whole else state.asked_whole)
    validated = replace(taken, etag=answer.etag, last_modified=answer.last_modified, body=digest)
    if digest == state.body:
        return await _unchanged(source, validated, outside)
    try:
        brought = await _read(source, state, answer, outside, whole=whole)
    except DocumentError as error:
        return await _failed(source, state, FetchFailed(str(error)), outside)
    if brought.reading.flaw:
        validated = replace(taken, etag=None, last_modified=None, body=None)
    return await take(source, validated, replace(brought, whole=whole), outside)


async def _read(source: Source, state: SourceState, answer: Fetched, outside: Outside, *, whole: bool) -> Brought:
    """Return what is in a document: of one that is not asked whole, entries that were read before are left out.

    Where something of the rest is known, all of it is read after all: two entries may share a guid.
    """
    seen = b"" if whole else await outside.store.entries(source.id)
    brought = await _brought(source, state, await _parsed(answer, seen, outside), outside)
    if brought.reading.skipped and brought.known:
        brought = await _brought(source, state, await _parsed(answer, b"", outside), outside)
    return brought


async def _parsed(answer: Fetched, seen: bytes, outside: Outside) -> Reading:
    """Return the reading of a document, or of the parts that it names, all in one."""
    if not answer.parts:
        return await outside.parser.read(replace(answer.document, seen=seen))
    readings, refused = list[Reading](), list[DocumentError]()
    for part in answer.parts:
        try:
            readings.append(await outside.parser.read(replace(part, seen=seen)))
        except DocumentError as error:
            refused.append(error)
    if not readings:
        raise refused[0]
    return in_one(readings, str(refused[0]) if refused else answer.flaw)


async def _brought(source: Source, state: SourceState, reading: Reading, outside: Outside) -> Brought:
    found = await asyncio.to_thread(identify, reading.items)  # Of thousands it takes tenths of a second.
    known = await outside.store.known(source.id, {key for one in found for key in one.keys})
    # A source that was given another address begins anew, unless the same items are there.
    first = not state.started and not (state.succeeded and known)
    before = bool(known) or reading.skipped > 0 or (bool(found) and await outside.store.knows(source.id))
    return Brought(reading, found, known, first, before)


async def _poll_folder(source: Source, state: SourceState, outside: Outside) -> Report:
    """Take in every file of a folder that is new or changed, each in a transaction of its own.

    A file that cannot be read for what is in it is not looked at again before it changes; one whose parser was killed
    or could not be started is, for that may have been the machine's fault. Once a day files
    that are gone are forgotten.
    """
    total = Report(source.id, "unchanged")
    try:
        seen = await outside.store.files(source.id)
        if ask_whole(state, outside.clock()):
            await outside.store.forget_files(source.id, await outside.fetcher.gone(source, seen))
            state = replace(state, asked_whole=outside.clock())
        async for file, document in outside.fetcher.folder(source, seen):
            try:
                reading = await outside.parser.read(document)
            except (NotRecognized, Malformed) as error:
                reading = Reading((), flaw=f"{file.path}: {error}")
            except DocumentError as error:
                total = replace(total, error=total.error or str(error))
                continue
            brought = await _brought(source, state, reading, outside)
            total = added(total, await take(source, state, replace(brought, file=file), outside))
            state = replace(state, started=True)
    except OSError as error:
        total = replace(total, error=f"{error.filename or source.path}: {error.strerror}")
    if total.error:
        await _failed(source, state, FetchFailed(total.error), outside)
        return replace(total, status="failed")
    return total if total.status == "polled" else await _unchanged(source, state, outside)


async def _unchanged(source: Source, state: SourceState, outside: Outside) -> Report:
    now = outside.clock()
    await outside.store.save(after_success(source, state, now, news=0, chance=outside.chance.random()))
    return Report(source.id, "unchanged")


async def _failed(source: Source, state: SourceState, failure: FetchFailed, outside: Outside) -> Report:
    """Note an error; tell the operators when a source says that it is gone for good, the first time it does."""
    now = outside.clock()
    wait = max(failure.wait or GONE_WAIT, GONE_WAIT) if failure.gone else failure.wait
    after = after_failure(source, state, now, reason=failure.reason, asked=wait, chance=outside.chance.random())
    notice = None
    if failure.gone and state.error != failure.reason:
        notice = f"{source.id}: {failure.reason}; it is asked once a day from now on"
    deliveries = told(notice, source.id, now, outside.operators) if notice else ()
    await outside.store.commit(Polled(after, deliveries=deliveries))
    return Report(source.id, "failed", error=failure.reason, notice=notice)


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()
