"""Discontinuous mentions as Dai et al. (2020) score them (docs/metrics/entities.md)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glose.corpus.document import Document
from glose.evaluate import sentences
from glose.evaluate.counts import THREE, Shared, Statistic
from glose.evaluate.listings import Listed, Rows
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.projection import Cut, Pieces, Span, entities
from glose.evaluate.protocol import Protocol
from glose.evaluate.stacked import Stack, Stacked, equals
from glose.evaluate.words import Words


@dataclass(slots=True)
class Written:
    """The mentions of a document, and its words.

    Where its sentences end is found only if somebody asks.
    """

    document: Document
    words: Words
    spans: list[Span]
    _ends: tuple[int, ...] | None = None

    @property
    def ends(self) -> tuple[int, ...]:
        """Where the sentences end."""
        if self._ends is None:
            self._ends = sentences.ends(self.document)
        return self._ends


def written(document: Document, cut: Cut = str) -> Written:
    """Return the mentions of a document with its words and sentences."""
    return Written(document, Words.of(document), entities(document, cut))


def mentions(gold: Written, predicted: Written) -> Listed:
    """Return all mentions."""
    return listed(gold.spans, predicted.spans)


def in_sentences(gold: Written, predicted: Written) -> Listed:
    """Return the mentions of the sentences in which gold has a discontinuous mention."""
    chosen = {
        _sentence(span, gold) for span in gold.spans if len(_merged(span[1], gold.words)) > 1
    }
    wanted, found = (
        [span for span in side.spans if chosen and _sentence(span, gold) in chosen]
        for side in (gold, predicted)
    )
    return listed(wanted, found)


def only(gold: Written, predicted: Written) -> Listed:
    """Return discontinuous mentions; what is right is told off the predictions.

    A mention is sought with its adjoining fragments made one, among mentions as they are written.
    """
    wanted, found = set(gold.spans), set(predicted.spans)
    broken, gaps = (
        [(name, merged) for name, pieces in side if len(merged := _merged(pieces, gold.words)) > 1]
        for side in (predicted.spans, gold.spans)
    )
    right = [name for name, pieces in broken if (name, pieces) in wanted]
    missed = [name for name, pieces in gaps if (name, pieces) not in found]
    return Listed([right, [name for name, _ in broken], right + missed])


def listed(gold: Sequence[Span], predicted: Sequence[Span]) -> Listed:
    """Return what is right of two lists, and each of them.

    A gold mention is right if it is in the other list; one that gold has twice counts twice. Of
    predictions only what is not in gold is counted.
    """
    wanted, found = set(gold), set(predicted)
    right = [span[0] for span in gold if span in found]
    spurious = [span[0] for span in predicted if span not in wanted]
    return Listed([right, right + spurious, [span[0] for span in gold]])


def stacked(stack: Stack) -> Rows:
    """Return the rows of many documents, as `mentions` has that of one."""
    gold, predicted = stack.spans(0), stack.spans(1)
    found, number = equals(gold, predicted)
    known = (found.gold & found.predicted)[number]
    right = gold.cells(known[: len(gold.start)])
    spurious = predicted.cells(~known[len(gold.start) :])
    type_, document = np.concatenate([right, spurious], axis=1)
    return stack.rows([right, (type_, document), right, (gold.type, gold.document)])


def _continuous(stack: Stack) -> Rows:
    """Return the rows of documents in which nothing has several pieces."""
    return stack.nothing(4)


def _sentence(span: Span, gold: Written) -> int:
    return bisect_right(gold.ends, span[1][0][0])


def _merged(pieces: Pieces, words: Words) -> Pieces:
    """Return pieces with those made one that have no word between them."""
    found = [pieces[0]]
    for start, end in pieces[1:]:
        first, last = words.place(found[-1][1], start)
        if first < last:
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return tuple(found)


def _same(n: Shared) -> Shared:
    return n


#: The means that the reference has for a metric: what a type does not define counts as 0.
AVERAGES = (Averaging("macro", undefined=0.0),)


def _metric(name: str, count: Stacked, averages: tuple[Averaging, ...]) -> Metric:
    reads = "mentions", "tokens", "segments"
    called = f"discontinuous {name}"
    statistic = Statistic(called, ("mentions",), Shared, written, count, reads=reads)
    return Metric(f"discontinuous/{name}", statistic, _same, averages=averages, undefined=0.0)


METRICS = (
    _metric("mentions", Stacked(mentions, THREE, stacked, words=False), AVERAGES),
    _metric("sentences", Stacked(in_sentences, THREE, _continuous, words=False), AVERAGES),
    _metric("only", Stacked(only, THREE, _continuous, words=False), ()),
)
PROTOCOLS = (
    Protocol(
        "discontinuous",
        tuple(metric.name for metric in METRICS),
        "membership in lists",
        reference="the scorer of Dai et al. 2020 (transition-discontinuous-ner)",
        warnings=("discontinuous: predicted twice costs nothing, twice in gold counts twice",),
    ),
)
