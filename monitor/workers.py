"""The killable processes in which untrusted bytes are parsed.

    read(document) ──header, body──▶ child: monitor.parse.detect:read_document
                   ◀──an item a frame, then the end, or an error──

A document that takes too long, takes too much memory or brings its parser down costs one child process and that one
document; the event loop only moves bytes and decodes items of bounded size. The child is started without our
environment. It speaks frames (one byte of kind, four of length, then JSON), on descriptors that a stray `print` cannot
reach, and what it sends is believed no more than the document itself.
"""

import asyncio
import ctypes
import json
import math
import os
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn, Self

from monitor.errors import DocumentError, Malformed, NotRecognized, ParserKilled
from monitor.model import Document, Item
from monitor.parse.reading import Reading
from monitor.records import dump_items, load_items

JOBS = 200
"""A child is replaced after so many documents: what its libraries leak or leave behind ends there."""

LONGEST_FRAME = 1 << 20
"""Bytes of one item, its JSON: the text of an item is at most 64 KiB, which escapes may multiply."""

LONGEST_ANSWER = 32 << 20
"""Bytes of all items of a document."""

LONGEST_MESSAGE = 500
"""Characters of what a child says of an error."""

START = 30.0
"""Seconds that a child may take until it is ready, which is mostly its imports."""

DEATH = 5.0
"""Seconds until a child that was killed, or closed its end, is given up waiting for."""

_FRAME = struct.Struct("!cI")
_READY, _ITEM, _END, _ERROR = b"r", b"i", b"e", b"x"
_SLICE = 1 << 18
_OUT_OF_MEMORY = 77
_KEPT = ("LD_LIBRARY_PATH", "PYTHONHOME")
_ERRORS: Mapping[str, type[DocumentError]] = {
    error.__name__: error for error in (DocumentError, NotRecognized, Malformed)
}


class _Garbled(Exception):
    """What a child sent is not an answer; the message says what it is."""


class _Died(Exception):
    """A child ended in the middle of a document, or before it; the message says how."""


@dataclass(slots=True, eq=False)
class _Worker:
    """A child process; `fit` for the next document only between documents, after a clean answer."""

    process: asyncio.subprocess.Process
    jobs: int = 0
    fit: bool = False


