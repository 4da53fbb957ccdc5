"""The templates of a document as they are shown: their types, and what fills their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glose.evaluate.beside import Beside, Shown
from glose.evaluate.forms import paired
from glose.evaluate.frames import Frame, frames, ordered
from glose.evaluate.mistakes import cover
from glose.evaluate.projection import View
from glose.evaluate.relating import fillers


def templated(gold: View, predicted: View) -> Iterator[Beside]:
    """Yield templates side by side, the type of each first, then what fills its roles.

    They are numbered in the order of gold; `+1` is a prediction that stands alone.
    """
    golds, guesses = (frames(view.document, view.cut) for view in (gold, predicted))
    found = {p: (g, shared) for g, p, shared in paired(golds, guesses)}
    alone = iter(range(1, len(guesses) + 1))
    names = [
        f"#{found[p][0] + 1}" if p in found else f"+{next(alone)}" for p in range(len(guesses))
    ]
    text = gold.document.text or ""
    ours = _shown(gold, golds, [f"#{g + 1}" for g in range(len(golds))], text)
    theirs = _shown(predicted, guesses, names, text)
    for p, (g, shared) in found.items():
        # The type of a template stands before its fillers.
        for one, other in [(0, 0), *((a + 1, b + 1) for a, b in shared)]:
            yield Beside("template", "correct", ours[g].pop(one), theirs[p].pop(other))
    for left in ours:
        yield from (Beside("template", "missed", each, None) for each in left.values())
    for left in theirs:
        yield from (Beside("template", "spurious", None, each) for each in left.values())


def _shown(
    view: View, found: Sequence[Frame], numbers: Sequence[str], text: str
) -> list[dict[int, Shown]]:
    """Return what is shown of each template, by its number: 0 is the type, 1 the first filler."""
    known = dict(fillers(view.document, view.cut))
    shown: list[dict[int, Shown]] = []
    for frame, number, template in zip(found, numbers, ordered(view.document), strict=True):
        group = f"{number} {frame.type}"
        rows = {0: Shown(f"{frame.type}: template", frame.type, (), group, frame.type)}
        for place, argument in enumerate(template.args, 1):
            what = known[argument.ref].what if argument.ref in known else argument.value or ""
            name = f"{frame.type}: {argument.role}"
            where, said = ((), what) if isinstance(what, str) else (what, cover(text, what))
            rows[place] = Shown(name, frame.type, where, group, said)
        shown.append(rows)
    return shown
