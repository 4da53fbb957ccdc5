"""Croissant: what a dataset folder holds, as JSON-LD for search engines and loaders.

The vocabulary is Croissant 1.0 of MLCommons. Each split of each configuration is a record set,
whose fields are the columns of the record and, of lists and structs, what stands in them plainly;
tokens and what is deeper still are in the Parquet files only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from glose.corpus import arrow
from glose.corpus.manifest import digest

NAME = "croissant.json"
VERSION = "http://mlcommons.org/croissant/1.0"

Json: TypeAlias = dict[str, Any]

_TYPES = {"string": "sc:Text", "int64": "sc:Integer", "float64": "sc:Float", "bool": "sc:Boolean"}
_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject",
    "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a dataset as a whole; `licences` are addresses or names."""

    name: str
    description: str
    version: str
    licences: tuple[str, ...]
    languages: tuple[str, ...]
    keywords: tuple[str, ...]


def context() -> Json:
    """Return what the terms of Croissant stand for, as its specification gives it."""
    data = {name: {"@id": f"cr:{name}", "@type": "@json"} for name in ("data", "examples")}
    return {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "sc": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        **data,
        **{name: f"cr:{name}" for name in _TERMS},
    }


def described(about: About, folder: Path, files: Mapping[tuple[str, str], Iterable[Path]]) -> Json:
    """Return the description of a folder; `files` are those of each configuration and split."""
    stated = {(name, path) for name, paths in files.items() for path in paths}
    ordered = sorted(stated, key=lambda item: (list(files).index(item[0]), item[1]))
    found: Json = {
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": about.name,
        "description": about.description,
        "version": about.version,
        "keywords": list(about.keywords),
        "inLanguage": list(about.languages),
        "license": list(about.licences),
        "distribution": [_file(path, folder) for _, path in ordered],
        "recordSet": [
            _records(config, split, path.relative_to(folder).as_posix(), number)
            for ((config, split), path), number in zip(ordered, _numbers(ordered), strict=True)
        ],
    }
    return {name: value for name, value in found.items() if value}


def _numbers(ordered: Iterable[tuple[tuple[str, str], Path]]) -> Iterator[int]:
    """Yield of each file how many of its split come before it."""
    seen: dict[tuple[str, str], int] = {}
    for name, _ in ordered:
        seen[name] = seen.get(name, -1) + 1
        yield seen[name]


def _file(path: Path, folder: Path) -> Json:
    name = path.relative_to(folder).as_posix()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": digest(path),
    }


def _records(config: str, split: str, file: str, number: int) -> Json:
    name = f"{config}/{split}" + (f"/{number}" if number else "")
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"A document a record: split {split} of {config}.",
        "key": {"@id": f"{name}/id"},
        "field": list(_fields(name, file)),
    }


def _fields(records: str, file: str) -> Iterator[Json]:
    for column, feature in arrow.features().items():
        if (kind := _type(feature)) is not None:
            yield _field(f"{records}/{column}", column, kind, file, column)
            continue
        inner = feature if isinstance(feature, dict) else getattr(feature, "feature", None)
        if not isinstance(inner, dict):
            continue
        below = [
            _field(f"{records}/{column}/{name}", name, found, file, column, name)
            for name, found in ((name, _type(one)) for name, one in inner.items())
            if found is not None
        ]
        field: Json = {"@type": "cr:Field", "@id": f"{records}/{column}", "name": column}
        if inner is not feature:
            field["repeated"] = True
        yield {**field, "subField": below}


def _field(
    id_: str, name: str, kind: str, file: str, column: str, path: str | None = None
) -> Json:
    source: Json = {"fileObject": {"@id": file}, "extract": {"column": column}}
    if path is not None:
        source["transform"] = {"jsonPath": path}
    return {"@type": "cr:Field", "@id": id_, "name": name, "dataType": kind, "source": source}


def _type(feature: object) -> str | None:
    """Return the type of a plain value, `None` for what has parts."""
    return _TYPES.get(str(getattr(feature, "dtype", "")))


def encoded(found: Json) -> bytes:
    """Return a description as the bytes of its file."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
