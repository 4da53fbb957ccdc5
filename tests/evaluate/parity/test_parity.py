"""Our figures beside those that the reference tools printed for the same generated documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.evaluate.counts import Shared, Statistic, Tally, typed_sets
from glose.evaluate.figures import figures
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import Span, View, entities

HERE = Path(__file__).parent
SEEDS = ("seed1", "seed2")
Small = dict[str, Any]
Pairs = list[tuple[Document, Document]]

TEXTEE = {
    "trigger/identification": "trigger_id", "trigger/classification": "trigger_cls",
    "argument/identification": "argument_id", "argument/classification": "argument_cls",
}  # fmt: skip


def every(small: Small) -> list[Small]:
    found: list[Small] = small["entities"]
    return found


def longest(small: Small) -> list[Small]:
    """Return, of entities that overlap, the one with most tokens: the view of tag sequences."""
    text, kept = small["text"], list[Small]()
    tokens = {id(e): text.count(" ", e["start"], e["end"]) + 1 for e in small["entities"]}
    ranked = sorted(small["entities"], key=lambda e: (-tokens[id(e)], e["start"], e["type"]))
    for each in ranked:
        if all(each["end"] <= k["start"] or k["end"] <= each["start"] for k in kept):
            kept.append(each)
    return kept


def document(small: Small, view: Callable[[Small], list[Small]]) -> Document:
    return Document(
        id=small["id"],
        mentions=tuple(Mention(e["id"], e["type"], e["start"], e["end"]) for e in view(small)),
        events=tuple(
            Event(
                e["id"], e["type"], (Trigger(e["start"], e["end"]),),
                tuple(Argument(a["role"], ref=a["entity"]) for a in e["args"]),
            )
            for e in small["events"]
            if view is every
        ),
    )  # fmt: skip


@cache
def layers(seed: str, view: Callable[[Small], list[Small]]) -> Pairs:
    gold, predicted = (
        [
            document(json.loads(line), view)
            for line in (HERE / seed / name).read_bytes().splitlines()
        ]
        for name in ("gold.jsonl", "pred.jsonl")
    )
    return list(zip(gold, predicted, strict=True))


@cache
def expected(seed: str) -> Mapping[str, Any]:
    entries = json.loads((HERE / seed / "expected.json").read_bytes())
    return {entry["tool"]: entry["scores"] for entry in entries}


def tallies(metric: Metric, pairs: Pairs) -> Iterator[Tally]:
    for gold, predicted in pairs:
        yield metric.statistic.tally(View(gold), View(predicted))


def totals(metric: Metric, pairs: Pairs, name: str | None = None) -> Any:  # noqa: ANN401  # columns differ
    """Return the sums of the columns for one type, or for all."""
    rows = [tally[name] for tally in tallies(metric, pairs) if name in tally]
    return metric.statistic.columns(*map(sum, zip(*rows, strict=True)))


def prf(metric: Metric, pairs: Pairs, name: str | None = None) -> list[float]:
    ratio = metric.ratio(totals(metric, pairs, name))
    return [float(value) for value in figures(Shared(*map(np.asarray, ratio)))]


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def _strict_sets(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    return typed_sets(gold, predicted, itemgetter(0))


#: spaCy takes sets of outer bounds: what is given twice counts once.
SPACY = replace(
    METRICS["trigger/classification"],
    name="spacy",
    statistic=Statistic(
        "spacy", ("mentions",), METRICS["trigger/classification"].statistic.columns, entities,
        _strict_sets,
    ),
)  # fmt: skip


def test_strict_sets_are_the_figures_of_spacy(seed: str) -> None:
    theirs = expected(seed)["spaCy 3.8.18"]["all_spans"]
    wanted = [theirs["sc_p"], theirs["sc_r"], theirs["sc_f"]]
    assert prf(SPACY, layers(seed, every)) == pytest.approx(wanted, abs=1e-9)


def test_strict_sets_by_type_are_those_of_spacy(seed: str) -> None:
    theirs = expected(seed)["spaCy 3.8.18"]["all_spans"]["sc_per_type"]
    ours = {name: prf(SPACY, layers(seed, every), name) for name in theirs}
    wanted = {name: [row["p"], row["r"], row["f"]] for name, row in theirs.items()}
    assert ours == {name: pytest.approx(row, abs=1e-9) for name, row in wanted.items()}


def test_strict_on_flat_spans_is_that_of_seqeval(seed: str) -> None:
    theirs = expected(seed)["seqeval 1.2.2"]["default"]["micro avg"]
    wanted = [theirs["precision"], theirs["recall"], theirs["f1-score"]]
    ours = prf(METRICS["entity/strict"], layers(seed, longest))
    assert ours == pytest.approx(wanted, abs=1e-9)


def test_strict_by_type_on_flat_spans_is_that_of_seqeval(seed: str) -> None:
    theirs = expected(seed)["seqeval 1.2.2"]["default"]
    types = [name for name in theirs if not name.endswith(" avg")]
    ours = {n: prf(METRICS["entity/strict"], layers(seed, longest), n) for n in types}
    keys = ("precision", "recall", "f1-score")
    wanted = {n: pytest.approx([theirs[n][key] for key in keys], abs=1e-9) for n in types}
    assert ours == wanted


def test_the_mean_over_types_is_the_macro_average_of_seqeval(seed: str) -> None:
    theirs = expected(seed)["seqeval 1.2.2"]["default"]
    types = [name for name in theirs if not name.endswith(" avg")]
    ours = np.mean(
        [prf(METRICS["entity/strict"], layers(seed, longest), n) for n in types], axis=0
    )
    wanted = [theirs["macro avg"][key] for key in ("precision", "recall", "f1-score")]
    assert ours.tolist() == pytest.approx(wanted, abs=1e-9)


def test_strict_on_flat_spans_is_that_of_conlleval(seed: str) -> None:
    theirs = expected(seed)["conlleval.pl 2004-01-26"]
    ours = [f"{100 * value:.2f}" for value in prf(METRICS["entity/strict"], layers(seed, longest))]
    assert ours == [f"{theirs[key]:.2f}" for key in "prf"]


@pytest.mark.parametrize("kind", ["strict", "exact", "partial"])
def test_flat_spans_have_the_five_counts_of_nervaluate(seed: str, kind: str) -> None:
    """Where no two spans of a side overlap, the order of the spans cannot matter."""
    theirs = expected(seed)["nervaluate 1.2.1 flat"]["overall"][kind]
    metric = METRICS[f"entity/{kind}"]
    ours = metric.counts(totals(metric, layers(seed, longest)))
    assert ours == {name: theirs[name] for name in ours}


@pytest.mark.parametrize("kind", ["strict", "exact", "partial"])
def test_flat_spans_have_the_figures_of_nervaluate(seed: str, kind: str) -> None:
    theirs = expected(seed)["nervaluate 1.2.1 flat"]["overall"][kind]
    ours = prf(METRICS[f"entity/{kind}"], layers(seed, longest))
    assert ours == pytest.approx([theirs[k] for k in ("precision", "recall", "f1")], abs=1e-9)


@pytest.mark.parametrize(("seed", "more"), [("seed1", 0), ("seed2", 1)])
def test_the_best_pairs_are_at_least_as_many_as_those_of_nervaluate(seed: str, more: int) -> None:
    """Its `ent_type` is greedy: an early span may take the partner that a later one needs."""
    theirs = expected(seed)["nervaluate 1.2.1 flat"]["overall"]["ent_type"]
    metric = METRICS["entity/type"]
    ours = metric.counts(totals(metric, layers(seed, longest)))
    assert ours["correct"] == theirs["correct"] + more


@pytest.mark.parametrize("name", TEXTEE)
def test_events_have_the_counts_of_textee(seed: str, name: str) -> None:
    theirs = expected(seed)["TextEE scorer E2E"][TEXTEE[name]]
    found = METRICS[name].ratio(totals(METRICS[name], layers(seed, every)))
    wanted = (theirs["match_num"], theirs["pred_num"], theirs["gold_num"])
    assert (found.correct_recall, found.predicted, found.gold) == wanted


@pytest.mark.parametrize("name", TEXTEE)
def test_events_have_the_figures_of_textee(seed: str, name: str) -> None:
    theirs = expected(seed)["TextEE scorer E2E"][TEXTEE[name]]
    ours = [100 * value for value in prf(METRICS[name], layers(seed, every))]
    assert ours == pytest.approx([theirs[k] for k in ("precision", "recall", "f1")], abs=1e-9)
