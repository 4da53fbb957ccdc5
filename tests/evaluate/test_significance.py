"""Two systems and more on the same documents: differences, corrected p values, clusters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.errors import GloseError
from glose.evaluate.counts import Tally
from glose.evaluate.figures import mean
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.metric import Averaging
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options
from glose.evaluate.results import Difference
from glose.evaluate.scoring import score
from glose.evaluate.signature import Print
from glose.evaluate.significance import (
    Beside,
    Contrast,
    compare,
    detectable,
    differences,
    holm,
    mirrored,
)
from glose.evaluate.swaps import Test
from glose.evaluate.unpaired import Unpaired

#: Correct, predicted, correct, gold of system a, then of b, in eight documents.
SIDES = [
    (1, 2, 1, 3, 3, 3, 3, 3), (2, 2, 2, 2, 1, 2, 1, 2), (0, 1, 0, 2, 2, 2, 2, 2),
    (1, 1, 1, 2, 1, 1, 1, 2), (1, 3, 1, 2, 2, 3, 2, 2), (0, 0, 0, 1, 1, 1, 1, 1),
    (2, 3, 2, 3, 2, 2, 2, 3), (0, 2, 0, 0, 0, 0, 0, 0),
]  # fmt: skip
METRIC = METRICS["trigger/classification"]
Side = tuple[float, ...]


def beside(rows: Sequence[Side], sampling: Sampling, clusters: str = "") -> Beside:
    """Return documents, one row each, of as many systems as there are fours in a row."""
    systems = range(len(rows[0]) // 4)
    tallies: list[list[Tally]] = [
        [{None: row[4 * n : 4 * n + 4], "A": row[4 * n : 4 * n + 4]} for row in rows]
        for n in systems
    ]
    options = Options(sampling=sampling, cluster="source" if clusters else None)
    return Beside(
        tuple("abc"[n] for n in systems), (METRIC.name,), options, (),
        [Print() for _ in range(len(systems) + 1)], {METRIC.statistic.name: tallies},
        Unpaired.none(len(systems)), types=True,
        clusters=list(clusters or map(str, range(len(rows)))),
    )  # fmt: skip


def compared(
    rows: Sequence[Side], samples: int = 99, clusters: str = "", contrast: Contrast | None = None
) -> list[Difference]:
    found = beside(rows, Sampling(samples), clusters)
    return differences(found, METRIC, contrast or Contrast())


def test_no_p_value_is_0() -> None:
    [found] = compared([(0, 1, 0, 1, 1, 1, 1, 1)] * 50)
    assert found.p == pytest.approx(0.01)


def test_the_same_system_twice_has_a_p_value_of_1() -> None:
    [found] = compared([(*side[:4], *side[:4]) for side in SIDES])
    assert (found.difference, found.interval, found.p) == (0.0, (0.0, 0.0), 1.0)
    assert (found.effect, found.detectable) == (None, None)


@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
def test_the_same_system_twice_differs_by_no_more_than_0_where_sums_are_drawn(
    method: Method,
) -> None:
    """So many documents that differ are drawn from a normal law, of which sums are rounded."""
    generator = np.random.default_rng(1)
    sides = generator.integers(1, 40, (150, 4)).tolist()
    sampling = Sampling(200, method=method)
    [found] = differences(beside([(*side, *side) for side in sides], sampling), METRIC, Contrast())
    assert str((found.difference, found.interval)) == "(0.0, (0.0, 0.0))"


def test_an_interval_that_is_turned_has_no_negative_zero() -> None:
    assert str((mirrored((0.0, 0.25)), mirrored((-0.25, -0.0)))) == "((-0.25, 0.0), (0.0, 0.25))"


def test_equal_systems_have_equal_intervals() -> None:
    """b and c are the same, so a -> b and a -> c differ in nothing but the name."""
    to_b, to_c, _ = compared([(*side, *side[4:]) for side in SIDES])
    assert (to_b.interval, to_b.p, to_b.effect) == (to_c.interval, to_c.p, to_c.effect)


def test_one_document_has_no_interval() -> None:
    [found] = compared(SIDES[:1])
    assert (found.interval, found.p) == (None, 1.0)


def test_without_samples_there_is_no_test() -> None:
    [found] = compared(SIDES, 0)
    assert (found.interval, found.p, found.detectable) == (None, None, None)


def test_wins_ties_and_losses_are_of_the_second_system() -> None:
    """In the last document gold has nothing: b, which gives nothing, is right."""
    [found] = compared(SIDES)
    assert (found.wins, found.ties, found.losses) == (6, 1, 1)


def test_the_difference_is_that_of_the_two_scores() -> None:
    [found] = compared(SIDES)
    # a: 7 correct of 14 predicted and 15 in gold; b: 12 of 14 and 15.
    assert [found.f1_a, found.f1_b] == pytest.approx([14 / 29, 24 / 29])


def test_the_effect_is_the_difference_in_deviations_of_one_document() -> None:
    """Of the shares (pseudo-values) that the documents have in it, computed one by one."""
    [found] = compared(SIDES)
    rows, number = np.array(SIDES, dtype=float), len(SIDES)

    def gap(total: np.ndarray) -> float:
        a, b = ((each[0] + each[2]) / (each[1] + each[3]) for each in (total[:4], total[4:]))
        return float(b - a)

    whole = gap(rows.sum(axis=0))
    shares = [number * whole - (number - 1) * gap(rows.sum(axis=0) - row) for row in rows]
    deviation = float(np.std(shares, ddof=1))
    assert found.effect == pytest.approx(whole / deviation)
    assert found.detectable == pytest.approx(detectable(deviation / number**0.5, 0.05))


def test_what_can_be_detected_is_2_8_standard_errors() -> None:
    assert detectable(1.0, 0.05) == pytest.approx(1.95996 + 0.84162, abs=1e-5)


def test_nothing_to_compare_has_no_difference() -> None:
    [found] = compared([(0.0,) * 8] * 3)
    assert (found.difference, found.p, found.ties) == (None, None, 3)


def test_three_systems_are_three_pairs_with_corrected_p_values() -> None:
    found = compared([(*side, *side[:4]) for side in SIDES])
    assert [(each.a, each.b) for each in found] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [each.holm for each in found] == holm([each.p for each in found])


def test_clusters_of_one_document_are_documents() -> None:
    assert compared(SIDES, clusters="abcdefgh") == compared(SIDES)


def test_documents_of_a_cluster_are_swapped_and_drawn_together() -> None:
    """Four times the same document in a cluster is one document with four times the counts."""
    four = [side for side in SIDES for _ in range(4)]
    whole = [tuple(4 * n for n in side) for side in SIDES]
    names = "".join(letter * 4 for letter in "abcdefgh")
    assert compared(four, clusters=names) == compared(whole)


def test_the_order_of_documents_does_not_matter() -> None:
    turned = compared(SIDES[::-1], clusters="abcdabcd"[::-1])
    assert turned == compared(SIDES, clusters="abcdabcd")


@pytest.mark.parametrize("test", ["randomisation", "permutation", "bootstrap"])
@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
def test_the_order_of_systems_turns_the_difference_and_changes_nothing_else(
    test: Test, method: Method
) -> None:
    turned = [(*side[4:], *side[:4]) for side in SIDES]
    sampling, contrast = Sampling(99, method=method), Contrast(test=test)
    [one] = differences(beside(SIDES, sampling), METRIC, contrast)
    [other] = differences(beside(turned, sampling), METRIC, contrast)
    assert one.difference is not None
    assert one.effect is not None
    assert other == replace(
        one,
        f1_a=one.f1_b, f1_b=one.f1_a, difference=-one.difference, effect=-one.effect,
        interval=mirrored(one.interval), wins=one.losses, losses=one.wins,
    )  # fmt: skip


def test_few_documents_are_tested_exactly() -> None:
    [found] = compared(SIDES, contrast=Contrast(test="permutation"))
    assert found.test == "permutation"
    assert found.p == pytest.approx(round((found.p or 0) * 2**7) / 2**7)


def test_of_one_type_the_mean_over_types_is_the_micro_figure() -> None:
    [micro], [macro] = (compared(SIDES, contrast=Contrast(each)) for each in ("micro", "macro"))
    assert replace(macro, average="micro") == micro


def test_a_mean_over_documents_is_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """In all documents F1 is defined but the last, where that of b is not."""
    averaging = Averaging("macro-document", "documents")
    monkeypatch.setitem(METRICS, METRIC.name, replace(METRIC, averages=(averaging,)))
    found = differences(
        beside(SIDES, Sampling(99)), METRICS[METRIC.name], Contrast("macro-document")
    )
    wanted = (2 / 5 + 1 + 0 + 2 / 3 + 2 / 5 + 0 + 4 / 6 + 0) / 8
    assert found[0].f1_a == pytest.approx(wanted)
    assert found[0].interval is not None


def test_a_metric_of_several_ratios_is_compared_by_their_mean() -> None:
    joined = replace(METRIC, others=(METRIC.ratio,), join=mean)
    [found] = differences(beside(SIDES, Sampling(99)), joined, Contrast())
    [wanted] = compared(SIDES)
    assert found == wanted


def test_an_average_that_no_metric_has_is_refused() -> None:
    found = beside(SIDES, Sampling(9))
    assert found.having("macro") == (METRIC.name,)
    with pytest.raises(GloseError, match=r"no average 'weighted' \(there are: micro, macro\)"):
        found.having("weighted")
    told = next(found.notes("weighted"))
    assert told == f"no average 'weighted' of {METRIC.name}; not compared"


Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]


def test_files_are_compared_by_cluster(record: Make, save: Save) -> None:
    golds = [
        record(f"d{n:02}", "PER 3-12", "LOC 34-42", meta={"source": "AFP" if n % 3 else None})
        for n in range(12)
    ]
    one = save("a.jsonl", *(record(f"d{n:02}", "PER 3-12") for n in range(12)))
    two = save("b.jsonl", *(record(f"d{n:02}", "PER 3-12", "LOC 34-42") for n in range(12)))
    options = Options(("entity/strict",), sampling=Sampling(99), cluster="source")
    found = compare(save("g.jsonl", *golds), [one, two], options=options)
    assert found.notes == (
        "5 clusters: intervals of fewer than 10 are rough, and mostly too narrow",
        "4 documents have no source; each is taken for a cluster by itself",
    )
    assert "|cluster:source|" in found.signature
    assert found.differences[0].wins == 5
    assert found.differences[0].difference == pytest.approx(1 / 3)


def test_an_unknown_field_makes_no_clusters(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="cannot be clustered by 'colour'; choose split, source"):
        compare(tmp_path, [], options=Options(cluster="colour"))


@pytest.mark.parametrize(
    ("values", "corrected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([0.03], [0.03], id="one test needs no correction"),
        pytest.param([0.01, 0.02, 0.03], [0.03, 0.04, 0.04], id="times those not yet rejected"),
        pytest.param([0.5, 0.6], [1.0, 1.0], id="at most 1"),
        pytest.param([0.02, None, 0.01], [0.02, None, 0.02], id="what was not tested"),
    ],
)
def test_holm(values: list[float | None], corrected: list[float | None]) -> None:
    assert holm(values) == pytest.approx(corrected)


@given(st.lists(st.floats(0, 1), max_size=6))
def test_a_correction_never_lowers_a_p_value(values: list[float]) -> None:
    assert all(c is not None and c >= p for p, c in zip(values, holm(values), strict=True))


@pytest.mark.parametrize("protocol", ["entities", "conll", "discontinuous", "hipe2022", "labels"])
def test_the_figures_of_a_system_do_not_depend_on_the_other(
    protocol: str, record: Callable[..., dict[str, Any]], save: Callable[..., Path]
) -> None:
    """B has a type, and a label, that neither gold nor a has: no mean of a knows of them."""
    layers = {"gold": ("war", ()), "a": ("war", ()), "b": ("peace", ("ORG 23-31",))}
    gold, *systems = (
        save(
            f"{name}.jsonl",
            *(
                record(f"d{n}", "PER 3-12", *more, labels=[{"scheme": "topic", "value": label}])
                for n in range(3)
            ),
        )
        for name, (label, more) in layers.items()
    )
    options = Options(protocols=(protocol,), sampling=Sampling(0))
    scored = score(gold, systems, options=options).systems
    averages = {each.average for each in scored[0].scores}
    assert "macro" in averages
    for average in averages:
        found = compare(gold, systems, contrast=Contrast(average), options=options)
        for each in found.differences:
            own = [system.find(each.metric, average) for system in scored]
            assert [each.f1_a, each.f1_b] == [one and one.f1 for one in own]
