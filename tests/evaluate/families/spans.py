"""Documents with mentions, written as `PER 0-2`: a type and the numbers of its first words.

A span is written by its words, half-open; `PER 0-2+3-4` has two pieces, `PER 0-4^1-2` a head, and
`PER 0-2#T7` an id (T1, T2 ... in the order of writing are the others).
"""

from __future__ import annotations

import re

from hypothesis import strategies as st

from glose.corpus.document import Document, Mention, Pair
from glose.evaluate.counts import Shared, Tally
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

#: Words of one letter: word n stands at 2 n.
TEXT = " ".join("abcdefghijklmnopqrstuvwxyz")

_MENTION = re.compile(r"(\S+) ([\d+-]+)(?:\^(\S+?))?(?:#(\S+))?")


def place(words: str) -> Pair:
    """Return the offsets of `0-2`, the words 0 and 1."""
    first, last = map(int, words.split("-"))
    return 2 * first, 2 * last - 1


def mention(number: int, written: str) -> Mention:
    found = _MENTION.fullmatch(written)
    assert found, written
    name, places, head, id_ = found.groups()
    pieces = tuple(map(place, places.split("+")))
    return Mention(
        id_ or f"T{number}",
        name,
        pieces[0][0],
        pieces[-1][1],
        pieces if len(pieces) > 1 else (),
        head=place(head) if head else (),
    )


def document(*written: str, text: str = TEXT) -> Document:
    found = tuple(mention(number, each) for number, each in enumerate(written, start=1))
    return Document(id="d", text=text, mentions=found)


def tally(name: str, gold: list[str], predicted: list[str]) -> Tally:
    """Return the rows of a metric for two written documents."""
    views = View(document(*gold)), View(document(*predicted))
    return METRICS[name].statistic.tally(*views)


def share(name: str, gold: list[str], predicted: list[str], type_: str | None = None) -> Shared:
    """Return numerators and denominators of one type, or of all."""
    metric = METRICS[name]
    row = tally(name, gold, predicted).get(type_, (0,) * metric.statistic.width)
    return metric.ratio(metric.statistic.columns(*row))


def counted(
    name: str, gold: list[str], predicted: list[str], type_: str | None = None
) -> tuple[float, float, float]:
    """Return what is correct on both sides alike, predicted and gold."""
    found = share(name, gold, predicted, type_)
    assert found.correct_precision == found.correct_recall
    return found.correct_recall, found.predicted, found.gold


def counts(
    name: str, gold: list[str], predicted: list[str], type_: str | None = None
) -> dict[str, float]:
    """Return the further counts of a metric."""
    metric = METRICS[name]
    row = tally(name, gold, predicted).get(type_, (0,) * metric.statistic.width)
    return dict(metric.counts(metric.statistic.columns(*row)))


_TYPES = st.sampled_from(("PER", "ORG"))
_SPANS = st.tuples(st.integers(0, 9), st.integers(1, 4)).map(lambda s: (s[0], s[0] + s[1]))
_WHOLE = st.builds(lambda name, span: f"{name} {span[0]}-{span[1]}", _TYPES, _SPANS)
_BROKEN = st.builds(
    lambda name, span, gap: f"{name} {span[0]}-{span[1]}+{span[1] + gap}-{span[1] + gap + 1}",
    _TYPES,
    _SPANS,
    st.integers(1, 2),
)

#: Mentions that may be equal, nested, crossing or discontinuous.
mentions = st.lists(_WHOLE | _BROKEN, max_size=7)


def apart(written: list[str]) -> list[str]:
    """Return those that do not overlap an earlier one, whole."""
    kept: list[tuple[int, int]] = []
    found = []
    for each in written:
        name, places = each.split()
        numbers = [int(number) for number in re.split(r"[+-]", places)]
        first, last = numbers[0], numbers[-1]
        if all(last <= start or end <= first for start, end in kept):
            kept.append((first, last))
            found.append(f"{name} {first}-{last}")
    return found


#: Mentions of which no two overlap.
flat = mentions.map(apart)
