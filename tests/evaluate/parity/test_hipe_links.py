"""Our figures of linking beside those of the HIPE scorer (its task `nel`)."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import EDGES, SEEDS, expected

from glose.evaluate.results import Score

CORPORA = [*SEEDS, *(f"edge/{name}" for name in EDGES)]
REGIMES = {"strict": "strict", "ent_type": "fuzzy", "exact": "exact", "partial": "partial"}
FIVE = ("correct", "incorrect", "partial", "missed", "spurious")
Mean = Literal["macro", "macro-of-means"]


def nel(corpus: str, regime: str) -> Any:  # noqa: ANN401  # as it printed it
    return expected(corpus)["HIPE-scorer"]["nel"][regime]


def three(found: Score) -> list[float]:
    """Return P, R and F1 as the scorer prints them, 0 for what is undefined."""
    return [value or 0.0 for value in (found.precision, found.recall, found.f1)]


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("regime", REGIMES)
def test_links_over_all_documents(scored: Scored, corpus: str, regime: str) -> None:
    theirs = nel(corpus, regime)
    found = scored(corpus, f"hipe2022/nel-{REGIMES[regime]}", "flat").find(
        f"hipe2022/nel-{REGIMES[regime]}"
    )
    assert found is not None
    assert found.counts == {key: theirs[key] for key in FIVE}
    assert (found.predicted, found.gold) == (theirs["actual"], theirs["possible"])
    keys = ("P_micro", "R_micro", "F1_micro")
    assert three(found) == pytest.approx([theirs[key] for key in keys], abs=1e-9)


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize(
    ("mean", "last"),
    [("macro", "F1_macro"), ("macro-of-means", "F1_macro (recomputed from P & R)")],
)
def test_means_over_links(scored: Scored, corpus: str, regime: str, mean: Mean, last: str) -> None:
    theirs = nel(corpus, regime)
    name = f"hipe2022/nel-{REGIMES[regime]}"
    found = scored(corpus, name, "flat").find(name, mean)
    assert found is not None
    keys = ("P_macro", "R_macro", last)
    assert three(found) == pytest.approx([theirs[key] for key in keys], abs=1e-9)


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("regime", REGIMES)
def test_means_over_documents_with_their_spread(scored: Scored, corpus: str, regime: str) -> None:
    theirs = nel(corpus, regime)
    name = f"hipe2022/nel-{REGIMES[regime]}"
    found = scored(corpus, name, "flat").find(name, "macro-document")
    assert found is not None
    ours = [found.precision, found.recall, found.f1, *found.extras.values()]
    keys = [f"{key}_macro_doc{end}" for end in ("", "_std") for key in ("P", "R", "F1")]
    wanted = [theirs[key] for key in keys]
    assert ours == [None if each is None else pytest.approx(each, abs=1e-9) for each in wanted]
