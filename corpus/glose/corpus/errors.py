"""What can go wrong, drawn before it is defined.

GloseError              one clear line for the user; the commands print it and end with exit code 1
└── InputError          the input is at fault: which file, which line, what was found, what to do
"""

from __future__ import annotations

from dataclasses import dataclass


class GloseError(Exception):
    """Something that the user can put right; its text is one line that says how."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something stands.

    `line` counts from 1, and is `None` where the input has no lines. `id` is that of a document.
    """

    source: str
    line: int | None = None
    id: str | None = None

    def __str__(self) -> str:
        parts = [self.source, self.line, f" {self.id}" if self.id else None]
        return ":".join(str(part) for part in parts if part is not None)


class InputError(GloseError):
    """The input at `place` is at fault.

    >>> str(InputError(Place("c.jsonl", 2, "d7"), "offset 12 is past the end of the text (9)"))
    'c.jsonl:2: d7: offset 12 is past the end of the text (9)'
    """

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what

    def __reduce__(self) -> tuple[type[InputError], tuple[Place, str]]:
        """Go from process to process: what was found wrong in one is told by another."""
        return InputError, (self.place, self.what)
