"""The order of Java's HashMap, as OpenJDK 17 has it."""

from __future__ import annotations

import pytest

from glose.evaluate.hashmap import order


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("T1 T2 T3 T1", "T1 T2 T3", id="a key that comes again stays where it was"),
        pytest.param(
            "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12",
            "R2 R10 R3 R4 R12 R5 R11 R6 R7 R8 R9 R1",
            id="twelve keys, sixteen buckets",
        ),
        pytest.param(
            "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13",
            "R2 R3 R4 R5 R6 R7 R8 R9 R10 R12 R11 R13 R1",
            id="thirteen keys, twice as many buckets",
        ),
        pytest.param("é 😀 a", "a 😀 é", id="letters outside of ASCII count by their UTF-16"),
    ],
)
def test_order(keys: str, wanted: str) -> None:
    assert order(keys.split()) == wanted.split()


def test_no_key_is_lost() -> None:
    keys = [f"T{number}" for number in range(5000)]
    assert sorted(order(keys)) == sorted(keys)
