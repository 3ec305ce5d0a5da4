import pytest

from monitor.deliver.channels import CHANNELS, NOT_YET

URL = "https://hooks.example/services/geheim"


@pytest.mark.parametrize("kind", CHANNELS)
def test_a_channel_does_not_take_what_it_does_not_know(kind):
    with pytest.raises(ValueError, match="Extra inputs"):
        CHANNELS[kind].model_validate({"id": "a", "kind": kind, "gibtsnicht": 1})


@pytest.mark.parametrize("kind", ["webhook", "slack", "discord"])
@pytest.mark.parametrize("show", [repr, str, lambda channel: channel.model_dump_json()], ids=["repr", "str", "json"])
def test_no_address_is_shown(kind, show):
    assert "geheim" not in show(CHANNELS[kind].model_validate({"id": "a", "kind": kind, "url": URL}))


@pytest.mark.parametrize("kind", ["webhook", "slack", "discord"])
@pytest.mark.parametrize("url", ["hooks.example/geheim", "ftp://hooks.example/geheim", "", "javascript:geheim"])
def test_an_address_that_is_none_is_refused_and_not_repeated(kind, url):
    with pytest.raises(ValueError, match="wants an http") as refused:
        CHANNELS[kind].model_validate({"id": "a", "kind": kind, "url": url})

    assert "geheim" not in str(refused.value)


def test_what_cannot_be_sent_through_yet_is_not_among_the_kinds():
    assert CHANNELS.keys().isdisjoint(NOT_YET)
