"""Arrow as a format: IPC files and streams, and the folders that `datasets` saves to disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from glose.corpus import arrow
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import whole
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.inputs import content, note
from glose.corpus.forms import shown
from glose.corpus.manifest import digest

#: The files of a folder that `save_to_disk` makes: of a dataset, and of several by split.
STATE, INFO, SPLITS = "state.json", "dataset_info.json", "dataset_dict.json"
DATA = "data-00000-of-00001.arrow"
#: How a stream begins; then come four bytes with the length of the schema.
_STREAM = b"\xff\xff\xff\xff"


#: The largest schema that is taken for one, in bytes.
LARGEST = 1 << 24

T = TypeVar("T")


class _File(msgspec.Struct):
    filename: str


class _State(msgspec.Struct):
    """What is taken from state.json; there is more in it."""

    files: tuple[_File, ...] = msgspec.field(name="_data_files")


class _Splits(msgspec.Struct):
    splits: tuple[str, ...]


def _read(path: Path, _task: Task) -> Iterator[Document]:
    yield from arrow.from_ipc(path)


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    return arrow.to_ipc(path, documents, stream=task["layout"] == "stream")


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return False
    size = int.from_bytes(head[4:8], "little")
    stream = head.startswith(_STREAM) and 0 < size < LARGEST and size % 8 == 0
    return head.startswith(arrow.IPC_FILE) or stream


def _read_folder(path: Path, task: Task) -> Iterator[Document]:
    folders = _folders(path, task["split"])
    for folder in folders:
        for name in _told(folder / STATE, _State).files:
            file = _inside(folder, name.filename)
            note(file)
            yield from arrow.from_ipc(file)


def _folders(path: Path, split: str | None) -> list[Path]:
    """Return the folders of the splits of a path, or of the one that is named."""
    if not (path / SPLITS).is_file():
        if split is not None:
            raise GloseError(f"{path}: no {SPLITS} in it, so no split {shown(split)}")
        return [path]
    there = _told(path / SPLITS, _Splits).splits
    if split is not None and split not in there:
        raise GloseError(f"{path}: no split {shown(split)} (there are: {', '.join(there)})")
    return [_inside(path, name) for name in there if split in (None, name)]


def _told(path: Path, kind: type[T]) -> T:
    """Return what a file of JSON says."""
    try:
        return msgspec.json.decode(content(path), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(Place(str(path)), f"not as `datasets` writes it ({error})") from error


def _inside(folder: Path, name: str) -> Path:
    """Return a path in a folder; a name that leads out of it is refused."""
    if not name or name in {".", ".."} or Path(name).name != name:
        raise InputError(Place(str(folder)), f"{shown(name)} is no name of a file in this folder")
    return folder / name


def _write_folder(path: Path, documents: Iterable[Document], task: Task) -> int:
    from dataclasses import asdict

    import datasets

    count = arrow.to_ipc(path / DATA, documents, stream=True)
    info = asdict(datasets.DatasetInfo(features=arrow.features()))
    state: dict[str, object] = {
        "_data_files": [{"filename": DATA}],
        # It names what was computed, for caches: the same documents are the same name.
        "_fingerprint": digest(path / DATA)[:16],
        "_format_columns": None,
        "_format_kwargs": {},
        "_format_type": None,
        "_output_all_columns": False,
        "_split": task["split"],
    }
    for name, told in ((INFO, info), (STATE, state)):
        with whole(path / name) as stream:
            # Only these keys may be sorted: below them is the order of columns.
            ordered = {key: told[key] for key in sorted(told)}
            stream.write(json.dumps(ordered, indent=2).encode())
    return count


def _detect_folder(path: Path, _head: bytes) -> bool:
    state = (path / STATE).is_file() and (path / INFO).is_file()
    return path.is_dir() and (state or (path / SPLITS).is_file())


ARROW = Format(
    "the record as Arrow columns: an IPC file, as Feather is, or a stream",
    (".arrow", ".feather", ".arrows"),
    _read,
    _write,
    _detect,
    options=(
        Option("layout", "whether a file is written, or a stream as `datasets` has it", "file",
               ("file", "stream")),
    ),
    checks=True,
    layers=True,
)  # fmt: skip
DATASETS = Format(
    "a folder that `save_to_disk` of Hugging Face datasets makes",
    (),
    _read_folder,
    _write_folder,
    _detect_folder,
    options=(
        Option(
            "split",
            "which split is read, all of them if none is named; or the one that is written",
        ),
    ),
    folder=True,
    checks=True,
    layers=True,
)
