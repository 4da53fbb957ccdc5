"""The splits of a corpus that is built: read from a file, and checked against what was built."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.manifest import NAME

#: The file beside a layer that is taken if no other is named.
BESIDE = "splits.json"

Splits = Mapping[str, tuple[str, ...]]


def find(named: Path | None, layers: Iterable[Path], folder: Path) -> tuple[Path | None, Splits]:
    """Return the splits to use, with their file: the one named, else splits.json beside a layer.

    Without either those of the corpus.json of an earlier build stay, since `glose corpus split`
    may have written them.
    """
    if named is not None:
        return named, read(named)
    for layer in layers:
        beside = layer.with_name(BESIDE)
        if beside.is_file():
            return beside, read(beside)
    earlier = folder / NAME
    return None, read(earlier) if earlier.is_file() else {}


def read(path: Path) -> Splits:
    """Return the splits of a file: an object of lists of ids, or a manifest that has one.

    Raises `InputError` where it is neither, or where a document is in two splits.
    """
    try:
        content = msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
        block = content.get("splits")
        splits = msgspec.json.decode(block or path.read_bytes(), type=dict[str, tuple[str, ...]])
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        what = f'no splits ({error}); expected {{"train": ["id", …], …}}'
        raise InputError(Place(str(path)), what) from error
    seen: dict[str, str] = {}
    for name, ids in splits.items():
        for id_ in ids:
            if seen.setdefault(id_, name) != name:
                raise InputError(Place(str(path), None, id_), f"in {seen[id_]} and in {name}")
    return splits


def fitted(
    splits: Splits, path: Path | None, built: Collection[str], rejected: Collection[str]
) -> Splits:
    """Return splits without the documents that were rejected.

    Raises `InputError` for an id of the file `path` that no source has; of an earlier build
    (`path` is `None`) what is no longer there is left out.
    """
    for ids in splits.values():
        for id_ in ids:
            if path and id_ not in built and id_ not in rejected:
                what = "no document of this id was built; correct the splits or build its file"
                raise InputError(Place(str(path), None, id_), what)
    return {name: tuple(id_ for id_ in ids if id_ in built) for name, ids in splits.items()}
