"""Agreement of the three layers of each seed is that of the references, figure by figure.

scikit-learn (Cohen), statsmodels (Fleiss, Randolph), krippendorff, NLTK and dkpro-statistics are
equal to 1e-9. pygamma-agreement samples what it expects, so that and gamma are compared within
the precision of its thirty samples; what it observes is equal to the precision of its floats.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.evaluate.parity.records import SEEDS, View, expected, record, save, small

from glose.evaluate.agreement.agree import agree
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.agreement.columns import Columns
from glose.evaluate.agreement.gamma import Disorder, disorder
from glose.evaluate.agreement.kappas import Kappas, counts
from glose.evaluate.agreement.results import Agreement
from glose.evaluate.agreement.units import NONE, Value
from glose.evaluate.intervals import Sampling

SIDES = ("gold", "pred", "ann3")
PAIRS = {"01": ("gold", "pred"), "02": ("gold", "ann3"), "12": ("pred", "ann3")}
UNITS = ("f1", "mention-tokens", "mentions", "labels")
TOKENS = "mention-tokens"

Agreed = Callable[..., Agreement]
near = pytest.approx


def reference(seed: str) -> Any:  # noqa: ANN401  # JSON
    return expected(seed)["agreement references"]


def stated(seed: str, records: Sequence[Sequence[dict[str, Any]]], folder: Path) -> list[Path]:
    """Write records of the three sides, and return the files."""
    paths = []
    for side, each in zip(SIDES, records, strict=True):
        path = folder / f"{seed}-{side}.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in each), encoding="utf-8")
        paths.append(path)
    return paths


@pytest.fixture(scope="session")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Agreed:
    """Give a function that compares the three layers of a seed, without intervals."""
    folder = tmp_path_factory.mktemp("agreement")

    @cache
    def found(seed: str, view: View, protocol: str = "spacy", gamma: int = 0) -> Agreement:
        paths = [save(seed, side, folder, view) for side in SIDES]
        choice = Choice((protocol,), UNITS, sampling=Sampling(0), gamma=gamma)
        return agree(paths, choice=choice)

    return found


def named(seed: str, pair: str, view: str) -> tuple[str, str]:
    one, other = PAIRS[pair]
    return f"{seed}-{one}-{view}", f"{seed}-{other}-{view}"


@pytest.mark.parametrize("pair", PAIRS)
def test_cohen_is_that_of_scikit_learn(seed: str, pair: str, agreed: Agreed) -> None:
    found = agreed(seed, "flat").find(TOKENS, "cohen", "pair", named(seed, pair, "flat"))
    assert found is not None
    assert found.value == near(reference(seed)["cohen_token"][pair], abs=1e-9)


def test_cohen_of_labels_is_that_of_scikit_learn(seed: str, agreed: Agreed) -> None:
    found = agreed(seed, "flat").find("labels:topic", "cohen", "pair", named(seed, "01", "flat"))
    assert found is not None
    assert found.value == near(expected(seed)["scikit-learn"]["kappa"], abs=1e-9)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("fleiss", "fleiss_token"),
        ("randolph", "randolph_token"),
        ("alpha", "alpha_nominal_token"),
    ],
)
def test_statsmodels_and_krippendorff(seed: str, name: str, key: str, agreed: Agreed) -> None:
    found = agreed(seed, "flat").find(TOKENS, name)
    assert found is not None
    assert found.value == near(reference(seed)[key], abs=1e-9)


def test_alpha_with_a_tenth_of_the_labels_missing(seed: str) -> None:
    """The driver of the reference drops what `RandomState(0).rand(3, tokens) < 0.1` says."""
    labels = [flat_labels(seed, side) for side in SIDES]
    gone = np.random.RandomState(0).rand(3, len(labels[0])) < 0.1
    votes = Counter(
        tuple(None if lost else value for value, lost in zip(values, lack, strict=True))
        for values, lack in zip(zip(*labels, strict=True), gone.T, strict=True)
    )
    row = counts(votes)
    columns = Columns.of([row])
    readings = Kappas("tokens", columns, (), (0, 1, 2)).readings()
    [alpha] = [r for r in readings if (r.coefficient, r.kind, r.type) == ("alpha", "all", None)]
    found = float(alpha.read(columns.matrix([row]).sum(axis=0)[None])[0])
    wanted = reference(seed)["alpha_nominal_token_10pct_missing_seed0"]
    assert found == near(wanted, abs=1e-9)


def flat_labels(seed: str, side: str) -> list[Value]:
    """Return the labels of all tokens of a side, in the order of its documents."""
    labels = []
    for document in small(seed, side):
        each = record(document, "flat")
        for start, end in each["tokens"]:
            found = (m for m in each["mentions"] if m["start"] < end and start < m["end"])
            labels.append(next((frozenset([m["type"]]) for m in found), NONE))
    return labels


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("davies-fleiss", "multi_kappa"),
        ("fleiss", "pi"),
        ("alpha", "alpha"),
        ("randolph", "S"),
        ("observed", "avg_Ao"),
    ],
)
def test_nltk(seed: str, name: str, key: str, tmp_path: Path) -> None:
    """The reference has the first 3,000 tokens, which end inside of a document."""
    records = [[record(each, "flat") for each in small(seed, side)] for side in SIDES]
    left, number = 3000, 0
    while left > 0:
        for layer in records:
            layer[number]["tokens"] = layer[number]["tokens"][:left]
        left -= len(records[0][number]["tokens"])
        number += 1
    paths = stated(seed, [layer[:number] for layer in records], tmp_path)
    found = agree(paths, choice=Choice(units=(TOKENS,), sampling=Sampling(0))).find(TOKENS, name)
    assert found is not None
    assert found.value == near(reference(seed)["nltk_first3000"][key], abs=1e-9)


@pytest.mark.parametrize("pair", PAIRS)
def test_pairwise_f1_of_sets(seed: str, pair: str, agreed: Agreed) -> None:
    """Sets of spans with types, as spaCy has them: a duplicate vanishes."""
    found = agreed(seed, "entities")
    own = found.find("spacy/spans", "f1", "pair", named(seed, pair, "entities"))
    assert own is not None
    assert own.value == near(reference(seed)["pairwise_f1"][pair], abs=1e-9)


def test_the_mean_of_pairwise_f1(seed: str, agreed: Agreed) -> None:
    found = agreed(seed, "entities").find("spacy/spans", "f1")
    assert found is not None
    assert found.value == near(reference(seed)["pairwise_f1_mean"], abs=1e-9)


def test_alpha_u_of_each_document_is_that_of_dkpro(seed: str, tmp_path: Path) -> None:
    paths = [save(seed, side, tmp_path) for side in SIDES]
    choice = Choice(units=("mentions",), by=("document",), gamma=0, sampling=Sampling(0))
    found = {
        each.bucket.value: each.value
        for each in agree(paths, choice=choice).coefficients
        if each.bucket is not None
    }
    wanted = reference(seed)["alpha_u_dkpro_per_doc_first20"]
    got = [found[document["id"]] for document in small(seed, "gold")[: len(wanted)]]
    assert got == near(wanted, abs=1e-9)


def disorders(seed: str, number: int, samples: int) -> Disorder:
    """Return the disorder of one document, its units in tokens."""
    layers = []
    for side in SIDES:
        each = record(small(seed, side)[number], "flat")
        starts, ends = ([word[side] for word in each["tokens"]] for side in range(2))
        layers.append(
            sorted(
                (float(starts.index(m["start"])), ends.index(m["end"]) + 1.0, m["type"])
                for m in each["mentions"]
            )
        )
    return Disorder.of(layers, samples, np.random.default_rng(number))


@pytest.mark.parametrize("number", range(6))
def test_gamma_is_that_of_pygamma_within_its_precision(seed: str, number: int) -> None:
    """Its thirty samples and ours differ by less than 3.5 standard errors of their difference.

    Twelve documents are compared: by chance one in 2,000 would be further off. What is observed
    is no sample; pygamma-agreement computes it with floats of 24 bits.
    """
    wanted = reference(seed)["gamma_first6"][number]
    found = disorders(seed, number, 60)
    mean, variance = found.mean(disorder)
    error = (variance * 60 / 30 + variance) ** 0.5

    assert found.observed.disorder == near(wanted["observed_disorder"], rel=2e-6)
    assert abs(mean - wanted["expected"]) < 3.5 * error
    assert 1 - found.observed.disorder / wanted["expected"] == near(wanted["gamma"], abs=2e-6)


def test_what_gamma_expects_is_not_off_to_one_side() -> None:
    """Over twelve documents the differences in standard errors have a mean near 0.

    It would be further off than 0.9 by chance once in 500 times.
    """
    apart = []
    for seed in SEEDS:
        for number, wanted in enumerate(reference(seed)["gamma_first6"]):
            mean, variance = disorders(seed, number, 60).mean(disorder)
            apart.append((wanted["expected"] - mean) / (3 * variance) ** 0.5)
    assert abs(sum(apart) / len(apart)) < 0.9


#: The types of another best alignment of a document that has two (its disorder is the same).
OTHERS = {("seed1", 4): 0.568509129}


@pytest.mark.parametrize("number", range(6))
def test_gamma_cat_is_that_of_pygamma_if_units_alone_count(seed: str, number: int) -> None:
    wanted = reference(seed)["gamma_first6"][number]["gamma_cat"]
    found = disorders(seed, number, 60)
    values = [each.categories(alone=True) for each in found.expected]
    mean, spread = float(np.mean(values)), float(np.std(values, ddof=1))
    observed = OTHERS.get((seed, number), found.observed.categories(alone=True))
    error = observed / mean**2 * spread * (1 / 30 + 1 / 60) ** 0.5
    assert abs(1 - observed / mean - wanted) < 3.5 * error


def test_a_document_has_two_best_alignments_with_other_types() -> None:
    """pygamma-agreement has one, glose the other; gamma is the same and gamma-cat is not."""
    found = disorders("seed1", 4, 1).observed
    assert found.categories(alone=True) == near(0.593546342)
    assert found.disorder == near(reference("seed1")["gamma_first6"][4]["observed_disorder"])
