"""Damage to a file: some of its bytes cut off, left out, doubled, replaced or put in."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

#: What is done: how, where as a share of the file, to how many bytes, with which.
Damage = list[tuple[str, float, int, bytes]]


def damages(dirt: Sequence[bytes], longest: int, most: int) -> st.SearchStrategy[Damage]:
    """Return a strategy of at most so many kinds of damage, each to so many bytes at most."""
    one = st.tuples(
        st.sampled_from(["cut", "drop", "double", "dirt", "flip"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, longest),
        st.sampled_from(dirt),
    )
    return st.lists(one, min_size=1, max_size=most)


def damaged(content: bytes, how: Damage) -> bytes:
    """Return bytes with some of them cut off, left out, doubled, replaced or put in."""
    for kind, where, size, dirt in how:
        at = int(where * len(content))
        before, part, after = content[:at], content[at : at + size], content[at + size :]
        made = {
            "cut": before,
            "drop": before + after,
            "double": before + part + part + after,
            "dirt": before + dirt + part + after,
            "flip": before + dirt + after,
        }
        content = made[kind]
    return content
