"""Layers that Python code has at hand: paths, iterables of records, datasets.

Records are written to files that go away with the block, so that scoring them is scoring files:
in the memory of one document, in several processes, with the same checks and the same errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import msgspec
import numpy as np

from glose.corpus import jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, InputError, Place

#: A document, or a dictionary with the keys of `doc/1`; a predicted one may be sparse.
Record: TypeAlias = Document | Mapping[str, object]

#: A JSONL file or corpus folder, or records in any order: a list, a generator, a dataset.
Layer: TypeAlias = str | Path | Iterable[Record]

#: One layer, several files, or layers by the names of their systems; `None` for none.
Predicted: TypeAlias = Layer | Sequence[str | Path] | Mapping[str, Layer] | None

#: What records are called that nobody named.
PREDICTED, HUMAN = "predicted", "human"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of gold, of the systems and of people.

    `called` and `humans_called` are empty where their paths name them.
    """

    gold: Path
    predicted: tuple[Path, ...]
    called: tuple[str, ...] = ()
    humans: tuple[Path, ...] = ()
    humans_called: tuple[str, ...] = ()


def named(
    predicted: Predicted, name: str = PREDICTED
) -> Mapping[str, Layer] | Sequence[str | Path]:
    """Return layers by the names of their systems, or the paths that name them.

    A layer that has neither is called as is said.

    >>> named(["crf.jsonl", "rules.jsonl"])
    ['crf.jsonl', 'rules.jsonl']
    >>> named("crf.jsonl")
    ['crf.jsonl']
    >>> named([{"id": "d1"}])
    {'predicted': [{'id': 'd1'}]}
    """
    if predicted is None:
        return []
    if isinstance(predicted, (str, Path)):
        return [predicted]
    if isinstance(predicted, Mapping):
        return _several(predicted, name)
    paths = [each for each in _items(predicted) if isinstance(each, (str, Path))]
    if paths and len(paths) == len(_items(predicted)):
        return paths
    # Some are records; one that is none is told by its number.
    return {name: predicted}  # type: ignore[dict-item]  # paths were told apart above


def _items(layer: object) -> Sequence[object]:
    """Return the items of a list or tuple; nothing else is looked into before it is written."""
    return layer if isinstance(layer, (list, tuple)) else ()


def _several(predicted: Mapping[str, Layer], name: str) -> Mapping[str, Layer]:
    if "id" in predicted and not isinstance(predicted["id"], (list, tuple, Path)):
        whose = "their systems" if name == PREDICTED else "those who made them"
        raise GloseError(
            f"{name}: found one record; expected several in a list, or layers by the names of "
            f"{whose}"
        )
    return predicted


@contextmanager
def files(gold: Layer, predicted: Predicted, humans: Predicted = None) -> Iterator[Files]:
    """Give the files of layers; an error within the block names the layer and not a file of ours.

    Raises `GloseError` where something is no record.
    """
    systems, people = named(predicted), named(humans, HUMAN)
    with TemporaryDirectory(prefix="glose-") as folder:
        spool = _Spool(Path(folder))
        with spool.told():
            first = spool.path(gold, "gold")
            yield Files(first, *spool.paths(systems), *spool.paths(people))


class _Spool:
    """A folder of files that hold records, each called by its layer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}

    def path(self, layer: Layer, name: str) -> Path:
        """Return the file of a layer, which is written unless it is one."""
        if isinstance(layer, (str, Path)):
            return manifest.file(Path(layer), "gold" if name == "gold" else None)
        path = self._folder / f"{len(self._names)}.jsonl"
        self._names[str(path)] = name
        with path.open("wb") as stream:
            stream.writelines(_lines(layer, name))
        return path

    def paths(
        self, layers: Mapping[str, Layer] | Sequence[str | Path]
    ) -> tuple[tuple[Path, ...], tuple[str, ...]]:
        """Return the files of layers, and what they are called if not by their files."""
        if isinstance(layers, Mapping):
            paths = tuple(self.path(layer, name) for name, layer in layers.items())
            return paths, tuple(layers)
        return tuple(map(Path, layers)), ()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Call the files of this folder by their layers in errors."""
        try:
            yield
        except InputError as error:
            place = replace(error.place, source=self._said(error.place.source))
            raise InputError(place, self._said(error.what)) from None
        except GloseError as error:
            raise GloseError(self._said(str(error))) from None

    def _said(self, text: str) -> str:
        for path, name in self._names.items():
            text = text.replace(path, name)
        return text


def _lines(records: Iterable[Record], name: str) -> Iterator[bytes]:
    """Yield the lines of records, in their order: in errors the first is line 1."""
    if not isinstance(records, Iterable):
        found = type(records).__name__
        raise GloseError(f"{name}: found {found}; expected a path, or records to iterate over")
    for number, record in enumerate(records, start=1):
        place = Place(name, number)
        try:
            yield _encoded(record, place) + b"\n"
        except (TypeError, ValueError) as error:
            what = f"this is no record ({error}); expected values of JSON"
            raise InputError(place, what) from error


def _encoded(record: object, place: Place) -> bytes:
    if isinstance(record, Document):
        return jsonl.encode(record)
    if isinstance(record, Mapping):
        return msgspec.json.encode(record, enc_hook=_plain)
    raise InputError(
        place,
        f"found {type(record).__name__}; expected a Document or a dictionary with the keys of "
        "doc/1 (several systems are given as a dictionary of their layers)",
    )


def _plain(value: Any) -> object:  # noqa: ANN401  # whatever is in a record
    """Return a number of numpy as one of Python; raise `TypeError` for what JSON cannot hold."""
    if isinstance(value, np.generic):
        found: object = value.item()
        return found
    raise TypeError(f"found {type(value).__name__}")