class Workers:
    """Up to `count` children, started when they are needed.

    Args:
        count: children, and so documents, at a time; default two more than processors, lest slow ones hold up the rest.
        seconds: CPU time that a document may take.
        memory: bytes of address space that a child may take (RLIMIT_AS), its interpreter and libraries included.
        patience: seconds on the clock that a document may take, a busy machine allowed for.
        reader: what reads, as `module:function`; takes a Document, returns a Reading or raises a DocumentError.
    """

    def __init__(
        self,
        *,
        count: int | None = None,
        seconds: float = 2.0,
        memory: int = 512 << 20,
        patience: float = 15.0,
        reader: str = "monitor.parse.detect:read_document",
    ) -> None:
        self._seats = asyncio.Semaphore(count or len(os.sched_getaffinity(0)) + 2)
        self._seconds = seconds
        self._memory = memory
        self._patience = patience
        self._reader = reader
        self._idle: list[_Worker] = []
        self._leaving: set[_Worker] = set()

    async def __aenter__(self) -> Self:
        """Return the workers, none of them started yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Kill every child and wait until all are gone."""
        await asyncio.gather(*map(self._dismiss, {*self._idle, *self._leaving}))

    async def read(self, document: Document) -> Reading:
        """Return what a child read in a document; wait for a free child first.

        A document is blamed for the death of a fresh child only: one that dies in a used child is read once more, for
        what broke that child may have been the document before it.

        Raises:
            NotRecognized, Malformed: as the reader raised them.
            ParserKilled: the reader took too much time or memory, died, or answered what nobody can read.
            DocumentError: the reader failed for another reason, or no child could be started.
        """
        async with self._seats:
            if self._idle:
                with suppress(_Died):
                    return await self._read_in(self._idle.pop(), document)
            worker = await self._start(document.name)
            try:
                return await self._read_in(worker, document)
            except _Died as died:
                message = f"{document.name}: its parser {died}"
                raise ParserKilled(message) from None

    async def _read_in(self, worker: _Worker, document: Document) -> Reading:
        """Read a document in a child; keep the child if it is fit for more, kill it if not."""
        try:
            async with asyncio.timeout(self._patience):
                return await _converse(worker, document)
        except TimeoutError:
            reason = f"took more than {self._patience:g} s"
        except _Garbled as garbled:
            reason = f"gave {garbled}"
        except (OSError, EOFError):
            reason = await self._how_it_ended(worker)
        finally:
            if worker.fit and worker.jobs < JOBS:
                self._idle.append(worker)
            else:
                await self._dismiss(worker)
        message = f"{document.name}: its parser {reason}"
        raise ParserKilled(message)

    async def _start(self, name: str) -> _Worker:
        """Return a new child that is ready; its last words, if it does not get so far, go to our stderr."""
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-s", "-B", "-m", "monitor.workers"),
                *(self._reader, str(self._seconds), str(self._memory), str(os.getpid())),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=_environment(),
                start_new_session=True,  # Its own process group, to be killed whole; and no ^C from the terminal.
            )
        except OSError as error:
            message = f"{name}: no parser could be started: {error.strerror}"
            raise DocumentError(message) from error
        worker = _Worker(process)
        try:
            async with asyncio.timeout(START):
                await _frame(worker, LONGEST_FRAME)
            worker.fit = True
        except (OSError, EOFError, _Garbled) as error:
            message = f"{name}: no parser could be started"
            raise DocumentError(message) from error
        finally:
            if not worker.fit:
                await self._dismiss(worker)
        return worker

    async def _dismiss(self, worker: _Worker) -> None:
        """Kill a child and all that it started, whatever it is doing; wait until it is gone and its pipes are."""
        self._leaving.add(worker)
        stdin, stdout = _pipes(worker)
        if worker.process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(worker.process.pid, signal.SIGKILL)
        with suppress(OSError):
            async with asyncio.timeout(DEATH):
                while await stdout.read(_SLICE):
                    pass
                await worker.process.wait()
                stdin.close()
                await stdin.wait_closed()
        self._leaving.discard(worker)

    async def _how_it_ended(self, worker: _Worker) -> str:
        """Return that a child took too much CPU time, if it did; any other death is its own before the document's."""
        try:
            async with asyncio.timeout(DEATH):
                status = await worker.process.wait()
        except TimeoutError:
            return "stopped answering"
        if status == -signal.SIGPROF:
            return f"took more than {self._seconds:g} s of CPU"
        if status == _OUT_OF_MEMORY:
            message = f"needed more than {self._memory >> 20} MB"
        else:
            message = f"died of signal {-status}" if status < 0 else f"ended with status {status}"
        raise _Died(message)


def _environment() -> dict[str, str]:
    """Return all that a child gets to know: where modules are; no secret of ours."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}


def _pipes(worker: _Worker) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
    stdin, stdout = worker.process.stdin, worker.process.stdout
    if stdin is None or stdout is None:
        raise TypeError(worker.process)
    return stdin, stdout


async def _converse(worker: _Worker, document: Document) -> Reading:
    worker.fit = False
    worker.jobs += 1
    stdin, _ = _pipes(worker)
    told = {field.name: getattr(document, field.name) for field in fields(document) if field.name != "body"}
    told |= {"fetched": document.fetched and document.fetched.isoformat(), "seen": document.seen.hex()}
    header = json.dumps(told).encode()
    stdin.write(struct.pack("!QQ", len(header), len(document.body)) + header)
    body = memoryview(document.body)
    for start in range(0, len(body), _SLICE):  # So that no second copy of a long body is queued.
        stdin.write(body[start : start + _SLICE])
        await stdin.drain()
    reading = await _receive(worker, document.name)
    worker.fit = True
    return reading


async def _receive(worker: _Worker, name: str) -> Reading:
    items: list[Item] = []
    room = LONGEST_ANSWER
    while True:
        kind, payload = await _frame(worker, room)
        room -= _FRAME.size + len(payload)
        if kind == _ITEM:
            with _understood("an item that cannot be read"):
                items += load_items(payload)
            await asyncio.sleep(0)  # Frames that have arrived already would be decoded in one go.
        elif kind == _END:
            return _reading(items, payload)
        elif kind == _ERROR:
            raise _error(worker, payload, name)
        else:
            message = "an answer of an unknown kind"
            raise _Garbled(message)


async def _frame(worker: _Worker, room: int) -> tuple[bytes, bytes]:
    """Return the next frame, its kind and its payload; EOFError if there is none."""
    _, stdout = _pipes(worker)
    kind, length = _FRAME.unpack(await stdout.readexactly(_FRAME.size))
    if length > min(LONGEST_FRAME, room):
        too_long, what = (LONGEST_FRAME, "an item of ") if length > LONGEST_FRAME else (LONGEST_ANSWER, "items of ")
        message = f"{what}more than {too_long >> 20} MB"
        raise _Garbled(message)
    return kind, await stdout.readexactly(length)


@contextmanager
def _understood(told: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, the child sent none
        message = f"{told}: {type(error).__name__}"
        raise _Garbled(message) from None


def _reading(items: list[Item], payload: bytes) -> Reading:
    with _understood("an answer that is no JSON object"):
        told = json.loads(payload)
        return Reading(tuple(items), _text(told["flaw"]), bytes.fromhex(told["entries"]), int(told["skipped"]))


def _text(told: object) -> str | None:
    """Return a text of a child: short, and without what could garble a log or a terminal."""
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in str(told)[:LONGEST_MESSAGE])
    return None if told is None else plain


def _error(worker: _Worker, payload: bytes, name: str) -> DocumentError:
    """Return the error that a child tells of; one whose reader has a bug is not fit for more."""
    with _understood("an answer that is no JSON object"):
        told = json.loads(payload)
        kind, message = str(_text(told["type"])), str(_text(told["message"]))
    worker.fit = kind in _ERRORS
    return _ERRORS[kind](message) if worker.fit else DocumentError(f"{name}: its parser failed with {kind}: {message}")


# From here on: what runs in the child.


def serve(reader: Callable[[Document], Reading], seconds: float, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer documents, one after the other, until the parent closes its end."""
    _answer(outgoing, _READY, b"")
    while sizes := incoming.read(16):
        with _cpu_limit(seconds):
            try:
                _read_one(reader, sizes, incoming, outgoing)
            except MemoryError:
                os._exit(_OUT_OF_MEMORY)  # What a parser left behind in the middle of an allocation is not reused.
            except Exception as error:  # noqa: BLE001 - a parser may raise anything; the parent says so
                _answer(outgoing, _ERROR, _described(error))


