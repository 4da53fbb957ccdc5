"""Operations that make predicted clusters those of gold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.chains import Place
from glose.evaluate.conflation import OPERATIONS, Cluster, Clusters


def cluster(names: str) -> Cluster:
    return frozenset(Place(((ord(name), ord(name) + 1),), ()) for name in names)


def clusters(gold: str, predicted: str) -> Clusters:
    """Return the clusters that `ab cd` writes."""
    golds, guesses = (tuple(map(cluster, each.split())) for each in (gold, predicted))
    return Clusters(golds, guesses, {m: n for n, each in enumerate(golds) for m in each})


@pytest.mark.parametrize(("gold", "predicted", "expected"), [
    pytest.param("", "", {}, id="nothing"),
    pytest.param("ab cd", "ab cd", {}, id="the same"),
    pytest.param("ab", "", {"missing entity": 1}, id="nothing predicted"),
    pytest.param("", "ab", {"extra entity": 1}, id="nothing in gold"),
    pytest.param("abc", "ab", {"missing mention": 1}, id="a mention is missing"),
    pytest.param("ab", "abc", {"extra mention": 1}, id="a mention too many"),
    pytest.param("ab cd", "abcd", {"conflated": 1}, id="two in one"),
    pytest.param("ab cd ef", "abcdef", {"conflated": 2}, id="three in one"),
    pytest.param("abcd", "ab cd", {"divided": 1}, id="one in two"),
    pytest.param("ab cd", "ac bd", {"conflated": 2, "divided": 2}, id="crosswise"),
    pytest.param("abc de", "abd xy", {"conflated": 1, "extra entity": 1, "missing mention": 2},
                 id="several at once"),
])  # fmt: skip
def test_operations(gold: str, predicted: str, expected: dict[str, int]) -> None:
    found = clusters(gold, predicted).operations()

    assert {name: number for name, number in found.items() if number} == expected


@pytest.mark.parametrize(("chosen", "expected"), [
    ([], "abd exy xz"),
    (["extra entity"], "abd exy"),
    (["extra mention"], "abd e xz"),
    (["conflated"], "ab d exy xz"),
    (["divided"], "abd exy xz"),
    (["conflated", "divided"], "ab dexy xz"),
    (["missing mention"], "abcd exy xz"),
    (["missing entity"], "abd exy xz fg"),
])  # fmt: skip
def test_repaired(chosen: list[str], expected: str) -> None:
    found = clusters("abc de fg", "abd exy xz").repaired(chosen)

    assert set(found) == set(map(cluster, expected.split()))


PARTITIONS = st.lists(st.sampled_from(range(5)), min_size=8, max_size=8)


@given(PARTITIONS, PARTITIONS)
def test_all_operations_lead_to_gold(gold: list[int], predicted: list[int]) -> None:
    """Mentions in the cluster 0 of a side are in none."""
    sides = []
    for numbers in (gold, predicted):
        parts = (
            "".join("abcdefgh"[n] for n, x in enumerate(numbers) if x == k) for k in range(1, 5)
        )
        sides.append(" ".join(filter(None, parts)))
    found = clusters(*sides)

    assert set(found.repaired(OPERATIONS)) == set(found.gold)
    assert bool(found.operations().total()) == (set(found.gold) != set(found.predicted))
