"""Events of many pairs of documents, staged in columns of numbers.

What happenings.py has of one document is here of a thousand. Names and places are numbered; the
numbers of places are those of one pair: what stands at one place of two texts has two.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np

from glose.corpus.document import Document
from glose.evaluate.happenings import in_order
from glose.evaluate.keyed import Margins
from glose.evaluate.lexicon import Mask
from glose.evaluate.listings import Rows, Tally, Whole
from glose.evaluate.projection import Cut, Places, pieces
from glose.evaluate.roster import Roster
from glose.evaluate.spots import Spots, Wording

T = TypeVar("T")


class Types(dict[str, int]):
    """The numbers of types by what they are called in a record; cut to the same, the same."""

    def __init__(self, cut: Cut) -> None:
        super().__init__()
        self.cut = cut
        self.names: dict[str, int] = {}

    def __missing__(self, name: str) -> int:
        """Give a number to a type that was not met before."""
        self[name] = self.names.setdefault(self.cut(name), len(self.names))
        return self[name]


class Events(NamedTuple):
    """Events of one side with one trigger each, or none, in the order of documents and ids.

    `trigger` is the number of the trigger, `bounds` that of its outer bounds; `placed` are those
    that have one.
    """

    document: Whole
    type: Whole
    trigger: Whole
    bounds: Whole
    placed: Mask

    def only(self, which: Whole | Mask) -> Events:
        """Return some of the events."""
        columns = self.document, self.type, self.trigger, self.bounds
        document, type_, trigger, bounds = (column[which] for column in columns)
        return Events(document, type_, trigger, bounds, self.placed[which])


class Fillers(NamedTuple):
    """What fills the roles of events of one side, in their order.

    `event` is the place of the event in its columns, `of` are these columns for each. `what` is
    the number of what fills the role, `bounds` that of its outer bounds.
    """

    event: Whole
    of: Events
    role: Whole
    what: Whole
    bounds: Whole

    def only(self, which: Whole | Mask) -> Fillers:
        """Return some of the arguments."""
        event, of, *columns = self
        return Fillers(event[which], of.only(which), *(column[which] for column in columns))


@dataclass(slots=True)
class Side:
    """The events of one side of some documents, as they come.

    `events` has how many each document has, `sizes` how many arguments each event has.
    """

    events: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    triggers: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    fillers: list[int] = field(default_factory=list)


class Stage:
    """The events of the pairs of documents of a roster, or only their mentions.

    Of the sides 0 is gold, 1 what is predicted. With `words` there is what the places of events
    say.
    """

    def __init__(self, roster: Roster, *, events: bool = True, words: bool = True) -> None:
        self.roster, self.eventful, self.words = roster, events, words
        self.pairs = 0
        self.types, self.roles, self.spots = Types(roster.cut), Types(str), Spots()
        self.sides = Side(), Side()
        self.wording = Wording()
        self.made: dict[Callable[[Stage], Any], Any] = {}

    def __len__(self) -> int:
        """Return how many pairs of documents there are."""
        return self.pairs

    def add(self, gold: Document, predicted: Document) -> None:
        """Add a pair of documents; raise `InputError` where a reference leads nowhere."""
        self.pairs += 1
        self.spots.clear()
        before = len(self.sides[1].types)
        if self.eventful:
            self._add_events(self.sides[0], gold)
            self._add_events(self.sides[1], predicted)
        if self.words:
            self.wording.add(gold, self.spots, self.sides[1].triggers[before:])

    def _add_events(self, side: Side, document: Document) -> None:
        before = len(side.types)
        if document.events:
            self._add_some(side, document)
        side.events.append(len(side.types) - before)

    def _add_some(self, side: Side, document: Document) -> None:
        places, spots, roles = Places(document), self.spots, self.roles
        for event in in_order(document.events):
            played = [roles[arg.role] for arg in event.args]
            filled = [spots[places.of(event, arg)] for arg in event.args]
            type_ = self.types[event.type]
            for trigger in map(pieces, event.triggers) if event.triggers else (None,):
                side.types.append(type_)
                side.triggers.append(spots[trigger])
                side.sizes.append(len(played))
                side.roles += played
                side.fillers += filled

    def items(self, make: Callable[[Stage], T]) -> T:
        """Return what a function makes of this, made once however many metrics read it."""
        if make not in self.made:
            self.made[make] = make(self)
        found: T = self.made[make]
        return found

    @property
    def starts(self) -> Whole:
        """The first code points of places by their numbers, -1 without a place in the text."""
        return np.array(self.spots.starts, dtype=np.int64)

    def events(self, side: int) -> Events:
        """Return the events of a side."""
        return self.items(_events)[side]

    def fillers(self, side: int) -> Fillers:
        """Return the arguments of a side."""
        return self.items(_fillers)[side]

    def by_type(self) -> Margins:
        """Return what rows by the types of events are of."""
        return Margins([*self.types.names], len(self))

    def by_role(self) -> Margins:
        """Return what rows by roles are of."""
        return Margins([*self.roles.names], len(self))


def _events(stage: Stage) -> tuple[Events, ...]:
    bounds, starts = _columns(stage.spots.bounds, stage.spots.starts)
    found = []
    for side in stage.sides:
        type_, trigger = _columns(side.types, side.triggers)
        document = np.repeat(np.arange(len(stage)), side.events)
        found.append(Events(document, type_, trigger, bounds[trigger], starts[trigger] >= 0))
    return tuple(found)


def _fillers(stage: Stage) -> tuple[Fillers, ...]:
    [bounds] = _columns(stage.spots.bounds)
    found = []
    for side, events in zip(stage.sides, stage.items(_events), strict=True):
        role, what = _columns(side.roles, side.fillers)
        event = np.repeat(np.arange(len(side.sizes)), side.sizes)
        found.append(Fillers(event, events.only(event), role, what, bounds[what]))
    return tuple(found)


def _columns(*numbers: list[int]) -> tuple[Whole, ...]:
    return tuple(np.array(each, dtype=np.int64) for each in numbers)


@dataclass(frozen=True, slots=True)
class Staged:
    """How to count the events of two documents, and those of many pairs in one go.

    With `words` it looks at the words of gold.
    """

    count: Callable[..., Tally]
    taken: Callable[..., Rows]
    words: bool = False

    def __call__(self, *sides: Any, **known: Set[str]) -> Tally:  # noqa: ANN401  # each its own
        """Return the counts of one pair of documents."""
        return self.count(*sides, **known)

    def rows(self, stage: Stage, known: Set[str] | None) -> Rows:
        """Return the rows of those on a stage; only the `known` types count if there are any."""
        return self.taken(stage) if known is None else self.taken(stage, types=known)
