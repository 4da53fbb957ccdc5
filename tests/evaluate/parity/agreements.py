"""Figures of agreement beside those of the references, for the table in docs/metrics.md.

Those that are not drawn at random; test_agreement.py has gamma, and figures of parts of a corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.evaluate.parity.compared import Compared, Printed
from tests.evaluate.parity.records import save, small
from tests.evaluate.parity.test_agreement import SIDES, TOKENS, named

from glose.evaluate.agreement.agree import agree
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.agreement.results import Agreement
from glose.evaluate.intervals import Sampling

TOOL = "agreement references"
COEFFICIENTS = {
    "fleiss_token": "fleiss", "randolph_token": "randolph", "alpha_nominal_token": "alpha",
}  # fmt: skip
ALPHA_U = "alpha_u_dkpro_per_doc_first20"


def figures(seed: str, folder: Path, theirs: Printed) -> Iterator[Compared]:
    """Yield kappas and alpha of tokens, alpha-u of documents, and F1 of each pair."""
    choice = Choice(("spacy",), (TOKENS,), sampling=Sampling(0), gamma=0)
    flat = agree([save(seed, side, folder, "flat") for side in SIDES], choice=choice)
    for pair, wanted in theirs["cohen_token"].items():
        yield Compared(
            f"cohen {pair}", value(flat, TOKENS, "cohen", named(seed, pair, "flat")), wanted
        )
    for key, name in COEFFICIENTS.items():
        yield Compared(key, value(flat, TOKENS, name), theirs[key])
    yield from of_spans(seed, folder, theirs)


def of_spans(seed: str, folder: Path, theirs: Printed) -> Iterator[Compared]:
    paths = [save(seed, side, folder) for side in SIDES]
    choice = Choice(
        ("spacy",), ("f1", "mentions"), by=("document",), gamma=0, sampling=Sampling(0)
    )
    found = agree(paths, choice=choice)
    for pair, wanted in theirs["pairwise_f1"].items():
        own = named(seed, pair, "entities")
        yield Compared(f"F1 {pair}", value(found, "spacy/spans", "f1", own), wanted)
    yield Compared("F1", value(found, "spacy/spans", "f1"), theirs["pairwise_f1_mean"])
    alphas = {
        each.bucket.value: each.value
        for each in found.coefficients
        if each.bucket is not None
        and (each.name, each.kind, each.type) == ("alpha-u", "all", None)
    }
    documents = small(seed, "gold")[: len(theirs[ALPHA_U])]
    for document, wanted in zip(documents, theirs[ALPHA_U], strict=True):
        yield Compared(f"alpha-u {document['id']}", alphas[document["id"]], wanted)


def value(
    agreement: Agreement, unit: str, name: str, pair: tuple[str, str] | None = None
) -> float | None:
    found = agreement.find(unit, name, "pair", pair) if pair else agreement.find(unit, name)
    return found.value if found else None
