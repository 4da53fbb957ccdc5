"""Our figures of mentions beside those of conlleval, seqeval, nervaluate, HIPE and others.

Each corpus is scored through files, as records with every mention or (`flat`) as tags hold them.
What a tool prints as 0 or null where nothing is defined is `None` here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from math import isnan
from typing import Any

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import EDGES, SEEDS, View, expected

from glose.evaluate.results import Score, System

CORPORA = [*SEEDS, *(f"edge/{name}" for name in EDGES)]
VIEWS: tuple[View, ...] = ("entities", "flat")

SEMEVAL = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}
HIPE = {"strict": "strict", "ent_type": "fuzzy", "exact": "exact", "partial": "partial"}
FIVE = ("correct", "incorrect", "partial", "missed", "spurious")


def figures(score: Score | None) -> list[float]:
    """Return P, R and F1, 0 where they are undefined, as all these tools print them."""
    assert score is not None
    return [score.precision or 0.0, score.recall or 0.0, score.f1 or 0.0]


def near(*values: float | None) -> object:
    """Return what is equal but for the rounding of floats; null and NaN are undefined."""
    return pytest.approx([0.0 if v is None or isnan(v) else v for v in values], abs=1e-9)


def named(score: Mapping[str, Any], *keys: str) -> object:
    return near(*(score[key] for key in keys))


def types(system: System, metric: str) -> set[str | None]:
    return {score.type for score in system.types(metric)}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("mode", ["default", "strict_iob2"])
@pytest.mark.parametrize("corpus", CORPORA)
def test_seqeval(corpus: str, mode: str, view: View, scored: Scored) -> None:
    """Per type and the averages; tags that come from spans are always valid."""
    system = scored(corpus, "conll", view)
    theirs = expected(corpus)["seqeval 1.2.2"][mode]
    assert {name for name in theirs if not name.endswith(" avg")} == types(system, "conll/chunk")
    for name, row in theirs.items():
        if name.endswith(" avg"):
            found = system.find("conll/chunk", name.removesuffix(" avg"))
        else:
            found = system.find("conll/chunk", type_=name)
            assert found is not None
            assert found.gold == row["support"]
        assert figures(found) == named(row, "precision", "recall", "f1-score"), name


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("corpus", CORPORA)
def test_conlleval(corpus: str, view: View, scored: Scored) -> None:
    """Every line that it prints, letter by letter."""
    assert list(printed(scored(corpus, "conll", view))) == conlleval(corpus)


def conlleval(corpus: str) -> list[str]:
    lines: list[str] = expected(corpus)["conlleval.pl 2004-01-26"]["raw"]
    return [line.strip() for line in lines]


def printed(system: System) -> Iterator[str]:
    """Yield what conlleval prints."""
    micro = system.find("conll/chunk")
    assert micro is not None
    accuracy = micro.extras["accuracy"]
    assert accuracy is not None
    yield (
        f"processed {micro.counts['tokens']:.0f} tokens with {micro.gold:.0f} phrases; "
        f"found: {micro.predicted:.0f} phrases; correct: {micro.correct:.0f}."
    )
    yield f"accuracy: {100 * accuracy:6.2f}%; {_percent(micro)}"
    for score in system.types("conll/chunk"):
        yield f"{score.type}: {_percent(score)}  {score.predicted:.0f}"


def _percent(score: Score) -> str:
    p, r, f1 = (100 * figure for figure in figures(score))
    return f"precision: {p:6.2f}%; recall: {r:6.2f}%; FB1: {f1:6.2f}"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("corpus", CORPORA)
def test_seqscore(corpus: str, view: View, scored: Scored) -> None:
    system = scored(corpus, "conll", view)
    theirs = expected(corpus)["seqscore 0.9.0"]
    micro = system.find("conll/chunk")
    assert micro is not None
    assert micro.correct is not None
    assert micro.gold is not None
    assert micro.predicted is not None
    assert figures(micro) == named(theirs, "p", "r", "f")
    counted = (micro.correct, micro.predicted - micro.correct, micro.gold - micro.correct)
    assert counted == (theirs["tp"], theirs["fp"], theirs["fn"])
    assert micro.extras["accuracy"] == pytest.approx(theirs["acc"], abs=1e-9)
    assert set(theirs["types"]) == types(system, "conll/chunk")
    for name, row in theirs["types"].items():
        assert figures(system.find("conll/chunk", type_=name)) == near(*row), name


@pytest.mark.parametrize(
    ("tool", "prefix", "view"),
    [("all_spans", "", "entities"), ("flat", "flat-", "entities"), ("flat", "flat-", "flat")],
)
@pytest.mark.parametrize("corpus", CORPORA)
def test_nervaluate(corpus: str, tool: str, prefix: str, view: View, scored: Scored) -> None:
    """Figures and the five counts, of all types and of each."""
    system = scored(corpus, "semeval2013", view)
    theirs = expected(corpus)[f"nervaluate 1.2.1 {tool}"]
    for name, schemas in [(None, theirs["overall"]), *theirs["types"].items()]:
        for schema, row in schemas.items():
            found = system.find(f"semeval2013/{prefix}{SEMEVAL[schema]}", type_=name)
            assert found is not None
            assert found.counts == {key: row[key] for key in FIVE}, (name, schema)
            assert (found.predicted, found.gold) == (row["actual"], row["possible"])
            assert figures(found) == named(row, "precision", "recall", "f1"), (name, schema)


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_lists_of_flat_spans_are_as_the_tags_of_these_corpora(
    corpus: str, scored: Scored
) -> None:
    """Their ids stand in the order of the text, but for the spans that tags cannot hold."""
    system = scored(corpus, "semeval2013", "flat")
    for schema in SEMEVAL.values():
        one, other = (system.find(f"semeval2013/{prefix}{schema}") for prefix in ("", "flat-"))
        assert figures(one) == figures(other)


@pytest.mark.parametrize("corpus", SEEDS)
def test_the_best_pairs_are_at_least_as_many_as_those_of_brateval(
    corpus: str, scored: Scored
) -> None:
    best = scored(corpus, "relaxed").find("entity/overlap")
    greedy = scored(corpus, "brat").find("brat/entities-overlap")
    assert best is not None
    assert greedy is not None
    assert (best.correct or 0) >= (greedy.correct or 0)


@pytest.mark.parametrize(
    ("metric", "entry", "prefix"),
    [
        ("spacy/spans", "all_spans", "sc"),
        ("spacy/spans-unlabeled", "all_unlabeled", "sc"),
        ("spacy/ents", "flat", "ents"),
    ],
)
@pytest.mark.parametrize("corpus", CORPORA)
def test_spacy(corpus: str, metric: str, entry: str, prefix: str, scored: Scored) -> None:
    system = scored(corpus, "spacy")
    theirs = expected(corpus)["spaCy 3.8.18"][entry]
    keys = (f"{prefix}_{key}" for key in "prf")
    assert figures(system.find(metric)) == named(theirs, *keys)
    for name, row in (theirs.get(f"{prefix}_per_type") or {}).items():
        assert figures(system.find(metric, type_=name)) == named(row, *"prf"), name


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("corpus", CORPORA)
def test_hipe(corpus: str, view: View, scored: Scored) -> None:
    """Micro and by document with the spread, of all types and of each; the two macro means."""
    system = scored(corpus, "hipe2022", view)
    theirs = expected(corpus)["HIPE-scorer"]
    for name, regimes in [(None, theirs["nerc"]), *theirs["nerc_types"].items()]:
        for regime, row in regimes.items():
            metric, where = f"hipe2022/{HIPE[regime]}", (name, regime)
            micro = system.find(metric, type_=name)
            assert micro is not None, where
            assert micro.counts == {key: row[key] for key in FIVE}, where
            assert (micro.predicted, micro.gold) == (row["actual"], row["possible"]), where
            assert figures(micro) == named(row, "P_micro", "R_micro", "F1_micro"), where
            mean = system.find(metric, "macro-document", name)
            assert mean is not None, where
            keys = [f"{key}_macro_doc" for key in ("P", "R", "F1")]
            assert [mean.precision, mean.recall, mean.f1] == exactly(row, keys), where
            assert list(mean.extras.values()) == exactly(row, [f"{key}_std" for key in keys])


def exactly(row: Mapping[str, Any], keys: list[str]) -> list[object]:
    """Return figures of which null is undefined."""
    return [None if row[key] is None else pytest.approx(row[key], abs=1e-9) for key in keys]


@pytest.mark.parametrize("corpus", CORPORA)
def test_means_of_hipe_over_types(corpus: str, scored: Scored) -> None:
    system = scored(corpus, "hipe2022", "flat")
    for regime, row in expected(corpus)["HIPE-scorer"]["nerc"].items():
        metric = f"hipe2022/{HIPE[regime]}"
        mean = figures(system.find(metric, "macro"))
        assert mean == named(row, "P_macro", "R_macro", "F1_macro")
        again = figures(system.find(metric, "macro-of-means"))
        assert again == named(row, "P_macro", "R_macro", "F1_macro (recomputed from P & R)")


@pytest.mark.parametrize("span", ["exact", "overlap"])
def test_brateval(seed: str, span: str, scored: Scored) -> None:
    """Each row of its table as it prints it: counts, and figures with four decimals."""
    system = scored(seed, "brat")
    metric = f"brat/entities-{span}"
    rows = (
        line.split("|") for line in expected(seed)["brateval 0.3.2"][f"CompareEntities_{span}"]
    )
    theirs = {row[0]: row[1:] for row in rows if len(row) == 7 and row[0]}
    assert set(theirs) == {"all", *types(system, metric)}
    for name, row in theirs.items():
        found = system.find(metric, type_=None if name == "all" else name)
        assert found is not None
        ours = [f"{found.counts[key]:.0f}" for key in ("tp", "fp", "fn")]
        assert [*ours, *map(four_decimals, figures(found))] == row


def four_decimals(figure: float) -> str:
    """Return a number as `String.format("%1.4f")` of Java prints it: half is rounded up."""
    return str(Decimal(repr(figure)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def test_discontinuous(seed: str, scored: Scored) -> None:
    """Every figure: by type and both averages, of all and of some sentences, and of mentions."""
    system = scored(seed, "discontinuous")
    for key, theirs in expected(seed)["xdai discontinuous NER"].items():
        found = dai(system, key)
        assert found == pytest.approx(theirs, abs=1e-9), key


def dai(system: System, key: str) -> float | None:
    """Return the figure that the scorer of Dai et al. calls so."""
    name, figure = key.rsplit("-", 1)
    metric = "discontinuous/mentions"
    for prefix, other in (("sentences_with_disc-", "sentences"), ("disc-mention-", "only")):
        if name.startswith(prefix):
            name, metric = name.removeprefix(prefix), f"discontinuous/{other}"
    if name in ("micro", "macro"):
        score = next(
            s for s in system.scores if (s.metric, s.average, s.type) == (metric, name, None)
        )
    else:
        score = next(s for s in system.types(metric) if s.type == name)
    value: float | None = getattr(score, figure)
    return value
