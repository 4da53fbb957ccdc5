"""Tag lists have the figures, texts and warnings of seqeval 1.2.2.

`seqeval.json` holds 35 random pairs of tag lists, in all schemes and in none, with what seqeval
says of them.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import tags
from glose.evaluate.tags.chunks import Texts
from glose.evaluate.tags.schemes import SCHEMES, detected, find, strict

CASES = json.loads((Path(__file__).parent / "seqeval.json").read_text())["cases"]
UNDEFINED = "ignore::sklearn.exceptions.UndefinedMetricWarning"


def called(function: Callable[..., Any], *given_: object, **named: object) -> dict[str, Any]:
    """Return what a function returns, as JSON has it, and of what it warned."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        value = function(*given_, **named)
    shown = value.tolist() if isinstance(value, np.ndarray) else value
    texts = {f"{each.category.__name__}: {each.message}" for each in told}
    return {"value": json.loads(json.dumps(shown)), "warnings": sorted(texts)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_figures_are_those_of_seqeval(case: dict[str, Any]) -> None:
    gold, predicted, suffix = case["gold"], case["predicted"], case["suffix"]
    for key, expected in case["expected"].items():
        name, *how, mode = key.split()
        options: dict[str, Any] = {"suffix": suffix}
        if mode == "strict":
            options |= {"mode": "strict", "scheme": getattr(tags, case["scheme"])}
        if name in ("text", "dict"):
            number = int(case["id"].rpartition("-")[2]) % 2
            options |= (
                {"digits": (2, 4)[number]}
                if name == "text"
                else {"output_dict": True, "zero_division": number}
            )
            found = called(tags.classification_report, gold, predicted, **options)
        else:
            options["average"] = None if how == ["None"] else how[0]
            found = called(getattr(tags, name), gold, predicted, **options)
        assert found == expected, key


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_chunks_and_tags_are_those_of_seqeval(case: dict[str, Any]) -> None:
    gold, predicted = case["gold"], case["predicted"]

    assert called(tags.get_entities, gold, case["suffix"]) == case["entities"]
    assert tags.accuracy_score(gold, predicted) == case["accuracy"]
    assert tags.performance_measure(gold, predicted) == case["performance"]


@pytest.mark.parametrize(("written", "chunks"), [
    pytest.param("B-PER I-PER O B-LOC", [("PER", 0, 1), ("LOC", 3, 3)], id="begin and inside"),
    pytest.param("I-PER I-PER", [("PER", 0, 1)], id="inside alone begins after nothing"),
    pytest.param("I-PER I-LOC", [("PER", 0, 0), ("LOC", 1, 1)], id="another type begins"),
    pytest.param("B-PER B-PER", [("PER", 0, 0), ("PER", 1, 1)], id="begin ends what was"),
    pytest.param("B-PER E-PER I-PER", [("PER", 0, 1), ("PER", 2, 2)], id="end ends"),
    pytest.param("S-PER S-PER", [("PER", 0, 0), ("PER", 1, 1)], id="single stands alone"),
    pytest.param("E-PER E-PER", [("PER", 0, 0), ("PER", 1, 1)], id="end alone is a chunk"),
    pytest.param("B I O", [("_", 0, 1)], id="no type is a type"),
    pytest.param("B-A-B I-A-B", [("A-B", 0, 1)], id="a type may have a hyphen"),
    pytest.param("O O", [], id="outside is nothing"),
    pytest.param("", [], id="no tags"),
])  # fmt: skip
def test_chunks(written: str, chunks: list[tuple[str, int, int]]) -> None:
    assert tags.get_entities(written.split()) == chunks


def test_chunks_of_texts_run_on() -> None:
    assert tags.get_entities([["B-PER"], ["I-PER"]]) == [("PER", 0, 0), ("PER", 2, 2)]


def test_what_is_no_tag_is_told_once() -> None:
    with pytest.warns(UserWarning, match="L-PER seems not to be NE tag") as told:
        tags.get_entities(["L-PER", "O", "L-PER"])

    assert len(told) == 1


@pytest.mark.parametrize(("scheme", "written", "chunks"), [
    ("IOB1", "I-PER I-PER B-PER", {("PER", 0, 2), ("PER", 2, 3)}),
    ("IOB1", "B-PER I-PER", {("PER", 1, 2)}),
    ("IOB2", "I-PER B-PER I-PER", {("PER", 1, 3)}),
    ("IOE1", "I-PER E-PER I-PER", {("PER", 0, 2), ("PER", 2, 3)}),
    ("IOE2", "I-PER E-PER E-LOC I-LOC", {("PER", 0, 2), ("LOC", 2, 3)}),
    ("IOBES", "B-PER E-PER S-LOC B-LOC O", {("PER", 0, 2), ("LOC", 2, 3)}),
    ("BILOU", "B-PER I-PER L-PER U-LOC I-LOC", {("PER", 0, 3), ("LOC", 3, 4)}),
])  # fmt: skip
def test_strict_chunks(scheme: str, written: str, chunks: set[tuple[str, int, int]]) -> None:
    found = strict([written.split()], SCHEMES[scheme])

    assert {chunk[1:] for chunk in found} == chunks


@pytest.mark.parametrize(("written", "name"), [
    ("B-PER I-PER O", "IOB2"), ("B-PER", "IOB2"), ("E-PER O", "IOE2"), ("B-PER E-PER", "IOBES"),
    ("S-PER", "IOBES"), ("U-PER", "BILOU"), ("B-PER L-PER O", "BILOU"),
])  # fmt: skip
def test_a_scheme_is_detected(written: str, name: str) -> None:
    assert detected([written.split()]).name == name


@pytest.mark.parametrize("written", ["O", "S-PER O", "I-PER O", "B-PER E-PER L-PER"])
def test_a_scheme_that_cannot_be_told_is_asked_for(written: str) -> None:
    with pytest.raises(ValueError, match="the scheme cannot be told"):
        tags.classification_report([written.split()], [written.split()], mode="strict")


def test_schemes_are_found_by_name_and_class() -> None:
    """A scheme may be given as a string, or as the class of seqeval."""
    seqevals = type("IOB2", (), {})

    assert find("IOB2") is find(seqevals) is find(tags.IOB2) is tags.IOB2
    with pytest.raises(ValueError, match="no scheme is called 'IOB3'"):
        find("IOB3")


GOLD = [["B-PER", "I-PER", "O"], ["O", "B-LOC"]]


@pytest.mark.parametrize(("gold", "predicted", "options", "error", "told"), [
    pytest.param(GOLD, GOLD[:1], {}, ValueError, "y_true has 2 texts, y_pred 1", id="texts"),
    pytest.param(GOLD, [GOLD[0], ["O"]], {}, ValueError, "text 1 has 2 tags in y_true, 1",
                 id="tags"),
    pytest.param(GOLD[0], GOLD[0], {}, TypeError, "list of lists", id="one text"),
    pytest.param([], [], {}, TypeError, "list of lists", id="no text"),
    pytest.param(GOLD, GOLD, {"average": "samples"}, ValueError, "average has to be one of",
                 id="average"),
    pytest.param(GOLD, GOLD, {"mode": "strict", "scheme": "IOE2"}, ValueError,
                 "'B-PER' is none of IOE2; expected I, O, E", id="letter of another scheme"),
    pytest.param([["X-PER"]], [["O"]], {"mode": "strict", "scheme": "IOB2"}, ValueError,
                 "'X-PER' is of no scheme", id="letter of no scheme"),
])  # fmt: skip
def test_what_cannot_be_scored_is_refused(
    gold: Texts, predicted: Texts, options: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        tags.f1_score(gold, predicted, **options)


def test_strict_without_a_scheme_is_not_strict() -> None:
    """As in seqeval: of single figures only; the report detects the scheme."""
    loose, kept = [["I-PER"]], [["B-PER"]]

    assert tags.f1_score(kept, loose, mode="strict") == 1.0
    assert tags.f1_score(kept, loose, mode="strict", scheme=tags.IOB2, zero_division=0) == 0.0


def test_beta_weighs_recall() -> None:
    predicted = [["B-PER", "I-PER", "O"], ["O", "O"]]
    precision, recall, f2, gold = tags.precision_recall_fscore_support(
        GOLD, predicted, average="micro", beta=2
    )

    assert (precision, recall, gold) == (1.0, 0.5, 2)
    assert f2 == pytest.approx(5 * 0.5 / (4 + 0.5))
    with pytest.raises(ValueError, match="beta: found -1"):
        tags.precision_recall_fscore_support(GOLD, GOLD, beta=-1)


@pytest.mark.filterwarnings("ignore::RuntimeWarning", UNDEFINED)
def test_a_report_of_nothing_has_no_types() -> None:
    """Seqeval ends with an error here; its dictionary has NaN as ours."""
    report = tags.classification_report([["O"]], [["O"]])
    figures: Any = tags.classification_report([["O"]], [["O"]], output_dict=True)

    assert isinstance(report, str)
    assert "nan" in report
    assert math.isnan(figures["macro avg"]["f1-score"])


def test_a_report_can_be_written_as_json() -> None:
    """The support is an int; seqeval's is of numpy, which JSON refuses."""
    report: Any = tags.classification_report(GOLD, GOLD, output_dict=True)

    assert json.loads(json.dumps(report))["PER"]["support"] == 1


TAGS = st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "E-LOC", "S-PER"])
PAIRS = st.lists(st.lists(st.tuples(TAGS, TAGS), max_size=8), min_size=1, max_size=4)


@pytest.mark.filterwarnings(UNDEFINED)
@given(PAIRS, st.sampled_from([None, "strict"]))
def test_properties(pairs: list[list[tuple[str, str]]], mode: str | None) -> None:
    """Bounds; gold is perfect; to swap the sides swaps precision and recall."""
    gold = [[pair[0] for pair in text] for text in pairs]
    predicted = [[pair[1] for pair in text] for text in pairs]
    options: dict[str, Any] = {"mode": mode, "scheme": "IOBES", "zero_division": 0}
    precision = tags.precision_score(gold, predicted, **options)
    recall = tags.recall_score(gold, predicted, **options)

    assert 0 <= min(precision, recall) <= tags.f1_score(gold, predicted, **options) <= 1
    assert tags.recall_score(predicted, gold, **options) == precision
    assert tags.f1_score(gold, gold, **{**options, "zero_division": 1}) == 1.0


def test_scikit_learn_is_imported_for_its_warning_only() -> None:
    code = (
        "import sys; from glose.evaluate import tags; tags.f1_score([['B-A']], [['B-A']]); "
        "print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout.strip() == "False", done.stderr
