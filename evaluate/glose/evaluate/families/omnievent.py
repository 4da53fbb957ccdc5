"""The figures of OmniEvent (Peng et al. 2023): docs/metrics/events.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from glose.evaluate.bags import typed_bags
from glose.evaluate.counts import Shared, Statistic, Tally, typed_sets
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.happenings import Bounds, Scene, scene
from glose.evaluate.keyed import Keys, bags, common, numbered
from glose.evaluate.listings import Rows
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.staged import Events, Stage, Staged

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


def _staged_detected(stage: Stage, types: Set[str] | None = None) -> Rows:
    gold, predicted = (_first(events.only(events.placed)) for events in map(stage.events, (0, 1)))
    words = np.array(stage.wording.words, dtype=np.int64)
    kept = np.isin(predicted.bounds, np.concatenate([gold.bounds, words]))
    margins = stage.by_type()
    if types is not None:
        known = np.array([name in types for name in margins.names], dtype=np.bool_)
        kept &= known[predicted.type]
    wanted, found = (
        Keys(events.type, events.document, (events.bounds,))
        for events in (gold, predicted.only(kept))
    )
    return common(wanted, found, margins)


def _first(events: Events) -> Events:
    """Return of events with the same trigger the first."""
    return events.only(numbered(events.bounds)[1])


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


def _staged_quoted(stage: Stage) -> Rows:
    said = np.array(stage.wording.said, dtype=np.int64)
    gold, predicted = (
        Keys(each.role, each.of.document, (each.of.document, each.of.type, said[each.bounds]))
        for each in map(stage.fillers, (0, 1))
    )
    return bags(gold, predicted, stage.by_role())


_READS = (*FILLERS, "tokens")

TRIGGERS = Statistic(
    "omnievent triggers", ("events",), Shared, scene,
    Staged(_detected, _staged_detected, words=True), closed=_known, reads=_READS,
)  # fmt: skip
ARGUMENTS = Statistic(
    "omnievent arguments", ("events",), Shared, scene,
    Staged(_quoted, _staged_quoted, words=True), reads=_READS,
)  # fmt: skip

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
