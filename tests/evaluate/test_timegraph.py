"""The timegraph takes links in as the TempEval-3 toolkit does, slips included.

What the toolkit does was seen by running it on 2,000 random sets of links (consistent and not, up
to 90 links of 30 intervals): the links kept and violated, and the answers to 60 questions of each,
were the same. The cases here are some of them, small enough to follow by hand.
"""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.timechains import Chains, Point
from glose.evaluate.timegraph import DEMANDS, LEVELS, REVERSED, Timegraph, TimeLink


def link(written: str) -> TimeLink:
    """Return the link that `a BEFORE b` writes."""
    source, relation, target = written.split()
    return TimeLink(source, target, relation)


def graph(*written: str) -> Timegraph:
    return Timegraph.of(map(link, written))


links = st.builds(
    TimeLink, st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from(sorted(LEVELS))
)


@pytest.mark.parametrize("relation", sorted(DEMANDS))
def test_a_link_holds_where_it_was_put_in(relation: str) -> None:
    assert graph(f"a {relation} b").holds(link(f"a {relation} b"))


@pytest.mark.parametrize("relation", sorted(set(DEMANDS) - {"BEGUN_BY", "IDENTITY"}))
def test_a_link_holds_from_the_other_side(relation: str) -> None:
    seen = REVERSED.get(relation, relation)

    assert graph(f"a {relation} b").holds(link(f"b {seen} a"))


@pytest.mark.parametrize(
    ("known", "asked", "holds"),
    [
        pytest.param(["a BEFORE b", "b BEFORE c"], "a BEFORE c", True, id="over another"),
        pytest.param(["b BEFORE c", "a BEFORE b"], "a BEFORE c", True, id="put in from the end"),
        pytest.param(["a BEFORE b", "a BEFORE c"], "b BEFORE c", False, id="two are not ordered"),
        pytest.param(["a BEFORE b", "c BEFORE b"], "a BEFORE c", False, id="nor two before one"),
        pytest.param(
            ["a INCLUDES b", "b INCLUDES c"], "c IS_INCLUDED a", True, id="inside what is inside"
        ),
        pytest.param(
            ["a SIMULTANEOUS b", "b BEFORE c"], "a BEFORE c", True, id="what is the same"
        ),
        pytest.param(["a IBEFORE b", "b IBEFORE c"], "a BEFORE c", True, id="over one between"),
        pytest.param(["a BEFORE b"], "a BEFORE z", False, id="an interval that it does not know"),
        pytest.param(["a BEFORE b"], "a VAGUE b", False, id="a relation that it does not know"),
        pytest.param(
            ["a SIMULTANEOUS b", "b BEGINS c"], "a BEGINS c", False, id="slip: BEGINS never holds"
        ),
        pytest.param(
            ["b BEFORE c", "a BEFORE b", "z BEFORE a"], "a BEGUN_BY z", True,
            id="slip: all that is put before others starts at one place",
        ),
    ],
)  # fmt: skip
def test_what_follows(known: list[str], asked: str, holds: bool) -> None:
    assert graph(*known).holds(link(asked)) == holds


@pytest.mark.parametrize(
    ("given_", "kept", "implied", "violated"),
    [
        pytest.param([], 0, 0, 0, id="nothing"),
        pytest.param(["a BEFORE b"] * 2, 1, 0, 0, id="the same twice"),
        pytest.param(["a BEFORE b", "b BEFORE c", "a BEFORE c"], 2, 1, 0, id="it follows"),
        pytest.param(["a BEFORE c", "a BEFORE b", "b BEFORE c"], 3, 0, 0, id="slip: it will"),
        pytest.param(["a BEFORE b", "b AFTER a"], 1, 1, 0, id="the same from the other side"),
        pytest.param(["a BEFORE b", "b BEFORE a"], 1, 0, 1, id="it contradicts"),
        pytest.param(["a BEFORE a"], 0, 0, 1, id="before itself"),
        pytest.param(["a SIMULTANEOUS a"], 1, 0, 0, id="the same as itself"),
        pytest.param(["a SIMULTANEOUS a", "a BEFORE a"], 1, 0, 1, id="and then before itself"),
        pytest.param(["a VAGUE b"], 0, 0, 1, id="an unknown relation of two new intervals"),
        pytest.param(["a BEFORE b", "c VAGUE b"], 1, 0, 1, id="of one new interval"),
        pytest.param(["a BEGINS b"], 1, 0, 0, id="BEGINS of two new intervals"),
        pytest.param(
            ["a BEFORE b", "c BEFORE b", "a BEGINS c"], 2, 0, 1, id="slip: BEGINS of two known"
        ),
        pytest.param(
            ["a BEFORE b", "c BEFORE b", "a ENDS c"], 3, 0, 0, id="what says more joins chains"
        ),
    ],
)  # fmt: skip
def test_what_is_taken_in(given_: list[str], kept: int, implied: int, violated: int) -> None:
    found = graph(*given_)

    assert (len(found.kept), len(found.implied), len(found.violated)) == (kept, implied, violated)


