"""The figures of OneIE and DyGIE++ on ACE, but for relations (docs/metrics/events.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.corpus.document import Document
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.happenings import Bounds, Happening, Scene, scene
from glose.evaluate.keyed import Items, among, hits, joined, listed, numbered
from glose.evaluate.listings import Rows, Whole
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut
from glose.evaluate.protocol import Protocol
from glose.evaluate.staged import Events, Stage, Staged

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


def _listed(stage: Stage, sides: Iterable[Items]) -> Rows:
    """Return the rows of lists of many documents, as `_hits` has those of one."""
    gold, predicted = sides
    return hits(gold, predicted, len(stage))


def _staged_entities(stage: Stage) -> Rows:
    return _listed(stage, (Items(each.document, each) for each in stage.roster.columns))


def _staged_mentions(stage: Stage) -> Rows:
    places = ((each.document, each.start, each.end) for each in stage.roster.columns)
    return _listed(stage, (Items(each[0], each) for each in places))


def _placed(stage: Stage) -> tuple[Events, ...]:
    """Return the events of both sides that have a trigger."""
    return tuple(each.only(each.placed) for each in map(stage.events, (0, 1)))


def _staged_triggered(stage: Stage) -> Rows:
    sides = stage.items(_placed)
    return _listed(stage, (Items(each.document, (each.bounds,)) for each in sides))


def _staged_typed(stage: Stage) -> Rows:
    gold, predicted = stage.items(_placed)
    _, first = numbered(gold.bounds)
    wanted = gold.bounds[first], gold.type[first]
    right = predicted.document[among((predicted.bounds, predicted.type), wanted)]
    return listed(right, predicted.document, gold.document, len(stage))


def _distinct_roles(stage: Stage) -> tuple[Items, ...]:
    """Return the arguments of both sides, as `_roles` has those of one document."""
    sides = (each.only(each.of.placed) for each in map(stage.fillers, (0, 1)))
    return tuple(
        Items(each.of.document, (each.bounds, each.of.type, each.role)).distinct()
        for each in sides
    )


def _without_role(sides: Iterable[Items]) -> Iterator[Items]:
    """Yield arguments of both sides without the role, which comes last."""
    return (Items(each.document, each.what[:-1]) for each in sides)


def _staged_filled(stage: Stage) -> Rows:
    return _listed(stage, _without_role(stage.items(_distinct_roles)))


def _staged_played(stage: Stage) -> Rows:
    return _listed(stage, stage.items(_distinct_roles))


class Tokens(NamedTuple):
    """The labels of one side of many documents: tokens with types, and what stands at them."""

    types: Items
    roles: Items


def _staged_labels(stage: Stage) -> tuple[Tokens, ...]:
    """Return the labels of both sides, as `_labels` has those of one document."""
    sides = stage.items(_placed)
    places = ((each.document, stage.starts[each.trigger]) for each in sides)
    token, _ = numbered(*joined(*places))
    tokens = np.split(token, [len(sides[0].type)])
    return tuple(_tokened(stage, *each) for each in enumerate(tokens))


def _tokened(stage: Stage, side: int, token: Whole) -> Tokens:
    """Return the labels of a side whose events with a trigger have these tokens."""
    events = stage.items(_placed)[side]
    _, first = numbered(token)
    typed = Items(events.document[first], (token[first], events.type[first]))
    types = np.zeros(token.max(initial=-1) + 1, dtype=np.int64)
    types[token[first]] = events.type[first]

    fillers = stage.fillers(side)
    played = fillers.only(fillers.of.placed)
    # Which of the events that have a trigger an event is.
    place = np.cumsum(stage.events(side).placed) - 1
    at = token[place[played.event]]
    _, first = numbered(at, played.bounds)
    kept = played.only(first)
    return Tokens(typed, Items(kept.of.document, (kept.bounds, types[at[first]], kept.role)))


def _staged_tokens(stage: Stage) -> Rows:
    sides = (each.types for each in stage.items(_staged_labels))
    return _listed(stage, (Items(each.document, each.what[:1]) for each in sides))


def _staged_typed_tokens(stage: Stage) -> Rows:
    return _listed(stage, (each.types for each in stage.items(_staged_labels)))


def _staged_filled_tokens(stage: Stage) -> Rows:
    return _listed(stage, _without_role(each.roles for each in stage.items(_staged_labels)))


def _staged_played_tokens(stage: Stage) -> Rows:
    return _listed(stage, (each.roles for each in stage.items(_staged_labels)))


def _metrics() -> Iterator[Metric]:
    counts: tuple[tuple[str, Staged], ...] = (
        ("oneie-trigger-identification", Staged(_triggered, _staged_triggered)),
        ("oneie-trigger", Staged(_typed, _staged_typed)),
        ("oneie-role-identification", Staged(_filled, _staged_filled)),
        ("oneie-role", Staged(_played, _staged_played)),
        ("dygie-trigger-identification", Staged(_tokens, _staged_tokens)),
        ("dygie-trigger", Staged(_typed_tokens, _staged_typed_tokens)),
        ("dygie-argument-identification", Staged(_filled_tokens, _staged_filled_tokens)),
        ("dygie-argument", Staged(_played_tokens, _staged_played_tokens)),
    )
    spans = (
        ("oneie-entity", Staged(_entities, _staged_entities)),
        ("oneie-mention", Staged(_mentions, _staged_mentions)),
    )
    reads = ("mentions",)
    for name, count in spans:
        statistic = Statistic(f"ace {name}", reads, Shared, mentions, count, reads=reads)
        yield Metric(f"ace/{name}", statistic, same, averages=(), undefined=0.0)
    for name, count in counts:
        statistic = Statistic(f"ace {name}", ("events",), Shared, scene, count, reads=FILLERS)
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
