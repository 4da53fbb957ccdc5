"""Sets of spans as spaCy has them, on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.evaluate.families.spans import counted, flat, mentions, share

NAMES = ("spacy/spans", "spacy/spans-unlabeled", "spacy/ents")


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param([], [], [(0, 0, 0)] * 3, id="nothing on either side"),
        pytest.param([], ["A 0-2"], [(0, 1, 0)] * 3, id="nothing in gold"),
        pytest.param(["A 0-2"], [], [(0, 0, 1)] * 3, id="nothing predicted"),
        pytest.param(["A 0-2"], ["A 0-2"], [(1, 1, 1)] * 3, id="all right"),
        pytest.param(
            ["A 0-2"], ["B 0-2"], [(0, 1, 1), (1, 1, 1), (0, 1, 1)], id="a wrong type"
        ),
        pytest.param(["A 0-2"], ["A 0-3"], [(0, 1, 1)] * 3, id="a wrong bound"),
        pytest.param(["A 0-2"], ["A 0-2"] * 2, [(1, 1, 1)] * 3, id="a duplicate vanishes"),
        pytest.param(
            ["A 0-2"], ["A 0-2", "B 0-2"], [(1, 2, 1), (1, 1, 1), (1, 1, 1)], id="of two types one"
        ),
        pytest.param(
            ["A 0-4", "A 1-2"], ["A 1-2"], [(1, 1, 2), (1, 1, 2), (0, 1, 1)], id="nested"
        ),
        pytest.param(
            ["A 0-3", "B 2-6"], ["A 0-3", "B 2-6"], [(2, 2, 2), (2, 2, 2), (1, 1, 1)],
            id="crossing",
        ),
        pytest.param(["A 0-1+3-4"], ["A 0-4"], [(1, 1, 1)] * 3, id="fragments do not count"),
    ],
)  # fmt: skip
def test_spans(gold: list[str], predicted: list[str], wanted: list[tuple[float, ...]]) -> None:
    assert [counted(name, gold, predicted) for name in NAMES] == wanted


def test_without_labels_a_type_has_numerators_of_its_own() -> None:
    """What is predicted as B is right by its span, and so is the gold span of A."""
    found = share("spacy/spans-unlabeled", ["A 0-2"], ["B 0-2"], "B")
    assert tuple(found) == (1, 1, 0, 0)


@pytest.mark.parametrize("name", NAMES)
@given(gold=mentions, predicted=mentions)
def test_shares_are_shares_and_sides_can_be_swapped(
    name: str, gold: list[str], predicted: list[str]
) -> None:
    correct, found, wanted = counted(name, gold, predicted)
    assert 0 <= correct <= min(found, wanted)
    assert counted(name, predicted, gold) == (correct, wanted, found)
    assert counted(name, gold[::-1], predicted[::-1])[1:] == (found, wanted)


@pytest.mark.parametrize("name", NAMES)
@given(gold=mentions)
def test_gold_against_itself_is_perfect(name: str, gold: list[str]) -> None:
    correct, found, wanted = counted(name, gold, gold)
    assert correct == found == wanted


@given(gold=flat, predicted=flat)
def test_where_nothing_overlaps_it_is_the_strict_match(
    gold: list[str], predicted: list[str]
) -> None:
    wanted = counted("entity/strict", gold, predicted)
    assert counted("spacy/spans", gold, predicted) == wanted
    assert counted("spacy/ents", gold, predicted) == wanted
