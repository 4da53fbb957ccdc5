"""The figures of gen-arg's scorer (Li et al. 2021), for WikiEvents: docs/metrics/events.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Pair
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.families.events import FILLERS
from glose.evaluate.happenings import Bounds, Filled, Happening, Scene, given, scene
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: Where an argument stands, and its role.
Placed: TypeAlias = tuple[Bounds, str]

#: An article at the beginning of a mention of more than one word.
_ARTICLE = re.compile(r"(?:the|an|a)\s+(?=\S)", re.IGNORECASE)


class Roles(NamedTuple):
    """Arguments of gold and of the prediction, and how many of the latter are found in gold.

    `identified` and `classified` have the place of a gold argument of the event, or also its role;
    `coreferent` and `coreferent_classified` do not, but are coreferent with one.
    """

    gold: Numbers
    predicted: Numbers
    identified: Numbers
    classified: Numbers
    coreferent: Numbers
    coreferent_classified: Numbers


def _spans(gold: Scene, predicted: Scene) -> Tally:
    return _counted(gold, _spans_of(gold, predicted))


def _heads(gold: Scene, predicted: Scene) -> Tally:
    return _counted(gold, _heads_of(gold, predicted))


#: The distinct arguments of a gold event, and those predicted for it.
Two: TypeAlias = tuple[set[Placed], set[Placed]]


def _spans_of(gold: Scene, predicted: Scene) -> Iterator[Two]:
    text = gold.document.text or ""
    for wanted, found in _pairs(gold, predicted):
        cleaned = {(_cleaned(text, arg.bounds), arg.role) for arg in wanted}
        yield cleaned, {(arg.bounds, arg.role) for arg in found}


def _heads_of(gold: Scene, predicted: Scene) -> Iterator[Two]:
    own = {**gold.heads, **predicted.heads}
    for wanted, found in _pairs(gold, predicted):
        yield _headed(wanted, gold.heads), _headed(found, own)


def _headed(args: tuple[Filled, ...], heads: Mapping[Bounds, Pair]) -> set[Placed]:
    """Return arguments where their heads stand, or the whole span if no head is stated."""
    return {(heads.get(arg.bounds, arg.bounds), arg.role) for arg in args}


def _pairs(
    gold: Scene, predicted: Scene
) -> Iterator[tuple[tuple[Filled, ...], tuple[Filled, ...]]]:
    events: list[Happening] = given(gold, predicted)
    return ((wanted.args, found.args) for wanted, found in zip(gold, events, strict=True))


def _cleaned(text: str, bounds: Bounds) -> Bounds:
    """Return bounds without an article at their beginning, unless it is all there is."""
    if isinstance(bounds, str):
        return bounds
    article = _ARTICLE.match(text, *bounds)
    return (article.end(), bounds[1]) if article else bounds


def _counted(gold: Scene, pairs: Iterator[Two]) -> Tally:
    total = [0] * len(Roles._fields)
    for wanted, found in pairs:
        places = {place for place, _ in wanted}
        known = {(gold.entities[place], role) for place, role in wanted if place in gold.entities}
        entities = {entity for entity, _ in known}
        total[0] += len(wanted)
        total[1] += len(found)
        for place, role in found:
            entity = gold.entities.get(place)
            if place in places:
                total[2] += 1
                total[3] += (place, role) in wanted
            elif entity in entities:
                total[4] += 1
                total[5] += (entity, role) in known
    return {None: tuple(total)}


def _identified(n: Roles) -> Shared:
    return Shared(n.identified, n.predicted, n.identified, n.gold)


def _classified(n: Roles) -> Shared:
    return Shared(n.classified, n.predicted, n.classified, n.gold)


def _coreferent(n: Roles) -> Shared:
    found = n.identified + n.coreferent
    return Shared(found, n.predicted, found, n.gold)


def _coreferent_classified(n: Roles) -> Shared:
    found = n.classified + n.coreferent_classified
    return Shared(found, n.predicted, found, n.gold)


_LISTS = ("entities", "events")
SPANS = Statistic("wikievents spans", _LISTS, Roles, scene, _spans, reads=FILLERS)
HEADS = Statistic("wikievents heads", _LISTS, Roles, scene, _heads, reads=FILLERS)

METRICS = tuple(
    Metric(f"wikievents/{name}{printed}", statistic, ratio, averages=(), undefined=0.0)
    for name, statistic in (("", SPANS), ("head-", HEADS))
    for printed, ratio in (
        ("role-identification", _identified),
        ("role", _classified),
        ("coref-role-identification", _coreferent),
        ("coref-role", _coreferent_classified),
    )
)
PROTOCOLS = (
    Protocol(
        "wikievents",
        tuple(metric.name for metric in METRICS),
        "set of each event, gold triggers given; coreference not one-to-one",
        reference="gen-arg (raspberryice/gen-arg, src/genie/scorer.py, fcdc5b0)",
        warnings=(
            (
                "wikievents/*coref*: several predictions may match one gold argument, so recall "
                "and F1 may be above 1; argument/coreference matches one to one"
            ),
            "wikievents/role*: articles are cut off in gold only",
            "wikievents/head-coref*: only mentions of one word are found in an entity",
        ),
    ),
)
