"""Nothing is lost and nothing doubled: the daemon killed at random moments, its receiver and its feeds unreliable."""

import asyncio
from dataclasses import replace

import pytest

from tests.rig.run import Terms, run

SHORT = Terms(seed=11, feeds=5, items=40, seconds=8, kills=2, patience=90)

LONG = {
    "killed where it hurts": Terms(seed=20, feeds=50, items=500, seconds=110, kills=20, aimed=True),
    "killed often": Terms(seed=21, feeds=50, items=500, seconds=110, kills=20),
    "and a receiver that fails": Terms(seed=22, feeds=50, items=500, seconds=110, kills=20, mood="flaky"),
    "and feeds that fail": Terms(seed=23, feeds=50, items=500, seconds=110, kills=20, mood="flaky", flaky=0.1),
    "and hostile feeds": Terms(seed=24, feeds=50, items=300, seconds=70, kills=10, hostile=10, attacks=True),
}


def test_a_daemon_that_is_killed_loses_and_doubles_nothing(tmp_path):
    result = asyncio.run(run(SHORT, tmp_path))

    assert result.finding.owed > 10
    assert (result.kills, result.quiet) == (2, True)
    assert result.faults == {}, result.finding.examples


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_daemon_that_is_killed_often_loses_and_doubles_nothing(name, tmp_path):
    result = asyncio.run(run(LONG[name], tmp_path))

    assert result.finding.owed > 100
    assert (result.kills, result.quiet) == (LONG[name].kills, True)
    assert result.faults == {}, result.finding.examples


@pytest.mark.slow
def test_hostile_feeds_do_not_hold_up_the_others(tmp_path):
    terms = Terms(seed=31, feeds=50, items=300, seconds=60, hostile=10)
    (tmp_path / "calm").mkdir()
    (tmp_path / "attacked").mkdir()

    calm = asyncio.run(run(terms, tmp_path / "calm"))
    attacked = asyncio.run(run(replace(terms, attacks=True), tmp_path / "attacked"))

    assert calm.faults == attacked.faults == {}
    assert attacked.peak < 400 * 1024**2
    assert attacked.lag <= 0.25
    # A poll a second and a tick of half a second: what is beyond two of the first is somebody else's doing.
    assert attacked.finding.late[1] <= 1.2 * calm.finding.late[1] + 2
