"""SemEval-2013 as nervaluate counts it, on cases worked by hand and against a slow reading."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.families import spans
from tests.evaluate.families.spans import counted, counts, flat, mentions

from glose.evaluate import waiting
from glose.evaluate.families import semeval2013
from glose.evaluate.families.semeval2013 import SCHEMAS, Schema, Spot, paired

#: Correct, incorrect, partial, missed and spurious by strict, exact, partial and type.
CASES = [
    ("nothing on either side", [], [], ("00000",) * 4),
    ("nothing in gold", [], ["A 0-2"], ("00001",) * 4),
    ("nothing predicted", ["A 0-2"], [], ("00010",) * 4),
    ("all right", ["A 0-2"], ["A 0-2"], ("10000",) * 4),
    ("a wrong type", ["A 0-2"], ["B 0-2"], ("01000", "10000", "10000", "01000")),
    ("a wrong bound", ["A 0-2"], ["A 0-3"], ("01000", "01000", "00100", "10000")),
    ("both wrong", ["A 0-2"], ["B 0-3"], ("01000", "01000", "00100", "01000")),
    ("elsewhere", ["A 0-2"], ["A 4-5"], ("00011",) * 4),
    ("a duplicate", ["A 0-2"], ["A 0-2"] * 2, ("10001",) * 4),
    ("cut in two", ["A 0-4"], ["A 0-2", "A 2-4"], ("01001", "01001", "00101", "10001")),
    ("two made one", ["A 0-2", "A 2-4"], ["A 0-4"], ("01010", "01010", "00110", "10010")),
    (
        "the exact one second in the file: the first took its place",
        ["A 0-2"], ["A 0-3", "A 0-2"], ("01001", "01001", "00101", "10001"),
    ),
    (
        "the exact one first in the file",
        ["A 0-2"], ["A 0-2", "A 0-3"], ("10001",) * 4,
    ),
    (
        "an early one takes the only partner of a later one",
        ["V 8-11"], ["D 8-9", "V 9-11"], ("01001", "01001", "00101", "01001"),
    ),
    (
        "type goes to the nearest bounds, the others to the first in the file",
        ["A 0-6", "A 2-5"], ["A 2-4"], ("01010", "01010", "00110", "10010"),
    ),
    (
        "type prefers its type to what comes first",
        ["B 0-3", "A 2-6"], ["A 0-4"], ("01010", "01010", "00110", "10010"),
    ),
]  # fmt: skip


def five(name: str, gold: list[str], predicted: list[str], type_: str | None = None) -> str:
    found = counts(f"semeval2013/{name}", gold, predicted, type_)
    order = ("correct", "incorrect", "partial", "missed", "spurious")
    assert set(found) == set(order)
    return "".join(f"{found[key]:.0f}" for key in order)


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(schema, gold, predicted, wanted[number], id=f"{schema}: {sentence}")
        for sentence, gold, predicted, wanted in CASES
        for number, schema in enumerate(SCHEMAS)
    ],
)
def test_lists(name: str, gold: list[str], predicted: list[str], wanted: str) -> None:
    assert five(name, gold, predicted) == wanted


def test_a_partial_match_counts_a_half() -> None:
    assert counted("semeval2013/partial", ["A 0-2", "A 4-5"], ["A 0-3"]) == (0.5, 1, 2)


def test_by_type_only_spans_of_the_type_are_paired() -> None:
    """The prediction of B is incorrect among all, and spurious among those of its type."""
    gold, predicted = ["A 0-2"], ["B 0-2"]
    assert five("strict", gold, predicted) == "01000"
    assert five("strict", gold, predicted, "A") == "00010"
    assert five("strict", gold, predicted, "B") == "00001"


def test_the_file_goes_by_the_numbers_of_ids() -> None:
    """T10 comes after T9, whatever the order of the record."""
    gold, predicted = ["A 0-2"], ["A 0-3#T10", "A 0-2#T9"]
    assert five("strict", gold, predicted) == "10001"


def test_the_best_alignment_finds_the_partner_that_a_greedy_one_gives_away() -> None:
    gold, predicted = ["V 8-11"], ["D 8-9", "V 9-11"]
    assert counted("semeval2013/type", gold, predicted) == (0, 2, 1)
    assert counted("entity/type", gold, predicted) == (1, 2, 1)


def test_tags_have_the_order_of_the_text() -> None:
    """As tags, the prediction that begins first is first, whatever its id."""
    gold, predicted = ["A 0-4"], ["A 2-4", "B 0-2"]
    assert five("type", gold, predicted) == "10001"
    assert five("flat-type", gold, predicted) == "01001"


def test_tags_have_the_longest_only() -> None:
    gold, predicted = ["A 0-4", "A 1-2"], ["A 0-4", "A 0-1"]
    assert five("strict", gold, predicted) == "10011"
    assert five("flat-strict", gold, predicted) == "10000"


def test_less_than_a_hundredth_of_a_gold_span_is_no_overlap() -> None:
    assert paired([Spot("A", 0, 101)], [Spot("A", 100, 101)], "type") == (0, 0)
    assert paired([Spot("A", 0, 100)], [Spot("A", 99, 100)], "type") == (1, 0)


def test_a_span_without_a_word_is_found_by_its_equal_only() -> None:
    """White space; nervaluate, which has tokens, knows no such spans."""
    assert paired([Spot("A", 3, 3)], [Spot("A", 2, 5), Spot("A", 3, 3)], "strict") == (1, 0)


spots = st.lists(
    st.builds(
        lambda name, first, length: Spot(name, first, first + length),
        st.sampled_from("AB"), st.integers(0, 8), st.integers(1, 4),
    ),
    max_size=10,
)  # fmt: skip


def slow(gold: list[Spot], predicted: list[Spot], schema: Schema) -> tuple[int, int]:
    """Return what `paired` does, by looking at every gold span for each prediction."""
    fits: dict[Schema, Callable[[Spot, Spot], bool]] = {
        "strict": lambda g, p: g == p,
        "exact": lambda g, p: g[1:] == p[1:],
        "partial": lambda g, p: g[1:] == p[1:],
        "type": lambda g, p: g.type == p.type and g.first < p.last and p.first < g.last,
    }
    left, right, only = list(range(len(gold))), 0, 0
    for p in predicted:
        good = [n for n in left if fits[schema](gold[n], p)]
        if schema == "type":
            good.sort(key=lambda n: abs(gold[n].first - p.first) + abs(gold[n].last - p.last))
        met = [n for n in left if gold[n].first < p.last and p.first < gold[n].last]
        right, only = right + bool(good), only + (not good and bool(met))
        for n in (good or met)[:1]:
            left.remove(n)
    return right, only


@pytest.mark.parametrize("few", [0, 8])
@pytest.mark.parametrize("schema", SCHEMAS)
@given(gold=spots, predicted=spots)
def test_pairs_are_those_of_a_slow_reading(
    few: int, schema: Schema, gold: list[Spot], predicted: list[Spot]
) -> None:
    """In each of the ways to find them: for few spans, for many, and for many that overlap."""
    with mock.patch.multiple(waiting, FEW=few), mock.patch.multiple(semeval2013, MANY=few // 2):
        assert paired(gold, predicted, schema) == slow(gold, predicted, schema)


@pytest.mark.parametrize("prefix", ["", "flat-"])
@pytest.mark.parametrize("schema", SCHEMAS)
@given(gold=mentions, predicted=mentions)
def test_the_five_counts_add_up(
    prefix: str, schema: Schema, gold: list[str], predicted: list[str]
) -> None:
    name = f"semeval2013/{prefix}{schema}"
    found, (correct, given_, wanted) = (
        counts(name, gold, predicted),
        counted(name, gold, predicted),
    )
    assert min(found.values()) >= 0
    paired_ = found["correct"] + found["incorrect"] + found["partial"]
    assert paired_ + found["missed"] == wanted
    assert paired_ + found["spurious"] == given_
    assert correct == found["correct"] + found["partial"] / 2


@pytest.mark.parametrize("schema", SCHEMAS)
@given(gold=flat)
def test_gold_against_itself_is_perfect_where_nothing_overlaps(
    schema: Schema, gold: list[str]
) -> None:
    for name in (f"semeval2013/{schema}", f"semeval2013/flat-{schema}"):
        assert counted(name, gold, gold) == (len(gold),) * 3


@pytest.mark.parametrize("schema", ["strict", "exact", "partial"])
@given(gold=flat, predicted=flat)
def test_where_nothing_overlaps_it_is_the_best_alignment(
    schema: Schema, gold: list[str], predicted: list[str]
) -> None:
    """Not so for the type, of which the best alignment may find more."""
    found = counts(f"semeval2013/flat-{schema}", gold, predicted)
    assert found["correct"] == counts(f"entity/{schema}", gold, predicted)["correct"]


@given(gold=mentions, predicted=mentions)
def test_tags_do_not_depend_on_the_order(gold: list[str], predicted: list[str]) -> None:
    """Of spans that are not equal: among equals the ids decide."""
    gold, predicted = sorted(set(gold)), sorted(set(predicted))
    for schema in SCHEMAS:
        name = f"semeval2013/flat-{schema}"
        assert spans.tally(name, gold, predicted) == spans.tally(name, gold[::-1], predicted[::-1])
