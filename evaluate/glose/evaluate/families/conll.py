"""Chunks as tags hold them: conlleval, seqeval and seqscore (docs/metrics/entities.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.evaluate import traces
from glose.evaluate.counts import Numbers, Shared, Statistic, common
from glose.evaluate.figures import divide
from glose.evaluate.flat import Laid, laid
from glose.evaluate.lexicon import Lexicon
from glose.evaluate.listings import Listed, Rows, Whole
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.projection import View
from glose.evaluate.protocol import Protocol
from glose.evaluate.stacked import Spans, Stack, Stacked, equals
from glose.evaluate.words import Words

_BOUNDS = itemgetter(0, 1, 2)

#: Type, start and end of a chunk, in any unit.
Bounds: TypeAlias = tuple[str, int, int]


class Tagged(NamedTuple):
    """The columns of `Shared`, and of all tokens how many have the same tag on both sides."""

    correct_precision: Numbers
    predicted: Numbers
    correct_recall: Numbers
    gold: Numbers
    same: Numbers
    tokens: Numbers


def tagged(gold: Laid, predicted: Laid) -> Listed:
    """Return the chunks of two documents as BIO tags would have them, in lists."""
    wanted = set(map(_BOUNDS, gold.flat(gold.words)))
    found = set(map(_BOUNDS, predicted.flat(gold.words)))
    return chunked(wanted, found, _same(wanted, found, gold.words), len(gold.words))


def chunked(gold: Set[Bounds], predicted: Set[Bounds], same: int, tokens: int) -> Listed:
    """Return two sets of chunks in lists; `same` of the `tokens` have one tag."""
    lists = common(gold, predicted, itemgetter(0)).lists
    sizes = map(len, (lists[0], lists[1], lists[0], lists[2]))
    return Listed(lists, (*sizes, same, tokens))


def _same(gold: Set[Bounds], predicted: Set[Bounds], words: Words) -> int:
    """Return how many words have the same tag; those of equal chunks need not be looked at."""
    wanted, found = _tags(gold - predicted, words), _tags(predicted - gold, words)
    if not wanted and not found:
        return len(words)
    places = wanted.keys() | found.keys()
    return len(words) - sum(wanted.get(place) != found.get(place) for place in places)


def _tags(chunks: Iterable[Bounds], words: Words) -> dict[int, tuple[str, bool]]:
    """Return the tag of each word of some chunks: the type, and whether it is the first.

    A word is told by a number that is its own in this text.
    """
    tags: dict[int, tuple[str, bool]] = {}
    for name, start, end in sorted(chunks, key=itemgetter(1)):
        for number, word in enumerate(words.within(start, end)):
            tags.setdefault(word, (name, number == 0))
    return tags


def traced(gold: View, predicted: View) -> Iterator[traces.Trace]:
    """Yield which mentions are chunks, and which of these are the same; nothing of tokens."""
    words = gold.items(laid).words
    sides = (
        [(_BOUNDS(chunk), chunk.id) for chunk in view.items(laid).flat(words)]
        for view in (gold, predicted)
    )
    for trace in traces.common(*sides):
        yield trace._replace(row=(*trace.row, 0, 0))


def stacked(stack: Stack) -> Rows:
    """Return the rows of many documents, as `tagged` has that of one."""
    gold, predicted = stack.flat(0), stack.flat(1)
    found, number = equals(gold, predicted)
    both = found.gold & found.predicted
    own = (number[: len(gold.start)], number[len(gold.start) :])
    tags = [
        _tagged(spans.only(~both[rows]), stack.lexicon)
        for spans, rows in zip((gold, predicted), own, strict=True)
    ]
    words = stack.lexicon.numbers()
    differing = stack.lexicon.texts(np.flatnonzero(tags[0] != tags[1]))
    same = words - np.bincount(differing, minlength=len(stack))
    correct, guesses, golds = map(found.cells, (both, found.predicted, found.gold))
    return stack.rows([correct, guesses, correct, golds], (same, words))


def _tagged(spans: Spans, lexicon: Lexicon) -> Whole:
    """Return the tag of each word as a number, 0 where no span has it; the first span has it."""
    first, last = lexicon.places(spans.start, spans.end)
    sizes = last - first
    begin = np.repeat(first, sizes)
    offset = np.arange(len(begin)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    words, where = np.unique(begin + offset, return_index=True)
    tags = np.zeros(len(lexicon.starts), dtype=np.int64)
    tags[words] = (2 * np.repeat(spans.type, sizes) + (offset == 0) + 1)[where]
    return tags


def _shared(n: Tagged) -> Shared:
    return Shared(*n[:4])


def _counts(n: Tagged) -> dict[str, Numbers]:
    return {"tokens": n.tokens, "tokens_correct": n.same}


def _accuracy(n: Tagged) -> dict[str, Numbers]:
    return {"accuracy": divide(n.same, n.tokens)}


#: In which list the columns of `Tagged` stand; tokens have no type.
COLUMNS = (0, 1, 0, 2, None, None)

CHUNKS = Statistic(
    "conll chunks",
    ("mentions",),
    Tagged,
    laid,
    Stacked(tagged, COLUMNS, stacked),
    reads=("mentions", "tokens"),
    trace=traced,
)

#: As seqeval does it: what a type does not define counts as 0.
AVERAGES = (Averaging("macro", undefined=0.0), Averaging("weighted", undefined=0.0, weighted=True))

METRICS = (
    Metric("conll/chunk", CHUNKS, _shared, _counts, _accuracy, averages=AVERAGES, undefined=0.0),
)
PROTOCOLS = (
    Protocol(
        "conll",
        ("conll/chunk",),
        "set of chunks",
        reference="conlleval 2004-01-26, seqeval 1.2.2, seqscore 0.9.0",
        warnings=(
            "conll: of mentions that overlap only the longest counts, as tags hold one a token",
            "conll: a discontinuous mention counts by its outer bounds",
        ),
    ),
)
