"""Parquet: each row is a document; tables of any size, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glose.corpus.building import archives, columns
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft, Lost
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: How many rows are held at once.
BATCH = 64


def detect(content: Content) -> bool:
    """Say if a source is Parquet, by its first bytes."""
    return content.head.startswith(b"PAR1")


def read(content: Content, rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the rows of a table."""
    import pyarrow as pa
    from pyarrow import parquet

    with content.seekable() as stream:
        try:
            table = parquet.ParquetFile(stream)
            _check(table.metadata)
            names = table.schema_arrow.names
            chosen = columns.chosen(names, rules.columns_of(content.name), rules)
            number = 0
            for batch in table.iter_batches(BATCH, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield _document(row, number, chosen, rules)
        except (pa.ArrowException, OSError, ValueError) as error:
            what = " ".join(str(error).split())[:200]
            raise RejectError(f"no Parquet that can be read ({what})") from error


def _check(metadata: Any) -> None:  # noqa: ANN401  # pyarrow brings no types
    """Refuse a table that is unpacked far larger than it is packed."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        packed = sum(group.column(at).total_compressed_size for at in range(group.num_columns))
        if group.total_byte_size > max(archives.SUSPECT, archives.RATIO * packed):
            raise RejectError("unpacked it is far larger than its packed size: a bomb?")


def _document(
    row: columns.Row, number: int, chosen: columns.Columns, rules: Rules
) -> Draft | Lost:
    place = f"row {number}"
    try:
        draft = columns.draft(row, chosen, rules, f"row={number}")
    except RejectError as error:
        return Lost(place, str(error))
    draft.place = place
    return draft


READER = Reader(
    "Parquet", "application/vnd.apache.parquet", (".parquet",), detect, read
)  # fmt: skip
