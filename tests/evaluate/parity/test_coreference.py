"""Coreference of entities as the reference programs print it, on the generated corpora."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import EDGES, SEEDS, expected

from glose.evaluate.results import Score

Find: TypeAlias = Callable[[str, str, str], Score]

CORPORA = (*SEEDS, *(f"edge/{name}" for name in EDGES))
PERL = "perl reference-coreference-scorers 8.01 (one line a mention)"
COVAL = "coval 2020-07"
COREFUD = "corefud-scorer 1.2"
E2E = "e2e-coref metrics.py"
MAVEN = "MAVEN-ERE evaluate.py"
NELEVAL = "neleval 3.1.1 coref (corpus-wide)"
METAMETRIC = "metametric coref_suite (macro over docs, empty docs left out: it divides by zero)"
KINDS = {
    "Identification of Mentions": "identification",
    "Coreference links": "coreference-links",
    "Non-coreference links": "non-coreference-links",
}


def corpora(tool: str) -> list[str]:
    """Return the corpora for which there are figures of a program."""
    return [name for name in CORPORA if tool in expected(name)]


@pytest.fixture
def found(scored: Scored) -> Find:
    def score(corpus: str, protocol: str, metric: str) -> Score:
        one = scored(corpus, protocol).find(metric)
        assert one is not None, metric
        return one

    return score


def three(score: Score) -> list[float]:
    """Return recall, precision and F1, as most of these programs list them."""
    values = (score.recall, score.precision, score.f1)
    assert None not in values
    return [float(value or 0) for value in values]


@pytest.mark.parametrize("corpus", corpora(PERL))
def test_numerators_denominators_and_percentages_are_those_of_the_perl_scorer(
    found: Find, corpus: str
) -> None:
    for name, sections in expected(corpus)[PERL].items():
        for section, wanted in sections.items():
            metric = KINDS.get(section, name)
            score = found(corpus, "coref", f"coref/{metric}")
            printed = [score.extras[f"{each}_printed"] for each in ("recall", "precision", "f1")]
            assert [wanted[2], wanted[5], wanted[6]] == printed, (name, section)
            ours: Sequence[float | None] = (
                score.correct_recall, score.gold, score.correct_precision, score.predicted,
            )  # fmt: skip
            if section == "BLANC":
                ours = (score.recall, 1.0, score.precision, 1.0)
            theirs = [wanted[0], wanted[1], wanted[3], wanted[4]]
            assert ours == pytest.approx(theirs, abs=1e-9), (name, section)


@pytest.mark.parametrize("corpus", corpora(COVAL))
def test_figures_are_those_of_coval(found: Find, corpus: str) -> None:
    theirs = dict(expected(corpus)[COVAL])
    average = found(corpus, "coval", "coval/conll").f1
    assert average == pytest.approx(theirs.pop("conll"), abs=1e-9)
    ours = {name: three(found(corpus, "coval", f"coval/{name}")) for name in theirs}
    assert ours == {name: pytest.approx(row, abs=1e-9) for name, row in theirs.items()}


@pytest.mark.parametrize("corpus", corpora(COREFUD))
def test_figures_are_those_of_corefud_scorer(found: Find, corpus: str) -> None:
    for match, theirs in expected(corpus)[COREFUD].items():
        for name, wanted in theirs.items():
            if name == "zero":  # a record has no empty words
                assert wanted == [0.0, 0.0, 0.0]
                continue
            score = found(corpus, "corefud", f"corefud-{match}/{name}")
            ours = [round(100 * each, 2) for each in three(score)]
            assert (ours if name != "conll" else ours[2]) == wanted, (match, name)


@pytest.mark.parametrize("corpus", corpora(E2E))
def test_figures_are_those_of_e2e_coref(found: Find, corpus: str) -> None:
    theirs = dict(expected(corpus)[E2E])
    average = found(corpus, "e2e-coref", "e2e-coref/average").f1
    assert average == pytest.approx(theirs.pop("avg_f1"), abs=1e-9)
    ours = {name: three(found(corpus, "e2e-coref", f"e2e-coref/{name}")) for name in theirs}
    assert ours == {name: pytest.approx(row, abs=1e-9) for name, row in theirs.items()}


@pytest.mark.parametrize("corpus", corpora(MAVEN))
def test_figures_are_those_of_maven_ere(found: Find, corpus: str) -> None:
    for name, wanted in expected(corpus)[MAVEN].items():
        score = found(corpus, "maven-ere", f"maven-ere/{name}")
        if wanted == "AssertionError()":
            assert (score.precision, score.recall, score.f1) == (None, None, None)
        else:
            ours = (score.precision, score.recall, score.f1)
            assert ours == pytest.approx(wanted, abs=1e-9), name


@pytest.mark.parametrize("corpus", corpora(NELEVAL))
def test_figures_are_those_of_neleval(found: Find, corpus: str) -> None:
    for name, wanted in expected(corpus)[NELEVAL].items():
        score = found(corpus, "neleval-coref", f"neleval-coref/{name}")
        ours: dict[str, float | None] = dict(score.counts)
        ours |= {"precision": score.precision, "recall": score.recall, "fscore": score.f1}
        assert ours == pytest.approx(wanted, abs=1e-9), name


@pytest.mark.parametrize("corpus", corpora(METAMETRIC))
def test_figures_are_those_of_metametric(found: Find, corpus: str) -> None:
    theirs = dict(expected(corpus)[METAMETRIC])
    average = found(corpus, "metametric-coref", "metametric/coreference").f1
    assert average == pytest.approx(theirs.pop("avg-f1"), abs=1e-9)
    ours = {
        f"{name}-{kind}": getattr(found(corpus, "metametric-coref", f"metametric/{name}"), kind)
        for name in ("muc", "b_cubed", "ceaf_phi4")
        for kind in ("precision", "recall", "f1")
    }
    assert ours == pytest.approx(theirs, abs=1e-9)
