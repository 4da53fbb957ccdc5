"""Event nuggets as EvmEval prints them, on the generated corpora."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import EDGES, SEEDS, expected

from glose.evaluate.results import Score

CORPORA = (*SEEDS, *(f"edge/{name}" for name in EDGES))
TOOL = "EvmEval v1.8"
MATCHES = {
    "plain": "plain", "mention_type": "type", "realis_status": "realis",
    "mention_type+realis_status": "both",
}  # fmt: skip


def found(scored: Scored, corpus: str, metric: str) -> Score:
    score = scored(corpus, "nugget").find(f"nugget/{metric}")
    assert score is not None
    return score


def percent(value: float | None) -> float:
    """Return a figure as EvmEval prints it, nan where it is undefined."""
    return math.nan if value is None else round(100 * value, 2)


@pytest.mark.parametrize("theirs", MATCHES)
@pytest.mark.parametrize("corpus", CORPORA)
def test_mentions_are_those_of_evmeval(scored: Scored, corpus: str, theirs: str) -> None:
    ours = MATCHES[theirs]
    figures: dict[str, float] = {}
    for average, name in (("micro", ours), ("macro", f"{ours}-macro")):
        score = found(scored, corpus, name)
        figures[f"{average}_p"] = percent(score.precision)
        figures[f"{average}_r"] = percent(score.recall)
        figures[f"{average}_f"] = percent(score.f1)
    wanted: Mapping[str, float] = expected(corpus)[TOOL][theirs]
    assert figures == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("corpus", CORPORA)
def test_coreference_is_that_of_evmeval(scored: Scored, corpus: str) -> None:
    wanted = dict(expected(corpus)[TOOL]["coref"])
    average = found(scored, corpus, "coref-average").extras["f1_printed"]
    assert average is not None
    assert round(average, 2) == wanted.pop("conll")
    ours = {name: found(scored, corpus, f"coref-{name}").extras["f1_printed"] for name in wanted}
    assert ours == wanted


@pytest.mark.parametrize("corpus", [name for name in CORPORA if name in SEEDS])
def test_sequencing_is_that_of_evmeval(scored: Scored, corpus: str) -> None:
    for kind, wanted in expected(corpus)[TOOL]["sequencing_f_p_r"].items():
        score = found(scored, corpus, f"sequencing-{kind.lower()}")
        ours = [round(100 * (each or 0), 4) for each in (score.f1, score.precision, score.recall)]
        assert ours == wanted
