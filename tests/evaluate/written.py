"""Templates as they are written in tables of cases."""

from __future__ import annotations

from glose.evaluate.frames import Filled, Frame


def frame(written: str) -> Frame:
    """Return the template that `attack Victim:x|y Target:t` writes; `+` stands for ` / `."""
    kind, *fillers = written.split()
    pairs = (filler.split(":") for filler in fillers)
    filled = tuple(Filled(role, tuple(names.split("|"))) for role, names in pairs)
    return Frame(kind.replace("+", " / "), filled)
