"""The manifest of a corpus: `corpus.json`, which says what stands in its folder.

A corpus is a folder of `*.jsonl` files, one layer each as a rule, and its manifest: name, version,
licence of each source, schema, splits, counts and the hash of each file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path

import msgspec

from glose.corpus import jsonl, schema
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.files import readable, whole
from glose.corpus.forms import shown
from glose.corpus.schema import Schema

NAME = "corpus.json"
#: The schema that the corpus follows, if it carries one.
SCHEMA = "schema.toml"
#: Files of a corpus folder that hold no records.
OTHERS = frozenset(("rejects.jsonl",))
#: The file that is meant by a folder if no layer is named: the first of these that it has.
FIRST = ("documents", "gold")
COUNTED = ("mentions", "entities", "relations", "events", "templates")


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which schema a corpus follows: its name and the hash of its file."""

    name: str
    sha256: str


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file of records holds: its layers, and how many of each thing."""

    sha256: str
    layers: tuple[str, ...] = ()
    documents: int = 0
    counts: dict[str, int] = {}


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a corpus is. `licences` are by source ("" where none is named), `splits` lists of ids.

    `documents` and `characters` count every document once, in however many layers it is.
    """

    name: str
    version: str = "0"
    schema: Origin | None = None
    licences: dict[str, tuple[str, ...]] = {}
    documents: int = 0
    characters: int = 0
    splits: dict[str, tuple[str, ...]] = {}
    files: dict[str, File] = {}


def read(folder: Path) -> Manifest:
    """Return the manifest of a corpus folder; raise `GloseError` if it is missing or is none."""
    path = folder / NAME
    if not path.is_file():
        raise GloseError(f"{path}: no such file; `glose corpus build` or `split` writes it")
    with readable(path) as stream:
        content = stream.read()
    try:
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise GloseError(f"{path}: no manifest of a corpus ({error})") from error


def write(folder: Path, manifest: Manifest) -> None:
    """Write a manifest; the same manifest is always the same bytes."""
    with whole(folder / NAME) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def of(
    folder: Path,
    *,
    name: str | None = None,
    version: str = "0",
    splits: Mapping[str, Iterable[str]] | None = None,
) -> Manifest:
    """Return the manifest of the files that a folder holds; read it through to count.

    The name is that of the folder if none is given, the schema that of schema.toml in it.
    """
    found = schema_of(folder)
    tally = Tally()
    files = {path.name: tally.file(path) for path in records(folder)}
    return Manifest(
        name=name or folder.resolve().name,
        version=version,
        schema=Origin(found.name, found.sha256) if found else None,
        licences=tally.licences(),
        documents=len(tally.sizes),
        characters=sum(tally.sizes.values()),
        splits={key: tuple(sorted(ids)) for key, ids in (splits or {}).items()},
        files=files,
    )


def renewed(folder: Path, manifest: Manifest) -> Manifest:
    """Return a manifest whose files and counts are those of the folder as it is now."""
    return of(folder, name=manifest.name, version=manifest.version, splits=manifest.splits)


def schema_of(folder: Path) -> Schema | None:
    """Return the schema that a corpus folder carries, or `None` if it has no schema.toml."""
    path = folder / SCHEMA
    return schema.load(path) if path.is_file() else None


def splits_of(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the splits of a corpus folder, none if it has no manifest."""
    return read(folder).splits if (folder / NAME).is_file() else {}


def with_splits(folder: Path, splits: Mapping[str, Iterable[str]]) -> Manifest:
    """Return the manifest of a folder as it is now, with these splits."""
    if not (folder / NAME).is_file():
        return of(folder, splits=splits)
    earlier = read(folder)
    return of(folder, name=earlier.name, version=earlier.version, splits=splits)


def records(folder: Path) -> list[Path]:
    """Return the files of records in a folder, sorted by name."""
    return sorted(path for path in folder.glob("*.jsonl*") if _holds_records(path))


def _holds_records(path: Path) -> bool:
    hidden = path.name.startswith(".") or path.name in OTHERS
    return not hidden and (path.suffix == ".jsonl" or path.name.endswith(".jsonl.gz"))


class Tally:
    """Counts over the files of a corpus; of each document only id, size and licence are held."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self._licences: dict[str, set[str]] = {}

    def file(self, path: Path) -> File:
        """Count a file, and return what the manifest says of it."""
        layers: set[str] = set()
        counts: Counter[str] = Counter()
        number = 0
        for document in jsonl.read(path):
            number += 1
            layers.add(document.layer)
            self.add(document)
            counts.update({name: len(getattr(document, name)) for name in COUNTED})
        return File(digest(path), tuple(sorted(layers)), number, dict(+counts))

    def add(self, document: Document) -> None:
        """Count a document, once in however many layers it comes."""
        size = len(document.text or "")
        self.sizes[document.id] = max(size, self.sizes.get(document.id, 0))
        if document.meta.rights:
            source = document.meta.source or ""
            self._licences.setdefault(source, set()).add(document.meta.rights)

    def licences(self) -> dict[str, tuple[str, ...]]:
        """Return the licences of each source, sorted."""
        return {source: tuple(sorted(self._licences[source])) for source in sorted(self._licences)}


def digest(path: Path) -> str:
    """Return the SHA-256 of the bytes of a file."""
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error


def documents(
    path: Path, split: str | None = None, *, layer: str | None = None
) -> Iterator[Document]:
    """Yield the documents of a corpus folder or of a file, of one split if one is named.

    Of a folder, `layer` names the file; else it is documents.jsonl, or gold.jsonl, or the only
    one. A split is looked up in the manifest of the folder. Raises `GloseError` where a name is
    unknown.
    """
    source = file(path, layer)
    if split is None:
        yield from jsonl.read(source)
        return
    wanted = ids(source.parent, split)
    for document in jsonl.read(source):
        if document.id in wanted:
            yield document


def home(path: Path) -> Path:
    """Return the folder that has, or is to have, the manifest of a file or of a folder itself."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise GloseError(f"{path}: a pipe; expected a file or a folder, to put {NAME} beside")
    return file(path).parent


def made(path: Path) -> list[Path]:
    """Return the files that predictions must not overwrite: the file itself, or those of FIRST."""
    if not path.is_dir():
        return [path]
    return [found for found in records(path) if found.name.split(".")[0] in FIRST]


def file(path: Path, layer: str | None = None) -> Path:
    """Return the file of records that a path means: itself, or that of a layer of a folder."""
    if not path.is_dir():
        return path
    there = {found.name.split(".")[0]: found for found in records(path)}
    names = (layer,) if layer else FIRST if len(there) != 1 else tuple(there)
    for name in names:
        if name in there:
            return there[name]
    if not there:
        what = "no file of records (.jsonl) in this folder"
        raise GloseError(
            f"{path}: {what}; `glose corpus build` makes a corpus folder of sources,"
            " `glose corpus convert` a file of records of other formats"
        )
    known = ", ".join(sorted(there))
    advice = f"name a file, such as {path / there[min(there)].name}"
    raise GloseError(
        f"{path}: no file of layer {' or '.join(names)} (there are: {known}); {advice}"
    )


def ids(folder: Path, split: str) -> frozenset[str]:
    """Return the ids of one split of a corpus folder; raise `GloseError` if it has no such one."""
    splits = read(folder).splits
    if split not in splits:
        known = ", ".join(splits) or "none"
        raise GloseError(f"{folder / NAME}: no split {shown(split)} (there are: {known})")
    return frozenset(splits[split])
