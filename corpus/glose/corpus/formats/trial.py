"""Trying a format: whether all comes back that was not told to be lost. For tests, ours and yours.

losses = trial.write(FORMAT, documents, tmp_path / "c.mine")
assert not trial.unexplained(FORMAT, losses, FORMAT.read(tmp_path / "c.mine"))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.formats import comparison
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.losses import Losses

#: What a reader may find out by itself, and so may come back though it was not written.
DERIVED = frozenset({"tokens", "sentences", "segments", "sources of segments", "metadata"})


class Recorder(Losses):
    """A ledger that remembers what each document was when it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.last: list[Document] = []

    def begin(self, document: Document) -> None:
        """Count what a document states, and remember it."""
        super().begin(document)
        self.last.append(document)

    def step(self, after: Document, reason: str) -> Document:
        """Account for what became of the document, and remember that."""
        self.last[-1] = after
        return super().step(after, reason)


def place(form: Format, folder: Path) -> Path:
    """Return a path in a folder that fits a format."""
    suffix = "" if form.folder else (*form.suffixes, ".x")[0]
    return folder / f"c{suffix}"


def write(form: Format, documents: Iterable[Document], path: Path, name: str = "it") -> Recorder:
    """Write documents, and return the ledger; `name` is what reasons call the format."""
    task = Task(counted=True, name=name)
    task.losses = losses = Recorder()
    form.write(path, documents, task)
    losses.end()
    return losses


def unexplained(form: Format, losses: Recorder, back: Iterable[Document]) -> Counter[str]:
    """Return what was to be written and did not come back, or came back and was not written.

    What the writer accounted for by number alone may be missing. Raises `ValueError` where not as
    many documents come back as were written.
    """
    spaces = "texts" in form.holds
    found: Counter[str] = Counter()
    for before, after in _pairs(losses.last, list(back)):
        found.update(comparison.missing(before, after, spaces=spaces))
        extra = comparison.missing(after, before, spaces=spaces)
        found.update({kind: n for kind, n in extra.items() if kind not in DERIVED})
    lost = {row.kind: row.changed + row.dropped for row in losses.rows()}
    return found - Counter({kind: 2 * lost.get(kind, 0) for kind in losses.bare})


def _pairs(written: list[Document], back: list[Document]) -> Iterator[tuple[Document, Document]]:
    """Yield each document with that of its id; where ids were respelt, with that of its words."""
    by_id = {document.id: document for document in back}
    known = [one for one in written if one.id in by_id]
    yield from ((one, by_id.pop(one.id)) for one in known)
    others = [one for one in written if one not in known]
    orders = (sorted(documents, key=_order) for documents in (others, by_id.values()))
    yield from zip(*orders, strict=True)


def _order(document: Document) -> tuple[str, str]:
    return "".join((document.text or "").split()), document.id
