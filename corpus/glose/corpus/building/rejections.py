"""Why a document was not taken into the corpus."""

from __future__ import annotations

from dataclasses import dataclass

from glose.corpus.errors import GloseError


class RejectError(GloseError):
    """One document cannot be read; its text is the reason. The run goes on without it."""


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """What gave no document, and why: a line of rejects.jsonl.

    It is a file or a member of an archive, or what stands at a `place` in one, such as `row 12`.
    """

    file: str
    reason: str
    place: str | None = None

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.reason}"
