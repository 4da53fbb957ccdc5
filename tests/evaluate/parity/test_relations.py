"""Our figures of relations beside those of OneIE's scorer and of brateval."""

from __future__ import annotations

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import EDGES, SEEDS, expected

CORPORA = [*SEEDS, *(f"edge/{name}" for name in EDGES)]


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize(
    ("metric", "key"),
    [
        ("ace/oneie-relation", "relation"),
        ("ace/oneie-relation-directional", "relation_directional"),
    ],
)
def test_relations_of_oneie(scored: Scored, corpus: str, metric: str, key: str) -> None:
    theirs = expected(corpus)["OneIE score_graphs (TextEE copy)"][key]
    found = scored(corpus, metric).find(metric)
    assert found is not None
    assert [found.precision, found.recall, found.f1] == pytest.approx(
        [theirs[name] for name in ("prec", "rec", "f")], abs=1e-9
    )


@pytest.mark.parametrize("mode", ["exact", "overlap"])
def test_rows_of_brateval(scored: Scored, seed: str, mode: str) -> None:
    metric = f"brat/relations-{mode}"
    system = scored(seed, metric)
    rows = expected(seed)["brateval 0.3.2"][f"CompareRelations_{mode}"]
    ours = []
    for row in rows:
        name = row.partition("|tp:")[0]
        found = system.find(metric, "micro", None if name == "all" else name)
        assert found is not None
        counts = {"tp": found.correct or 0.0, **found.counts}
        shown = "|".join(f"{key}:{counts[key]:.0f}" for key in ("tp", "fp", "fn"))
        three = zip(
            ("precision", "recall", "f1"), (found.precision, found.recall, found.f1), strict=True
        )
        shown += "".join(f"|{key}:{value or 0:.4f}" for key, value in three)
        ours.append(f"{name}|{shown}|fpm:{counts['fpm']:.0f}|fnm:{counts['fnm']:.0f}")
    assert ours == rows
