"""UIMA CAS as XMI and as JSON, as INCEpTION exports and imports it, through dkpro-cassis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.building import archives
from glose.corpus.document import Document, Provenance
from glose.corpus.errors import GloseError
from glose.corpus.files import readable
from glose.corpus.formats import cas_files, cas_layers, cas_opening, inputs, opening
from glose.corpus.formats.cas_files import Source
from glose.corpus.formats.cas_fitting import Targets, fitted
from glose.corpus.formats.cas_layers import METADATA, Layers
from glose.corpus.formats.cas_opening import Opened
from glose.corpus.formats.cas_reading import document
from glose.corpus.formats.cas_writing import System, cas
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.filenames import twice
from glose.corpus.rulers import UNITS

PARTLY = {
    "sentences": "that do not overlap",
    "entities": "told by span and type",
    "entities of one mention": "told by span and type",
    "relations of events": "of two events",
    "attributes of mentions": "one of a name",
    "attributes of events": "one of a name",
    "attributes of relations": "one of a name",
    "links": "one, without a score",
    "values": "but for anchors other than DCT",
    "metadata": "but for names that have a meaning",
}
HOLDS = frozenset({
    "texts", "labels", "segments", "tokens", "events", "arguments", "events as arguments",
    "properties of events", "relations", "mentions", "nested mentions", "crossing mentions",
    "types of mentions", "levels",
})  # fmt: skip
OPTIONS = (
    Option("layers", "a layer map (TOML): which types are which lists"),
    Option("unit", "in which offsets are counted in what is read", "utf16", UNITS),
    Option("annotator", "whose annotations are read of an exported project; else everybody's"),
)
#: How many names of a folder are looked at to recognise it.
_LOOKED_AT = 1000
_STRUCTURES = b'"%FEATURE_STRUCTURES"'
_HEAD = 1 << 16
#: How many of them are opened.
_OPENED = 3
_ANNOTATED = re.compile(r"(?:^|/)(?:annotation|curation)/(?:[^/]+/)?[^/]+\.json$")


def _read_xmi(path: Path, task: Task) -> Iterator[Document]:
    layers = cas_layers.load(task["layers"])
    for source in cas_files.sources(path, ".xmi", task):
        types, where = cas_files.described(source, task["types"])
        opened = cas_opening.of_xmi(source.data, types, source.place, where)
        yield _document(opened, source, layers, task, "cas")


def _read_json(path: Path, task: Task) -> Iterator[Document]:
    layers = cas_layers.load(task["layers"])
    for source in cas_files.sources(path, ".json", task):
        if _STRUCTURES in source.data:
            opened = cas_opening.of_json(source.data, source.place)
            yield _document(opened, source, layers, task, "cas-json")


def _document(opened: Opened, source: Source, layers: Layers, task: Task, name: str) -> Document:
    return replace(
        document(opened, layers, source.place, task),
        id=_identifier(opened, source),
        layer=source.layer,
        provenance=Provenance(file=source.place.source, format=name),
    )


def _identifier(opened: Opened, source: Source) -> str:
    """Return the id that the metadata state, if the name of the file is made of it."""
    for one in opened.cas.select_all_fs():
        stated = getattr(one, "documentId", None) if one.type.name == METADATA else None
        if isinstance(stated, str) and stated and inputs.safe(stated) == source.id:
            return stated
    return source.id


def _write_xmi(path: Path, documents: Iterable[Document], task: Task) -> int:
    targets, system = Targets(cas_layers.load(task["layers"])), System()
    number = 0
    for target, one in _placed(path, documents, ".xmi", task):
        made = cas(fitted(one, targets, task.losses, xml=True), targets, system)
        target.write_bytes(made.to_xmi().encode())
        number += 1
    (path / "TypeSystem.xml").write_bytes(system.made().to_xml().encode())
    return number


def _write_json(path: Path, documents: Iterable[Document], task: Task) -> int:
    targets, system = Targets(cas_layers.load(task["layers"])), System()
    mode = cas_opening.cassis().typesystem.TypeSystemMode.MINIMAL
    number = 0
    for target, one in _placed(path, documents, ".json", task):
        made = cas(fitted(one, targets, task.losses, xml=False), targets, system)
        target.write_bytes(made.to_json(type_system_mode=mode).encode())
        number += 1
    return number


def _placed(
    path: Path, documents: Iterable[Document], suffix: str, task: Task
) -> Iterator[tuple[Path, Document]]:
    """Yield documents, each with the file that it goes to."""
    seen: set[str] = set()
    for one in documents:
        name = inputs.safe(one.id)
        if name in seen:
            raise GloseError(twice(path, one.id))
        seen.add(name)
        if name != one.id:
            task.losses.note("ids of documents that are no file names were respelt")
        target = path / f"{name}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        yield target, one


def _detect_xmi(path: Path, head: bytes) -> bool:
    if path.is_dir() or archives.is_zip(path):
        there = cas_files.names(path, _LOOKED_AT)
        return any(name.endswith((".xmi", ".xmi.gz")) for name in there)
    return opening.root(head) == "XMI" and b"uima/cas.ecore" in head


def _detect_json(path: Path, head: bytes) -> bool:
    if path.is_dir():
        there = sorted(cas_files.names(path, _LOOKED_AT))
        found = (path / name for name in there if name.endswith(".json"))
        return any(_is_json(one) for one in islice(found, _OPENED) if one.is_file())
    if archives.is_zip(path):
        return any(map(_ANNOTATED.search, cas_files.names(path, _LOOKED_AT)))
    return _STRUCTURES in head or b'"%TYPES"' in head


def _is_json(path: Path) -> bool:
    with readable(path) as stream:
        head = stream.read(_HEAD)
    return _STRUCTURES in head or b'"%TYPES"' in head


XMI = Format(
    "UIMA CAS XMI of INCEpTION: a folder with a file for each document, and its type system",
    (".xmi",),
    _read_xmi,
    _write_xmi,
    _detect_xmi,
    holds=HOLDS - {"texts"},
    partly=PARTLY | {"texts": "but for control characters"},
    offsets="utf16",
    options=(*OPTIONS, Option("types", "the type system of what is read, if it is not beside it")),
    folder=True,
    extra="cas",
)
JSON = Format(
    "UIMA CAS JSON 0.4 of INCEpTION: a folder with a file for each document",
    (".cas.json",),
    _read_json,
    _write_json,
    _detect_json,
    holds=HOLDS,
    partly=PARTLY,
    offsets="utf16",
    options=OPTIONS,
    folder=True,
    extra="cas",
)