@pytest.mark.parametrize("relation", sorted(LEVELS))
@pytest.mark.parametrize("first", ["a BEFORE b", "b BEFORE a", "a INCLUDES b", "c INCLUDES b"])
def test_a_new_interval_stands_as_it_was_put_in(relation: str, first: str) -> None:
    found = graph(first, f"n {relation} b")

    # IBEFORE and the like say nothing that can be asked of BEGINS (see above).
    assert found.kept == [link(first), link(f"n {relation} b")]
    assert relation == "BEGINS" or found.holds(link(f"n {relation} b"))


@given(st.lists(links, max_size=12))
def test_every_link_is_kept_implied_or_violated(given_: list[TimeLink]) -> None:
    found = Timegraph.of(given_)

    assert len(found.kept) + len(found.implied) + len(found.violated) == len(set(given_))


@given(st.lists(links, max_size=8))
def test_duplicates_change_nothing(given_: list[TimeLink]) -> None:
    once, twice = Timegraph.of(given_), Timegraph.of([*given_, *given_])

    assert (once.kept, once.violated) == (twice.kept, twice.violated)


def test_the_order_of_links_matters() -> None:
    written = ("a BEFORE c", "a BEFORE b", "b BEFORE c")

    assert {len(graph(*order).kept) for order in permutations(written)} == {2, 3}


def chains(*crossings: tuple[tuple[int, int], tuple[int, int]]) -> Chains:
    """Return points (chain, place) by name with crossings between them."""
    found = Chains()
    for ends in crossings:
        named = [((f"{chain}", place), Point(chain, place)) for chain, place in ends]
        found.points.update(named)
        found.cross(*named)
    return found


@pytest.mark.parametrize(
    ("p", "q", "relation"),
    [
        pytest.param((0, 1), (0, 2), "<", id="along a chain"),
        pytest.param((0, 2), (0, 2), "=", id="at one place"),
        pytest.param((1, 5), (0, 1), ">", id="back over a crossing"),
        pytest.param((0, 1), (2, 9), "<", id="over two crossings"),
        pytest.param((0, 2), (1, 5), None, id="the crossing is before"),
        pytest.param((3, 1), (4, 1), "=", id="both ways"),
    ],
)
def test_points_are_compared_along_ways(
    p: tuple[int, int], q: tuple[int, int], relation: str | None
) -> None:
    found = chains(((0, 1), (1, 5)), ((1, 7), (2, 8)), ((3, 1), (4, 1)), ((4, 1), (3, 1)))
    for chain, place in (p, q, (0, 2), (2, 9)):
        found.points.setdefault((f"{chain}", place), Point(chain, place))

    assert found.relation((f"{p[0]}", p[1]), (f"{q[0]}", q[1])) == relation


def test_no_way_comes_back_into_a_chain_it_has_been_in() -> None:
    """From 0 over 1 at 9 and 2 one would come into 1 at 3 and so to the way out at 4."""
    found = chains(((0, 1), (1, 9)), ((1, 9), (2, 1)), ((2, 1), (1, 3)), ((1, 4), (5, 1)))

    assert found.relation(("0", 1), ("5", 1)) is None


def test_another_way_in_is_found_where_the_first_is_cut_short() -> None:
    found = chains(
        ((0, 1), (1, 9)), ((1, 9), (2, 1)), ((2, 1), (1, 3)), ((1, 4), (5, 1)), ((0, 1), (2, 0))
    )

    assert found.relation(("0", 1), ("5", 1)) == "<"


def test_hundreds_of_links_take_no_time() -> None:
    draw = random.Random(1)
    places = [sorted(draw.sample(range(1000), 2)) for _ in range(150)]
    pairs = [draw.sample(range(150), 2) for _ in range(600)]
    ordered = [(x, y) for x, y in pairs if places[x][1] < places[y][0]]

    assert not Timegraph.of(TimeLink(f"{x}", f"{y}", "BEFORE") for x, y in ordered).violated
