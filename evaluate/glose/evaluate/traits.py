"""Traits: what single items can be told apart by, in `--by`, beside what their documents say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.jsonl import read
from glose.evaluate.annotations import Annotation, Layer, listed
from glose.evaluate.buckets import NONE
from glose.evaluate.projection import Cut
from glose.evaluate.sentences import distance, ends

_WORD = re.compile(r"\w+|[^\w\s]")

#: From which number a bucket starts: words of a span, times in training, sentences of a document.
WORDS = (1, 2, 3, 4, 6)
TIMES = (0, 1, 2, 5, 20)
SENTENCES = (1, 2, 3, 6, 11)


def bucket(number: int, starts: Sequence[int]) -> str:
    """Return the name of the bucket of a number, so that names sort as numbers do.

    >>> bucket(4, WORDS), bucket(7, WORDS), bucket(0, TIMES)
    ('04-05', '06+', '00')
    """
    place = bisect_right(starts, number) - 1
    if place + 1 == len(starts):
        return f"{starts[-1]:02}+"
    first, last = starts[place], starts[place + 1] - 1
    return f"{first:02}" if first == last else f"{first:02}-{last:02}"


@dataclass(slots=True)
class Trained:
    """How often training data has words, by layer, and as which types; case counts."""

    seen: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def of(cls, path: Path, layers: Sequence[Layer], cut: Cut = str) -> Trained:
        """Return what a training corpus has."""
        found = cls()
        for document in read(path, check=False):
            for layer in layers:
                for each in listed(document, layer, document.text or "", cut):
                    found.seen[layer, " ".join(each.text.split())][each.type] += 1
        return found

    def types(self, item: Annotation) -> Counter[str]:
        """Return how often the words of an item were marked as what."""
        return self.seen.get((item.layer, " ".join(item.text.split())), Counter())


@dataclass
class Beside:
    """One side of a document: its items of a layer, the text's sentences, and training data."""

    document: Document
    items: Sequence[Annotation]
    trained: Trained | None = None

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where the sentences of the gold document end."""
        return ends(self.document)

    @cached_property
    def nesting(self) -> dict[int, str]:
        """Whether each item stands in another, holds one, or both, by number; one sweep."""
        order = sorted(
            (each.bounds[0], -each.bounds[1], number)
            for number, each in enumerate(self.items)
            if each.bounds
        )
        inside: set[int] = set()
        outside: set[int] = set()
        open_: list[tuple[int, int, int]] = []
        for start, end, number in order:
            while open_ and open_[-1][1] <= start:
                open_.pop()
            for a, b, holder in open_:
                if b >= -end and (a, b) != (start, -end):
                    inside.add(number)
                    outside.add(holder)
            open_.append((start, -end, number))
        names = {(False, False): "flat", (True, False): "inner", (False, True): "outer"}
        return {
            number: names.get((number in inside, number in outside), "inner and outer")
            for _, _, number in order
        }


def _span_length(beside: Beside, number: int) -> str | None:
    item = beside.items[number]
    words = sum(1 for _ in _WORD.finditer(item.text))
    return bucket(words, WORDS) if item.pieces and words else None


def _frequency(beside: Beside, number: int) -> str | None:
    if beside.trained is None:
        return None
    return bucket(beside.trained.types(beside.items[number]).total(), TIMES)


def _seen(beside: Beside, number: int) -> str | None:
    if beside.trained is None:
        return None
    item = beside.items[number]
    types = beside.trained.types(item)
    if not types:
        return "unseen"
    return "seen" if item.type in types else "seen as another type"


def _nesting(beside: Beside, number: int) -> str | None:
    return beside.nesting.get(number)


def _distance(beside: Beside, number: int) -> str | None:
    item = beside.items[number]
    if not item.trigger or not item.pieces:
        return None
    sentences = distance(beside.ends, item.trigger[0][0], item.pieces[0][0])
    if not sentences:
        return "0"
    far = abs(sentences) if abs(sentences) < 3 else "3+"
    return f"{far} {'after' if sentences > 0 else 'before'}"


def _position(beside: Beside, number: int) -> str | None:
    item = beside.items[number]
    if not item.pieces:
        return None
    return bucket(1 + bisect_right(beside.ends, item.pieces[0][0]), SENTENCES)


#: What `--by` takes beside the fields of documents; `buckets.ITEMS` has the names.
TRAITS: Mapping[str, Callable[[Beside, int], str | None]] = {
    "span-length": _span_length,
    "frequency": _frequency,
    "seen": _seen,
    "nesting": _nesting,
    "distance": _distance,
    "position": _position,
}

#: Those that need training data.
LEARNT = frozenset({"frequency", "seen"})


def check(traits: Sequence[str], train: Path | None) -> None:
    """Raise `GloseError` where a trait needs training data and there is none."""
    for name in traits:
        if name in LEARNT and train is None:
            raise GloseError(f"--by {name} needs the training corpus; name it with --train")


def values(beside: Beside, trait: str) -> Iterator[str]:
    """Yield what each item is by a trait, `NONE` where it is nothing."""
    for number in range(len(beside.items)):
        yield TRAITS[trait](beside, number) or NONE
