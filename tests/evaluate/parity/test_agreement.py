"""Agreement of the three layers of each seed is that of the references, figure by figure.

scikit-learn (Cohen), statsmodels (Fleiss, Randolph), krippendorff, NLTK and dkpro-statistics are
equal to 1e-9. pygamma-agreement samples what it expects, so that and gamma are compared within
the precision of its thirty samples; what it observes is equal to the precision of its floats.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.evaluate.parity.compared import Compared, Printed, Programs, refuse_difference
from tests.evaluate.parity.records import SEEDS, View, expected, record, save, small

from glose.evaluate.agreement.agree import agree
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.agreement.columns import Columns
from glose.evaluate.agreement.gamma import Disorder, disorder
from glose.evaluate.agreement.kappas import Kappas, counts
from glose.evaluate.agreement.results import Agreement, Coefficient
from glose.evaluate.agreement.units import NONE, Value
from glose.evaluate.intervals import Sampling

#: What expected.json calls the programs that compared the three layers.
TOOL = "agreement references"

#: Figures of agreement are not scores: they have no protocol.
AGREEMENT = "agreement"

SIDES = ("gold", "pred", "ann3")
PAIRS = {"01": ("gold", "pred"), "02": ("gold", "ann3"), "12": ("pred", "ann3")}
TOKENS = "mention-tokens"
MISSING = "alpha_nominal_token_10pct_missing_seed0"
NLTK = {
    "multi_kappa": "davies-fleiss", "pi": "fleiss", "alpha": "alpha", "S": "randolph",
    "avg_Ao": "observed",
}  # fmt: skip

near = pytest.approx


@dataclass(frozen=True)
class Corpus:
    """The three layers of a seed, and a folder to write them to."""

    seed: str
    folder: Path

    def saved(self, view: View) -> list[Path]:
        """Return the files of the layers."""
        return [save(self.seed, side, self.folder, view) for side in SIDES]


@cache
def flat(corpus: Corpus) -> Agreement:
    """Return the agreement in the labels of tokens and documents; mentions are not nested."""
    choice = Choice(units=(TOKENS, "labels"), sampling=Sampling(0))
    return agree(corpus.saved("flat"), choice=choice)


@cache
def nested(corpus: Corpus) -> Agreement:
    """Return the agreement in all mentions, alpha-u of each document by itself."""
    choice = Choice(
        ("spacy",), ("f1", "mentions"), by=("document",), gamma=0, sampling=Sampling(0)
    )
    return agree(corpus.saved("entities"), choice=choice)


@cache
def first(corpus: Corpus, left: int = 3000) -> Agreement:
    """Return the agreement in the first 3,000 tokens, which end inside of a document."""
    records = [[record(each, "flat") for each in small(corpus.seed, side)] for side in SIDES]
    number = 0
    while left > 0:
        for layer in records:
            layer[number]["tokens"] = layer[number]["tokens"][:left]
        left -= len(records[0][number]["tokens"])
        number += 1
    paths = stated(corpus, [layer[:number] for layer in records])
    return agree(paths, choice=Choice(units=(TOKENS,), sampling=Sampling(0)))


def stated(corpus: Corpus, records: Sequence[Sequence[dict[str, Any]]]) -> list[Path]:
    """Write records of the three sides, and return the files."""
    paths = []
    for side, each in zip(SIDES, records, strict=True):
        path = corpus.folder / f"{corpus.seed}-{side}-first.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in each), encoding="utf-8")
        paths.append(path)
    return paths


def figure(found: Coefficient | None) -> float | None:
    assert found is not None
    return found.value


def of_pair(corpus: Corpus, found: Agreement, unit: str, name: str, pair: str) -> float | None:
    """Return a figure of two layers, which are called by their files."""
    view = "entities" if name == "f1" else "flat"
    one, other = (f"{corpus.seed}-{side}-{view}" for side in PAIRS[pair])
    return figure(found.find(unit, name, "pair", (one, other)))


def cohen(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    for pair, wanted in theirs["cohen_token"].items():
        ours = of_pair(corpus, flat(corpus), TOKENS, "cohen", pair)
        yield Compared(f"cohen {pair}", ours, wanted)


def fleiss(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    for name in ("fleiss", "randolph"):
        ours = figure(flat(corpus).find(TOKENS, name))
        yield Compared(name, ours, theirs[f"{name}_token"])


def krippendorff(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    ours = figure(flat(corpus).find(TOKENS, "alpha"))
    yield Compared("alpha", ours, theirs["alpha_nominal_token"])
    yield Compared("alpha, a tenth missing", alpha_of_nine_tenths(corpus.seed), theirs[MISSING])


def nltk(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    for key, wanted in theirs["nltk_first3000"].items():
        yield Compared(key, figure(first(corpus).find(TOKENS, NLTK[key])), wanted)


def pairwise(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    """Yield F1 of sets of spans with types, as spaCy has them: a duplicate vanishes."""
    found = nested(corpus)
    for pair, wanted in theirs["pairwise_f1"].items():
        yield Compared(f"F1 {pair}", of_pair(corpus, found, "spacy/spans", "f1", pair), wanted)
    ours = figure(found.find("spacy/spans", "f1"))
    yield Compared("F1", ours, theirs["pairwise_f1_mean"])


def dkpro(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    found = {
        each.bucket.value: each.value
        for each in nested(corpus).coefficients
        if each.bucket is not None and each.name == "alpha-u"
    }
    documents = small(corpus.seed, "gold")
    for document, wanted in zip(documents, theirs["alpha_u_dkpro_per_doc_first20"], strict=False):
        yield Compared(f"alpha-u {document['id']}", found[document["id"]], wanted)


def pygamma(corpus: Corpus, theirs: Printed) -> Iterator[Compared]:
    """Yield what is observed, which is no sample, to the digits that its floats hold."""
    for number, wanted in enumerate(theirs["gamma_first6"]):
        ours = disorders(corpus.seed, number, 1).observed.disorder
        yield Compared(f"disorder {number}", f"{ours:.5f}", f"{wanted['observed_disorder']:.5f}")


COMPARED: Programs = {
    "scikit-learn cohen_kappa_score": (AGREEMENT, cohen),
    "statsmodels fleiss_kappa": (AGREEMENT, fleiss),
    "krippendorff 0.9 alpha": (AGREEMENT, krippendorff),
    "NLTK AnnotationTask": (AGREEMENT, nltk),
    "pairwise F1 of sets": (AGREEMENT, pairwise),
    "dkpro-statistics alpha_u": (AGREEMENT, dkpro),
    "pygamma-agreement 0.5.9": (AGREEMENT, pygamma),
}


@pytest.mark.parametrize("program", COMPARED)
def test_agreement_is_that_of_the_program(program: str, seed: str, tmp_path: Path) -> None:
    _, compare = COMPARED[program]
    refuse_difference(compare(Corpus(seed, tmp_path), reference(seed)))


def reference(seed: str) -> Any:  # noqa: ANN401  # JSON
    return expected(seed)[TOOL]


def test_cohen_of_labels_is_that_of_scikit_learn(seed: str, tmp_path: Path) -> None:
    corpus = Corpus(seed, tmp_path)
    found = of_pair(corpus, flat(corpus), "labels:topic", "cohen", "01")
    assert found == near(expected(seed)["scikit-learn"]["kappa"], abs=1e-9)


def alpha_of_nine_tenths(seed: str) -> float:
    """Return alpha without what `RandomState(0).rand(3, tokens) < 0.1` says, as the driver did."""
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
    return float(alpha.read(columns.matrix([row]).sum(axis=0)[None])[0])


def flat_labels(seed: str, side: str) -> list[Value]:
    """Return the labels of all tokens of a side, in the order of its documents."""
    labels = []
    for document in small(seed, side):
        each = record(document, "flat")
        for start, end in each["tokens"]:
            found = (m for m in each["mentions"] if m["start"] < end and start < m["end"])
            labels.append(next((frozenset([m["type"]]) for m in found), NONE))
    return labels


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
