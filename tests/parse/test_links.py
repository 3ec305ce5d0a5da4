"""Links without trackers, and otherwise to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parse.links import without_trackers


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://example.org/a?utm_source=rss&utm_medium=feed", "https://example.org/a"),
        ("https://example.org/a?b=1&utm_source=rss&c=%20x", "https://example.org/a?b=1&c=%20x"),
        ("https://example.org/a?b=1&amp;utm_source=rss", "https://example.org/a?b=1"),
        ("https://example.org/a#xtor=RSS-3208", "https://example.org/a"),
        ("https://example.org/a?x=1#utm_campaign=y", "https://example.org/a?x=1"),
        ("https://example.org/a?at_medium=RSS&at_campaign=KARANGA", "https://example.org/a"),
        ("https://example.org/a?fbclid=abc", "https://example.org/a"),
        ("https://example.org/a?UTM_Source=rss", "https://example.org/a"),
        ("https://example.org/?p=1", "https://example.org/?p=1"),
        ("https://example.org/?rss=1&ref=home", "https://example.org/?rss=1&ref=home"),
        ("https://example.org/a?utm_source", "https://example.org/a?utm_source"),
        ("https://example.org/a?q=utm_source=1", "https://example.org/a?q=utm_source=1"),
        ("https://example.org/live#post-12", "https://example.org/live#post-12"),
        ("https://example.org/a?b=&&c", "https://example.org/a?b=&&c"),
        ("https://[a?utm_source=x", "https://[a?utm_source=x"),
    ],
)
def test_trackers_are_stripped_from_a_link(address, bare):
    assert without_trackers(address) == bare


@given(st.text(max_size=60))
def test_stripping_twice_strips_no_more(text):
    once = without_trackers(f"https://example.org/{text}")

    assert without_trackers(once) == once
