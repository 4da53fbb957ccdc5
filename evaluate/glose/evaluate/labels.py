"""Labels of documents: the projection, and counts by label and by scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from glose.corpus.document import Document
from glose.evaluate.counts import Numbers, Tally
from glose.evaluate.projection import Cut


class Labeled(NamedTuple):
    """The columns of a comparison of labels.

    `alone` counts the gold labels of documents that have one label of the scheme in gold and one
    in the predictions: if it is all of gold and of the predictions, each document has one label.
    """

    correct: Numbers
    predicted: Numbers
    gold: Numbers
    alone: Numbers


#: What stands between the scheme of a label and its value.
SIGN = "="


def labels(document: Document, cut: Cut = str) -> list[tuple[str, str]]:
    """Return the scheme and the value of each label of the document, not of its items."""
    return [(each.scheme, cut(each.value)) for each in document.labels if each.target is None]


def scheme(name: str) -> str | None:
    """Return the scheme of a label such as `topic=crime`, `None` for a scheme itself.

    >>> scheme("topic=crime"), scheme("topic")
    ('topic', None)
    """
    before, sign, _ = name.partition(SIGN)
    return before if sign else None


def count(gold: Sequence[tuple[str, str]], predicted: Sequence[tuple[str, str]]) -> Tally:
    """Return the counts of two sets of labels: of each, of each scheme and of all."""
    wanted, found = _by_scheme(gold), _by_scheme(predicted)
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    for each in wanted.keys() | found.keys():
        golds, guesses = wanted.get(each, set()), found.get(each, set())
        alone = len(golds) == len(guesses) == 1
        for value in golds | guesses:
            in_gold, guessed = value in golds, value in guesses
            counts = (in_gold and guessed, guessed, in_gold, in_gold and alone)
            for name in (f"{each}{SIGN}{value}", each, None):
                rows[name] = [
                    total + int(more) for total, more in zip(rows[name], counts, strict=True)
                ]
    return {None: (0,) * 4, **{name: tuple(row) for name, row in rows.items()}}


def _by_scheme(pairs: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each, value in pairs:
        found[each].add(value)
    return found
