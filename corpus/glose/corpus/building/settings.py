"""The section `[build]` of `glose.toml`: what a build may be told beside its arguments.

[build]
sources = ["raw"]                    # as SOURCE; paths are relative to the file
layers = { gold = "gold.jsonl" }     # as --layer
schema = "plover"                    # as --schema: a name, or a path to a .toml
agencies = ["alm", "corvus"]         # more names of agencies
keys = { "Desk" = "", "Organe" = "source" }   # more header keys and what they fill
columns = { text = "body", id = "nr" }        # which column of tables and JSON fills what

[[build.files]]                      # what is known of some files and not written in them
match = "lemonde/*"
source = "Le Monde"
rights = "all rights reserved"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, TypeGuard

import msgspec

from glose.corpus.building import headers
from glose.corpus.building.agencies import KNOWN, canonical
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.refusals import refusal

#: What a key of a header may fill; "" is for what goes to `extra`.
FIELDS = frozenset(headers.KEYS.values())
#: What a column of a table may fill.
COLUMNS = (FIELDS - {""}) | {"text", "id"}


class Files(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of the documents whose name the glob `match` fits; a header goes before it.

    `columns` are those of tables, as in the section.
    """

    match: str
    language: str | None = None
    source: str | None = None
    agency: str | None = None
    author: str | None = None
    place: str | None = None
    url: str | None = None
    rights: str | None = None
    columns: dict[str, str] = {}

    def stated(self) -> dict[str, str]:
        """Return the fields that are given."""
        return {
            name: value
            for name, value in msgspec.structs.asdict(self).items()
            if value and name not in {"match", "columns"}
        }


class Build(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The section itself; what is not given is `None` or empty."""

    sources: tuple[str, ...] = ()
    output: str | None = None
    name: str | None = None
    on_error: Literal["reject", "fail"] | None = None
    jobs: Annotated[int, msgspec.Meta(ge=1)] | None = None
    layers: dict[str, str] = {}
    splits: str | None = None
    schema: str | None = None
    near_duplicates: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    language: str | None = None
    epub: Literal["book", "chapter"] = "book"
    agencies: tuple[str, ...] = ()
    keys: dict[str, str] = {}
    columns: dict[str, str] = {}
    files: tuple[Files, ...] = ()


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    build: Build = Build()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a build knows beforehand: agencies, header keys, metadata, the language.

    `epub` says what a document of a book is.
    """

    agencies: frozenset[str] = KNOWN
    keys: Mapping[str, str] = field(default_factory=lambda: headers.KEYS)
    files: tuple[Files, ...] = ()
    language: str | None = None
    epub: Literal["book", "chapter"] = "book"
    columns: Mapping[str, str] = field(default_factory=dict)

    def columns_of(self, name: str) -> Mapping[str, str]:
        """Return which column of the file of that name fills what, as far as it is told."""
        told = (files.columns for files in self.files if fnmatchcase(name, files.match))
        return next(filter(None, told), self.columns)

    def known(self, name: str) -> dict[str, str]:
        """Return what is known of the file of that name; the first entry that states it counts."""
        known: dict[str, str] = {}
        for files in self.files:
            if fnmatchcase(name, files.match):
                known = files.stated() | known
        return known


def read(path: Path) -> Build:
    """Return the section `[build]` of a file, its paths relative to where the program runs.

    Raises `InputError` in one line for what is no TOML, an unknown key or a wrong value.
    """
    try:
        build = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Config).build
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(Place(str(path)), f"no TOML ({error})") from error
    except msgspec.ValidationError as error:
        what = refusal(error, Config, mapping="a table")
        raise InputError(Place(str(path)), f"{what}; docs/build.md lists the keys") from error
    for key, name in build.keys.items():
        if name not in FIELDS:
            wanted = ", ".join(sorted(FIELDS - {""}))
            raise InputError(
                Place(str(path)), f'build.keys: {key!r} fills {name!r}; expected {wanted} or ""'
            )
    for columns in (build.columns, *(files.columns for files in build.files)):
        try:
            check(columns)
        except GloseError as error:
            raise InputError(Place(str(path)), f"build.columns: {error}") from error
    return _beside(build, path.parent)


def check(columns: Mapping[str, str]) -> None:
    """Raise `GloseError` if columns are to fill what no document has."""
    for name in columns:
        if name not in COLUMNS:
            wanted = ", ".join(sorted(COLUMNS))
            raise GloseError(f"{name!r} is nothing that a column fills; expected one of {wanted}")


def _beside(build: Build, folder: Path) -> Build:
    """Return the section with paths that are relative to a folder."""

    def beside(path: str) -> str:
        # Not resolved: a relative path stays one in what the user is told.
        return os.path.normpath(folder / path)

    return msgspec.structs.replace(
        build,
        sources=tuple(beside(source) for source in build.sources),
        output=build.output and beside(build.output),
        layers={name: beside(file) for name, file in build.layers.items()},
        splits=build.splits and beside(build.splits),
        schema=beside(build.schema) if named_by_path(build.schema) else build.schema,
    )


def named_by_path(schema: str | None) -> TypeGuard[str]:
    """Whether a schema is named by the path of its file."""
    return schema is not None and schema.endswith(".toml")


def rules(build: Build) -> Rules:
    """Return the rules of a section, on top of the ones that are built in."""
    return Rules(
        agencies=KNOWN | {canonical(name) for name in build.agencies},
        keys={**headers.KEYS, **{key.lower(): name for key, name in build.keys.items()}},
        files=build.files,
        language=build.language,
        epub=build.epub,
        columns=build.columns,
    )
