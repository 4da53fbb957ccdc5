"""Marks around what is to be decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.versions.markers import marked

sides = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n"]), max_size=8)


def side(lines: list[bytes], which: str) -> list[bytes]:
    """Return the lines of one side of what stands between marks."""
    kept, where = [], "both"
    for line in lines:
        if line.startswith((b"<<<", b"===", b">>>")):
            where = {b"<": "ours", b"=": "theirs", b">": "both"}[line[:1]]
        elif where in ("both", which):
            kept.append(line)
    return kept


@given(sides, sides)
def test_each_side_can_be_had_again(ours: list[bytes], theirs: list[bytes]) -> None:
    found = list(marked(ours, theirs))

    assert side(found, "ours") == ours
    assert side(found, "theirs") == theirs


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("abc", "abc", "abc"),
        ("", "", ""),
        ("abc", "axc", "a<b=x>c"),
        ("a", "ab", "a<=b>"),
        ("ba", "a", "<b=>a"),
        ("a", "", "<a=>"),
        ("axbyc", "azbwc", "a<x=z>b<y=w>c"),
        ("aa", "aaa", "aa<=a>"),
    ],
)
def test_what_is_equal_stands_once(ours: str, theirs: str, expected: str) -> None:
    lines = marked([c.encode() for c in ours], [c.encode() for c in theirs], 1)

    assert (
        b"".join(lines).decode().replace(" ours\n", "").replace(" theirs\n", "").replace("\n", "")
        == expected
    )


def test_lines_that_recur_take_no_time() -> None:
    """Every paragraph of a text ends in the same blank line."""
    blank = [b'text "\\n"\n'] * 20_000
    found = list(marked([*blank, b"a\n", *blank], [*blank, b"b\n", *blank]))

    assert len(found) == 40_005
