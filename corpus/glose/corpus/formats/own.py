"""The record itself as a format: one a line, and as Arrow columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glose.corpus import arrow, jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.errors import InputError, Place
from glose.corpus.files import readable
from glose.corpus.formats import peeking
from glose.corpus.formats.declaration import Format, Task

_KEYS = frozenset(Document.__struct_fields__)


def _read(path: Path, task: Task) -> Iterator[Document]:
    if task.rejects.path is None:
        yield from manifest.documents(path)
        return
    source = manifest.file(path)
    with readable(source) as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield from jsonl.parse([line], str(source))
            except InputError as error:
                place = Place(str(source), number, error.place.id)
                task.rejects.add(place, error.what, line.decode("utf-8", "replace"))


def _write(path: Path, documents: Iterable[Document], _task: Task) -> int:
    return jsonl.write(path, documents, check=False)


def _from_parquet(path: Path, _task: Task) -> Iterator[Document]:
    yield from arrow.from_parquet(path)


def _to_parquet(path: Path, documents: Iterable[Document], _task: Task) -> int:
    return arrow.to_parquet(path, documents)


def _is_jsonl(path: Path, head: bytes) -> bool:
    """Whether the first line is a record: with an id that is a string, and no key of another's."""
    if path.is_dir():
        return bool(manifest.records(path))
    found = {} if peeking.is_list(head) else peeking.keys(head)
    return found.get("id") == '"' and _KEYS.issuperset(found)


def _is_parquet(path: Path, head: bytes) -> bool:
    return not path.is_dir() and head.startswith(b"PAR1")


JSONL = Format(
    "the record doc/1, one a line; a corpus folder",
    (".jsonl", ".ndjson"),
    _read,
    _write,
    _is_jsonl,
    checks=True,
    layers=True,
)
PARQUET = Format(
    "the record as Arrow columns, for datasets, polars and duckdb",
    (".parquet",),
    _from_parquet,
    _to_parquet,
    _is_parquet,
    checks=True,
    layers=True,
)
