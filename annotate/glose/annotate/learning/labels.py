"""Spans as one label a word (BIO), and back; a piece that stands apart continues its span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from glose.annotate.learning.words import Word
from glose.corpus.document import Pair

OUTSIDE = "O"
#: Over how many words a discontinuous span may reach from one piece to the next.
REACH = 8
#: What no noun mention begins or ends with.
_LOOSE = frozenset(
    (
        "le", "la", "les", "l'", "l’", "un", "une", "des", "du", "de", "d'", "d’", "ce", "cet",
        "cette", "ces", "son", "sa", "ses", "leur", "leurs", "et", "ou", "à", "au", "aux",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled span: one pair of offsets, or several where it is discontinuous."""

    label: str
    pieces: tuple[Pair, ...]

    @property
    def start(self) -> int:
        """Where the first piece begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1][1]


def encoded(words: Sequence[Word], spans: Iterable[Span]) -> list[str]:
    """Return the label of each word; of spans that overlap the one that was given first stays."""
    labels = [OUTSIDE] * len(words)
    for span in spans:
        inside = [n for n, word in enumerate(words) if _covers(span, word)]
        if inside and all(labels[n] == OUTSIDE for n in inside):
            labels[inside[0]] = f"B-{span.label}"
            for n in inside[1:]:
                labels[n] = f"I-{span.label}"
    return labels


def decoded(words: Sequence[Word], labels: Sequence[str]) -> list[Span]:
    """Return the spans that labels stand for, in the order of their first words."""
    spans: list[tuple[str, list[int]]] = []
    for number, label in enumerate(labels):
        if label == OUTSIDE:
            continue
        kind = label[2:]
        if (
            label.startswith("I-")
            and spans
            and spans[-1][0] == kind
            and number - spans[-1][1][-1] <= REACH
        ):
            spans[-1][1].append(number)
        else:
            spans.append((kind, [number]))
    return [Span(kind, _pieces(words, numbers)) for kind, numbers in spans]


def trimmed(words: Sequence[Word], span: Span) -> Span | None:
    """Return a span without articles and prepositions at its ends; `None` if nothing is left.

    Spans in several pieces stay as they are.
    """
    if len(span.pieces) > 1:
        return span
    inside = [word for word in words if _covers(span, word)]
    while inside and inside[0].text.lower() in _LOOSE:
        inside.pop(0)
    while inside and inside[-1].text.lower() in _LOOSE:
        inside.pop()
    return Span(span.label, ((inside[0].start, inside[-1].end),)) if inside else None


def _covers(span: Span, word: Word) -> bool:
    return any(start <= word.start and word.end <= end for start, end in span.pieces)


def _pieces(words: Sequence[Word], numbers: Sequence[int]) -> tuple[Pair, ...]:
    pieces = [[words[numbers[0]].start, words[numbers[0]].end]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            pieces[-1][1] = words[number].end
        else:
            pieces.append([words[number].start, words[number].end])
    return tuple((start, end) for start, end in pieces)
