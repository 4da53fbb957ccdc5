"""The figures of OmniEvent (Peng et al. 2023): docs/metrics/events.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from operator import itemgetter
from typing import TypeAlias

from glose.evaluate.bags import typed_bags
from glose.evaluate.counts import Shared, Statistic, Tally, typed_sets
from glose.evaluate.families.events import same
from glose.evaluate.happenings import Bounds, Scene, scene
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: An argument as its role, the type of its event, and its words.
Said: TypeAlias = tuple[str, str, str]

_WORD = re.compile(r"\S+")


def _labels(events: Scene) -> dict[Bounds, str]:
    """Return the type of each span that is a trigger: that of its first event."""
    found: dict[Bounds, str] = {}
    for event in events:
        if event.trigger:
            found.setdefault(event.bounds, event.type)
    return found


def _words(gold: Scene) -> Iterable[Bounds]:
    """Return where the words of a document stand: its tokens, else what blanks set apart."""
    text = gold.document.text or ""
    return gold.document.tokens or (word.span() for word in _WORD.finditer(text))


def _detected(gold: Scene, predicted: Scene, types: Set[str] | None = None) -> Tally:
    """Return the counts of typed triggers at the candidates: gold triggers and single words.

    With `types` predictions of others are not counted.
    """
    wanted, found = _labels(gold), _labels(predicted)
    candidates = {*wanted, *_words(gold)}
    kept = {
        (type_, bounds)
        for bounds, type_ in found.items()
        if bounds in candidates and (types is None or type_ in types)
    }
    return typed_sets({(type_, bounds) for bounds, type_ in wanted.items()}, kept, itemgetter(0))


def _known(gold: Scene) -> Iterable[str]:
    return _labels(gold).values()


def _said(events: Scene, text: str) -> list[Said]:
    return [
        (arg.role, event.type, _read(arg.bounds, text)) for event in events for arg in event.args
    ]


def _read(bounds: Bounds, text: str) -> str:
    return bounds if isinstance(bounds, str) else text[slice(*bounds)]


def _quoted(gold: Scene, predicted: Scene) -> Tally:
    text = gold.document.text or ""
    return typed_bags(_said(gold, text), _said(predicted, text), itemgetter(0))


TRIGGERS = Statistic("omnievent triggers", ("events",), Shared, scene, _detected, closed=_known)
ARGUMENTS = Statistic("omnievent arguments", ("events",), Shared, scene, _quoted)

METRICS = (
    Metric("omnievent/trigger", TRIGGERS, same, averages=(), undefined=0.0),
    Metric("omnievent/argument", ARGUMENTS, same, averages=(), undefined=0.0),
)
PROTOCOLS = (
    Protocol(
        "omnievent",
        tuple(metric.name for metric in METRICS),
        "candidates; bag of strings",
        reference="OmniEvent (THU-KEG/OmniEvent, OmniEvent/evaluation/metric.py, 05fddb4)",
        warnings=(
            (
                "omnievent/trigger: a predicted trigger of several words that is none in gold "
                "costs nothing, nor one of a type that gold never has; of two types on one span "
                "only the first is seen"
            ),
            (
                "omnievent/argument: arguments are compared as strings, so the same words count "
                "as right wherever they stand"
            ),
        ),
    ),
)
