"""Training an extractor on the gold of a corpus."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from glose.annotate.extractors.table import trainer
from glose.annotate.learning import model
from glose.annotate.learning.model import Header
from glose.corpus import jsonl
from glose.corpus.document import Document
from glose.corpus.errors import GloseError


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt from: annotated documents, and the header that the model will have."""

    header: Header
    documents: Sequence[Document]


def train(
    name: str, documents: Iterable[Document], corpus: str, split: str | None, path: Path
) -> Header:
    """Train an extractor, write its model, whole or not at all, and return its header.

    The documents are sorted by id first, so their order changes nothing. Raises `GloseError` where
    there are none, or where their mentions were not annotated.
    """
    learn = trainer(name)
    gold = sorted(documents, key=lambda document: document.id)
    _check(gold, corpus, split)
    lesson = Lesson(model.header(name, corpus, _fingerprint(gold), split, len(gold)), gold)
    draft = Path(mkdtemp(prefix=f".{path.name}.", dir=_parent(path)))
    try:
        learn(lesson, draft)
        model.save(draft / model.HEADER, lesson.header)
        _replace(path, draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return lesson.header


def _check(gold: Sequence[Document], corpus: str, split: str | None) -> None:
    if not gold:
        part = f"split {split!r}" if split else "corpus"
        raise GloseError(f"{corpus}: the {part} has no documents to learn from")
    for document in gold:
        if document.text is None:
            raise GloseError(
                f"{corpus}: {document.id}: no text; train on documents that hold their text"
            )
        if "mentions" not in document.status.annotated:
            raise GloseError(
                f"{corpus}: {document.id}: mentions were not annotated; train on gold"
            )


def _fingerprint(gold: Sequence[Document]) -> str:
    total = sha256()
    for document in gold:
        total.update(jsonl.encode(document) + b"\n")
    return total.hexdigest()


def _parent(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GloseError(f"{path}: cannot be written ({error.strerror})") from error
    return path.parent


def _replace(path: Path, draft: Path) -> None:
    """Put a finished model in its place; what stands there is replaced only if it is a model."""
    if path.exists():
        if not (path / model.HEADER).is_file():
            raise GloseError(f"{path}: exists and is no model; name another folder")
        shutil.rmtree(path)
    draft.chmod(0o755)
    draft.replace(path)
