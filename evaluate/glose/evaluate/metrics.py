"""The metrics and protocols that there are, by name; docs/metrics.md defines them at length.

Each family is a module with `METRICS` and `PROTOCOLS`. Others come through entry points of the
group `glose.metrics`, whose objects have the same two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from typing import Protocol as Kind

from glose.corpus.errors import GloseError
from glose.evaluate.families import (
    ace,
    ace_relations,
    anafora,
    arguments,
    bionlp,
    brat,
    brat_relations,
    ceaf_ree,
    ceaf_rme,
    conll,
    coref,
    coref_programs,
    coreference,
    coreference_variants,
    corefud,
    cross_document,
    discontinuous,
    entities,
    event_links,
    events,
    hipe2022,
    hipe2022_links,
    labels,
    linking,
    links,
    mentions,
    metametric,
    muc4,
    nested,
    nugget,
    omnievent,
    quotes,
    rams,
    relations,
    semeval2013,
    sklearn,
    spacy,
    tempeval3,
    templates,
    textee,
    timelinks,
    times,
    wikievents,
)
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

GROUP = "glose.metrics"


class Family(Kind):
    """What a family of metrics has."""

    @property
    def METRICS(self) -> tuple[Metric, ...]: ...  # noqa: N802, D102  # as the modules have it

    @property
    def PROTOCOLS(self) -> tuple[Protocol, ...]: ...  # noqa: N802, D102


#: Metrics of glose's own conventions, in the order in which a reader should meet them.
GENERAL: tuple[Family, ...] = (
    entities,
    mentions,
    events,
    arguments,
    coreference,
    event_links,
    links,
    relations,
    times,
    timelinks,
    templates,
    labels,
    nested,
)

#: The same with other conventions, scored only if they are asked for.
VARIANTS: tuple[Family, ...] = (coreference_variants, cross_document, quotes)

#: Those that have the figures of one reference program, with its faults.
REFERENCES: tuple[Family, ...] = (
    conll,
    semeval2013,
    hipe2022,
    spacy,
    brat,
    discontinuous,
    textee,
    ace,
    omnievent,
    metametric,
    wikievents,
    rams,
    coref,
    coref_programs,
    corefud,
    nugget,
    linking,
    ace_relations,
    brat_relations,
    bionlp,
    tempeval3,
    anafora,
    hipe2022_links,
    ceaf_ree,
    muc4,
    ceaf_rme,
    sklearn,
)


def _families() -> Iterator[Family]:
    yield from (*GENERAL, *VARIANTS, *REFERENCES)
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found = point.load()
            _ = found.METRICS, found.PROTOCOLS
        except (ImportError, AttributeError) as error:
            raise GloseError(
                f"the plug-in {point.name} ({point.value}) has no metrics ({error}); "
                "expected a module with METRICS and PROTOCOLS: mend or uninstall it"
            ) from error
        yield found


_there = tuple(_families())
METRICS: Mapping[str, Metric] = {metric.name: metric for each in _there for metric in each.METRICS}


def _flexible(name: str, families: tuple[Family, ...], matching: str) -> Protocol:
    names = tuple(metric.name for family in families for metric in family.METRICS)
    return Protocol(name, names, matching, flexible=True)


PROTOCOLS: Mapping[str, Protocol] = {
    "default": _flexible("default", (entities, events), "spans one-to-one, events set"),
    "auto": _flexible("auto", GENERAL, "each metric's own"),
    **{protocol.name: protocol for each in _there for protocol in each.PROTOCOLS},
}
