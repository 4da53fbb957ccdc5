"""Splits of a corpus: which documents are for training, development and test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from types import MappingProxyType
from typing import Literal, TypeAlias

from glose.corpus.document import Date, Document
from glose.corpus.errors import GloseError
from glose.corpus.numbers import counted

By: TypeAlias = Literal["source", "date", "near-duplicates"]
Splits: TypeAlias = Mapping[str, tuple[str, ...]]
Mark: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What is held of a document to place it."""

    id: str
    text: str
    source: str | None
    date: tuple[int, int, int] | None
    group: str | None = None


def keys(
    documents: Iterable[Document], groups: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Key]:
    """Yield what each document is placed by; texts themselves are not held.

    `groups` names the group of near-duplicates of each id that is in one.
    """
    for document in documents:
        date = document.meta.date
        yield Key(
            document.id,
            document.text_sha256 or document.id,
            document.meta.source,
            None if date is None else _day(date),
            groups.get(document.id),
        )


def assign(
    documents: Iterable[Key], shares: Mapping[str, float], by: By | None = None, seed: int = 0
) -> dict[str, tuple[str, ...]]:
    """Return the ids of each split, sorted; the same input gives the same splits.

    Documents with the same text are never parted. By `source`, neither are those of one source,
    so that a test tells how a system does on sources it has not seen. By `date`, every document
    of a split is later than those of the splits before it, so that it tells how a system does on
    news to come; undated documents count as oldest. By `near-duplicates`, no group of those is
    parted, so that no story of a test was seen in training. Shares are met as closely as the
    groups allow.
    """
    total = sum(shares.values())
    if not 0.999 < total < 1.001 or min(shares.values()) < 0:
        raise GloseError(f"the shares of the splits add up to {total:g}; expected 1")
    groups = _groups(documents, by)
    placed = _in_time(groups, shares) if by == "date" else _at_random(groups, shares, seed)
    return {name: tuple(sorted(ids)) for name, ids in placed.items() if shares[name] > 0}


def cautions(found: Splits, earlier: Splits) -> Iterator[str]:
    """Yield what whoever asked for splits should know: a part without documents, old ones gone."""
    for name, ids in found.items():
        if not ids:
            yield f"{name} has no document; give it a larger share, or split more documents"
    if earlier and {name: set(ids) for name, ids in earlier.items()} != {
        name: set(ids) for name, ids in found.items()
    }:
        sizes = ", ".join(f"{name} {len(ids)}" for name, ids in earlier.items())
        yield f"the earlier splits ({sizes}) are replaced"


def unmet(found: Splits, shares: Mapping[str, float]) -> Iterator[str]:
    """Yield which splits are not as large as asked for, by more than a document or a hundredth."""
    total = sum(map(len, found.values()))
    for name, ids in found.items():
        wanted = shares[name] * total
        if abs(len(ids) - wanted) > max(1, total / 100):
            what = f"{name} has {counted(len(ids), 'document')} and not {wanted:,.0f}"
            yield f"{what}: there is a large group, and none is parted"


def _day(date: Date) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0


def _groups(documents: Iterable[Key], by: By | None) -> list[list[str]]:
    """Return the ids of documents in groups that may not be parted, each sorted."""
    every = {document.id: _marks(document, by) for document in documents}
    above: dict[Mark, Mark] = {}
    for first, *others in every.values():
        above.setdefault(first, first)
        for other in others:
            above[_top(above, above.setdefault(other, other))] = _top(above, first)
    groups: dict[Mark, list[str]] = {}
    for name in sorted(every):
        groups.setdefault(_top(above, every[name][0]), []).append(name)
    return [groups[mark] for mark in (sorted(groups) if by == "date" else groups)]


def _marks(document: Key, by: By | None) -> list[Mark]:
    """Return what a document shares with those it may not be parted from."""
    if by == "date":
        return [("date", *(document.date or (0, 0, 0)))]
    text: Mark = ("text", document.text)
    name = {"source": document.source, "near-duplicates": document.group}.get(by or "")
    return [text, (by or "", name)] if name else [text]


def _top(above: dict[Mark, Mark], mark: Mark) -> Mark:
    """Return what stands for a mark and all joined with it, and shorten the way there."""
    while above[mark] != mark:
        above[mark] = above[above[mark]]
        mark = above[mark]
    return mark


def _in_time(groups: list[list[str]], shares: Mapping[str, float]) -> dict[str, list[str]]:
    """Share out groups that are in the order of time: a group goes where its middle lies."""
    total = sum(map(len, groups))
    placed: dict[str, list[str]] = {name: [] for name in shares}
    names = [name for name, share in shares.items() if share > 0]
    ends = dict(zip(names, accumulate(shares[name] * total for name in names), strict=True))
    before = 0
    for group in groups:
        middle = before + len(group) / 2
        # The shares may add up to a little less than one: what is left is of the last split.
        name = next((name for name in names if middle <= ends[name]), names[-1])
        placed[name] += group
        before += len(group)
    return placed


def _at_random(
    groups: list[list[str]], shares: Mapping[str, float], seed: int
) -> dict[str, list[str]]:
    """Share out groups, large ones first, each to the split that lacks most."""
    total = sum(map(len, groups))
    placed: dict[str, list[str]] = {name: [] for name in shares}
    for group in sorted(groups, key=lambda group: (-len(group), _lot(group[0], seed))):
        name = max(shares, key=lambda name: shares[name] * total - len(placed[name]))
        placed[name] += group
    return placed


def _lot(name: str, seed: int) -> bytes:
    """Return what orders groups at random, on every machine the same."""
    return sha256(f"{seed}:{name}".encode()).digest()
