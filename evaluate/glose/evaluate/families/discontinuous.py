"""Discontinuous mentions as Dai et al. (2020) score them (docs/metrics/entities.md)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from glose.corpus.document import Document
from glose.evaluate import sentences
from glose.evaluate.counts import Row, Shared, Statistic, Tally
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.projection import Cut, Pieces, Span, entities
from glose.evaluate.protocol import Protocol
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


def mentions(gold: Written, predicted: Written) -> Tally:
    """Return the counts of all mentions."""
    return listed(gold.spans, predicted.spans)


def in_sentences(gold: Written, predicted: Written) -> Tally:
    """Return the counts of the sentences in which gold has a discontinuous mention."""
    chosen = {
        _sentence(span, gold) for span in gold.spans if len(_merged(span[1], gold.words)) > 1
    }
    wanted, found = (
        [span for span in side.spans if chosen and _sentence(span, gold) in chosen]
        for side in (gold, predicted)
    )
    return listed(wanted, found)


def only(gold: Written, predicted: Written) -> Tally:
    """Return the counts of discontinuous mentions; what is right is told off the predictions.

    A mention is sought with its adjoining fragments made one, among mentions as they are written.
    """
    wanted, found = set(gold.spans), set(predicted.spans)
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 3)
    for name, pieces in predicted.spans:
        merged = _merged(pieces, gold.words)
        if len(merged) > 1:
            rows[name][0 if (name, merged) in wanted else 1] += 1
    for name, pieces in gold.spans:
        merged = _merged(pieces, gold.words)
        if len(merged) > 1 and (name, merged) not in found:
            rows[name][2] += 1
    return _tally(rows)


def listed(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    """Return the counts of two lists: a gold mention is right if it is in the other list.

    One that gold has twice counts twice; of predictions only what is not in gold is counted.
    """
    wanted, found = set(gold), set(predicted)
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 3)
    for span in gold:
        rows[span[0]][0 if span in found else 2] += 1
    for span in predicted:
        rows[span[0]][1] += span not in wanted
    return _tally(rows)


def _tally(rows: dict[str | None, list[int]]) -> Tally:
    """Return numerators and denominators from what is right, spurious and missed."""
    tally: Tally = {name: _row(*row) for name, row in rows.items()}
    tally[None] = _row(*map(sum, zip((0,) * 3, *rows.values(), strict=True)))
    return tally


def _row(right: int, spurious: int, missed: int) -> Row:
    return right, right + spurious, right, right + missed


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

METRICS = (
    Metric(
        "discontinuous/mentions",
        Statistic(
            "discontinuous mentions", ("mentions",), Shared, written, mentions, local="order"
        ),
        _same,
        averages=AVERAGES,
        undefined=0.0,
    ),
    Metric(
        "discontinuous/sentences",
        Statistic(
            "discontinuous sentences", ("mentions",), Shared, written, in_sentences, local="order"
        ),
        _same,
        averages=AVERAGES,
        undefined=0.0,
    ),
    Metric(
        "discontinuous/only",
        Statistic("discontinuous only", ("mentions",), Shared, written, only, local="order"),
        _same,
        averages=(),
        undefined=0.0,
    ),
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
