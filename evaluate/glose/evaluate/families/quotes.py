"""What was said, and where: items by words beside items by place (docs/metrics/errors.md).

For systems that quote (`glose evaluate align`): the right words of the right type count, whether
they were found at the right place or not, and how often they were not is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document, covered
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.folding import fold
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut, Pieces, Places, pieces
from glose.evaluate.protocol import Protocol

#: How `extra` names what `align` found no place for.
_UNPLACED = "unplaced:"

_folded = lru_cache(maxsize=1 << 16)(fold)


class Said(NamedTuple):
    """An item: the type that it counts under, what else must be the same, its words, its place.

    Words are folded, `None` if they are not known; the place is `None` if it has none.
    """

    label: str
    rest: str
    words: str | None
    place: Pieces | None


class Quoted(NamedTuple):
    """The columns: items right in words and place, in words only, and all of either side."""

    placed: Numbers
    misplaced: Numbers
    predicted: Numbers
    gold: Numbers


Projected: TypeAlias = list[Said]


def _said(document: Document, label: str, rest: str, text: str, place: Pieces) -> Said:
    if not text and document.text is not None:
        text = covered(document.text, place[0][0], place[-1][1], place)
    return Said(label, rest, _folded(text) if text else None, place)


def _unplaced(document: Document, kind: str, cut: Cut) -> Iterator[Said]:
    start = f"{_UNPLACED}{kind}:"
    for each in document.extra:
        if each.name.startswith(start):
            yield Said(cut(each.name.removeprefix(start)), "", _folded(each.value), None)


def mentions(document: Document, cut: Cut = str) -> Projected:
    """Return the mentions, and those that were quoted and stand nowhere."""
    placed = [_said(document, cut(m.type), "", m.text, pieces(m)) for m in document.mentions]
    return [*placed, *_unplaced(document, "mention", cut)]


def triggers(document: Document, cut: Cut = str) -> Projected:
    """Return the triggers with the types of their events, and those that stand nowhere."""
    placed = [
        _said(document, cut(event.type), "", trigger.text, pieces(trigger))
        for event in document.events
        for trigger in event.triggers
    ]
    return [*placed, *_unplaced(document, "trigger", cut)]


def arguments(document: Document, cut: Cut = str) -> Projected:
    """Return the arguments by role, with the type of their event; a value has no place."""
    found = [(event, argument) for event in document.events for argument in event.args]
    places = Places(document) if found else None
    texts = {mention.id: mention.text for mention in document.mentions}
    said = []
    for event, argument in found:
        type_ = cut(event.type)
        what = places.of(event, argument) if places else ""
        if isinstance(what, str):
            said.append(Said(argument.role, type_, _folded(what), None))
        else:
            text = texts.get(argument.ref or "", "")
            said.append(_said(document, argument.role, type_, text, what))
    return said


def count(gold: Sequence[Said], predicted: Sequence[Said]) -> Tally:
    """Return the counts of two bags of items, paired one to one: first by place, then by words."""
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    for column, items in ((2, predicted), (3, gold)):
        for each in items:
            rows[each.label][column] += 1
    left: list[list[Said]] = []
    placed = _shared([_place(each) for each in gold], [_place(each) for each in predicted])
    for side in (gold, predicted):
        waiting, rest = Counter(placed), []
        for each in side:
            key = _place(each)
            if key is not None and waiting[key] > 0:
                waiting[key] -= 1
            else:
                rest.append(each)
        left.append(rest)
    for key, times in placed.items():
        rows[key[0]][0] += times
    words = _shared(*([_words(each) for each in side] for side in left))
    for key, times in words.items():
        rows[key[0]][1] += times
    tally: Tally = {name: tuple(row) for name, row in rows.items()}
    tally[None] = tuple(map(sum, zip(*tally.values(), strict=True))) or (0,) * 4
    return tally


_Key: TypeAlias = tuple[str, str, object]


def _place(each: Said) -> _Key | None:
    return None if each.place is None else (each.label, each.rest, each.place)


def _words(each: Said) -> _Key | None:
    return None if each.words is None else (each.label, each.rest, each.words)


def _shared(gold: Iterable[_Key | None], predicted: Iterable[_Key | None]) -> Counter[_Key]:
    golds = Counter(key for key in gold if key is not None)
    return golds & Counter(key for key in predicted if key is not None)


def _right(n: Quoted) -> Shared:
    return Shared(n.placed + n.misplaced, n.predicted, n.placed + n.misplaced, n.gold)


def _at(n: Quoted) -> Shared:
    return Shared(n.placed, n.predicted, n.placed, n.gold)


def _told(n: Quoted) -> dict[str, Numbers]:
    right = n.placed + n.misplaced
    return {
        "right place": n.placed,
        "wrong place": n.misplaced,
        "wrong": n.predicted - right,
        "missed": n.gold - right,
    }


_STATISTICS = {
    "mention": Statistic("quoted mentions", ("mentions",), Quoted, mentions, count),
    "trigger": Statistic("quoted triggers", ("events",), Quoted, triggers, count),
    "argument": Statistic("quoted arguments", ("events",), Quoted, arguments, count),
}
METRICS = tuple(
    Metric(f"quote/{name}{suffix}", statistic, ratio, _told)
    for name, statistic in _STATISTICS.items()
    for suffix, ratio in (("", _right), ("-placed", _at))
)
PROTOCOLS = (
    Protocol(
        "quotes",
        tuple(metric.name for metric in METRICS),
        "by place, then by words",
        flexible=True,
    ),
)
