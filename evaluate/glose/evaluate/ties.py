"""Relations set side by side: what is equal, and what differs in its type, roles or bounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from glose.evaluate.beside import Beside, Shown
from glose.evaluate.mistakes import cover
from glose.evaluate.projection import Pieces, View
from glose.evaluate.relating import Related, Relating, relations
from glose.evaluate.results import Kind


def related(gold: View, predicted: View) -> Iterator[Beside]:
    """Yield relations side by side, numbered in the order of the text of gold.

    What is equal is paired first, then what differs in its type only, in its roles only, and in
    the bounds of what it relates; `+1` is a prediction that stands alone.
    """
    text = gold.document.text or ""
    golds, guesses = (relations(view.document, view.cut) for view in (gold, predicted))
    left = dict(enumerate(sorted(golds, key=_where))), dict(enumerate(sorted(guesses, key=_where)))
    paired = list(_pairs(*left))
    partners = {guess: number for _, number, guess in paired}
    alone = iter(range(1, len(guesses) + 1))
    names = [
        f"#{partners[number] + 1}" if number in partners else f"+{next(alone)}"
        for number in left[1]
    ]
    shown = (
        [_relation(f"#{n + 1}", each, text) for n, each in left[0].items()],
        [_relation(names[n], each, text) for n, each in left[1].items()],
    )
    for kind, number, guess in paired:
        yield Beside("relation", kind, shown[0][number], shown[1][guess])
    for number in left[0].keys() - {number for _, number, _ in paired}:
        yield Beside("relation", "missed", shown[0][number], None)
    for guess in left[1].keys() - partners.keys():
        yield Beside("relation", "spurious", None, shown[1][guess])


def _pairs(
    gold: Mapping[int, Relating], predicted: Mapping[int, Relating]
) -> Iterator[tuple[Kind, int, int]]:
    left = dict(gold), dict(predicted)
    steps: tuple[tuple[Kind, Callable[[Relating], Hashable]], ...] = (
        ("correct", lambda each: (each.type, _bag((a.role, a.what) for a in each.args))),
        ("type", lambda each: _bag((a.role, a.what) for a in each.args)),
        ("role", lambda each: (each.type, _bag(a.what for a in each.args))),
    )
    for kind, key in steps:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number in reversed(left[1]):
            waiting[key(left[1][number])].append(number)
        for number in list(left[0]):
            found = waiting.get(key(left[0][number]))
            if found:
                yield kind, number, found[-1]
                del left[0][number], left[1][found.pop()]
    for number, each in left[0].items():
        near = next((n for n, other in left[1].items() if _moved(each, other)), None)
        if near is not None:
            yield "boundary", number, near
            del left[1][near]


def _bag(items: Iterable[Hashable]) -> Hashable:
    return frozenset(Counter(items).items())


def _moved(one: Relating, other: Relating) -> bool:
    """Tell whether two relations of a type relate, in the same roles, what overlaps."""
    if (one.type, len(one.args)) != (other.type, len(other.args)):
        return False
    sides = (sorted(each.args, key=lambda a: (a.role, _spans(a))) for each in (one, other))
    return all(a.role == b.role and _overlap(a, b) for a, b in zip(*sides, strict=True))


def _overlap(one: Related, other: Related) -> bool:
    if isinstance(one.what, str) or isinstance(other.what, str):
        return one.what == other.what
    return any(a < d and c < b for a, b in one.what for c, d in other.what)


def _spans(related: Related) -> Pieces:
    return () if isinstance(related.what, str) else related.what


def _where(relation: Relating) -> tuple[tuple[Pieces, ...], str, str]:
    return tuple(sorted(map(_spans, relation.args))), relation.type, relation.id


def _relation(number: str, relation: Relating, text: str) -> Shown:
    name = f"{number} {relation.type}"
    said = ", ".join(
        f"{a.role}: {a.what if isinstance(a.what, str) else cover(text, a.what)}"
        for a in relation.args
    )
    where = [(pair, a.role) for a in relation.args for pair in _spans(a)]
    return Shown(
        name, relation.type, tuple(pair for pair, _ in where), name, said,
        tuple(role for _, role in where),
    )  # fmt: skip