def _read_one(reader: Callable[[Document], Reading], sizes: bytes, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    header, body = struct.unpack("!QQ", sizes)
    told: dict[str, Any] = json.loads(incoming.read(header))
    told["fetched"] = told["fetched"] and datetime.fromisoformat(told["fetched"])
    told["seen"] = bytes.fromhex(told["seen"])
    document = Document(**told, body=incoming.read(body))
    reading = reader(document)
    for item in reading.items:
        _answer(outgoing, _ITEM, dump_items((item,)))
    ending = {"flaw": reading.flaw, "entries": reading.entries.hex(), "skipped": reading.skipped}
    _answer(outgoing, _END, json.dumps(ending).encode())


def _answer(outgoing: IO[bytes], kind: bytes, payload: bytes) -> None:
    outgoing.write(_FRAME.pack(kind, len(payload)) + payload)
    if kind != _ITEM:
        outgoing.flush()


def _described(error: Exception) -> bytes:
    message = str(error)
    if not isinstance(error, DocumentError):
        last = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{message[: LONGEST_MESSAGE // 2]} ({Path(last.filename).name}:{last.lineno})"
    return json.dumps({"type": type(error).__name__, "message": message[:LONGEST_MESSAGE]}).encode()


@contextmanager
def _cpu_limit(seconds: float) -> Iterator[None]:
    """Have the kernel kill this process once it has taken so much CPU time, in C code too.

    The timer counts what RLIMIT_CPU counts, but to the millisecond and anew for each document; RLIMIT_CPU knows whole
    seconds only, and stands behind it.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + seconds) + 1, hard))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


def _die_with(parent: int) -> None:
    """Be killed when the parent dies, even in the middle of a document (Linux: prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:  # It died before we asked.
        sys.exit(0)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return our ends of the pipes, moved to where neither `print` nor a library that reads stdin finds them."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("r+b", buffering=0) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    return incoming, outgoing


def main(reader: str, seconds: str, memory: str, parent: str) -> NoReturn:
    """Run one child, until its parent closes the pipe or dies."""
    _die_with(int(parent))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # The parent's to handle: it closes the pipe.
        signal.signal(number, signal.SIG_IGN)
    incoming, outgoing = _take_pipes()
    module, _, function = reader.partition(":")
    read = getattr(import_module(module), function)
    for limit, most in ((resource.RLIMIT_AS, int(memory)), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))  # A parser writes no files.
    os.dup2(1, 2)  # The last words of a child that does not start may be read; what parsers complain of, not.
    with suppress(BrokenPipeError):
        serve(read, float(seconds), incoming, outgoing)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
