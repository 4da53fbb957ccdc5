"""Documents, layers and suggestions that a project gets when it is opened on a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import msgspec

from glose.annotate.store.importing import import_records
from glose.annotate.store.names import Kind
from glose.annotate.store.project import Project
from glose.corpus import jsonl, manifest
from glose.corpus.document import ANNOTATIONS, UNSTATED, Document
from glose.corpus.errors import GloseError


def bring(project: Project, corpus: Path, user: str, layer: str) -> None:
    """Bring in the documents of a corpus that a project does not have, and its layers.

    The annotations of `layer` go where the user works; those of others are to be looked at.
    """
    base = manifest.file(corpus)
    if _new(project, base, "documents"):
        bare = map(_bare, jsonl.read(base))
        import_records(project, bare, layer, "work", user)
    for path in manifest.records(corpus) if corpus.is_dir() else [corpus]:
        if _new(project, path, layer):
            _layers(project, path, user, layer)
            _done(project, path, layer)
    _done(project, base, "documents")


def suggest(project: Project, path: Path, user: str) -> None:
    """Bring in what a system suggests, as a layer of its own."""
    if _new(project, path, "suggestions"):
        for name in dict.fromkeys(map(_layer, _annotated(path))):
            if _kind(project, name) not in {None, "suggestions"}:
                raise GloseError(f"{path}: layer {name} is in the project already, and is no such")
            _beside(project, path, name, "suggestions", user)
        _done(project, path, "suggestions")


def offered(project: Project) -> str:
    """Return in words what each layer of suggestions holds; nothing where there is none."""
    names = [layer.name for layer in project.layers() if layer.kind == "suggestions"]
    return ", ".join(f"{name} ({_held(project, name)})" for name in names)


def _held(project: Project, layer: str) -> str:
    rows = [row for row in project.documents(layer) if row.revision]
    items = sum(row.counts.get(name, 0) for row in rows for name in ANNOTATIONS)
    return f"{_counted(items, 'item')} in {_counted(len(rows), 'document')}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _layers(project: Project, path: Path, user: str, own: str) -> None:
    """Bring in the layers of a file: that of the user to go on with, the others to look at."""
    for name in dict.fromkeys(map(_layer, _annotated(path))):
        if name == own:
            begun = {row.id for row in project.documents(own) if row.revision}
            fresh = (one for one in _of(path, own) if one.id not in begun)
            import_records(project, fresh, own, "work", user)
        elif _kind(project, name) in {None, "reference"}:
            _beside(project, path, name, "reference", user)


def _beside(project: Project, path: Path, name: str, kind: Kind, user: str) -> None:
    """Bring in a layer; what has changed since it was brought in becomes a layer `name.2`."""
    for number in count(1):
        called = name if number == 1 else f"{name}.{number}"
        if _kind(project, called) is None or _fits(project, called, _of(path, name)):
            import_records(project, _of(path, name), called, kind, user)
            return


def _fits(project: Project, layer: str, documents: Iterable[Document]) -> bool:
    """Whether a layer has the documents as they are here, or not yet."""
    begun = {row.id for row in project.documents(layer) if row.revision}
    return all(
        _same(one, project.snapshot(one.id, layer).document)
        for one in documents
        if one.id in begun
    )


def _same(document: Document, held: Document) -> bool:
    # Predictions may come without the text, and then without the words of their spans.
    whole = jsonl.completed(msgspec.structs.replace(document, text=held.text), held.layer)
    return _content(whole) == _content(held)


def _content(document: Document) -> tuple[object, ...]:
    lists = jsonl.canonical(document)
    return (document.status, *(getattr(lists, name) for name in ANNOTATIONS))


def _kind(project: Project, name: str) -> str | None:
    return next((layer.kind for layer in project.layers() if layer.name == name), None)


def _of(path: Path, layer: str) -> Iterator[Document]:
    return (one for one in _annotated(path) if one.layer == layer)


def _layer(document: Document) -> str:
    return document.layer


def _annotated(path: Path) -> Iterator[Document]:
    """Yield the documents of a file on which something is annotated, be it that there is none."""
    for document in jsonl.read(path):
        if document.status.annotated or any(getattr(document, name) for name in ANNOTATIONS):
            yield document


def _bare(document: Document) -> Document:
    """Return a document without its annotations."""
    nothing: dict[str, tuple[()]] = dict.fromkeys(ANNOTATIONS, ())
    return msgspec.structs.replace(document, status=UNSTATED, extra=(), **nothing)


def _new(project: Project, path: Path, what: str) -> bool:
    """Whether a file was not brought in yet as it is now."""
    return project.setting(_mark(path, what)) is None


def _done(project: Project, path: Path, what: str) -> None:
    project.set(_mark(path, what), str(path))


def _mark(path: Path, what: str) -> str:
    return f"brought {manifest.digest(path)} {what}"
