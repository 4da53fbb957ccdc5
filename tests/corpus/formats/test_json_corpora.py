"""Real corpora through the formats of JSON: all that is not told to be lost comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from glose.corpus.document import Document
from glose.corpus.formats import comparison, table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.losses import Losses

FORMATS = [
    "label-studio",
    "doccano",
    "prodigy",
    "argilla",
    "textee",
    "dygie",
    "pubannotation",
    "web-annotation",
]
Corpus = Callable[[str], list[Document]]
#: What readers find out by themselves.
DERIVED = {"tokens", "sentences"}


class Remembered(Losses):
    """A ledger that keeps each document as it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.last: list[Document] = []

    def begin(self, document: Document) -> None:
        super().begin(document)
        self.last.append(document)

    def step(self, after: Document, reason: str) -> Document:
        self.last[-1] = after
        return super().step(after, reason)


@pytest.fixture(scope="module")
def corpus(data: Callable[[str], Path]) -> Corpus:
    """Return a function that reads a corpus of brat once."""
    found: dict[str, list[Document]] = {}

    def read(name: str) -> list[Document]:
        if name not in found:
            task = Task()
            folder = data(name.split("/", maxsplit=1)[0]) / name.partition("/")[2]
            task.rejects.path = Path(
                "rejects"
            )  # wrong lines of the sources are not looked at here
            found[name] = list(islice(table.find("brat").read(folder, task), 6))
        return found[name]

    return read


@pytest.mark.parametrize("source", ["litbank/coref/brat", "litbank/events/brat", "fr-litbank"])
@pytest.mark.parametrize("name", FORMATS)
def test_corpora_come_back(tmp_path: Path, corpus: Corpus, name: str, source: str) -> None:
    documents = corpus(source)
    task = Task(counted=True, name=name)
    task.losses = ledger = Remembered()
    path = tmp_path / "c"
    table.find(name).write(path, documents, task)
    back = list(table.find(name).read(path))

    lost: Counter[str] = Counter()
    spaces = "texts" in table.find(name).holds
    pairs = zip(sorted(ledger.last, key=_id), sorted(back, key=_id), strict=True)
    for before, after in pairs:
        lost.update(comparison.missing(before, after, spaces=spaces))
        lost.update(comparison.missing(after, before, spaces=spaces))
    assert not {kind: number for kind, number in lost.items() if kind not in DERIVED}


def _id(document: Document) -> str:
    return document.id
