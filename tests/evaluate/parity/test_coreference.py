"""Our figures of coreference beside those that the reference programs printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import pytest
from tests.evaluate.parity.compared import (
    CORPORA,
    Compared,
    Exempt,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import SEEDS, expected

from glose.evaluate.results import Score, System

#: What the perl scorer calls the sections of its output, and we the metrics.
SECTIONS = {
    "Identification of Mentions": "identification",
    "Coreference links": "coreference-links",
    "Non-coreference links": "non-coreference-links",
}
COLUMNS = "perl reference-coreference-scorers 8.01 (real spans in columns)"

#: The order of the figures of nearly all of these programs.
RECALL_FIRST = ("recall", "precision", "f1")


def found(system: System, metric: str) -> Score:
    score = system.find(metric)
    assert score is not None, metric
    return score


def three(
    figure: str, score: Score, theirs: Iterable[float], names: Iterable[str] = RECALL_FIRST
) -> Iterator[Compared]:
    for name, wanted in zip(names, theirs, strict=True):
        yield Compared(f"{figure} {name}", getattr(score, name), wanted)


def perl(system: System, theirs: Printed) -> Iterator[Compared]:
    """Yield numerators, denominators and percentages of R, P and F1."""
    for name, sections in theirs.items():
        for section, wanted in sections.items():
            score = found(system, f"coref/{SECTIONS.get(section, name)}")
            ours: tuple[float | None, ...] = (
                score.correct_recall, score.gold, score.correct_precision, score.predicted,
            )  # fmt: skip
            if section == "BLANC":
                ours = (score.recall, 1.0, score.precision, 1.0)
            shares = (score.extras[f"{each}_printed"] or 0.0 for each in RECALL_FIRST)
            printed = [round(100 * share, 2) for share in shares]
            figure = f"{name}: {section}"
            numbers = zip(ours, (wanted[0], wanted[1], wanted[3], wanted[4]), strict=True)
            for number, (mine, each) in enumerate(numbers):
                yield Compared(f"{figure} {number}", mine, each)
            percentages = zip(
                RECALL_FIRST, printed, (wanted[2], wanted[5], wanted[6]), strict=True
            )
            for kind, mine, each in percentages:
                yield Compared(f"{figure} {kind} printed", mine, each)


def coval(system: System, theirs: Printed, protocol: str = "coval") -> Iterator[Compared]:
    for name, wanted in theirs.items():
        score = found(system, f"{protocol}/{name}")
        if name == "conll":
            yield Compared(name, score.f1, wanted)
        else:
            yield from three(name, score, wanted)


def e2e(system: System, theirs: Printed) -> Iterator[Compared]:
    for name, wanted in theirs.items():
        if name == "avg_f1":
            yield Compared(name, found(system, "e2e-coref/average").f1, wanted)
        else:
            yield from three(name, found(system, f"e2e-coref/{name}"), wanted)


def maven(system: System, theirs: Printed) -> Iterator[Compared]:
    """Yield P, R and F1; an assertion of the program that fails is a figure that is undefined."""
    for name, wanted in theirs.items():
        score = found(system, f"maven-ere/{name}")
        values = (None,) * 3 if wanted == "AssertionError()" else wanted
        for kind, each in zip(("precision", "recall", "f1"), values, strict=True):
            yield Compared(f"{name} {kind}", getattr(score, kind), each)


def neleval(system: System, theirs: Printed) -> Iterator[Compared]:
    for name, wanted in theirs.items():
        score = found(system, f"neleval-coref/{name}")
        ours: dict[str, float | None] = dict(score.counts)
        ours |= {"precision": score.precision, "recall": score.recall, "fscore": score.f1}
        for kind, each in wanted.items():
            yield Compared(f"{name} {kind}", ours[kind], each)


def corefud(system: System, theirs: Printed) -> Iterator[Compared]:
    """Yield the figures of each way to match mentions."""
    for match, measures in theirs.items():
        yield from words(system, measures, f"corefud-{match}")


def words(system: System, measures: Printed, family: str) -> Iterator[Compared]:
    """Yield percentages, rounded to two places; a record has no empty words (`zero`)."""
    for name, wanted in measures.items():
        if name == "zero":
            assert wanted == [0.0, 0.0, 0.0]
            continue
        score = found(system, f"{family}/{name}")
        figures = {kind: round(100 * (getattr(score, kind) or 0), 2) for kind in RECALL_FIRST}
        values = {"f1": wanted} if name == "conll" else zip(RECALL_FIRST, wanted, strict=True)
        for kind, each in dict(values).items():
            yield Compared(f"{family}/{name} {kind}", figures[kind], each)


def metametric(system: System, theirs: Printed) -> Iterator[Compared]:
    for figure, wanted in theirs.items():
        name, _, kind = figure.rpartition("-")
        score = found(system, f"metametric/{'coreference' if name == 'avg' else name}")
        yield Compared(figure, getattr(score, kind), wanted)


#: For each program the protocol that has its figures, and which figures are whose.
COMPARED: Programs = {
    "perl reference-coreference-scorers 8.01 (one line a mention)": ("coref", perl),
    COLUMNS: ("coref", perl),
    "coval 2020-07": ("coval", coval),
    "coval 2020-07, remove_singletons": (
        "coval-no-singletons", partial(coval, protocol="coval-no-singletons"),
    ),
    "corefud-scorer 1.2": ("corefud", corefud),
    **{
        f"corefud-scorer 1.2, --match {match}": (
            f"corefud-{match}-no-singletons",
            partial(words, family=f"corefud-{match}-no-singletons"),
        )
        for match in ("exact", "partial", "head")
    },
    "e2e-coref metrics.py": ("e2e-coref", e2e),
    "MAVEN-ERE evaluate.py": ("maven-ere", maven),
    "neleval 3.1.1 coref (corpus-wide)": ("neleval-coref", neleval),
    "metametric coref_suite (macro over docs, empty docs left out: it divides by zero)": (
        "metametric-coref", metametric,
    ),
}  # fmt: skip

#: What is not the same, and why: every numerator, and what is printed of it.
EXCEPTIONS = tuple(
    Exempt(
        COLUMNS, seed, r".* (0|2|\w+ printed)",
        "columns of tokens cannot hold mentions of one entity that cross, so the scorer was given "
        "fewer; `coref` has one line a mention",
    )
    for seed in SEEDS
)  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "corpus"),
    [
        (tool, corpus)
        for tool in COMPARED
        for corpus in CORPORA
        if tool in expected(corpus) and tool != COLUMNS
    ],
)
def test_figures(tool: str, corpus: str, scored: Scored) -> None:
    protocol, compare = COMPARED[tool]
    refuse_difference(compare(scored(corpus, protocol), expected(corpus)[tool]))


def test_columns_of_tokens_are_not_the_norm() -> None:
    """Columns cannot hold mentions of one entity that cross; `coref` has one line a mention."""
    columns = expected("seed1")[COLUMNS]
    lines = expected("seed1")["perl reference-coreference-scorers 8.01 (one line a mention)"]
    assert columns["muc"]["Coreference"][0] == lines["muc"]["Coreference"][0] - 1
