"""Where the files of a dataset folder are: configurations, splits, and the Parquet files of each.

The card states them, in YAML at its top, as the Hub of Hugging Face reads it; without that, the
names of the files tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from glose.corpus import arrow
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import readable
from glose.corpus.forms import shown
from glose.corpus.manifest import digest

CARD = "README.md"
#: What a split is called where none is named.
TRAIN = "train"
#: The largest card that is read, in bytes, and from where on another Parquet file is begun.
LARGEST, FULL = 1 << 22, 1 << 28

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SHARD = re.compile(r"-\d+-of-\d+$")
_NAME = re.compile(r"\w+(?:\.\w+)*")
_CONFIG = re.compile(r"[\w.+-]+")


@dataclass(frozen=True, slots=True)
class Config:
    """A table of the dataset, which can be loaded by itself: the files of each split."""

    name: str
    splits: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    default: bool = False


def configs(folder: Path) -> list[Config]:
    """Return the configurations of a folder; raise `GloseError` if it has no Parquet file."""
    found = _stated(folder) or _guessed(folder)
    if not found:
        raise GloseError(f"{folder}: no Parquet file in it; expected a dataset folder")
    return found


def chosen(folder: Path, name: str | None = None) -> Config:
    """Return the configuration of that name, or the one that is meant if none is named."""
    there = configs(folder)
    fitting = [
        one for one in there if (one.name == name if name else one.default or len(there) == 1)
    ]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(one.name for one in there)
    what = f"no configuration {shown(name)}" if name else "several configurations"
    raise GloseError(f"{folder}: {what} (there are: {names}); name one with --option config=NAME")


def documents(config: Config, split: str | None = None) -> Iterator[Document]:
    """Yield the documents of a configuration, of one split if it is named."""
    if split is not None and split not in config.splits:
        names = ", ".join(config.splits)
        raise GloseError(f"{config.name}: no split {shown(split)} (there are: {names})")
    for name, files in config.splits.items():
        if split in (None, name):
            for path in files:
                yield from arrow.from_parquet(path)


def is_one(folder: Path) -> bool:
    """Whether a folder has Parquet files where a dataset folder has them."""
    return any(next(folder.glob(where), None) for where in ("*.parquet", "data/**/*.parquet"))


def place(config: str | None, split: str) -> PurePosixPath:
    """Return the pattern of the files of a split, below the folder."""
    return PurePosixPath("data", *([config] if config else []), f"{split}-*.parquet")


def stated(folder: Path, config: str | None, splits: Iterable[str]) -> dict[str, Any]:
    """Return what the top of a card says of a configuration that was written.

    `datasets` takes a folder for one that it has in its cache if both have the same name and the
    same top, whatever the files are; so the hash of the files stands in it.
    """
    places = {split: place(config, split) for split in splits}
    files = sorted(path for where in places.values() for path in folder.glob(str(where)))
    hashes = sha256("".join(digest(path) for path in files).encode()).hexdigest()
    return {
        "config_name": config or "default",
        "description": f"sha256 of the files: {hashes[:16]}",
        "data_files": [{"split": split, "path": str(where)} for split, where in places.items()],
    }


def write(folder: Path, config: str | None, split: str, documents: Iterable[Document]) -> int:
    """Write the Parquet files of a split, in the order in which documents come; return how many.

    A file is full at some 256 MB. Raises `GloseError` for a name that the Hub does not take.
    """
    _check(config, split)
    home = folder / place(config, split).parent
    home.mkdir(parents=True, exist_ok=True)
    drafts: list[Path] = []
    count = 0
    rest = arrow.batches(documents)
    while (batch := next(rest, None)) is not None or not drafts:
        drafts.append(home / f".{split}-{len(drafts)}.part")
        count += _fill(drafts[-1], batch, rest)
    for number, draft in enumerate(drafts):
        draft.replace(home / f"{split}-{number:05}-of-{len(drafts):05}.parquet")
    return count


def _fill(path: Path, batch: Any, rest: Iterator[Any]) -> int:  # noqa: ANN401  # no types in pyarrow
    """Write batches to a file until it is full, or there are no more."""
    from pyarrow import parquet

    count = 0
    with path.open("wb") as sink, parquet.ParquetWriter(sink, arrow.schema()) as writer:
        while batch is not None:
            writer.write_batch(batch)
            count += batch.num_rows
            batch = next(rest, None) if sink.tell() < FULL else None
    return count


def _check(config: str | None, split: str) -> None:
    if config is not None and not _CONFIG.fullmatch(config):
        raise GloseError(f"{shown(config)} cannot name a configuration; expected letters and -_.+")
    if not _NAME.fullmatch(split):
        raise GloseError(
            f"{shown(split)} cannot name a split on the Hub; expected letters, digits and _"
        )


def front(folder: Path) -> dict[str, Any]:
    """Return what the top of the card states, nothing if there is no card or no such top."""
    import yaml

    path = folder / CARD
    if not path.is_file():
        return {}
    with readable(path) as stream:
        found = _FRONT.match(stream.read(LARGEST).decode("utf-8", "replace").replace("\r\n", "\n"))
    if found is None:
        return {}
    try:
        stated = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(Place(str(path)), f"its top is not YAML ({reason})") from error
    return stated if isinstance(stated, dict) else {}


def _stated(folder: Path) -> list[Config]:
    """Return the configurations that the card states."""
    found = []
    stated = front(folder).get("configs")
    for one in stated if isinstance(stated, list) else ():
        if isinstance(one, dict) and "data_files" in one:
            name = str(one.get("config_name", "default"))
            root = str(one.get("data_dir") or ".")
            patterns: dict[str, list[str]] = {}
            for split, paths in _patterns(one["data_files"]):
                patterns.setdefault(split, []).extend(paths)
            splits = {split: _files(folder, root, paths) for split, paths in patterns.items()}
            if not splits:
                what = f"configuration {shown(name)} names no Parquet file of the folder"
                raise InputError(Place(str(folder / CARD)), what)
            is_default = one.get("default") is True or name == "default"
            found.append(Config(name, splits, is_default))
    return found


def _patterns(stated: object) -> Iterator[tuple[str, list[str]]]:
    """Yield splits with the patterns of their files, in whichever way the card states them."""
    match stated:
        case str():
            yield TRAIN, [stated]
        case dict():
            for split, paths in stated.items():
                yield str(split), _listed(paths)
        case [*items]:
            for item in items:
                named = item if isinstance(item, dict) else {"path": item}
                yield str(named.get("split", TRAIN)), _listed(named.get("path"))


def _listed(paths: object) -> list[str]:
    return [str(path) for path in paths] if isinstance(paths, list) else [str(paths)]


def _files(folder: Path, root: str, patterns: list[str]) -> tuple[Path, ...]:
    """Return the files that patterns name below a folder, sorted; each names one at least."""
    found: set[Path] = set()
    for pattern in patterns:
        below = PurePosixPath(root, pattern)
        if below.is_absolute() or ".." in below.parts or not below.parts:
            what = f"{shown(pattern)} leads out of the folder; expected a path below it"
            raise InputError(Place(str(folder / CARD)), what)
        try:
            named = {path for path in folder.glob(str(below)) if path.suffix == ".parquet"}
        except (ValueError, NotImplementedError, OSError) as error:
            what = f"{shown(pattern)} is no pattern of files ({error})"
            raise InputError(Place(str(folder / CARD)), what) from error
        if not named:
            what = f"{shown(pattern)} names no Parquet file of the folder"
            raise InputError(Place(str(folder / CARD)), what)
        found |= named
    return tuple(sorted(found))


def _guessed(folder: Path) -> list[Config]:
    """Return the one configuration of a folder without a card, by the names of its files."""
    home = folder / "data" if (folder / "data").is_dir() else folder
    splits: dict[str, list[Path]] = {}
    for path in sorted(home.glob("**/*.parquet")):
        stem = _SHARD.sub("", path.stem)
        above = path.parent.name if path.parent != home else TRAIN
        splits.setdefault(above if stem.isdigit() else stem, []).append(path)
    found = {split: tuple(paths) for split, paths in splits.items()}
    return [Config("default", found, default=True)] if found else []
