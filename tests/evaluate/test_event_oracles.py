"""The protocols of events against definitions that go through everything, item by item."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import permutations

from hypothesis import given
from tests.evaluate import scenes
from tests.evaluate.scenes import document, ratio

from glose.corpus.document import Document, Event, Pair

Counts = tuple[float, float, float]
Arg = tuple[Pair, str]


def args(side: Document, event: Event) -> list[Arg]:
    """Return the arguments of an event as where they stand, and their role."""
    places = {mention.id: (mention.start, mention.end) for mention in side.mentions}
    return [(places[arg.ref or ""], arg.role) for arg in event.args]


def trigger(event: Event) -> Pair:
    return event.triggers[0].start, event.triggers[0].end


def taken(gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> Counts:
    """Return the counts of lists of which each gold item is taken once."""
    left, found = list(gold), list(predicted)
    wanted = len(left)
    for item in found:
        if item in left:
            left.remove(item)
    return wanted - len(left), len(found), wanted


def given_events(gold: Document, predicted: Document) -> list[tuple[Event, list[Arg], list[Arg]]]:
    """Return each gold event with its arguments and those that were predicted for it."""
    left, pairs = list(predicted.events), []
    for event in gold.events:
        same = [e for e in left if e.type == event.type and trigger(e) == trigger(event)]
        if same:
            left.remove(same[0])
        pairs.append((event, args(gold, event), args(predicted, same[0]) if same else []))
    return pairs


def total(rows: Iterable[Counts]) -> Counts:
    correct, predicted, gold = zip((0, 0, 0), *rows, strict=True)
    return sum(correct), sum(predicted), sum(gold)


def rams(gold: Document, predicted: Document) -> Counts:
    return total(taken(wanted, found) for _, wanted, found in given_events(gold, predicted))


def omnievent(gold: Document, predicted: Document) -> Counts:
    wanted, found = (
        [
            (event.type, role, (gold.text or "")[slice(*place)])
            for event in side.events
            for place, role in args(side, event)
        ]
        for side in (gold, predicted)
    )
    return taken(wanted, found)


def textee(gold: Document, predicted: Document) -> Counts:
    wanted, found = (
        {(e.type, trigger(e), arg) for e in side.events for arg in args(side, e)}
        for side in (gold, predicted)
    )
    return len(wanted & found), len(found), len(wanted)


def textee_given(gold: Document, predicted: Document) -> Counts:
    pairs = given_events(gold, predicted)
    wanted = {(event.type, arg) for event, args, _ in pairs for arg in args}
    found = {(event.type, arg) for event, _, args in pairs for arg in args}
    return len(wanted & found), len(found), len(wanted)


def wikievents(gold: Document, predicted: Document) -> Counts:
    places = {mention.id: (mention.start, mention.end) for mention in gold.mentions}

    def entity(place: Pair) -> str | None:
        own = (e.id for e in gold.entities if place in [places[name] for name in e.mentions])
        return next(own, None)

    def row(wanted: set[Arg], found: set[Arg]) -> Counts:
        correct = 0
        for place, role in found:
            if any(place == other for other, _ in wanted):
                correct += (place, role) in wanted
            elif entity(place) is not None:
                correct += any(
                    entity(place) == entity(other) and role == own for other, own in wanted
                )
        return correct, len(found), len(wanted)

    pairs = given_events(gold, predicted)
    return total(row(set(wanted), set(found)) for _, wanted, found in pairs)


def dygie(gold: Document, predicted: Document) -> Counts:
    def links(side: Document) -> list[tuple[Pair, str, str]]:
        types: dict[int, str] = {}
        roles: dict[tuple[int, Pair], str] = {}
        for event in reversed(side.events):
            types[trigger(event)[0]] = event.type
            for place, role in reversed(args(side, event)):
                roles[trigger(event)[0], place] = role
        return [(place, types[at], role) for (at, place), role in roles.items()]

    wanted, found = links(gold), links(predicted)
    return sum(link in wanted for link in found), len(found), len(wanted)


def metametric(gold: Document, predicted: Document) -> Counts:
    def alike(one: tuple[Event, list[Arg]], other: tuple[Event, list[Arg]]) -> float:
        if one[0].type != other[0].type or trigger(one[0]) != trigger(other[0]):
            return 0
        return 1 if not one[1] and not other[1] else taken(one[1], other[1])[0]

    wanted, found = (
        [(event, args(side, event)) for event in side.events] for side in (gold, predicted)
    )
    best = paired(wanted, found, alike) if wanted or found else 1
    predicted_worth, gold_worth = (
        sum(alike(event, event) for event in side) or 1 for side in (found, wanted)
    )
    return best, predicted_worth, gold_worth


def paired(
    one: Sequence[tuple[Event, list[Arg]]],
    other: Sequence[tuple[Event, list[Arg]]],
    alike: Callable[..., float],
) -> float:
    """Return the best sum of all the ways to pair two short lists."""
    if len(one) > len(other):
        one, other = other, one
    ways = permutations(other, len(one))
    return max(sum(map(alike, one, way)) for way in ways)


ORACLES: dict[str, Callable[[Document, Document], Counts]] = {
    "textee/argument-attached-classification": textee,
    "textee/eae-argument-classification": textee_given,
    "ace/dygie-argument": dygie,
    "omnievent/argument": omnievent,
    "metametric/argument-classification": metametric,
    "wikievents/coref-role": wikievents,
    "rams/argument": rams,
}


def refuse_difference(gold: Document, predicted: Document) -> None:
    found = {name: ratio(name, gold, predicted) for name in ORACLES}
    assert found == {name: oracle(gold, predicted) for name, oracle in ORACLES.items()}


@given(gold=scenes.happenings, predicted=scenes.happenings, entities=scenes.entities)
def test_counts_are_those_of_the_plain_definition(
    gold: list[str], predicted: list[str], entities: list[str]
) -> None:
    refuse_difference(document(*gold, entities=entities), document(*predicted))


@given(gold=scenes.happenings, entities=scenes.entities)
def test_counts_of_nearly_the_same_are_those_of_the_plain_definition(
    gold: list[str], entities: list[str]
) -> None:
    """Gold against itself with the type of the first event changed, the last event twice."""
    predicted = [each.replace("AID", "WAR", 1) for each in gold[:1]] + gold[1:] + gold[-1:]
    refuse_difference(document(*gold, entities=entities), document(*predicted))
