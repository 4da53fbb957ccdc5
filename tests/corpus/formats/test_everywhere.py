"""Real corpora in every format that is written: what is not told to be lost comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from glose.corpus.document import Document
from glose.corpus.formats import table, trial
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects

WRITTEN = [name for name, found in table.FORMATS.items() if found.writer]
#: A file or folder of each corpus; its format is recognised. Not here is europeana-ner-fr, one
#: sentence of 200,000 words, which takes each writer half a minute: see test_conll.py.
SOURCES = {
    "btc-e": "e.conll",
    "eltec-fra-tei": "level1",
    "fr-litbank": "brat",
    "gap": "gap-validation.tsv",
    "gum-news": "dep",
    "hipe2022-ajmc-fr": "HIPE-2022-v2.1-ajmc-test-fr.tsv",
    "hipe2022-newseye-fr": "HIPE-2022-v2.1-newseye-dev-fr.tsv",
    "litbank": "entities/brat",
    "meantime-en": "",
    "ncbi-disease-pubtator": "NCBIdevelopset_corpus.txt",
    "phee": "test.json",
    "re3d": "",
    "redocred-dev150": "dev150.json",
    "wnut17": "emerging.test.annotated",
}
#: How many documents of each corpus are taken, and how long they may be.
TAKEN, LONGEST = 4, 40_000


@pytest.fixture(scope="module")
def taken(
    data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], list[Document]]:
    """Return a function from a corpus to some of its documents, each read once."""
    found: dict[str, list[Document]] = {}

    def take(name: str) -> list[Document]:
        if name not in found:
            path = data(name) / SOURCES[name]
            task = Task({}, Rejects(tmp_path_factory.mktemp("rejects") / "r"))
            read = list(islice(table.recognised(path).read(path, task), 2 * TAKEN))
            short = [one for one in read if len(one.text or "") <= LONGEST]
            found[name] = short[:TAKEN] or read[:1]
        return found[name]

    return take


@pytest.mark.parametrize("corpus", SOURCES)
@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_not_told_to_be_lost_comes_back(
    taken: Callable[[str], list[Document]], tmp_path: Path, name: str, corpus: str
) -> None:
    form = table.FORMATS[name]
    path = trial.place(form, tmp_path)
    assert taken(corpus)
    losses = trial.write(form, taken(corpus), path, name)

    assert trial.unexplained(form, losses, form.read(path)) == Counter()
