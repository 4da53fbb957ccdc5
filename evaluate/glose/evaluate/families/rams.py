"""The figures of the RAMS scorer (Ebner et al. 2020): docs/metrics/events.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.happenings import Bounds, Happening, Scene, given, outer, scene
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.sentences import distance

#: How many sentences before and after the trigger the table of distances has.
FAR = 2

#: Role, where the trigger and where the filler stands, with how often it was given.
Links: TypeAlias = Counter[tuple[str, Bounds, Bounds]]


def _links(event: Happening) -> Links:
    trigger = outer(event.trigger or "")
    return Counter((arg.role, trigger, outer(arg.what)) for arg in event.args)


def _pairs(gold: Scene, predicted: Scene) -> Iterator[tuple[Links, Links]]:
    for wanted, found in zip(gold, given(gold, predicted), strict=True):
        yield _links(wanted), _links(found)


def _roles(gold: Scene, predicted: Scene) -> Tally:
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    rows[None] = [0] * 4
    for wanted, found in _pairs(gold, predicted):
        for columns, links in _columns(wanted, found):
            for (role, *_), times in links.items():
                for column in columns:
                    rows[role][column] += times
                    rows[None][column] += times
    return {name: tuple(row) for name, row in rows.items()}


def _columns(wanted: Links, found: Links) -> Iterator[tuple[tuple[int, ...], Links]]:
    yield from (((0, 2), wanted & found), ((1,), found), ((3,), wanted))


def _distances(gold: Scene, predicted: Scene) -> Tally:
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    rows[None] = [0] * 4
    for wanted, found in _pairs(gold, predicted):
        for columns, links in _columns(wanted, found):
            for (_, trigger, filler), times in links.items():
                if isinstance(trigger, str) or isinstance(filler, str):
                    continue
                sentences = distance(gold.ends, trigger[0], filler[0])
                if abs(sentences) <= FAR:
                    for column in columns:
                        rows[str(sentences)][column] += times
                        rows[None][column] += times
    return {name: tuple(row) for name, row in rows.items()}


def swapped(n: Shared) -> Shared:
    """Return the columns with precision and recall in each other's place, as they are printed."""
    return Shared(n.correct_recall, n.gold, n.correct_precision, n.predicted)


def _told(n: Shared) -> Mapping[str, Numbers]:
    return {
        "correct": n.correct_recall,
        "missing": n.gold - n.correct_recall,
        "overpred": n.predicted - n.correct_precision,
    }


ROLES = Statistic("rams roles", ("events",), Shared, scene, _roles)
DISTANCES = Statistic("rams distances", ("events",), Shared, scene, _distances)

METRICS = (
    Metric("rams/argument", ROLES, same, _told),
    Metric("rams/printed", ROLES, swapped, _told, averages=()),
    Metric("rams/distance", DISTANCES, same, _told, averages=()),
    Metric("rams/printed-distance", DISTANCES, swapped, _told, averages=()),
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
