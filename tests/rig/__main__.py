"""`python -m tests.rig --kills 20 --feeds 50 --items 500`: a long run, and its table."""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from tests.rig.oracle import table
from tests.rig.receiver import MOODS
from tests.rig.run import Result, Terms, run


def main() -> int:
    """Run what the arguments say; return 1 if anything was lost, doubled or otherwise wrong."""
    terms, keep, beside_calm = _arguments()
    found = [("run", terms)]
    if beside_calm:
        found = [("calm", replace(terms, attacks=False)), ("under attack", replace(terms, attacks=True))]
    results: list[Result] = []
    for name, each in found:
        folder = Path(tempfile.mkdtemp(prefix="rig-", dir=keep))
        result = asyncio.run(run(each, folder))
        results.append(result)
        sys.stdout.write(f"--- {name}: {asdict(each)}\n{_shown(result)}\nkept in {folder}\n\n")
    if beside_calm:
        calm, attacked = (result.finding.late[2] for result in results)
        sys.stdout.write(f"isolation  {attacked / calm:.2f} (99th percentile of lateness, under attack by calm)\n")
    return int(any(result.faults for result in results))


def _shown(result: Result) -> str:
    figures = {
        "kills": result.kills,
        "crashes": result.crashes,
        "orphans": result.orphans,
        "exit": result.status,
        "peak MiB": result.peak // 1024**2,
        "lag p99 ≤": result.lag,
        "answers": result.answers,
        "polls": result.asked,
        "quiet": result.quiet,
        "seconds": result.seconds,
        "FAULTS": result.faults or "none",
    }
    return table(result.finding) + "\n" + "\n".join(f"{name:<10} {value}" for name, value in figures.items())


def _arguments() -> tuple[Terms, Path | None, bool]:
    parser = argparse.ArgumentParser(prog="python -m tests.rig", description=__doc__)
    usual = Terms(feeds=50, items=500, kills=20, seconds=0)
    for name in ("seed", "feeds", "items", "kills", "hostile"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    for name in ("seconds", "flaky", "patience"):
        parser.add_argument(f"--{name}", type=float, default=getattr(usual, name))
    parser.add_argument("--mood", choices=MOODS, default=usual.mood, help="of the receiver")
    parser.add_argument("--aimed", action="store_true", help="kill right after the next message was accepted")
    parser.add_argument("--attack", action="store_true", help="run twice: first the hostile feeds are calm")
    parser.add_argument("--keep", type=Path, help="folder under which configuration, ledgers and log are kept")
    args = vars(parser.parse_args())
    keep, attack = args.pop("keep"), args.pop("attack")
    args["seconds"] = args["seconds"] or 30 + 4 * args["kills"]  # so that there is news until after the last kill
    return Terms(**args), keep, attack


if __name__ == "__main__":
    sys.exit(main())
