"""Events whose arguments may be events: the projection of BioNLP's tasks, and what is equal.

An event is equal to another if class, trigger and arguments are, and of arguments that are
events the same holds in turn. How near a trigger must be, and which arguments of an event inside
of another count, is for a `Rule` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Argument, Document, Event, Pair
from glose.evaluate.projection import Cut

#: What fills a role: the place of a mention, or a value, or the number of an event.
Filler: TypeAlias = Pair | str | int

#: Where a word ends, for BioNLP: no other white space than the blank.
_ENDS = re.compile(r"""[ .!?,"']""")
_NUMBERED = re.compile(r"Theme\d+")
_SECONDARY = re.compile("Site|Loc")
_RANKS = {"Theme": 0, "Cause": 1}


class Nested(NamedTuple):
    """An event: its class, its trigger, and its arguments, themes first and then causes.

    `trigger` and `wide` are outer bounds in code points, half-open; `wide` reaches to the ends of
    the word around the trigger, or over the next one too if the trigger ends where a word does.
    Fillers of a role stand in the order of the text.
    """

    type: str
    trigger: Pair
    wide: Pair
    args: tuple[tuple[str, Filler], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as equal. With `near` a trigger has to lie within the widened gold trigger.

    With `themes` only the themes of an event inside of another are compared.
    """

    near: bool = False
    themes: bool = False


def nested(document: Document, cut: Cut = str) -> list[Nested]:
    """Return the events of a document that have a trigger, with the arguments of task 1.

    Sites and locations are left out. A number among the fillers is a place in the list returned.
    An argument that is an entity stands where its first mention does.
    """
    events = [event for event in document.events if event.triggers]
    triggers = [(event.triggers[0].start, event.triggers[0].end) for event in events]
    known = _places(document)
    known.update((event.id, number) for number, event in enumerate(events))
    widened = _widened(document, triggers)
    return [
        Nested(cut(event.type), triggers[n], widened[n], _args(event, known, triggers))
        for n, event in enumerate(events)
    ]


def _places(document: Document) -> dict[str, Filler]:
    """Return where mentions and entities stand, by id; an entity without a place by its name."""
    mentions = {mention.id: (mention.start, mention.end) for mention in document.mentions}
    known: dict[str, Filler] = dict(mentions.items())
    for entity in document.entities:
        places = [mentions[each] for each in entity.mentions if each in mentions]
        known[entity.id] = min(places, default=entity.name or "")
    return known


def _args(
    event: Event, known: dict[str, Filler], triggers: Sequence[Pair]
) -> tuple[tuple[str, Filler], ...]:
    found = [_role(argument) for argument in event.args]
    kept = [
        (role, known.get(argument.ref or "", argument.value or argument.ref or ""))
        for role, argument in zip(found, event.args, strict=True)
        if not _SECONDARY.search(role)
    ]

    def rank(each: tuple[str, Filler]) -> tuple[int, str, str, Pair | str]:
        role, filler = each
        if isinstance(filler, int):
            return _RANKS.get(role, 2), role, "event", triggers[filler]
        return _RANKS.get(role, 2), role, type(filler).__name__, filler

    return tuple(sorted(kept, key=rank))


def _role(argument: Argument) -> str:
    """Return a role without the number that tells two themes of a binding apart."""
    return "Theme" if _NUMBERED.fullmatch(argument.role) else argument.role


def _widened(document: Document, triggers: Sequence[Pair]) -> list[Pair]:
    """Return each trigger as far as the word around it goes, and at least one character on.

    What is annotated ends a word too: every mention and every trigger.
    """
    text = document.text
    if text is None:
        return list(triggers)
    marked = bytearray(len(text))
    for found in _ENDS.finditer(text):
        marked[found.start()] = 1
    for start, end in [*((m.start, m.end) for m in document.mentions), *triggers]:
        marked[start:end] = b"\1" * (min(end, len(text)) - start)
    return [_wide(marked, start, end) for start, end in triggers]


def _wide(marked: bytearray, start: int, end: int) -> Pair:
    left = marked.rfind(1, 0, max(0, start - 1))
    right = marked.find(1, end + 1)
    return left + 1, right if right >= 0 else len(marked)


def equal(
    gold: Sequence[Nested], predicted: Sequence[Nested], rule: Rule
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of each gold and predicted event that are equal.

    An event that contains itself, through others, is equal to none.
    """
    candidates = _candidates(gold, predicted, near=rule.near)
    inner: set[tuple[int, int]] = set()
    for number in inside_out([event.args for event in predicted]):
        for other in candidates[number]:
            one, two = gold[other].args, predicted[number].args
            whole = _same(one, two, inner)
            if _same(_themes(one), _themes(two), inner) if rule.themes else whole:
                inner.add((other, number))
            if whole:
                yield other, number


def _themes(args: Sequence[tuple[str, Filler]]) -> list[tuple[str, Filler]]:
    return [each for each in args if each[0] == "Theme"]


def _same(
    gold: Sequence[tuple[str, Filler]],
    predicted: Sequence[tuple[str, Filler]],
    inner: set[tuple[int, int]],
) -> bool:
    if len(gold) != len(predicted):
        return False
    return all(
        role == as_role and _filled(one, two, inner)
        for (role, one), (as_role, two) in zip(gold, predicted, strict=True)
    )


def _filled(gold: Filler, predicted: Filler, inner: set[tuple[int, int]]) -> bool:
    if isinstance(gold, int) and isinstance(predicted, int):
        return (gold, predicted) in inner
    return type(gold) is type(predicted) and gold == predicted


def _candidates(
    gold: Sequence[Nested], predicted: Sequence[Nested], *, near: bool
) -> dict[int, list[int]]:
    """Return, for each predicted event, the gold events of its class whose trigger will do."""
    found: dict[int, list[int]] = defaultdict(list)
    classes: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, event in enumerate(predicted):
        classes[event.type].append((*event.trigger, number))
    for of_class in classes.values():
        of_class.sort()
    for other, event in enumerate(gold):
        start, end = event.wide if near else event.trigger
        others = classes[event.type]
        until = bisect_right(others, end if near else start, key=itemgetter(0))
        for place in range(bisect_left(others, (start,)), until):
            _, last, number = others[place]
            if last <= end if near else last == end:
                found[number].append(other)
    return found


def inside_out(events: Sequence[Sequence[tuple[str, object]]]) -> Iterator[int]:
    """Yield the numbers of events, each after those that are in it; none that contains itself.

    An event is given by its arguments, of which a number is the place of another in the list.
    """
    outer: dict[int, list[int]] = defaultdict(list)
    missing = [0] * len(events)
    for number, args in enumerate(events):
        for _, filler in args:
            if isinstance(filler, int):
                outer[filler].append(number)
                missing[number] += 1
    ready = [number for number, count in enumerate(missing) if not count]
    while ready:
        number = ready.pop()
        yield number
        for other in outer[number]:
            missing[other] -= 1
            if not missing[other]:
                ready.append(other)
