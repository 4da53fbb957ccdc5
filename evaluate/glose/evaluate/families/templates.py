"""Templates of documents: their types and fillers, one to one (docs/metrics/templates.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.frames import Filled, Frame, frames
from glose.evaluate.heaviest import heaviest
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: Under what the types of templates are counted among the slots. No role has this name.
TYPE = "(type)"


def matched(gold: Sequence[Filled], predicted: Sequence[Filled]) -> Iterator[str]:
    """Yield the roles of fillers in pairs that share role and name, as many as there can be."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, filler in enumerate(gold):
        for name in set(filler.names):
            places[filler.role, name].append(number)
    cells = {
        (number, at): 1.0
        for at, filler in enumerate(predicted)
        for name in sorted(set(filler.names))
        for number in places.get((filler.role, name), ())
    }
    return (gold[number].role for number, _ in heaviest(cells))


def aligned(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Iterator[list[str]]:
    """Yield for each pair of templates of one type the roles of what they share.

    Templates are paired one to one so that the most fillers are shared. Of pairings that are
    equally good the one taken depends on what the templates hold, not on their order.
    """
    ours, theirs = sorted(gold), sorted(predicted)
    shared = {
        (g, p): list(matched(one.fillers, other.fillers))
        for g, one in enumerate(ours)
        for p, other in enumerate(theirs)
        if one.type == other.type
    }
    for pair in heaviest({pair: 1 + len(roles) for pair, roles in shared.items()}):
        yield shared[pair]


def counted(correct: Iterable[str], predicted: Iterable[str], gold: Iterable[str]) -> Tally:
    """Return the counts of names, by name and together."""
    three = [Counter(names) for names in (correct, predicted, gold)]
    tally: Tally = {
        name: (three[0][name], three[1][name], three[0][name], three[2][name])
        for name in sorted({*three[1], *three[2]})
    }
    right, given, wanted = (each.total() for each in three)
    return {**tally, None: (right, given, right, wanted)}


def _fillers(items: Sequence[Frame]) -> list[Filled]:
    return sorted(filler for frame in items for filler in frame.fillers)


def _roles(items: Sequence[Frame]) -> list[str]:
    return [filler.role for filler in _fillers(items)]


def _by_type(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    wanted, found = (Counter(frame.type for frame in side) for side in (gold, predicted))
    return counted((wanted & found).elements(), found.elements(), wanted.elements())


def _by_template(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    shared = (role for roles in aligned(gold, predicted) for role in roles)
    return counted(shared, _roles(predicted), _roles(gold))


def _by_slot(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    shared = (role for roles in aligned(gold, predicted) for role in (TYPE, *roles))
    given, wanted = ([*_roles(side), *(TYPE for _ in side)] for side in (predicted, gold))
    return counted(shared, given, wanted)


def _by_document(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    shared = matched(_fillers(gold), _fillers(predicted))
    return counted(shared, _roles(predicted), _roles(gold))


LISTS = ("templates",)
TYPES = Statistic("template types", LISTS, Shared, frames, _by_type)
FILLERS = Statistic("template fillers", LISTS, Shared, frames, _by_template)
SLOTS = Statistic("template slots", LISTS, Shared, frames, _by_slot)
ENTITIES = Statistic("template entities", LISTS, Shared, frames, _by_document)

METRICS = (
    Metric("template/type", TYPES, same),
    Metric("template/fillers", FILLERS, same),
    Metric("template/slots", SLOTS, same),
    Metric("template/entities", ENTITIES, same),
)
PROTOCOLS = (Protocol("templates", tuple(metric.name for metric in METRICS), "one-to-one"),)
