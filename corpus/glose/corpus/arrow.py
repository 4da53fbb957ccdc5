"""Records as Arrow tables: Hugging Face datasets and Parquet, and back without a change.

The features are always given, never inferred: `datasets` would take a column of empty lists for
a column of nulls. They are read off the model, so they cannot differ from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

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
#: How an IPC file begins; a stream does not.
IPC_FILE = b"ARROW1"


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

    count = 0
    with whole(path) as stream, parquet.ParquetWriter(stream, schema()) as writer:
        for batch in batches(documents):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def from_parquet(path: Path, *, check: bool = True) -> Iterator[Document]:
    """Yield the documents of a Parquet file, holding no more than a batch.

    With `check` a record that breaks a rule is refused. Raises `InputError`; rows count from 1.
    """
    from pyarrow import parquet

    def found(stream: IO[bytes]) -> Iterator[pa.RecordBatch]:
        yield from parquet.ParquetFile(stream).iter_batches(BATCH)

    yield from _read(path, found, "Parquet", check=check)


def to_ipc(path: Path, documents: Iterable[Document], *, stream: bool = False) -> int:
    """Write documents, in the order they come, to an Arrow IPC file; return how many.

    The file format is that of Feather and can be read at any place, the `stream` format is that
    of the files of `datasets`.
    """
    import pyarrow as pa

    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    count = 0
    with whole(path) as sink, new(sink, schema()) as writer:
        for batch in batches(documents):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def from_ipc(path: Path, *, check: bool = True) -> Iterator[Document]:
    """Yield the documents of an Arrow IPC file or stream, whichever it is.

    With `check` a record that breaks a rule is refused. Raises `InputError`; rows count from 1.
    """
    import pyarrow as pa

    def found(stream: IO[bytes]) -> Iterator[pa.RecordBatch]:
        head = stream.read(len(IPC_FILE))
        stream.seek(0)
        if head == IPC_FILE:
            reader = pa.ipc.open_file(stream)
            yield from map(reader.get_batch, range(reader.num_record_batches))
        else:
            yield from pa.ipc.open_stream(stream)

    def sound(stream: IO[bytes]) -> Iterator[pa.RecordBatch]:
        for batch in found(stream):
            # What the file states of its parts is believed by what reads them on.
            batch.validate(full=True)
            yield batch

    yield from _read(path, sound, "Arrow", check=check)


def schema() -> pa.Schema:
    """Return the schema of the record, which states the features for `datasets` too."""
    return features().arrow_schema


def batches(documents: Iterable[Document]) -> Iterator[pa.RecordBatch]:
    """Yield documents as Arrow has them, a batch at a time."""
    import pyarrow as pa

    columns = schema()
    rest = iter(documents)
    while rows := [msgspec.to_builtins(document) for document in islice(rest, BATCH)]:
        yield pa.RecordBatch.from_pylist(rows, schema=columns)


def _read(
    path: Path,
    found: Callable[[IO[bytes]], Iterator[pa.RecordBatch]],
    what: str,
    *,
    check: bool,
) -> Iterator[Document]:
    import pyarrow as pa

    with readable(path) as stream:
        number = 0
        try:
            for batch in found(stream):
                for document in from_dataset(_rows(batch)):
                    number += 1
                    _refuse(document, Place(str(path), number, document.id), check=check)
                    yield document
        except msgspec.ValidationError as error:
            raise InputError(Place(str(path), number + 1), refusal(error, Document)) from error
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise InputError(
                Place(str(path)), f"not {what} that can be read ({reason})"
            ) from error


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield the rows of a batch, which may be as large as its writer liked."""
    for start in range(0, batch.num_rows, BATCH):
        yield from batch.slice(start, BATCH).to_pylist()


def _refuse(document: Document, place: Place, *, check: bool) -> None:
    if check:
        for fault in rules.faults(document):
            raise InputError(place, fault)


def _table(documents: Iterable[Document]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_batches(batches(documents), schema=schema())


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
