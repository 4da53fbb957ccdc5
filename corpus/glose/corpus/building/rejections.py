"""Why a document was not taken into the corpus."""

from __future__ import annotations

from dataclasses import dataclass

from glose.corpus.errors import GloseError


class RejectError(GloseError):
    """One document cannot be read; its text is the reason. The run goes on without it."""


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """A file or archive member that gave no document, and why: a line of rejects.jsonl."""

    file: str
    reason: str
