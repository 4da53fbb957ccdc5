"""Small corpora for the tests of evaluation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec
import pytest

Record: TypeAlias = dict[str, object]

TEXT = "Le président reçoit le ministre à Beyrouth, vendredi."


def mention(number: int, written: str) -> Record:
    """Return the mention that `PER 3-12` writes."""
    name, place = written.split()
    start, end = map(int, place.split("-"))
    return {"id": f"m{number}", "type": name, "start": start, "end": end, "text": TEXT[start:end]}


@pytest.fixture
def record() -> Callable[..., Record]:
    """Give a function that makes a sparse record of a document with these mentions."""

    def make(name: str, *mentions: str, **fields: object) -> Record:
        spans = [mention(number, written) for number, written in enumerate(mentions)]
        return {"id": name, "text": TEXT, "mentions": spans, **fields}

    return make


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes records to a file, one a line."""

    def write(name: str, *records: Record) -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in records))
        return path

    return write
