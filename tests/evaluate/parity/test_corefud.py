"""Our figures beside those of corefud-scorer 1.2 on the files that it reads, as it read them.

`corefud/` has four corpora of fourteen generated documents in CorefUD: entities of one mention,
mentions that nest and cross, equal spans of which gold and predictions state other heads, and in
`gaps1` and `gaps2` mentions in pieces. `expected.json` is what the program printed for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.evaluate.parity.compared import refuse_difference
from tests.evaluate.parity.test_coreference import found, words

from glose.corpus.formats import table
from glose.corpus.formats.conversion import Wanted, convert
from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score

HERE = Path(__file__).parent / "corefud"
EXPECTED = {
    path.parent.name: json.loads(path.read_bytes()) for path in HERE.glob("*/expected.json")
}
MATCHES = ("exact", "partial", "head")
PROTOCOLS = ("corefud", *(f"corefud-{match}-no-singletons" for match in MATCHES))

ByFile: TypeAlias = Callable[[str], System]


@pytest.fixture(scope="module")
def by_file(tmp_path_factory: pytest.TempPathFactory) -> ByFile:
    """Give the function that scores a corpus in CorefUD by name."""
    systems: dict[str, System] = {}

    def records(corpus: str, side: str) -> Path:
        path = tmp_path_factory.mktemp(corpus) / f"{side}.jsonl"
        read, write = (("conllu", table.find("conllu")), ("jsonl", table.find("jsonl")))
        convert(HERE / corpus / f"{side}.conllu", path, read, write, Wanted())
        return path

    def scored(corpus: str) -> System:
        if corpus not in systems:
            gold, predicted = records(corpus, "gold"), records(corpus, "pred")
            options = Options(
                protocols=(*PROTOCOLS, "coreference-head-no-singletons"), sampling=Sampling(0)
            )
            systems[corpus] = score(gold, [predicted], options=options).systems[0]
        return systems[corpus]

    return scored


@pytest.mark.parametrize(
    ("corpus", "mode"),
    [(corpus, mode) for corpus in sorted(EXPECTED) for mode in EXPECTED[corpus]],
)
def test_figures(corpus: str, mode: str, by_file: ByFile) -> None:
    refuse_difference(words(by_file(corpus), EXPECTED[corpus][mode], f"corefud-{mode}"))


@pytest.mark.parametrize("corpus", sorted(EXPECTED))
def test_equal_spans_of_other_heads_are_no_match_for_the_program(
    corpus: str, by_file: ByFile
) -> None:
    """To `coreference-head-no-singletons` equal spans are one mention, whatever their heads."""
    names = ("coreference-head-no-singletons/conll", "corefud-head-no-singletons/conll")
    ours, program = (found(by_file(corpus), name).f1 or 0 for name in names)
    assert ours > program + 0.01


def test_without_gaps_the_program_was_also_told_to_keep_singletons() -> None:
    kept = {corpus: set(MATCHES) <= EXPECTED[corpus].keys() for corpus in EXPECTED}
    assert kept == {"gaps1": False, "gaps2": False, "whole1": True, "whole2": True}
