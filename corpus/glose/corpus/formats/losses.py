"""The loss report: what of each kind of structure was kept, changed and dropped, and why.

For every kind `kept + changed + dropped` is what was there. What a document states is counted
when it comes (glose.corpus.formats.facts); what a step takes out of it is the difference of what
it stated before and after, so that a mention which goes and takes an argument with it is seen to
do so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from glose.corpus.document import Document
from glose.corpus.formats.facts import Facts, count, difference, facts

Fate: TypeAlias = Literal["changed", "dropped"]
#: What is done to a document, and why.
Change: TypeAlias = tuple[Callable[[Document], Document], str]
_Key: TypeAlias = tuple[str, Hashable]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some of a kind were changed or dropped."""

    what: Fate
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one kind of structure."""

    kind: str
    there: int
    kept: int
    changed: int
    dropped: int
    reasons: tuple[Reason, ...] = ()


class Losses:
    """The ledger of one reading or writing."""

    def __init__(self) -> None:
        self.documents = 0
        self.notes: Counter[str] = Counter()
        #: Kinds of which something was told by number alone, and not by a step.
        self.bare: set[str] = set()
        self._there: Counter[str] = Counter()
        self._fates: Counter[tuple[str, Fate, str]] = Counter()
        self._first: Facts = {}
        self._now: Facts = {}
        self._steps: dict[_Key, list[tuple[int, int, str]]] = defaultdict(list)

    def begin(self, document: Document) -> None:
        """Count what a document states; what is told next is of this document."""
        self.end()
        self.documents += 1
        self._first = self._now = facts(document)
        self._there.update(count(self._first))

    @property
    def stated(self) -> Facts:
        """What the document states at this point."""
        return self._now

    def step(self, after: Document, reason: str) -> Document:
        """Account for what became of the document, and return it."""
        found = facts(after)
        for kind, by_key in self._now.items():
            others = found.get(kind, {})
            for key, contents in by_key.items():
                if contents != (left := others.get(key, [])):
                    changed, dropped = difference(contents, left)
                    self._steps[kind, key].append((changed, dropped, reason))
        self._now = found
        return after

    def changed(self, before: Document, after: Document, reason: str) -> Document:
        """Account for what became of the document if it is not the same; return what it is now."""
        return before if after == before else self.step(after, reason)

    def steps(self, document: Document, changes: Iterable[Change]) -> Document:
        """Make changes one after another, and account for each; return what is left."""
        for change, reason in changes:
            document = self.changed(document, change(document), reason)
        return document

    def change(self, kind: str, reason: str, number: int = 1) -> None:
        """Account for facts that are counted and were changed in no step."""
        self.bare.add(kind)
        self._fates[kind, "changed", reason] += number

    def drop(self, kind: str, reason: str, number: int = 1) -> None:
        """Account for facts that are counted and were dropped in no step."""
        self.bare.add(kind)
        self._fates[kind, "dropped", reason] += number

    def spaces(self, document: Document, rebuilt: str) -> None:
        """Account for white space, if a reader makes another text of the words of a document."""
        if rebuilt != (document.text or ""):
            self.change("texts", "white space between words is not kept as it is")

    def unread(self, kind: str, reason: str, number: int = 1) -> None:
        """Account for what an input has and the record cannot hold: it was never counted."""
        self._there[kind] += number
        self.drop(kind, reason, number)

    def note(self, text: str, number: int = 1) -> None:
        """Tell what was found and is no loss."""
        self.notes[text] += number

    def end(self) -> None:
        """Settle the account of the document that was begun last."""
        for (kind, key), steps in self._steps.items():
            lost = difference(self._first[kind].get(key, []), self._now.get(kind, {}).get(key, []))
            self._settle(kind, lost, steps)
        self._steps.clear()
        self._first = self._now = {}

    def _settle(self, kind: str, lost: tuple[int, int], steps: list[tuple[int, int, str]]) -> None:
        """Share out what was lost of a key among the steps that did it, the last one first."""
        fates: tuple[Fate, Fate] = ("changed", "dropped")
        for which, fate in enumerate(fates):
            left = lost[which]
            for *losses, reason in reversed(steps):
                number = min(left, int(losses[which]))
                left -= number
                if number:
                    self._fates[kind, fate, str(reason)] += number

    def rows(self) -> Iterator[Row]:
        """Yield what became of every kind that was there; raise `ValueError` if it is no sum."""
        self.end()
        for kind, there in self._there.items():
            yield self._row(kind, there)
        unknown = {kind for kind, _, _ in self._fates} - self._there.keys()
        if unknown:
            raise ValueError(f"lost, but never there: {', '.join(sorted(unknown))}")

    def _row(self, kind: str, there: int) -> Row:
        reasons = tuple(self._reasons(kind))
        changed = sum(reason.count for reason in reasons if reason.what == "changed")
        dropped = sum(reason.count for reason in reasons if reason.what == "dropped")
        kept = there - changed - dropped
        if kept < 0:
            raise ValueError(f"{changed} {kind} changed and {dropped} dropped of {there}")
        return Row(kind, there, kept, changed, dropped, reasons)

    def _reasons(self, kind: str) -> Iterator[Reason]:
        for (name, what, why), number in self._fates.items():
            if name == kind and number:
                yield Reason(what, number, why)
