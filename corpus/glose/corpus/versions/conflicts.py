"""What a merge could not decide, as a person is told it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something of a document that is to be decided by hand.

    `what` names it (`mention m4`, `meta.title`), `why` says what happened; the versions are in
    words, and `None` where a side does not have it.
    """

    document: str
    layer: str
    what: str
    why: str
    base: str | None = None
    ours: str | None = None
    theirs: str | None = None

    def told(self) -> str:
        """Return the conflict and its versions, a line each."""
        sides = (("base", self.base), ("ours", self.ours), ("theirs", self.theirs))
        lines = [f"{self.document} ({self.layer}): {self.what}: {self.why}"]
        lines += [f"  {name:<6} {'-' if side is None else side}" for name, side in sides]
        return "\n".join(lines)
