"""Records as Arrow tables: Hugging Face datasets and Parquet, and back without a change.

The features are always given, never inferred: `datasets` would take a column of empty lists for
a column of nulls. They are read off the model, so they cannot differ from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from glose.corpus import rules
from glose.corpus.document import Document
from glose.corpus.errors import InputError, Place
from glose.corpus.files import readable, whole
from glose.corpus.refusals import refusal

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa

#: How many documents are turned at a time.
BATCH = 500


def features() -> datasets.Features:
    """Return the columns of the record and their types, as `datasets` wants them."""
    import datasets

    found = _feature(inspect.type_info(Document))
    return datasets.Features(found)


def to_dataset(documents: Iterable[Document]) -> datasets.Dataset:
    """Return documents as a dataset in memory, a row for each."""
    import datasets
    from datasets.table import InMemoryTable

    table = _table(documents)
    info = datasets.DatasetInfo(features=features())
    return datasets.Dataset(InMemoryTable(table), info=info)


def from_dataset(rows: Iterable[dict[str, Any]]) -> Iterator[Document]:
    """Yield the documents of a dataset, or of its rows as dictionaries."""
    for row in rows:
        yield msgspec.convert(row, Document)


def to_parquet(path: Path, documents: Iterable[Document]) -> int:
    """Write documents, in the order they come, to a file that appears whole; return how many."""
    from pyarrow import parquet

    schema = features().arrow_schema
    count = 0
    with whole(path) as stream, parquet.ParquetWriter(stream, schema) as writer:
        for batch in _batches(documents, schema):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def from_parquet(path: Path, *, check: bool = True) -> Iterator[Document]:
    """Yield the documents of a Parquet file, holding no more than a batch.

    With `check` a record that breaks a rule is refused. Raises `InputError`; rows count from 1.
    """
    import pyarrow as pa
    from pyarrow import parquet

    with readable(path) as stream:
        number = 0
        try:
            for batch in parquet.ParquetFile(stream).iter_batches(BATCH):
                for document in from_dataset(batch.to_pylist()):
                    number += 1
                    _refuse(document, Place(str(path), number, document.id), check=check)
                    yield document
        except msgspec.ValidationError as error:
            raise InputError(Place(str(path), number + 1), refusal(error, Document)) from error
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0][:200]
            raise InputError(
                Place(str(path)), f"not Parquet that can be read ({reason})"
            ) from error


def _refuse(document: Document, place: Place, *, check: bool) -> None:
    if check:
        for fault in rules.faults(document):
            raise InputError(place, fault)


def _table(documents: Iterable[Document]) -> pa.Table:
    import pyarrow as pa

    schema = features().arrow_schema
    return pa.Table.from_batches(_batches(documents, schema), schema=schema)


def _batches(documents: Iterable[Document], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    rest = iter(documents)
    while rows := [msgspec.to_builtins(document) for document in islice(rest, BATCH)]:
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _feature(kind: inspect.Type) -> Any:  # noqa: ANN401  # features are dicts, lists or values
    """Return the feature of a type of the model; every scalar and struct may be null in Arrow."""
    import datasets

    if isinstance(kind, inspect.UnionType):
        [kind] = [option for option in kind.types if not isinstance(option, inspect.NoneType)]
    if isinstance(kind, inspect.StructType):
        return {field.encode_name: _feature(field.type) for field in kind.fields}
    if isinstance(kind, inspect.VarTupleType):
        return datasets.List(_feature(kind.item_type))
    if isinstance(kind, inspect.TupleType):
        return datasets.List(_feature(kind.item_types[0]), length=len(kind.item_types))
    return datasets.Value(_SCALARS[type(kind)])


_SCALARS: dict[type[inspect.Type], str] = {
    inspect.StrType: "string",
    inspect.IntType: "int64",
    inspect.FloatType: "float64",
    inspect.BoolType: "bool",
}
