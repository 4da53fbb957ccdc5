"""Keys in columns of numbers: what is the same in gold and in predictions of many documents.

What counts.py does with the sets of one document is done here with those of a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.evaluate.lexicon import Mask
from glose.evaluate.listings import Rows, Whole

#: What a whole number of 64 bits stays below.
_WHOLE = 2**63

#: Items by the numbers of their labels and of their documents.
Cells: TypeAlias = tuple[Whole, Whole]


class Keys(NamedTuple):
    """Keys of one side: under which label and in which document each counts, and what it is."""

    label: Whole
    document: Whole
    what: tuple[Whole, ...]


class Items(NamedTuple):
    """Items of one side that have no label: in which document each counts, and what it is."""

    document: Whole
    what: tuple[Whole, ...]

    def distinct(self) -> Items:
        """Return the items, each once."""
        _, first = numbered(*self.what)
        return Items(self.document[first], tuple(column[first] for column in self.what))


class Margins(NamedTuple):
    """What rows are of: the names of labels by their numbers, and how many documents there are."""

    names: Sequence[str]
    documents: int

    def rows(self, columns: Sequence[Cells], all_: Sequence[Whole] | None = None) -> Rows:
        """Return rows with these columns; those of all items are their sum, or as given."""
        shape = len(self.names), self.documents
        size = shape[0] * shape[1]
        made = [np.bincount(cells[0] * shape[1] + cells[1], minlength=size) for cells in columns]
        by_type = np.stack(made, axis=-1).reshape(*shape, len(made))
        whole = by_type.sum(axis=0) if all_ is None else np.stack(all_, axis=-1)
        order = sorted(range(shape[0]), key=self.names.__getitem__)
        there = [number for number in order if by_type[number].any()]
        return Rows([self.names[number] for number in there], by_type[there], whole)


class Alike(NamedTuple):
    """What is the same: for each distinct item where it comes first, and which side has it.

    Items of gold come before those of the prediction.
    """

    first: Whole
    gold: Mask
    predicted: Mask


def ordered(first: Whole, *others: Whole) -> Whole:
    """Return the order of items by several columns of whole numbers; what is equal stays as it is.

    >>> ordered(np.array([7, 2, 7]), np.array([8, 4, 7])).tolist()
    [1, 2, 0]
    """
    key, most = first, int(first.max(initial=0))
    for column in others:
        low = int(column.min(initial=0))
        size = int(column.max(initial=0)) - low + 1
        most = most * size + size
        if most >= _WHOLE:
            return np.lexsort((*others[::-1], first))
        key = key * size + (column - low)
    # Of what is nearly in order, as it is in files, the stable sort is the quickest.
    found: Whole = np.argsort(key, kind="stable")
    return found


def numbered(*columns: Whole) -> tuple[Whole, Whole]:
    """Return a number for each item, of which equal ones have the same, and where each is first.

    >>> [column.tolist() for column in numbered(np.array([7, 2, 7]), np.array([1, 1, 1]))]
    [[1, 0, 1], [1, 0]]
    """
    order = ordered(*columns)
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.any([np.diff(column[order]) != 0 for column in columns], axis=0)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return number, order[new]


def ranks(numbers: Whole, *others: Whole) -> Whole:
    """Return how many equal numbers stand before each, by further columns or as they are.

    >>> ranks(np.array([7, 2, 7])).tolist()
    [0, 0, 1]
    """
    order = ordered(numbers, *others)
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.diff(numbers[order]) != 0
    firsts = np.flatnonzero(new)
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order)) - np.repeat(firsts, np.diff(firsts, append=len(order)))
    return found


def joined(gold: Sequence[Whole], predicted: Sequence[Whole]) -> tuple[Whole, ...]:
    """Return columns of gold and of the prediction, one after the other."""
    return tuple(np.concatenate(each) for each in zip(gold, predicted, strict=True))


def sided(number: Whole, first: Whole, golds: int) -> Alike:
    """Return which side has each of some numbered items, of which so many are of gold."""
    sides = np.zeros((2, len(first)), dtype=np.bool_)
    sides[0, number[:golds]] = True
    sides[1, number[golds:]] = True
    return Alike(first, *sides)


def common(gold: Keys, predicted: Keys, margins: Margins) -> Rows:
    """Return the rows of two sets of keys of many documents, as `counts.typed_sets` has one."""
    label, document, *what = joined((*gold[:2], *gold.what), (*predicted[:2], *predicted.what))
    number, first = numbered(*what, label)
    found = sided(number, first, len(gold.label))
    both = found.gold & found.predicted
    cells = label[first], document[first]
    correct, guesses, golds = (
        (cells[0][which], cells[1][which]) for which in (both, found.predicted, found.gold)
    )
    return margins.rows([correct, guesses, correct, golds])


def bags(gold: Keys, predicted: Keys, margins: Margins) -> Rows:
    """Return the rows of two bags of keys of many documents, as `bags.typed_bags` has one."""
    label, document, *what = joined((*gold[:2], *gold.what), (*predicted[:2], *predicted.what))
    number, first = numbered(*what, label)
    both = np.repeat(first, shares(number, len(gold.label)))
    correct = label[both], document[both]
    return margins.rows([correct, predicted[:2], correct, gold[:2]])


def sought(gold: Keys, predicted: Keys, margins: Margins) -> Rows:
    """Return the rows of two sets of keys of many documents, as `counts.sets` has one."""
    label, document, *what = joined((*gold[:2], *gold.what), (*predicted[:2], *predicted.what))
    place, first_places = numbered(*what)
    places = sided(place, first_places, len(gold.label))
    number, first = numbered(*what, label)
    items = sided(number, first, len(gold.label))
    where = place[first]
    precise = items.predicted & places.gold[where]
    recalled = items.gold & places.predicted[where]
    columns = [
        (label[first[which]], document[first[which]])
        for which in (precise, items.predicted, recalled, items.gold)
    ]
    both = places.gold & places.predicted
    whole = [
        summed(document[places.first[which]], margins.documents)
        for which in (both, places.predicted, both, places.gold)
    ]
    return margins.rows(columns, whole)


def hits(gold: Items, predicted: Items, documents: int) -> Rows:
    """Return the rows of two lists of items of many documents.

    Each prediction that is in gold is right, however often.
    """
    right = predicted.document[among(predicted.what, gold.what)]
    return listed(right, predicted.document, gold.document, documents)


def among(some: Sequence[Whole], others: Sequence[Whole]) -> Mask:
    """Return which items there are among others.

    >>> among([np.array([1, 2, 3])], [np.array([3, 1])]).tolist()
    [True, False, True]
    """
    number, first = numbered(*joined(others, some))
    there = np.zeros(len(first), dtype=np.bool_)
    there[number[: len(others[0])]] = True
    return there[number[len(others[0]) :]]


def listed(right: Whole, predicted: Whole, gold: Whole, documents: int) -> Rows:
    """Return rows without types, by the documents of what is right and of all items."""
    columns = [summed(each, documents) for each in (right, predicted, gold)]
    return untyped([columns[0], columns[1], columns[0], columns[2]])


def untyped(columns: Sequence[Whole]) -> Rows:
    """Return rows without types; a column has a number for each document."""
    whole = np.stack(columns, axis=-1)
    return Rows([], np.zeros((0, *whole.shape), dtype=np.int64), whole)


def summed(document: Whole, documents: int, amounts: Whole | None = None) -> Whole:
    """Return how many items there are in each document, or the sum of their amounts.

    >>> summed(np.array([0, 2, 2]), 3).tolist()
    [1, 0, 2]
    """
    return np.bincount(document, weights=amounts, minlength=documents).astype(np.int64)


def shares(number: Whole, golds: int) -> Whole:
    """Return how many of each of some numbered items are on both sides, so many are of gold.

    >>> shares(np.array([0, 1, 1, 1, 1, 0]), 3).tolist()
    [1, 2]
    """
    items = int(number.max(initial=-1)) + 1
    gold, predicted = (
        np.bincount(each, minlength=items) for each in (number[:golds], number[golds:])
    )
    return np.minimum(gold, predicted)
