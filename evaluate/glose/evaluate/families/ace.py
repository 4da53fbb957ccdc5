"""The figures of OneIE and DyGIE++ on ACE, but for relations (docs/metrics/events.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from glose.corpus.document import Document
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.happenings import Bounds, Happening, Scene, scene
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut
from glose.evaluate.protocol import Protocol

#: A trigger as its type and where it stands.
Placed: TypeAlias = tuple[str, Bounds]

#: An argument as where it stands, the type of its event, and its role.
Role: TypeAlias = tuple[Bounds, str, str]


def mentions(document: Document, cut: Cut) -> list[Placed]:
    """Return each mention as its type and bounds."""
    return [(cut(mention.type), (mention.start, mention.end)) for mention in document.mentions]


def _hits(gold: Iterable[Hashable], predicted: Sequence[Hashable]) -> Tally:
    """Return the counts of lists: each prediction that is in gold is right, however often."""
    wanted = Counter(gold)
    right = sum(item in wanted for item in predicted)
    return _row(right, len(predicted), wanted.total())


def _row(right: int, predicted: int, gold: int) -> Tally:
    return {None: (right, predicted, right, gold)}


def _entities(gold: Sequence[Placed], predicted: Sequence[Placed]) -> Tally:
    return _hits(gold, predicted)


def _mentions(gold: Sequence[Placed], predicted: Sequence[Placed]) -> Tally:
    return _hits([place for _, place in gold], [place for _, place in predicted])


def _triggers(events: Iterable[Happening]) -> list[Placed]:
    return [(event.type, event.bounds) for event in events if event.trigger]


def _first(triggers: Iterable[Placed]) -> dict[Bounds, str]:
    """Return the type of the first trigger at each place."""
    found: dict[Bounds, str] = {}
    for type_, place in triggers:
        found.setdefault(place, type_)
    return found


def _triggered(gold: Scene, predicted: Scene) -> Tally:
    wanted, found = _triggers(gold), _triggers(predicted)
    return _hits([place for _, place in wanted], [place for _, place in found])


def _typed(gold: Scene, predicted: Scene) -> Tally:
    wanted, found = _triggers(gold), _triggers(predicted)
    first = _first(wanted)
    right = sum(first.get(place) == type_ for type_, place in found)
    return _row(right, len(found), len(wanted))


def _roles(events: Iterable[Happening]) -> set[Role]:
    return {
        (arg.bounds, event.type, arg.role)
        for event in events
        if event.trigger
        for arg in event.args
    }


def _played(gold: Scene, predicted: Scene) -> Tally:
    return _hits(_roles(gold), list(_roles(predicted)))


def _filled(gold: Scene, predicted: Scene) -> Tally:
    """Return the counts of arguments with roles of which the role is not compared."""
    wanted, found = _roles(gold), _roles(predicted)
    places = {place[:2] for place in wanted}
    return _row(sum(each[:2] in places for each in found), len(found), len(wanted))


#: By the first code point of a trigger, its type; and what stands at each, with the role.
Labels: TypeAlias = tuple[Mapping[int, str], Sequence[Role]]


def _labels(events: Iterable[Happening]) -> Labels:
    """Return triggers as tokens with one type each, and arguments with one role each.

    A trigger is its first token. Of several types on one, or several roles of one filler and
    trigger, the first is kept.
    """
    types: dict[int, str] = {}
    roles: dict[tuple[int, Bounds], str] = {}
    for event in events:
        if event.trigger:
            token = event.trigger[0][0]
            types.setdefault(token, event.type)
            for arg in event.args:
                roles.setdefault((token, arg.bounds), arg.role)
    return types, [(place, types[token], role) for (token, place), role in roles.items()]


def _tokens(gold: Scene, predicted: Scene) -> Tally:
    wanted, found = _labels(gold)[0], _labels(predicted)[0]
    return _row(len(wanted.keys() & found.keys()), len(found), len(wanted))


def _typed_tokens(gold: Scene, predicted: Scene) -> Tally:
    wanted, found = _labels(gold)[0], _labels(predicted)[0]
    return _row(len(wanted.items() & found.items()), len(found), len(wanted))


def _filled_tokens(gold: Scene, predicted: Scene) -> Tally:
    wanted, found = _labels(gold)[1], _labels(predicted)[1]
    return _hits([role[:2] for role in wanted], [role[:2] for role in found])


def _played_tokens(gold: Scene, predicted: Scene) -> Tally:
    return _hits(_labels(gold)[1], _labels(predicted)[1])


def _metrics() -> Iterator[Metric]:
    counts: tuple[tuple[str, Callable[..., Tally]], ...] = (
        ("oneie-trigger-identification", _triggered),
        ("oneie-trigger", _typed),
        ("oneie-role-identification", _filled),
        ("oneie-role", _played),
        ("dygie-trigger-identification", _tokens),
        ("dygie-trigger", _typed_tokens),
        ("dygie-argument-identification", _filled_tokens),
        ("dygie-argument", _played_tokens),
    )
    for name, count in (("oneie-entity", _entities), ("oneie-mention", _mentions)):
        statistic = Statistic(f"ace {name}", ("mentions",), Shared, mentions, count, local="order")
        yield Metric(f"ace/{name}", statistic, same, averages=(), undefined=0.0)
    for name, count in counts:
        statistic = Statistic(f"ace {name}", ("events",), Shared, scene, count, local="events")
        yield Metric(f"ace/{name}", statistic, same, averages=(), undefined=0.0)


#: The figures of relations, which are in their own family.
_RELATIONS = ("ace/oneie-relation", "ace/oneie-relation-directional")

METRICS = tuple(_metrics())
PROTOCOLS = (
    Protocol(
        "ace",
        (*(metric.name for metric in METRICS), *_RELATIONS),
        "list",
        flexible=True,
        reference="OneIE score_graphs (as in TextEE); DyGIE++ EventMetrics (37d0049)",
        warnings=(
            (
                "ace/oneie-*: a prediction that is repeated counts as right each time, so recall "
                "and F1 may be above 1; of two types on one trigger only the first is gold"
            ),
            (
                "ace/dygie-*: a trigger is its first token and has one type; arguments that are "
                "right for two triggers of a type count twice, so recall and F1 may be above 1"
            ),
        ),
    ),
)
