"""Ids are made from file names: legal, unique, and independent of the order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.identifiers import identifiers, legal, unique, within
from glose.corpus.building.sources import Source


def ids(*names: str) -> list[str]:
    """Return the ids of files with these names, all below a folder `raw`."""
    return identifiers([Source(Path(name), name, None, "raw") for name in names])


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["a.txt"], ["a"], id="without suffix"),
        pytest.param(["a.txt.gz", "b.html"], ["a", "b"], id="without both suffixes"),
        pytest.param(["a.b.txt"], ["a.b"], id="other points stay"),
        pytest.param(["x/a.txt"], ["a"], id="without folder where it is not needed"),
        pytest.param(["x/a.txt", "y/a.txt"], ["x-a", "y-a"], id="with folder where it is"),
        pytest.param(["a.txt", "y/a.txt"], ["raw-a", "y-a"], id="the folder of the source too"),
        pytest.param(["a.txt", "a.html"], ["raw-a.txt", "raw-a.html"], id="with suffix"),
        pytest.param(
            ["u/x/a.txt", "v/x/a.txt"], ["u-x-a", "v-x-a"], id="with more folders if needed"
        ),
        pytest.param(["a b.txt", "a-b.txt"], ["a-b.txt", "a-b.txt-2"], id="with a number"),
    ],
)
def test_identifiers(names: list[str], expected: list[str]) -> None:
    assert ids(*names) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000_063f", "d000_063f"),
        ("Dépêche n° 1 (copie)", "Dépêche-n-1-copie"),
        ("e\u0301te\u0301", "dété"),
        ("été", "dété"),
        ("", "d"),
        ("---", "d"),
        ("عربي", "dعربي"),
        ("a:b.c_d-e", "a:b.c_d-e"),
    ],
)
def test_name_becomes_legal(name: str, expected: str) -> None:
    assert legal(name) == expected


NAMES = st.lists(
    st.text("ab/. é-1", min_size=1, max_size=8).filter(lambda name: name.strip("/. ") != ""),
    unique=True,
    max_size=8,
)


@given(NAMES)
def test_ids_are_unique_and_legal(names: list[str]) -> None:
    found = ids(*sorted(names))

    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[A-Za-z][\w.:-]*", id_) for id_ in found)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".markdown", ".html.gz"])
def test_what_a_file_is_stands_in_no_id(suffix: str) -> None:
    assert identifiers([Source(Path(f"a{suffix}"), f"a{suffix}")]) == ["a"]


@pytest.mark.parametrize(
    ("number", "own", "expected"),
    [
        pytest.param(None, None, ["a"], id="the only one has the id of its file"),
        pytest.param(12, None, ["a-12"], id="another has its number"),
        pytest.param(12, "k", ["k", "a-k", "a-k-12"], id="its own id goes first"),
        pytest.param(3, "7", ["d7", "a-d7", "a-d7-3"], id="a number made legal"),
        pytest.param(None, "https://www.e.org/a?b", ["e.org-a-b", "a-e.org-a-b"], id="address"),
        pytest.param(3, " ?! ", ["a-3"], id="an id of which nothing is legal"),
        pytest.param(None, "x" * 200, ["x" * 120, "a-" + "x" * 120], id="a long one is cut"),
    ],
)
def test_ids_within_a_file(number: int | None, own: str | None, expected: list[str]) -> None:
    assert within("a", number, own) == expected


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        pytest.param([["k", "a-k"], ["m", "a-m"]], ["k", "m"], id="each its own"),
        pytest.param([["k", "a-k"], ["k", "b-k"]], ["a-k", "b-k"], id="none gets what two want"),
        pytest.param([["k"], ["k", "b-k"]], ["k", "b-k"], id="but who has no other"),
        pytest.param(
            [["k", "a-k", "a-1"], ["k", "a-k", "a-2"]], ["a-1", "a-2"], id="then numbers"
        ),
        pytest.param([["k"], ["k"]], ["k", "k-2"], id="at last a number"),
    ],
)
def test_ids_that_clash(wanted: list[list[str]], ids: list[str]) -> None:
    assert unique(wanted) == ids
