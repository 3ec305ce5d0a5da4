import json
from dataclasses import replace

import pytest

from monitor.deliver.channels import CHANNELS
from monitor.deliver.senders import Senders
from monitor.ports import Deferred, Sent
from tests.deliver.sending import delivery, means


@pytest.fixture
def anyio_backend():
    return "asyncio"


LOG = CHANNELS["log"].model_validate({"id": "log", "kind": "log"})


@pytest.mark.anyio
async def test_the_webhook_body_is_one_line():
    lines: list[str] = []

    outcome = await Senders({"log": LOG}, replace(means(), write=lines.append)).send(delivery("log"))

    assert outcome == Sent("written")
    assert lines == [delivery("log").body + "\n"]
    assert lines[0].count("\n") == 1
    assert json.loads(lines[0])["type"] == "alert.fired"


@pytest.mark.anyio
async def test_an_output_that_nobody_reads_is_tried_again():
    def closed(_line: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    outcome = await Senders({"log": LOG}, replace(means(), write=closed)).send(delivery("log"))

    assert outcome == Deferred("standard output: Broken pipe")
