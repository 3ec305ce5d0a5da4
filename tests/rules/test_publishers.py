"""Who is behind a source."""

import pytest

from monitor.rules.publishers import publisher_of
from monitor.settings import Source


@pytest.mark.parametrize(
    ("source", "publisher"),
    [
        ({"id": "a", "url": "https://news.example/feed", "publisher": "krant"}, "krant"),
        ({"id": "a", "url": "https://News.example:8080/feed"}, "news.example"),
        ({"id": "a", "path": "in"}, "a"),
    ],
)
def test_it_is_whom_the_source_names_else_its_host_else_itself(source, publisher):
    assert publisher_of(Source(**source)) == publisher
