"""DOCX: documents of Word, and what calls itself one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glose.corpus.building import creation, trees
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.moments import iso
from glose.corpus.building.office.docx import Walk
from glose.corpus.building.office.docx_styles import Styles, child, value
from glose.corpus.building.office.flow import Flow, entitle
from glose.corpus.building.office.packages import Package, resolved
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.formats.markup import Element, local

#: How files of Office begin that are older than 2007, or asked for a password since.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
#: Of what is stated in the core properties: field of `meta` or name in `extra`.
_STATED = (
    ("title", "title"), ("creator", "author"), ("language", "dc:language"), ("subject", "subject"),
    ("keywords", "keywords"), ("description", "description"),
    ("modified", "modified"),
)  # fmt: skip


def detect(content: Content) -> bool:
    """Say if a source is a file of Office, of whatever kind and age."""
    return content.head.startswith(_OLD) or _TYPES in content.members


def read(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a file."""
    if content.head.startswith(_OLD):
        raise RejectError("an old Office file, or one with a password; save it as DOCX without")
    package = Package(content)
    main = _main(package)
    related = _related(package, main)
    styles = Styles(package.found(related.get("styles")))
    flow = Flow()
    walk = Walk(flow, styles, _notes(package, related))
    root = package.root(main)
    body = child(root, "body")
    if local(root) != "document" or body is None:
        raise RejectError(f"{main} has no body; expected a DOCX file")
    walk.take(body, "/document/body")
    draft = flow.draft()
    if not draft.text:
        raise RejectError("no text in its body; expected paragraphs")
    _state(draft, package.found(_related(package, "").get("core-properties", _CORE)))
    entitle(draft)
    yield draft


def _main(package: Package) -> str:
    """Return the name of the part with the body."""
    main = _related(package, "").get("officeDocument", "word/document.xml")
    kinds = {"xl/": "a workbook", "ppt/": "slides", "visio/": "a drawing"}
    for folder, kind in kinds.items():
        if main.startswith(folder):
            raise RejectError(f"{kind} of Office; expected a DOCX file: save its text as one")
    return main


def _related(package: Package, part: str) -> dict[str, str]:
    """Return the parts that one refers to, by the last word of the kind of relation."""
    folder, _, name = part.rpartition("/")
    root = package.found(f"{folder}/_rels/{name}.rels".lstrip("/"))
    return {
        relation.get("Type", "").rsplit("/", 1)[-1]: resolved(part, relation.get("Target", ""))
        for relation in (root if root is not None else ())
        if local(relation) == "Relationship" and relation.get("TargetMode") != "External"
    }


def _notes(package: Package, related: dict[str, str]) -> dict[tuple[str, str], tuple[Any, str]]:
    """Return the elements of footnotes and endnotes by kind and id, with where they stand."""
    notes: dict[tuple[str, str], tuple[Any, str]] = {}
    for kind in ("footnote", "endnote"):
        name = related.get(f"{kind}s", "")
        root = package.found(name)
        found = [] if root is None else [note for note in root if local(note) == kind]
        for number, note in enumerate(found, start=1):
            if not value(note, "type") or value(note, "type") == "normal":
                where = f"part={name}; xpath=/{kind}s/{kind}[{number}]"
                notes[kind, value(note, "id")] = note, where
    return notes


def _state(draft: Draft, core: Element | None) -> None:
    """State what the core properties say."""
    if core is None:
        return
    for name, field in _STATED:
        draft.tell(field, trees.first(core, name))
    creation.state(draft, iso(trees.first(core, "created")), "created")


READER = Reader(
    "a DOCX file",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm", ".dotx"),
    detect,
    read,
)
