"""The pairing of templates with the best F1 of all, as the MUC-4 scorer of GTT finds it by trial.

A pairing gives each predicted template at most one gold template. A pair is worth so much for
precision and so much for recall, both or neither above 0; of a pairing the sums p and r count, and
F1 is the harmonic mean of p / P and r / R. GTT tries all (gold + 1) ^ predicted pairings. Here the
best is found by assignment: F1 lies below each of its tangents, and what is best by a tangent is a
linear problem. If the best by the tangent at the sums of some pairing are these sums, no pairing
has a greater F1. Else (some pairs are worth more for precision than for recall, others less)
pairings are tried in order, without those that the tangent at the best so far rules out.

Of pairings with the same F1 the first counts, in the order of trial: the first prediction takes
the first gold template rather than the second, and any rather than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from glose.evaluate.assignment import assign

#: What pairs are worth, for precision and for recall: rows for predictions, columns for gold.
Worth: TypeAlias = Sequence[Sequence[tuple[int, int]]]

#: The gold template of each prediction, `None` where it has none.
Pairing: TypeAlias = tuple[int | None, ...]

#: So many assignments are solved at most where pairings have to be tried, and so many steps taken
#: in them (predictions² x gold templates each): some seconds.
PATIENCE, STEPS = 3_000, 10_000_000


class Sums(NamedTuple):
    """What a pairing is worth for precision and for recall."""

    precise: int
    recalled: int


def best(worth: Worth, predicted: int, gold: int) -> Pairing:
    """Return the first of the pairings with the greatest F1.

    `predicted` and `gold` are P and R. Where pairings have to be tried and `PATIENCE` or `STEPS`
    end before, it is the best that was found.
    """
    problem = _Problem(worth, predicted, gold)
    found = problem.completed((), Sums(predicted, gold))
    sums = problem.sums(found)
    while problem.value(sums):
        other = problem.completed((), sums)
        reached = problem.sums(other)
        if reached == sums:
            return other
        if problem.value(reached) <= problem.value(sums):
            return _tried(problem, found)
        found, sums = other, reached
    return found


@dataclass(frozen=True, slots=True)
class _Problem:
    worth: Worth
    predicted: int
    gold: int

    def sums(self, pairing: Pairing) -> Sums:
        pairs = [self.worth[row][at] for row, at in enumerate(pairing) if at is not None]
        return Sums(sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))

    def value(self, sums: Sums) -> float:
        """Return F1, rounded at each step as GTT does, since it compares what is rounded."""
        precision = sums.precise / self.predicted if sums.precise else 0.0
        recall = sums.recalled / self.gold if sums.recalled else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def tangent(self, at: Sums, precise: int, recalled: int) -> int:
        """Return the tangent of F1 at some sums, times what makes it whole."""
        slopes = self.predicted * at.recalled**2, self.gold * at.precise**2
        return slopes[0] * precise + slopes[1] * recalled

    def completed(self, start: Pairing, at: Sums) -> Pairing:
        """Return the pairing that begins so and is best by a tangent, the first of equals.

        Digits below the weights tell which is first: one for each prediction, the first highest.
        """
        width = len(self.worth[0]) if self.worth else 0
        free = [column for column in range(width) if column not in start]
        rest = range(len(start), len(self.worth))
        digit, scale = len(free) + 1, (len(free) + 1) ** len(rest)
        weights = [
            [
                self.tangent(at, *self.worth[row][column]) * scale
                + (len(free) - rank) * digit ** (len(self.worth) - 1 - row)
                for rank, column in enumerate(free)
            ]
            for row in rest
        ]
        pairs = dict(assign(weights)) if free else {}
        taken = ({row: free[rank] for row, rank in pairs.items()}).get
        return (*start, *(taken(row) for row in range(len(rest))))


def _tried(problem: _Problem, known: Pairing) -> Pairing:
    """Return the first of the pairings with the greatest F1; `known` is a good one."""
    best, found, waiting = problem.sums(known), None, [tuple[int | None, ...]()]
    height, width = len(problem.worth), len(problem.worth[0])
    patience = min(PATIENCE, max(height, STEPS // (height**2 * width)))
    while waiting and patience:
        start, patience = waiting.pop(), patience - 1
        whole = problem.completed(start, best)
        sums = problem.sums(whole)
        bound, target = problem.tangent(best, *sums), problem.tangent(best, *best)
        if bound < target or (bound == target and found is not None):
            continue
        if problem.value(sums) > problem.value(best):
            best, known, found = sums, whole, None
        if bound == target and sums == best:
            found = whole
        elif len(start) == len(problem.worth):
            # Other sums may have the same F1; whichever comes first counts.
            same = problem.value(sums) == problem.value(best)
            found = whole if same and found is None else found
        else:
            waiting.append((*start, None))
            waiting.extend((*start, c) for c in reversed(range(width)) if c not in start)
    return found or known
