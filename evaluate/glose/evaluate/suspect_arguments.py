"""Suspect arguments: fillers and roles of gold that systems, the same words or a model deny.

Only events are looked at that gold has; a system has a say where it has an event of the same type
at the same trigger. What is asked of a role is what the schema says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from glose.corpus.schema import Schema, within
from glose.evaluate import sentences
from glose.evaluate.mistakes import cover
from glose.evaluate.occurrences import SHARE, TIMES, words
from glose.evaluate.plausibility import Features, chances, fold
from glose.evaluate.projection import Cut, Pieces, Places, pieces
from glose.evaluate.results import Item
from glose.evaluate.roles import Frame, Items, Roles, Same, What, frame_of, touch
from glose.evaluate.suspects import (
    ABSENT,
    MARGIN,
    MODEL,
    NOTHING,
    SCHEMA,
    STRINGS,
    Accusations,
    Held,
    Kind,
    Suspect,
    Witness,
    quoted,
    share,
    weighed,
)

#: How many words before and after, and between trigger and filler, the model sees.
NEAR, BETWEEN = 2, 6


class Pairing(NamedTuple):
    """A trigger and a mention in one sentence of gold, with the role that one has to the other."""

    frame: Frame
    what: Pieces
    type: str
    role: str | None


class SuspectArguments:
    """The suspect arguments of a corpus."""

    def __init__(
        self, held: Sequence[Held], cut: Cut, folds: int, schema: Schema | None, notes: list[str]
    ) -> None:
        self.held, self.cut, self.folds, self.notes = held, cut, folds, notes
        self.schema = schema
        self.gold = [Roles.of(each.gold, cut) for each in held]
        self.pairings = [
            list(_pairings(each, own)) for each, own in zip(held, self.gold, strict=True)
        ]
        self.marks: dict[tuple[str, ...], Counter[str | None]] = defaultdict(Counter)
        for each, own in zip(held, self.pairings, strict=True):
            for pairing in own:
                self.marks[_words(each.text, pairing)][pairing.role] += 1

    def suspects(self) -> Iterator[Suspect]:
        """Yield what is suspect, in no order."""
        judged = self._judged() if self.folds else None
        for number, (held, own) in enumerate(zip(self.held, self.gold, strict=True)):
            found = Accusations(held, "argument")
            items = Items(held.text, own.frames)
            _by_systems(held, own, items, found, self.cut)
            for pairing in self.pairings[number]:
                self._by_words(pairing, items, found)
            if judged is not None:
                for pairing, likely in zip(self.pairings[number], judged[number], strict=True):
                    _by_model(pairing, likely, items, found)
            if self.schema is not None:
                _by_schema(held, self.schema, items, found, self.cut)
            yield from found.suspects()

    def _by_words(self, pairing: Pairing, items: Items, found: Accusations) -> None:
        elsewhere = Counter(self.marks[_words(items.text, pairing)])
        elsewhere[pairing.role] -= 1
        total = elsewhere.total()
        if total < TIMES:
            return
        role, times = max(elsewhere.items(), key=lambda each: (each[1], str(each[0])))
        if role == pairing.role or times < TIMES or times < SHARE * total:
            return
        pair = (
            f"{quoted(cover(items.text, pairing.frame.trigger))} with "
            f"{quoted(cover(items.text, pairing.what))}"
        )
        said = f"{pair} is {role or 'no argument'} in {times} of {total} other places"
        weight = STRINGS * share(times, total) * (1 if role else ABSENT)
        _accuse(pairing, role, "strings", weight, said, items, found)

    def _judged(self) -> list[list[Mapping[str, float]]] | None:
        labels, numbers = [], []
        for held, own in zip(self.held, self.pairings, strict=True):
            labels += [pairing.role or NOTHING for pairing in own]
            numbers += [fold(held.gold.id, self.folds)] * len(own)
        seen = (
            each
            for held, own in zip(self.held, self.pairings, strict=True)
            for each in _features(held.text, own)
        )
        found = chances(seen, labels, numbers)
        if found is None:
            self.notes.append("too few documents or labels for a model; judged without one")
            return None
        rest = iter(found)
        return [[next(rest) for _ in own] for own in self.pairings]


def _pairings(held: Held, own: Roles) -> Iterator[Pairing]:
    """Yield each event of gold with each mention of its sentences that may fill a role."""
    ends = sentences.ends(held.gold)
    mentions: dict[int, dict[Pieces, str]] = defaultdict(dict)
    for mention in held.gold.mentions:
        there = mentions[bisect_right(ends, mention.start)]
        there.setdefault(pieces(mention), mention.type)
    same = Same(held.gold)
    for frame, fillers in own.frames.items():
        there = mentions.get(bisect_right(ends, frame.trigger[0][0]), {})
        filled = {same.known(what) for what in fillers}
        for what, type_ in there.items():
            # Another mention of what fills a role has no role of its own, and needs none.
            stands_for = what not in fillers and same.known(what) in filled
            if not stands_for and not touch(what, frame.trigger):
                roles = fillers.get(what, [None])
                yield Pairing(frame, what, type_, roles[0])


def _words(text: str, pairing: Pairing) -> tuple[str, ...]:
    """Return what makes two pairings the same: event type, words of the trigger and filler."""
    trigger, filler = cover(text, pairing.frame.trigger), cover(text, pairing.what)
    return pairing.frame.type, trigger.lower(), filler


def _features(text: str, pairings: Sequence[Pairing]) -> Iterator[Features]:
    """Yield what a model sees of a trigger and a mention: words, types, and what is between."""
    there = words(text)
    starts = [start for _, start, _ in there]

    def between(start: int, end: int) -> list[str]:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        return [word.lower() for word, _, _ in there[first:last]]

    for frame, what, type_, _ in pairings:
        trigger = frame.trigger[0][0], frame.trigger[-1][1]
        filler = what[0][0], what[-1][1]
        after = filler[0] >= trigger[1]
        gap = between(trigger[1], filler[0]) if after else between(filler[1], trigger[0])
        side = "after" if after else "before"
        found = {
            f"event={frame.type}", f"type={type_}", f"side={side}", f"{frame.type} {type_} {side}",
            f"{type_} {side}", f"gap={min(len(gap), 12)}", f"{frame.type} {side}",
            f"trigger={cover(text, frame.trigger).lower()}",
            f"trigger={cover(text, frame.trigger).lower()} {type_} {side}",
        }  # fmt: skip
        found |= {f"between={word}" for word in gap[:BETWEEN]}
        found |= {f"commas={gap.count(',')}", f"first={gap[0] if gap else ''} {side}"}
        found |= {f"last={gap[-1] if gap else ''} {side}"}
        found |= {f"in={word}" for word in between(*filler)[:NEAR]}
        place = bisect_left(starts, filler[0])
        for step in range(1, NEAR + 1):
            before = there[place - step][0].lower() if place >= step else "^"
            found.add(f"-{step}={before} {type_}")
        yield dict.fromkeys(sorted(found), 1.0)


def _by_model(
    pairing: Pairing, likely: Mapping[str, float], items: Items, found: Accusations
) -> None:
    own = pairing.role or NOTHING
    label, chance = max(likely.items(), key=lambda each: (each[1], each[0]))
    margin = chance - likely.get(own, 0.0)
    if label == own or margin < MARGIN:
        return
    role = None if label == NOTHING else label
    said = (
        f"a model finds {role or 'no role'} likelier ({chance:.2f} to {likely.get(own, 0.0):.2f})"
    )
    # Which of several events a mention is an argument of says more than the words around it.
    weight = MODEL * margin * (1 if role and pairing.role else ABSENT)
    _accuse(pairing, role, "model", weight, said, items, found)


def _accuse(
    pairing: Pairing, role: str | None, witness: Witness, weight: float, said: str,
    items: Items, found: Accusations,
) -> None:  # fmt: skip
    gold = items.item(pairing.frame, pairing.what, pairing.role) if pairing.role else None
    proposed = items.item(pairing.frame, pairing.what, role) if role else None
    kind: Kind = "missing" if gold is None else "role" if proposed else "superfluous"
    found.add(kind, gold, proposed, witness, weight, said)


def _by_systems(held: Held, own: Roles, items: Items, found: Accusations, cut: Cut) -> None:
    """Accuse what systems that have an event of gold agree on against its arguments."""
    number = len(held.systems)
    if not number:
        return
    same = Same(held.gold)
    given = [Roles.of(each, cut).frames for each in held.systems]
    for frame, fillers in own.frames.items():
        holders = [each[frame] for each in given if frame in each]
        if 2 * len(holders) > number:
            _Disputed(items, frame, fillers, holders, number, same).told(found)


class _Disputed:
    """One event of gold, and what the systems that have it give its roles."""

    def __init__(
        self, items: Items, frame: Frame, gold: Mapping[What, list[str]],
        holders: Sequence[Mapping[What, list[str]]], number: int, same: Same,
    ) -> None:  # fmt: skip
        self.items, self.frame, self.gold, self.holders = items, frame, gold, holders
        self.number, self.same = number, same
        self.wanted = {(same.known(what), role) for what, roles in gold.items() for role in roles}
        self.votes: Counter[tuple[What, str]] = Counter()
        self.shown: dict[tuple[What, str], What] = {}
        for each in holders:
            own = {(same.known(w), role): w for w, roles in each.items() for role in roles}
            self.votes.update(own.keys())
            self.shown.update(own)

    def told(self, found: Accusations) -> None:
        """Add what is suspect."""
        moved: set[tuple[What, str]] = set()
        for (what, role), agree in self.votes.items():
            weight = weighed(agree, self.number)
            if weight and (what, role) not in self.wanted:
                item = self._item(self.shown[what, role], role)
                kind, before = self._before(what, self.shown[what, role], role, agree)
                if before is not None:
                    moved.add((self.same.known(before[0]), before[1]))
                gold = self._item(*before) if before else None
                said = f"{agree} of {self.number} systems have {role} here"
                if kind == "boundary" and before is not None:
                    weight *= 1 - self._votes(*before) / agree
                    said = f"{agree} of {self.number} systems have {quoted(item.text)} as {role}"
                found.add(kind, gold, item, "systems", weight, said)
        for what, roles in self.gold.items():
            for role in roles:
                key = self.same.known(what), role
                against = len(self.holders) - self._backed(what, role)
                if key not in moved and not self._backed(what, role):
                    weight = weighed(against, self.number) * ABSENT
                    said = f"{against} of {self.number} systems have the event without it"
                    found.add("superfluous", self._item(what, role), None, "systems", weight, said)

    def _before(
        self, known: What, what: What, role: str, agree: int
    ) -> tuple[Kind, tuple[What, str] | None]:
        """Return what gold has instead of a filler in a role, and what is wrong with it then."""
        for each, roles in self.gold.items():
            if self.same.known(each) == known:
                for other in roles:
                    if self.votes[known, other] < agree:
                        return "role", (each, other)
        for each, roles in self.gold.items():
            if role in roles and touch(each, what) and self._votes(each, role) < agree:
                return "boundary", (each, role)
        return "missing", None

    def _votes(self, what: What, role: str) -> int:
        """Return how many systems have a filler, or the same, in a role."""
        return self.votes[self.same.known(what), role]

    def _backed(self, what: What, role: str) -> int:
        """Return how many systems have a filler in a role, or one that overlaps it."""
        known = self.same.known(what)
        return sum(
            any(
                role in roles and (self.same.known(each) == known or touch(each, what))
                for each, roles in holder.items()
            )
            for holder in self.holders
        )

    def _item(self, what: What, role: str) -> Item:
        return self.items.item(self.frame, what, role)


def _by_schema(held: Held, schema: Schema, items: Items, found: Accusations, cut: Cut) -> None:
    """Accuse events without what a role needs, and fillers of types that a role does not take."""
    places = Places(held.gold)
    types = {mention.id: mention.type for mention in held.gold.mentions}
    types |= {entity.id: entity.type for entity in held.gold.entities}
    for event in held.gold.events:
        frame = schema.events.get(event.type)
        for name, role in frame.roles.items() if frame else ():
            own = [each for each in event.args if each.role == name]
            if len(own) < role.min:
                trigger = items.trigger(frame_of(event, cut))
                where = pieces(event.triggers[0]) if event.triggers else ()
                item = Item(event.type, where, trigger or "")
                proposed = Item(name, (), "", event.type, name, trigger)
                said = f"the schema asks for {role.min} {name}; there are {len(own)}"
                found.add("required role", item, proposed, "schema", SCHEMA, said)
            for each in own:
                type_ = types.get(each.ref or "")
                if type_ and role.fillers and not within(type_, role.fillers):
                    item = items.item(frame_of(event, cut), places.of(event, each), name)
                    said = f"the schema has no {type_} as {name}: {', '.join(role.fillers)}"
                    found.add("filler type", item, None, "schema", SCHEMA, said)
