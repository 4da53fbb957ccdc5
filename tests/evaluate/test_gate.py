"""The gate: what passes, what does not, and what cannot be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from glose.corpus.errors import GloseError
from glose.evaluate.gate import Check, Demand, Minimum, Verdict, gate
from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.scoring import score
from glose.evaluate.significance import Contrast

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
OPTIONS = Options(("entity/strict",), sampling=Sampling(999))
NUMBER = 24


class Runs:
    """Gold of 24 documents with two mentions each, and systems that find some of the second."""

    def __init__(self, record: Make, save: Save, folder: Path) -> None:
        self.record, self.save, self.folder = record, save, folder
        self.gold = save("gold.jsonl", *self.documents(lambda _: True))

    def documents(
        self, found: Callable[[int], bool], numbers: range = range(NUMBER)
    ) -> list[dict[str, Any]]:
        return [self.record(f"d{n:02}", "PER 3-12", *["LOC 34-42"] * found(n)) for n in numbers]

    def system(self, found: Callable[[int], bool], name: str = "crf") -> Path:
        return self.save(f"{name}.jsonl", *self.documents(found))

    def counts(self, found: Callable[[int], bool], options: Options = OPTIONS) -> Path:
        target = self.folder / "baseline.counts"
        score(self.gold, [self.system(found)], options=options, save=target)
        return target

    def json(self, found: Callable[[int], bool], gold: Path | None = None) -> Path:
        target = self.folder / "baseline.json"
        evaluation = score(gold or self.gold, [self.system(found)], options=OPTIONS)
        target.write_bytes(msgspec.json.encode(evaluation.plain()))
        return target

    def check(self, found: Callable[[int], bool], baseline: Path) -> Verdict:
        return gate(self.gold, self.system(found), Demand(baseline=baseline), OPTIONS)


@pytest.fixture
def runs(record: Make, save: Save, tmp_path: Path) -> Runs:
    return Runs(record, save, tmp_path)


def half(n: int) -> bool:
    return n % 2 == 0


def worse(n: int) -> bool:
    return n % 8 == 0


def little_worse(n: int) -> bool:
    return half(n) and n > 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("f1=0.8", Minimum("f1", 0.8)),
        ("macro:recall=0", Minimum("recall", 0.0, "macro")),
        ("entity/strict:f1=1", Minimum("f1", 1.0, "micro", "entity/strict")),
        (
            "entity/strict:macro-document:precision=.5",
            Minimum("precision", 0.5, "macro-document", "entity/strict"),
        ),
    ],
)
def test_a_minimum_is_written(text: str, wanted: Minimum) -> None:
    assert Minimum.of(text) == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("f1", "'f1' is no minimum; expected [METRIC:][AVERAGE:]FIGURE=VALUE such as f1=0.8"),
        ("a:b:c:f1=1", "'a:b:c:f1=1' is no minimum; expected [METRIC:][AVERAGE:]FIGURE=VALUE"),
        ("f1=", "'f1=': '' is no share; expected 0 to 1, such as 0.8"),
        ("f1=80", "'f1=80': '80' is no share; expected 0 to 1, such as 0.8"),
        ("f1=nan", "'nan' is no share"),
        ("f1=-0.1", "'-0.1' is no share"),
        ("f1=0,8", "'0,8' is no share"),
        ("f2=0.8", "no figure is called 'f2'; expected one of precision, recall, f1"),
        ("=1", "no figure is called ''; expected one of precision, recall, f1"),
        ("entity/strikt:f1=0.8", "called 'entity/strikt'; did you mean 'entity/strict'?"),
        ("macros:f1=0.8", "no metric or average is called 'macros'; did you mean 'macro'?"),
        ("a:macro:f1=0.8", "no metric or average is called 'a'; docs/metrics.md lists them"),
    ],
)
def test_what_is_no_minimum_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        Minimum.of(text)


@pytest.mark.parametrize(
    ("least", "passed"),
    [
        # P 1, R 36 of 48, so F1 6/7.
        (Minimum("precision", 1.0), True),
        (Minimum("recall", 0.75), True),
        (Minimum("recall", 0.7501), False),
        (Minimum("f1", 6 / 7), True),
        (Minimum("f1", 0.858), False),
        # F1 is 1 of PER and 2/3 of LOC.
        (Minimum("f1", 0.833, "macro"), True),
        (Minimum("f1", 0.834, "macro"), False),
        (Minimum("f1", 0.858, metric="entity/strict"), False),
    ],
)
def test_minima(runs: Runs, least: Minimum, passed: bool) -> None:
    verdict = gate(runs.gold, runs.system(half), Demand((least,)), OPTIONS)
    assert verdict.passed is passed
    assert verdict.checks[0].wanted == least.value


def test_a_minimum_without_a_metric_is_that_of_each(runs: Runs) -> None:
    options = replace(OPTIONS, protocols=("entity/strict", "entity/exact"))
    verdict = gate(runs.gold, runs.system(half), Demand((Minimum("f1", 0.5),)), options)
    assert [check.metric for check in verdict.checks] == ["entity/strict", "entity/exact"]


def test_what_is_undefined_reaches_no_minimum(runs: Runs) -> None:
    empty = runs.save("none.jsonl", *(runs.record(f"d{n:02}") for n in range(NUMBER)))
    verdict = gate(runs.gold, empty, Demand((Minimum("precision", 0.0),)), OPTIONS)
    assert (verdict.passed, verdict.checks[0].value) == (False, None)


def test_a_minimum_of_a_metric_that_is_not_scored_is_refused(runs: Runs) -> None:
    demand = Demand((Minimum("f1", 0.5, metric="entity/type"),))
    with pytest.raises(GloseError, match=r"entity/type is not scored; choose it with -p"):
        gate(runs.gold, runs.system(half), demand, OPTIONS)


def only(verdict: Verdict) -> Check:
    [check] = verdict.checks
    return check


def test_a_loss_that_is_significant_does_not_pass(runs: Runs) -> None:
    """Nine documents lose a mention and none gains one: one way of 512 is as bad."""
    demand = Demand(baseline=runs.counts(half), contrast=Contrast(test="permutation"))
    verdict = gate(runs.gold, runs.system(worse), demand, OPTIONS)
    assert not verdict.passed
    assert only(verdict).p == pytest.approx(1 / 2**9)
    assert only(verdict).wanted == pytest.approx(6 / 7)


def test_a_loss_that_may_be_luck_passes_and_says_what_would_have_shown(runs: Runs) -> None:
    verdict = runs.check(little_worse, runs.counts(half))
    assert verdict.passed
    assert 0.4 < (only(verdict).p or 0) < 0.6
    assert 0 < (only(verdict).detectable or 0) < 0.1


def test_what_is_better_passes(runs: Runs) -> None:
    verdict = runs.check(half, runs.counts(worse))
    assert verdict.passed
    assert (only(verdict).p or 0) > 0.95


def test_the_same_again_passes(runs: Runs) -> None:
    assert only(runs.check(half, runs.counts(half))).p == 1.0


def test_of_figures_alone_the_test_is_not_paired(runs: Runs) -> None:
    """So a loss must be greater to show: of 1/4 of the mentions, not of one."""
    verdict = runs.check(worse, runs.json(half))
    assert not verdict.passed
    assert (only(verdict).p or 1) < 0.01
    assert only(verdict).detectable is None
    assert runs.check(little_worse, runs.json(half)).passed


def test_losing_all_predictions_does_not_pass(runs: Runs) -> None:
    """F1 is 0 then, since gold has items."""
    empty = runs.save("none.jsonl", *(runs.record(f"d{n:02}") for n in range(NUMBER)))
    assert not gate(runs.gold, empty, Demand(baseline=runs.counts(half)), OPTIONS).passed


def test_p_values_of_several_metrics_are_corrected(runs: Runs) -> None:
    options = replace(OPTIONS, protocols=("entities",))
    demand = Demand(baseline=runs.counts(half, options), contrast=Contrast(test="permutation"))
    verdict = gate(runs.gold, runs.system(worse), demand, options)
    assert [check.holm for check in verdict.checks] == [pytest.approx(4 / 2**9)] * 4


def test_documents_that_the_baseline_lacks_are_left_out_and_told(runs: Runs) -> None:
    baseline = runs.counts(half)
    more = range(NUMBER + 3)
    gold = runs.save("gold.jsonl", *runs.documents(lambda _: True, more))
    system = runs.save("crf.jsonl", *runs.documents(half, more))
    verdict = gate(gold, system, Demand(baseline=baseline), OPTIONS)
    assert verdict.notes == (
        "3 documents are not in baseline.counts; only the others are compared with it",
    )
    assert only(verdict).value == only(verdict).wanted


def test_metrics_that_the_baseline_lacks_are_told(runs: Runs, record: Make) -> None:
    baseline = runs.counts(half)
    events = [{**each, "events": []} for each in runs.documents(lambda _: True)]
    before = score(runs.gold, [runs.system(half)], options=OPTIONS)
    assert before.documents == len(events)
    options = replace(OPTIONS, protocols=("entity/strict", "trigger/identification"))
    gold, system = runs.save("gold.jsonl", *events), runs.save("crf.jsonl", *events)
    with pytest.raises(GloseError, match="d00: gold is not what it was; count the baseline again"):
        gate(gold, system, Demand(baseline=baseline), options)
    score(gold, [system], options=OPTIONS, save=baseline)
    verdict = gate(gold, system, Demand(baseline=baseline), options)
    assert "has no counts of trigger/identification; not compared with it" in verdict.notes[0]


def test_another_depth_is_refused(runs: Runs) -> None:
    with pytest.raises(GloseError, match="counted with depth 1; count the baseline again"):
        runs.check(half, runs.counts(half, replace(OPTIONS, depth=1)))


def test_figures_of_another_gold_are_refused(runs: Runs) -> None:
    other = runs.save("other.jsonl", *runs.documents(half))
    with pytest.raises(GloseError, match="scored on other gold"):
        runs.check(half, runs.json(half, other))


def test_a_baseline_of_several_systems_is_asked_for_one_of_the_same_name(runs: Runs) -> None:
    target = runs.folder / "two"
    systems = [runs.system(half), runs.system(worse, "rules")]
    score(runs.gold, systems, options=OPTIONS, save=target)
    assert only(runs.check(half, target)).wanted == pytest.approx(6 / 7)
    with pytest.raises(GloseError, match="has crf, rules; expected one system, or one other"):
        gate(runs.gold, runs.system(half, "other"), Demand(baseline=target), OPTIONS)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00", b'{"gold":"x"}'])
def test_what_is_no_baseline_is_refused(runs: Runs, content: bytes) -> None:
    path = runs.folder / "strange"
    path.write_bytes(content)
    with pytest.raises(GloseError, match=r"neither counts .* nor figures"):
        runs.check(half, path)


def test_counts_may_stand_for_the_corpus(runs: Runs) -> None:
    counts = runs.counts(half)
    verdict = gate(counts, None, Demand((Minimum("f1", 0.8),), counts), OPTIONS)
    assert verdict.passed
    assert verdict.plain()["passed"] is True


def test_a_gate_is_for_one_system(runs: Runs) -> None:
    target = runs.folder / "two"
    score(runs.gold, [runs.system(half), runs.system(half, "b")], options=OPTIONS, save=target)
    with pytest.raises(GloseError, match="counts of crf, b; expected those of one system"):
        gate(target, None, Demand(), OPTIONS)
