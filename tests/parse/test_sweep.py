"""Other people's files, a few of each folder: read or refused with a reason, and never a silent nothing."""

import gzip
import time

import pytest

from monitor.model import Document
from monitor.parse.feeds.feed import read_feed
from tests.parse import sweep

needs_corpora = pytest.mark.skipif(
    not sweep.CORPORA.is_dir(), reason="other people's test material is not at ../shared"
)
EMPTY = b"<rss version='2.0'><channel><title>Kust</title></channel></rss>"
BODIES = [
    (EMPTY.replace(b"</channel>", b"<item><title>Kop</title></item></channel>"), "read"),
    (gzip.compress(EMPTY.replace(b"</channel>", b"<item><title>Kop</title></item></channel>"), mtime=0), "read"),
    (EMPTY, "silent"),
    (EMPTY.replace(b"</channel>", b"<item/></channel>"), "read with a flaw"),
    (b"GIF89a", "refused"),
]


@pytest.mark.parametrize(("body", "outcome"), BODIES)
def test_what_comes_of_a_file_is_told(tmp_path, body, outcome):
    (tmp_path / "file").write_bytes(body)

    assert sweep.read_one(tmp_path / "file")[0] == outcome


def test_a_reader_that_takes_too_long_is_stopped():
    with pytest.raises(sweep.OverTime), sweep.within(0.05):
        read_for_ever()


def read_for_ever():
    deadline = time.process_time() + 5
    while time.process_time() < deadline:
        read_feed(Document("feed", EMPTY))


@needs_corpora
def test_of_some_files_none_brings_us_down_or_is_silent_with_entries_in_it():
    for outcome, reason, path in sweep.sweep(list(sweep.files())[::40]):
        assert outcome not in sweep.DEFECTS, (reason, path)
        assert outcome != "silent" or not sweep.has_entries(path), path


@pytest.mark.slow
@needs_corpora
def test_of_all_files_none_brings_us_down_or_is_silent_with_entries_in_it():
    for outcome, reason, path in sweep.sweep(sweep.files()):
        assert outcome not in sweep.DEFECTS, (reason, path)
        assert outcome != "silent" or not sweep.has_entries(path), path
