"""Named entities as the scorer of CLEF HIPE counts them, on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.evaluate.families import spans
from tests.evaluate.families.spans import counted, counts, flat, mentions

from glose.evaluate.counts import Table
from glose.evaluate.families.hipe2022 import greedy
from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import METRICS
from glose.evaluate.results import Average, Score
from glose.evaluate.scores import scores

NAMES = ("strict", "fuzzy", "exact", "partial")

#: Correct, incorrect, partial, missed and spurious by strict, fuzzy, exact and partial.
CASES = [
    ("nothing on either side", [], [], ("00000",) * 4),
    ("nothing in gold", [], ["A 0-2"], ("00001",) * 4),
    ("nothing predicted", ["A 0-2"], [], ("00010",) * 4),
    ("all right", ["A 0-2"], ["A 0-2"], ("10000",) * 4),
    ("a wrong type", ["A 0-2"], ["B 0-2"], ("01000", "01000", "10000", "10000")),
    ("a wrong bound", ["A 0-2"], ["A 0-3"], ("01000", "10000", "01000", "00100")),
    ("both wrong", ["A 0-2"], ["B 0-3"], ("01000", "01000", "01000", "00100")),
    ("elsewhere", ["A 0-2"], ["A 4-5"], ("00011",) * 4),
    ("a duplicate vanishes", ["A 0-2"], ["A 0-2"] * 2, ("10000",) * 4),
    ("cut in two", ["A 0-4"], ["A 0-2", "A 2-4"], ("01001", "10001", "01001", "00101")),
    ("two made one", ["A 0-2", "A 2-4"], ["A 0-4"], ("01010", "10010", "01010", "00110")),
    (
        "the first that overlaps takes the only partner of the second",
        ["V 8-11"], ["D 8-9", "V 9-11"], ("01001", "01001", "01001", "00101"),
    ),
    (
        "the first of gold is taken, not the one of the type",
        ["B 0-2", "A 2-4"], ["A 1-4"], ("01010", "01010", "01010", "00110"),
    ),
    (
        "each takes its own",
        ["A 0-2", "A 2-4"], ["A 1-3", "A 3-5"], ("02000", "20000", "02000", "00200"),
    ),
    ("nested ones are lost", ["A 0-4", "B 1-2"], ["A 0-4"], ("10000",) * 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(name, gold, predicted, wanted[number], id=f"{name}: {sentence}")
        for sentence, gold, predicted, wanted in CASES
        for number, name in enumerate(NAMES)
    ],
)
def test_regimes(name: str, gold: list[str], predicted: list[str], wanted: str) -> None:
    found = counts(f"hipe2022/{name}", gold, predicted)
    order = ("correct", "incorrect", "partial", "missed", "spurious")
    assert "".join(f"{found[key]:.0f}" for key in order) == wanted


def test_by_type_a_prediction_counts_under_the_type_of_gold_that_it_overlaps() -> None:
    """So PER has two predictions, one of them called ORG, and ORG only the spurious one."""
    gold, predicted = ["PER 0-2", "PER 4-5"], ["PER 0-2", "ORG 4-5", "ORG 8-9"]
    assert counted("hipe2022/strict", gold, predicted, "PER") == (1, 2, 2)
    assert counted("hipe2022/strict", gold, predicted, "ORG") == (0, 1, 0)
    assert counted("entity/strict", gold, predicted, "PER") == (1, 1, 2)
    assert counted("entity/strict", gold, predicted, "ORG") == (0, 2, 0)


def test_offsets_may_be_in_any_unit() -> None:
    assert greedy([("Q1", 0, 2)], [("Q1", 0, 1)])[None] == (0, 1, 0, 0, 0, 0, 0, 0)


def documents() -> Table:
    """Return four documents: half right, all right, nothing in gold, nothing predicted."""
    found = Table()
    for gold, predicted in (
        (["A 0-2", "B 4-5"], ["A 0-2", "B 4-6"]),
        (["A 0-1"], ["A 0-1"]),
        ([], ["B 0-1"]),
        (["A 0-1"], []),
    ):
        found.add(spans.tally("hipe2022/strict", gold, predicted))
    return found


def found(average: Average, type_: str | None = None) -> Score:
    each = scores(documents(), [METRICS["hipe2022/strict"]], Sampling(0))
    return next(s for s in each if (s.average, s.type) == (average, type_))


@pytest.mark.parametrize(
    ("average", "type_", "wanted"),
    [
        # Of the documents P 1/2, 1, 0; R 1/2, 1, 0; F 1/2, 1 where there are both.
        pytest.param("macro-document", None, (0.5, 0.5, 0.75), id="documents"),
        pytest.param("macro-document", "A", (1.0, 2 / 3, 1.0), id="documents, of one type"),
        pytest.param("macro-document", "B", (0.0, 0.0, 0.0), id="documents, of the other"),
        # A: 2 of 2, 2 of 3; B: 0 of 2, 0 of 1.
        pytest.param("macro", None, (0.5, 1 / 3, 0.4), id="types"),
        pytest.param("macro-of-means", None, (0.5, 1 / 3, 0.4), id="types, F1 of the means"),
    ],
)
def test_averages(average: Average, type_: str | None, wanted: tuple[float, ...]) -> None:
    score = found(average, type_)
    assert (score.precision, score.recall, score.f1) == pytest.approx(wanted)


def test_a_mean_over_documents_has_their_spread() -> None:
    spread = found("macro-document").extras
    assert spread == pytest.approx(
        {"precision_std": (1 / 6) ** 0.5, "recall_std": (1 / 6) ** 0.5, "f1_std": 0.25}
    )


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(["A 0-2"], ["A 0-2"], 0.0, id="all right"),
        pytest.param(["A 0-2"], ["B 0-2"], 0.5, id="a wrong type is half an error"),
        pytest.param(["A 0-2"], ["A 0-3"], 0.5, id="a wrong bound is half an error"),
        pytest.param(["A 0-2"], ["B 0-3"], 1.0, id="both wrong is one"),
        pytest.param(["A 0-2"], [], 1.0, id="a missed one"),
        pytest.param(["A 0-2"], ["A 0-2", "A 4-5", "A 6-7"], 2.0, id="two spurious ones"),
        pytest.param([], ["A 4-5"], None, id="nothing in gold: undefined"),
    ],
)
def test_slot_error_rate(gold: list[str], predicted: list[str], wanted: float | None) -> None:
    table = Table()
    table.add(spans.tally("hipe2022/strict", gold, predicted))
    micro = next(scores(table, [METRICS["hipe2022/strict"]], Sampling(0)))
    assert micro.extras == {"slot_error_rate": wanted}


@pytest.mark.parametrize("name", NAMES)
@given(gold=mentions, predicted=mentions)
def test_shares_are_shares(name: str, gold: list[str], predicted: list[str]) -> None:
    correct, given_, wanted = counted(f"hipe2022/{name}", gold, predicted)
    assert 0 <= correct <= min(given_, wanted)


@pytest.mark.parametrize("name", NAMES)
@given(gold=mentions)
def test_gold_against_itself_is_perfect(name: str, gold: list[str]) -> None:
    correct, given_, wanted = counted(f"hipe2022/{name}", gold, gold)
    assert correct == given_ == wanted


@given(gold=flat, predicted=flat)
def test_exact_matches_are_those_of_the_best_alignment(
    gold: list[str], predicted: list[str]
) -> None:
    for name in ("strict", "exact"):
        wanted = counted(f"entity/{name}", gold, predicted)
        assert counted(f"hipe2022/{name}", gold, predicted) == wanted


@given(gold=flat, predicted=flat)
def test_the_order_of_the_record_does_not_matter(gold: list[str], predicted: list[str]) -> None:
    for name in NAMES:
        wanted = spans.tally(f"hipe2022/{name}", gold, predicted)
        assert spans.tally(f"hipe2022/{name}", gold[::-1], predicted[::-1]) == wanted
