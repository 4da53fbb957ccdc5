"""Counterparts: which metric of one protocol answers which of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glose.evaluate.attribution import layer
from glose.evaluate.metrics import METRICS
from glose.evaluate.protocols import abridged

Matched = list[tuple[str, str]]

#: What metrics are called here that go by other names; else the name says it.
_CALLED = {
    "brat/entities-exact": "strict",
    "brat/entities-overlap": "type",
    "spacy/spans": "strict",
    "spacy/ents": "strict",
    "spacy/spans-unlabeled": "exact",
    "conll/chunk": "strict",
    "discontinuous/mentions": "strict",
    "hipe2022/fuzzy": "type",
    "linking/strong_typed_mention_match": "strict",
    "linking/strong_mention_match": "exact",
    "ace/oneie-entity": "strict",
    "ace/oneie-mention": "exact",
    "nugget/plain": "trigger-identification",
    "nugget/type": "trigger",
}

#: Words that mean the same, and what programs of one family are told apart by.
_SAME = {"role": "argument"}
_PROGRAMS = frozenset({"oneie", "dygie", "flat", "classification", "coref"})


def counterparts(first: Sequence[str], second: Sequence[str]) -> tuple[Matched, list[str]]:
    """Return the metrics of two protocols that count the same things in the same way of asking.

    Those go together that are called alike, whatever the program. A metric alone on both sides
    needs no name in common. Notes say what is left out: what has no items, and what has no
    counterpart.
    """
    clusters = [name for name in (*first, *second) if layer(METRICS[name]) is None]
    what = "not of single items (clusters, templates, means), so there are none to list"
    notes = [f"{', '.join(abridged(clusters))}: {what}"] if clusters else []
    left, right = ([n for n in names if layer(METRICS[n])] for names in (first, second))
    if len(first) == len(second) == 1:
        matched = [(a, b) for a in left for b in right if layer(METRICS[a]) == layer(METRICS[b])]
        if left and right and not matched:
            notes.append(f"{left[0]} and {right[0]} count different things")
        return matched, notes
    matched = list(_matched(left, right))
    paired = {name for pair in matched for name in pair}
    alone = [name for name in (*left, *right) if name not in paired]
    if alone:
        what = "no counterpart; name two metrics (-p A -p B) to compare them"
        notes.append(f"{', '.join(alone)}: {what}")
    return matched, notes


def _matched(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    for a in left:
        yield from ((a, b) for b in right if a != b and _asked(a) == _asked(b))


def _asked(name: str) -> tuple[object, ...]:
    """Return what a metric asks, the same for all that ask it."""
    family, _, rest = name.partition("/")
    called = _CALLED.get(name) or (
        f"{family}-{rest}" if family in ("trigger", "argument") else rest
    )
    words = {_SAME.get(word, word) for word in called.split("-")} - _PROGRAMS
    return layer(METRICS[name]), *sorted(words)
