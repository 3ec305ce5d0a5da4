"""A tree of paths finds the owners of those whose keys are all there, whatever was added and removed before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.keys.paths import END, MOST_TOGETHER, Paths

KEYS = st.sampled_from("abcdef")
PATHS = st.lists(KEYS, max_size=4, unique=True).map(tuple)


def found(paths: Paths, *keys: str, line: str = "") -> list:
    return sorted(paths.find({*keys, END}, lambda: line))


@given(st.lists(PATHS, max_size=200), st.sets(KEYS), st.sets(st.integers(0, 199)))
def test_those_are_found_whose_keys_are_all_there(given_paths, keys, removed):
    paths: Paths = Paths()
    entries = [paths.add(path, number) for number, path in enumerate(given_paths)]
    gone = [number for number in removed if number < len(entries)]
    for number in gone:
        assert paths.remove(entries[number]) == given_paths[number]

    expected = [number for number, path in enumerate(given_paths) if keys.issuperset(path) and number not in removed]

    assert found(paths, *keys) == expected


@pytest.mark.parametrize("count", [1, 2, MOST_TOGETHER, MOST_TOGETHER + 1, 3 * MOST_TOGETHER])
def test_many_paths_of_one_key_are_told_apart(count):
    paths: Paths = Paths()
    for number in range(count):
        paths.add(("de", f"w{number}"), number)

    assert found(paths, "de", "w0") == [0]
    assert found(paths, "de") == []


@pytest.mark.parametrize("count", [1, 2, 3 * MOST_TOGETHER])
def test_equal_paths_all_lead_to_their_owners(count):
    paths: Paths = Paths()
    entries = [paths.add(("xi",), number) for number in range(count)]
    paths.remove(entries[0])

    assert found(paths, "xi") == list(range(1, count))


def test_what_needs_nothing_is_always_found():
    paths: Paths = Paths()
    paths.add((), "r")

    assert found(paths) == ["r"]


def test_a_key_with_a_space_before_it_is_looked_for_in_the_line():
    paths: Paths = Paths()
    paths.add(("wang", "yi", " wang yi "), "r")

    assert found(paths, "wang", "yi", line=" wang yi ") == ["r"]
    assert found(paths, "wang", "yi", line=" yi wang ") == []


def test_what_is_left_of_a_tree_after_all_is_removed_is_nothing():
    paths: Paths = Paths()
    entries = [paths.add((f"w{number % 3}", f"v{number % 7}", f"u{number}"), number) for number in range(200)]
    for entry in entries:
        paths.remove(entry)

    assert found(paths, *(f"{letter}{number}" for letter in "wvu" for number in range(200))) == []
    assert paths.add(("xi",), "again") in entries
