"""What follows from temporal links, and the fewest links from which it does."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glose.evaluate.closure import RELATIONS, Closure, Fact, Link, distinct, facts, reached, sense


def link(written: str) -> Link:
    """Return the link that `a BEFORE b` writes."""
    source, relation, target = written.split()
    return Link(source, target, relation)


def written(links: Iterable[Link]) -> list[str]:
    return [f"{each.source} {each.relation} {each.target}" for each in links]


links = st.builds(
    Link, st.sampled_from("abcd"), st.sampled_from("abcd"), st.sampled_from(sorted(RELATIONS))
)
EVERY = [Link(x, y, relation) for x, y in product("abcd", repeat=2) for relation in RELATIONS]


def fixpoint(links: Iterable[Link]) -> set[Fact]:
    """Return all facts by composing them until nothing new comes: slow, and easy to believe."""
    said = {fact for link in links for fact in facts(link)}
    for p, _, q in list(said):
        said |= {((each[0], 1), "<", (each[0], 2)) for each in (p, q)}
    while True:
        new = {(q, sign, p) for p, sign, q in said if sign == "="}
        new |= {(p, min(sign, other), s) for p, sign, q in said for r, other, s in said if q == r}
        new |= {(p, "=", p) for fact in said for p in (fact[0], fact[2])}
        if new <= said:
            return said
        said |= new


@pytest.mark.parametrize(
    ("given_", "asked", "holds"),
    [
        pytest.param([], "a BEFORE b", False, id="from nothing"),
        pytest.param(["a BEFORE b"], "a BEFORE b", True, id="what is said"),
        pytest.param(["a BEFORE b"], "b AFTER a", True, id="from the other side"),
        pytest.param(["a BEFORE b", "b BEFORE c"], "a BEFORE c", True, id="before and before"),
        pytest.param(["a BEFORE b", "a BEFORE c"], "b BEFORE c", False, id="two after one"),
        pytest.param(["a SIMULTANEOUS b", "b BEGINS c"], "a BEGINS c", True, id="the same begins"),
        pytest.param(["a INCLUDES b", "c BEFORE a"], "c BEFORE b", True, id="in what is after"),
        pytest.param(["a INCLUDES b", "b BEFORE c"], "a BEFORE c", False, id="it may last longer"),
        pytest.param(["a IBEFORE b", "b IBEFORE c"], "a BEFORE c", True, id="one lies between"),
        pytest.param(["a BEGINS b", "c BEGINS b"], "a BEGINS-ON c", True, id="one beginning"),
        pytest.param(["a ENDS b"], "b ENDED_BY a", True, id="ends is ended by"),
        pytest.param(["a OVERLAP b"], "b OVERLAP a", True, id="overlap has no direction"),
        pytest.param(["a INCLUDES b"], "a OVERLAP b", True, id="what includes overlaps"),
        pytest.param(["a DURING b"], "a IDENTITY b", True, id="DURING is taken for the same"),
        pytest.param(["a BEFORE b"], "a BEFORE z", False, id="an unknown interval"),
        pytest.param(["a BEFORE b"], "a VAGUE b", False, id="an unknown relation"),
        pytest.param(["a BEFORE b", "b BEFORE a"], "a BEFORE a", True, id="a contradiction"),
        pytest.param(["a BEFORE b", "b BEFORE a"], "a SIMULTANEOUS b", False, id="is no equality"),
        pytest.param(["a IBEFORE a"], "a BEFORE a", True, id="that ends where it starts"),
    ],
)
def test_what_follows(given_: list[str], asked: str, holds: bool) -> None:
    assert Closure([link(each) for each in given_]).holds(link(asked)) == holds


@given(st.lists(links, max_size=5))
def test_what_follows_is_what_composition_gives(given_: list[Link]) -> None:
    every, closure = fixpoint(given_), Closure(given_)

    assert [closure.holds(each) for each in EVERY] == [
        every.issuperset(facts(each)) for each in EVERY
    ]


@given(st.permutations([link(f"{x} {r} {y}") for x, r, y in zip(
    "abcabca", ("BEFORE", "ENDS", "OVERLAP", "IAFTER", "BEGINS", "BEFORE", "INCLUDES"), "bcadcdd",
    strict=True,
)]))  # fmt: skip
def test_order_does_not_matter(given_: list[Link]) -> None:
    closure, sorted_ = Closure(given_), Closure(sorted(given_))

    assert [*map(closure.holds, EVERY)] == [*map(sorted_.holds, EVERY)]
    assert closure.reduced() == sorted_.reduced()


@pytest.mark.parametrize(
    ("given_", "reduced"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["a BEFORE b"], ["a BEFORE b"], id="one"),
        pytest.param(["b AFTER a", "a BEFORE b"], ["a BEFORE b"], id="one in two ways"),
        pytest.param(
            ["a BEFORE c", "a BEFORE b", "b BEFORE c"], ["a BEFORE b", "b BEFORE c"],
            id="what follows goes, wherever it stands",
        ),
        pytest.param(
            ["a SIMULTANEOUS b", "b SIMULTANEOUS c", "a SIMULTANEOUS c"],
            ["a SIMULTANEOUS b", "a SIMULTANEOUS c"],
            id="of what is the same, as many as hold it together",
        ),
        pytest.param(
            ["a SIMULTANEOUS b", "a BEFORE c", "b BEFORE c"], ["a SIMULTANEOUS b", "a BEFORE c"],
            id="the same said of two that are the same",
        ),
        pytest.param(
            ["a BEGINS b", "a SIMULTANEOUS c", "c BEGINS b"], ["a BEGINS b", "a SIMULTANEOUS c"],
            id="a link goes only if all that it says follows",
        ),
        pytest.param(["a OVERLAP b", "a INCLUDES b"], ["a INCLUDES b"], id="the stronger stays"),
        pytest.param(
            ["a BEFORE b", "b BEFORE a"], ["a BEFORE b", "b BEFORE a"], id="contradictions stay"
        ),
        pytest.param(["a VAGUE b"], [], id="what says nothing is nothing"),
    ],
)  # fmt: skip
def test_reduction(given_: list[str], reduced: list[str]) -> None:
    assert written(Closure([link(each) for each in given_]).reduced()) == reduced


@given(st.lists(links, max_size=6))
def test_reduced_links_say_as_much(given_: list[Link]) -> None:
    closure = Closure(given_)
    again = Closure(closure.reduced())
    # A link of an interval with itself may say only that the interval is there.
    asked = [each for each in EVERY if each.source != each.target]

    assert [*map(again.holds, asked)] == [*map(closure.holds, asked)]


@given(st.lists(links, max_size=6))
@example([Link("a", "b", "IS_INCLUDED"), Link("b", "a", "AFTER"), Link("b", "a", "CONTAINS")])
def test_reducing_twice_is_reducing_once(given_: list[Link]) -> None:
    reduced = Closure(given_).reduced()

    assert Closure(reduced).reduced() == reduced


@given(links, links)
def test_links_of_one_sense_follow_from_each_other(one: Link, other: Link) -> None:
    if sense(one) == sense(other):
        assert Closure([one]).holds(other)
        assert distinct([one, other]) == [min(one, other, key=lambda e: (repr(e[:2]), e.relation))]


def test_reached_knows_cycles() -> None:
    found = reached([{1}, {2}, {1, 3}, set(), {4}, {0}])

    assert [[n for n in range(6) if bits >> n & 1] for bits in found] == [
        [1, 2, 3], [1, 2, 3], [1, 2, 3], [], [4], [0, 1, 2, 3],
    ]  # fmt: skip


def test_thousands_of_links_take_seconds() -> None:
    draw = random.Random(1)
    places = [sorted(draw.sample(range(10_000), 2)) for _ in range(1_500)]
    pairs = [draw.sample(range(1_500), 2) for _ in range(5_000)]
    ordered = [Link(x, y, "BEFORE") for x, y in pairs if places[x][1] < places[y][0]]
    start = time.process_time()
    closure = Closure(ordered)

    assert all(map(closure.holds, closure.reduced()))
    assert time.process_time() - start < 10
