"""Temporal links: as they stand, by their closure, and awareness (docs/metrics/time.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from glose.evaluate.closure import Closure, Link, distinct, sense
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.temporal import spanned


def confirmed(
    gold: Iterable[Link],
    predicted: Iterable[Link],
    right: Callable[[Link], bool],
    found: Callable[[Link], bool],
) -> Tally:
    """Return how many predicted links are right and how many gold links are found, by relation."""
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    rows[None] = [0] * 4
    for at, links, holds in ((0, predicted, right), (2, gold, found)):
        for link in links:
            for name in (None, link.relation):
                rows[name][at] += holds(link)
                rows[name][at + 1] += 1
    return {name: tuple(row) for name, row in rows.items()}


def _meaning(link: Link) -> Hashable:
    return sense(link) or link


def _strict(gold: Sequence[Link], predicted: Sequence[Link]) -> Tally:
    wanted = {_meaning(link): link for link in sorted(gold, key=repr)}
    found = {_meaning(link): link for link in sorted(predicted, key=repr)}
    return confirmed(
        wanted.values(),
        found.values(),
        lambda link: _meaning(link) in wanted,
        lambda link: _meaning(link) in found,
    )


def _closed(gold: Sequence[Link], predicted: Sequence[Link]) -> Tally:
    wanted, found = distinct(gold), distinct(predicted)
    return confirmed(wanted, found, Closure(wanted).holds, Closure(found).holds)


def _aware(gold: Sequence[Link], predicted: Sequence[Link]) -> Tally:
    wanted, found = Closure(gold), Closure(predicted)
    return confirmed(wanted.reduced(), found.reduced(), wanted.holds, found.holds)


LISTS = ("mentions", "events", "relations")
STRICT = Statistic("temporal links", LISTS, Shared, spanned, _strict)
CLOSED = Statistic("closed temporal links", LISTS, Shared, spanned, _closed)
AWARE = Statistic("reduced temporal links", LISTS, Shared, spanned, _aware)


METRICS = (
    Metric("timelink/strict", STRICT, same),
    Metric("timelink/closure", CLOSED, same),
    Metric("timelink/awareness", AWARE, same),
)
PROTOCOLS = (Protocol("timelinks", tuple(metric.name for metric in METRICS), "closure"),)
