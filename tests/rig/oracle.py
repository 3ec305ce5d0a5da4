"""What two ledgers and a list of kills come to. Pure.

owed           (item, rule) whose item was in a whole answer, as news, and matches by a plain reading
lost           owed, without an accepted receipt
dup            accepted receipts of one webhook id, beyond the first
excused        of those, with a kill of the daemon between the two, right after the first
key_split      (item, rule) that came under several webhook ids
phantom        accepted, but of an item that is no news, was never served, or does not match
corrupt        the signature, headline, link or number of spans is not as it must be
missed         published, but in no whole answer
impolite       a message came again before the wait that a 429 asked for
late           from the first whole answer with the item to its acceptance, in seconds
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from tests.rig.ledger import Row
from tests.rig.plan import Piece, Plan, by_pid, rules_of
from tests.rig.receiver import RETRY_AFTER

AFTER_ACCEPTANCE = 3.0
"""Seconds within which the daemon has recorded that a message was taken, if it is not killed; on a busy machine."""

Owed = tuple[str, str]
"""An item's pid, and a rule."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The figures of a run; `examples` are a few rows behind those that should be 0."""

    owed: int
    lost: int
    dup: int
    excused: int
    key_split: int
    phantom: int
    corrupt: int
    missed: int
    impolite: int
    late: tuple[float, float, float]
    examples: tuple[str, ...]

    @property
    def faults(self) -> dict[str, int]:
        """Return what should be 0 and is not."""
        bad = {name: getattr(self, name) for name in ("lost", "key_split", "phantom", "corrupt", "missed", "impolite")}
        return {name: count for name, count in {**bad, "dup": self.dup - self.excused}.items() if count}


def judge(plan: Plan, served: Sequence[Row], received: Sequence[Row], kills: Sequence[float]) -> Finding:
    """Return what a run came to."""
    revisions = by_pid(plan.pieces)
    first_served = _first_served(served)
    owed = _owed(plan, revisions, first_served)
    fired = [row for row in received if row.get("type") == "alert.fired"]
    accepted = [row for row in fired if row["receipt"] == "accepted"]
    got = {(pid, row["rule"]) for row in accepted for pid in _pids(row)}
    twice = list(_twice(accepted))
    split = _split(fired)
    phantom = [f"phantom {pair}" for pair in sorted({pair for pair in got if pair not in owed})]
    corrupt = [f"corrupt {row}" for row in received if row["receipt"] != "refused" and not _sound(row, revisions)]
    missed = [f"missed {pid}" for pid in revisions if (pid, 0) not in first_served and (pid, 1) not in first_served]
    lost = [f"lost {pair}" for pair in sorted(owed.keys() - got)]
    hasty = [f"impolite {pair}" for pair in _hasty(received, kills)]
    unexcused = [f"twice {pair}" for pair in twice if not _is_excused(*pair, kills)]
    seconds = sorted(_seconds(owed, accepted))
    return Finding(
        owed=len(owed),
        lost=len(lost),
        dup=len(twice),
        excused=len(twice) - len(unexcused),
        key_split=len(split),
        phantom=len(phantom),
        corrupt=len(corrupt),
        missed=len(missed),
        impolite=len(hasty),
        late=(_share(seconds, 0.5), _share(seconds, 0.95), _share(seconds, 0.99)),
        examples=tuple(
            said[:300] for kind in (lost, unexcused, split, phantom, corrupt, missed, hasty) for said in kind[:3]
        ),
    )


def _first_served(served: Iterable[Row]) -> Mapping[tuple[str, int], float]:
    """Return when each revision of an item was first in a whole answer."""
    first: dict[tuple[str, int], float] = {}
    for row in served:
        for pid, revision in row["pids"].items():
            first.setdefault((pid, revision), row["at"])
    return first


def _owed(
    plan: Plan, revisions: Mapping[str, Sequence[Piece]], first_served: Mapping[tuple[str, int], float]
) -> Mapping[Owed, float]:
    """Return every (item, rule) that must be alerted, and since when.

    What a feed has from the beginning is news only where everything is; once archived, only its revisions are looked
    at again: a rule that the first one matched was decided then.
    """
    owed: dict[Owed, float] = {}
    for pid, pieces in revisions.items():
        decided: frozenset[str] = frozenset()
        for piece in pieces:
            at = first_served.get((pid, piece.revision))
            if at is None:
                continue
            if piece.after == 0 and not plan.everything(piece.feed):
                decided |= rules_of(piece)
                continue
            for rule in rules_of(piece) - decided:
                owed.setdefault((pid, rule), at)
    return owed


def _pids(row: Row) -> list[str]:
    return [pid for item in row.get("items", ()) for pid in item["pids"]]


def _twice(accepted: Iterable[Row]) -> Iterable[tuple[float, float]]:
    """Yield the times of an acceptance and of the next one of the same webhook id."""
    times: dict[str, list[float]] = defaultdict(list)
    for row in accepted:
        times[row["id"]].append(row["answered"])
    for each in times.values():
        yield from pairwise(sorted(each))


def _is_excused(one: float, other: float, kills: Iterable[float]) -> bool:
    return any(one - AFTER_ACCEPTANCE <= kill <= min(other, one + AFTER_ACCEPTANCE) for kill in kills)


def _split(fired: Iterable[Row]) -> list[str]:
    ids: dict[Owed, set[str]] = defaultdict(set)
    for row in fired:
        for pid in _pids(row):
            ids[pid, row["rule"]].add(row["id"])
    return [f"split {pair}: {sorted(each)}" for pair, each in ids.items() if len(each) > 1]


def _sound(row: Row, revisions: Mapping[str, Sequence[Piece]]) -> bool:
    """Tell whether a message is signed, and what it says of its items is what was published."""
    if not row["signed"] or not row["id"]:
        return False
    for item in row["items"]:
        pieces = [piece for pid in item["pids"] for piece in revisions.get(pid, ())]
        told = {(piece.headline, piece.link) for piece in pieces}
        if (item["headline"], item["url"]) not in told or not item["spans"]:
            return False
    return bool(row["items"]) or row["type"] == "monitor.notice"


def _hasty(received: Iterable[Row], kills: Sequence[float]) -> Iterable[tuple[float, float]]:
    """Yield when a message was answered 429 and came again too soon, without a kill in which the answer was lost."""
    before: dict[str, Row] = {}
    for row in sorted(received, key=lambda row: row["at"]):
        last = before.get(row["id"])
        too_soon = last and last["answer"] == "429" and row["at"] < last["answered"] + RETRY_AFTER
        if last and too_soon and not _killed_between(last, row, kills):
            yield last["answered"], row["at"]
        before[row["id"]] = row


def _killed_between(one: Row, other: Row, kills: Iterable[float]) -> bool:
    return any(one["at"] <= kill <= other["at"] for kill in kills)


def _seconds(owed: Mapping[Owed, float], accepted: Iterable[Row]) -> Iterable[float]:
    """Yield, of each owed alert that came, how long after its item was served."""
    first: dict[Owed, float] = {}
    for row in accepted:
        for pid in _pids(row):
            first.setdefault((pid, row["rule"]), row["answered"])
    return (first[pair] - at for pair, at in owed.items() if pair in first)


def _share(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 3) if ordered else 0.0


def table(finding: Finding) -> str:
    """Return the figures, a line each."""
    lines = [
        f"{field.name:<10} {getattr(finding, field.name)}" for field in fields(finding) if field.name != "examples"
    ]
    return "\n".join([*lines, *finding.examples])


def attempts(received: Iterable[Row]) -> Counter[str]:
    """Return how often each answer was given."""
    return Counter(row["answer"] for row in received)
