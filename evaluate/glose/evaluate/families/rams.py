"""The figures of the RAMS scorer (Ebner et al. 2020): docs/metrics/events.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TypeAlias

from glose.evaluate.bags import typed_bags
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.happenings import Bounds, Happening, Scene, given, scene
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.sentences import distance

#: How many sentences before and after the trigger the table of distances has.
FAR = 2

#: The number of a gold event, a role of it and where its filler stands.
Linked: TypeAlias = tuple[int, str, Bounds]


def _linked(events: Iterable[Happening]) -> list[Linked]:
    return [
        (number, arg.role, arg.bounds) for number, event in enumerate(events) for arg in event.args
    ]


def _roles(gold: Scene, predicted: Scene) -> Tally:
    return typed_bags(_linked(gold), _linked(given(gold, predicted)), itemgetter(1))


def _distances(gold: Scene, predicted: Scene) -> Tally:
    triggers, ends = [event.bounds for event in gold], gold.ends

    def near(links: Iterable[Linked]) -> list[tuple[str, Linked]]:
        """Return the links that span at most so many sentences, with their number."""
        found = []
        for link in links:
            trigger, filler = triggers[link[0]], link[2]
            if not isinstance(trigger, str) and not isinstance(filler, str):
                sentences = distance(ends, trigger[0], filler[0])
                if abs(sentences) <= FAR:
                    found.append((str(sentences), link))
        return found

    wanted, found = near(_linked(gold)), near(_linked(given(gold, predicted)))
    return typed_bags(wanted, found, itemgetter(0))


def swapped(n: Shared) -> Shared:
    """Return the columns with precision and recall in each other's place, as they are printed."""
    return Shared(n.correct_recall, n.gold, n.correct_precision, n.predicted)


def _told(n: Shared) -> Mapping[str, Numbers]:
    return {
        "correct": n.correct_recall,
        "missing": n.gold - n.correct_recall,
        "overpred": n.predicted - n.correct_precision,
    }


ROLES = Statistic("rams roles", ("events",), Shared, scene, _roles, reads=FILLERS)
DISTANCES = Statistic("rams distances", ("events",), Shared, scene, _distances, reads=FILLERS)

METRICS = tuple(
    Metric(f"rams/{name}", statistic, ratio, _told, averages=(), undefined=0.0)
    for name, statistic, ratio in (
        ("argument", ROLES, same),
        ("printed", ROLES, swapped),
        ("distance", DISTANCES, same),
        ("printed-distance", DISTANCES, swapped),
    )
)
PROTOCOLS = (
    Protocol(
        "rams",
        tuple(metric.name for metric in METRICS),
        "bag of each event, gold triggers given",
        reference="RAMS scorer (scorer.py and scoring_utils.py, a public copy; RAMS 1.0)",
        warnings=(
            (
                "rams/printed, rams/printed-distance: what the scorer prints as precision is "
                "recall, and the other way round; rams/argument, rams/distance have them right"
            ),
        ),
    ),
)
