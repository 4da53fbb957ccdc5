"""Templates of documents: their types and fillers, one to one (docs/metrics/templates.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.forms import matched, paired
from glose.evaluate.frames import Filled, Frame, frames
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: Under what the types of templates are counted among the slots. No role has this name.
TYPE = "(type)"


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


def _shared(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Iterator[list[str]]:
    """Yield for each pair of templates the roles of the fillers that they share."""
    for number, _, fillers in paired(gold, predicted):
        yield [gold[number].fillers[each].role for each, _ in fillers]


def _by_type(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    wanted, found = (Counter(frame.type for frame in side) for side in (gold, predicted))
    return counted((wanted & found).elements(), found.elements(), wanted.elements())


def _by_template(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    shared = (role for roles in _shared(gold, predicted) for role in roles)
    return counted(shared, _roles(predicted), _roles(gold))


def _by_slot(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    shared = (role for roles in _shared(gold, predicted) for role in (TYPE, *roles))
    given, wanted = ([*_roles(side), *(TYPE for _ in side)] for side in (predicted, gold))
    return counted(shared, given, wanted)


def _by_document(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    wanted, given = _fillers(gold), _fillers(predicted)
    shared = (wanted[number].role for number, _ in matched(wanted, given))
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
