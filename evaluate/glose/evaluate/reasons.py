"""Reasons: how an annotation stands to what is most like it, on the other side or its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from glose.evaluate.annotations import Annotation

#: What two annotations can differ in, from the least of differences to the greatest.
_DIFFERENCES: tuple[tuple[str, Callable[[Annotation, Annotation], bool]], ...] = (
    ("trigger", lambda a, b: a.trigger != b.trigger),
    ("type", lambda a, b: a.layer != "argument" and a.type != b.type),
    ("role", lambda a, b: a.layer == "argument" and a.type != b.type),
    ("event type", lambda a, b: a.event != b.event),
    ("boundary", lambda a, b: (a.pieces or a.text) != (b.pieces or b.text)),
)


def reason(
    item: Annotation, earlier: Sequence[Annotation], own: Sequence[Annotation],
    other: Sequence[Annotation],
) -> tuple[str, Annotation | None]:  # fmt: skip
    """Return how an annotation stands to others, in words, and the one that it is most like.

    `earlier` are those of its own side with lower ids, `own` all of them, `other` those of the
    other side that may have to do with it. The words are the same for all annotations of which
    the same holds, so that they can be counted.
    """
    near, words = _nearest(item, other)
    said = [words]
    if any(each.key == item.key for each in earlier):
        said.append("given before")
    elif any(_covers(each, item) for each in own):
        said.append("inside another of its side")
    elif item.layer in ("entity", "trigger") and any(_overlaps(each, item) for each in own):
        said.append("overlaps another of its side")
    return "; ".join(said), near


def differences(one: Annotation, other: Annotation) -> list[str]:
    """Return the names of what two annotations differ in."""
    return [name for name, differ in _DIFFERENCES if differ(one, other)]


def _nearest(item: Annotation, other: Sequence[Annotation]) -> tuple[Annotation | None, str]:
    best: Annotation | None = None
    rank: tuple[int, int, str] | None = None
    for each in other:
        if each.pieces == item.pieces and (item.pieces or each.text == item.text):
            apart = 0
        elif _overlaps(each, item):
            apart = 1
        else:
            continue
        found = apart, len(differences(item, each)), each.id
        if rank is None or found < rank:
            best, rank = each, found
    if best is None:
        return None, "nothing at its place on the other side"
    names = differences(item, best)
    if not names:
        return best, "the same on the other side"
    return best, f"differs in {', '.join(names)}"


def _overlaps(one: Annotation, other: Annotation) -> bool:
    if one is other or one.layer == "relation":
        return False
    return any(a < d and c < b for a, b in one.pieces for c, d in other.pieces)


def _covers(outer: Annotation, inner: Annotation) -> bool:
    if outer is inner or outer.bounds is None or inner.bounds is None or outer.layer != "entity":
        return False
    (a, b), (c, d) = outer.bounds, inner.bounds
    return a <= c and d <= b and (a, b) != (c, d)
