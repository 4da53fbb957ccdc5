"""A reader of somebody else, on a file that `benchmarks/formats.py` wrote.

    build/peers/bin/python benchmarks/readers.py READER PATH

To be run by a Python that has the reader (and need not have glose). Prints, as JSON, how many
documents and annotations it found, and the CPU seconds that reading took without the imports.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

#: Yields, for each document, how many annotations the reader has of it.
Reading: TypeAlias = Callable[[Path], Iterator[int]]


def stdlib_json(path: Path) -> Iterator[int]:
    """Decode each line, which is the least that any reader of records does."""
    with path.open() as lines:
        for line in lines:
            yield len(json.loads(line)["mentions"])


def conllu(path: Path) -> Iterator[int]:
    """Parse sentences; a new document begins where its comment says so."""
    from conllu import parse_incr

    found = 0
    with path.open(encoding="utf-8") as lines:
        for number, sentence in enumerate(parse_incr(lines)):
            if "newdoc id" in sentence.metadata and number:
                yield found
                found = 0
            found += sum("Entity" in (token["misc"] or ()) for token in sentence)
    yield found


def bioc_xml(path: Path) -> Iterator[int]:
    from bioc import biocxml

    yield from map(_bioc, biocxml.load(str(path)).documents)


def bioc_json(path: Path) -> Iterator[int]:
    from bioc import biocjson

    with path.open() as stream:
        yield from map(_bioc, biocjson.load(stream).documents)


def _bioc(document: Any) -> int:  # noqa: ANN401 - of a package that is not installed here
    return sum(len(passage.annotations) for passage in document.passages)


def spacy(path: Path) -> Iterator[int]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    for doc in DocBin().from_disk(path).get_docs(Vocab()):
        yield sum(map(len, doc.spans.values())) + len(doc.ents)


def cassis(path: Path) -> Iterator[int]:
    """Read each XMI of a folder with the type system beside it."""
    import cassis

    with (path / "TypeSystem.xml").open("rb") as stream:
        types = cassis.load_typesystem(stream)
    for file in sorted(path.rglob("*.xmi")):
        with file.open("rb") as stream:
            yield len(cassis.load_cas_from_xmi(stream, typesystem=types).select_all())


def cassis_json(path: Path) -> Iterator[int]:
    import cassis

    for file in sorted(path.rglob("*.json")):
        with file.open("rb") as stream:
            yield len(cassis.load_cas_from_json(stream).select_all())


def arrow(path: Path) -> Iterator[int]:
    import pyarrow.parquet

    for batch in pyarrow.parquet.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            yield len(row["mentions"])


READERS: Mapping[str, Reading] = {
    "json": stdlib_json, "conllu": conllu, "bioc": bioc_xml, "bioc (JSON)": bioc_json,
    "spaCy": spacy, "dkpro-cassis": cassis, "dkpro-cassis (JSON)": cassis_json, "pyarrow": arrow,
}  # fmt: skip
MODULES: Mapping[str, str] = {
    "conllu": "conllu", "bioc": "bioc", "bioc (JSON)": "bioc", "spaCy": "spacy.tokens",
    "dkpro-cassis": "cassis", "dkpro-cassis (JSON)": "cassis", "pyarrow": "pyarrow.parquet",
}  # fmt: skip


def main() -> None:
    name, path = sys.argv[1], Path(sys.argv[2])
    if name in MODULES:
        __import__(MODULES[name])
    began = time.process_time()
    found = list(READERS[name](path))
    took = time.process_time() - began
    print(json.dumps({"cpu": took, "documents": len(found), "annotations": sum(found)}))


if __name__ == "__main__":
    main()
