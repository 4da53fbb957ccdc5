"""Dataset folders of the Hugging Face Hub as a format: Parquet by split, with a card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from glose.corpus.document import Document
from glose.corpus.files import whole
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.publishing import layout


def _read(path: Path, task: Task) -> Iterator[Document]:
    yield from layout.documents(layout.chosen(path, task["config"]), task["split"])


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    config, split = task["config"], task["split"] or layout.TRAIN
    count = layout.write(path, config, split, documents)
    with whole(path / layout.CARD) as stream:
        stream.write(_card(layout.stated(path, config, [split])).encode())
    return count


def _card(stated: dict[str, Any]) -> str:
    import yaml

    return f"---\n{yaml.safe_dump({'configs': [stated]}, sort_keys=False)}---\n"


def _detect(path: Path, _head: bytes) -> bool:
    return path.is_dir() and layout.is_one(path)


FORMAT = Format(
    "a dataset folder of the Hugging Face Hub: Parquet by split, with a card",
    (),
    _read,
    _write,
    _detect,
    options=(
        Option("config", "which configuration is read or written; else the default one"),
        Option("split", "which split is read, all of them if none is named; or written: train"),
    ),
    folder=True,
    checks=True,
    layers=True,
)
