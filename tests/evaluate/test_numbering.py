"""Ids in the order of a file that numbered its items."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.numbering import natural


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["T1", "T2", "T10"], id="numbers count as numbers"),
        pytest.param(["E2", "T1"], id="letters come first"),
        pytest.param(["T1", "T1a", "T1b"], id="a longer id comes later"),
        pytest.param(["d2-T9", "d10-T1"], id="the first number decides"),
        pytest.param(["7", "T1"], id="a number alone"),
        pytest.param(["T9", "T" + "1" * 5000, "T" + "2" * 5000], id="numbers of any length"),
    ],
)
def test_order(names: list[str]) -> None:
    shuffled = random.Random(1).sample(names, len(names))
    assert sorted(shuffled, key=natural) == names


@given(st.sets(st.from_regex(r"[a-z]{1,2}[1-9]{1,2}", fullmatch=True)))
def test_different_ids_never_tie(names: set[str]) -> None:
    assert len({natural(name) for name in names}) == len(names)
