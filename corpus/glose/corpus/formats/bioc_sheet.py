"""What is known of a BioC document while it is read, and the names that its infons have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glose.corpus.document import Attribute, Mention, Meta
from glose.corpus.errors import Place
from glose.corpus.formats import bioc_model as bioc
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.spans import Names, Span
from glose.corpus.rulers import Ruler

#: The infon that says what a relation of BioC is in the record, where it is no relation there.
KIND = "glose"
TRIGGER = "Trigger"
MEMBER = "member"
TYPE = "type"
NAME = "name"
SOURCE = "src"
IDENTIFIER = "identifier"
LANGUAGE = "language"
#: The strings of `meta`.
META = tuple(name for name in Meta.__struct_fields__ if name != "date")
#: Keys of infons that are knowledge bases, as files name them that have no `identifier`.
BASES = frozenset({
    "mesh", "omim", "ncbi gene", "ncbi_gene", "entrez", "entrez gene", "ncbi taxonomy", "taxonomy",
    "chebi", "umls", "hpo", "hp", "go", "cellosaurus", "dbsnp", "uniprot", "snomed",
})  # fmt: skip


@dataclass(slots=True)
class Part:
    """A passage: what it is in the file, the ruler of its text, and where this begins in ours."""

    passage: bioc.Passage
    ruler: Ruler
    start: int


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; ids of the file lead to ours, by passage."""

    task: Task
    place: Place
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    ids: list[dict[str, str]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    triggers: dict[str, Span] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)


def key(name: str | int | None) -> str:
    """Return an id of a file, which may be a number, as a string."""
    return "" if name is None else str(name)


def string(value: object) -> str:
    """Return the value of an infon, which is any JSON, as a string."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def attributes(infons: Mapping[str, object]) -> tuple[Attribute, ...]:
    """Return infons as attributes."""
    return tuple(Attribute(name, string(value)) for name, value in infons.items())
