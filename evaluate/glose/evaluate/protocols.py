"""Protocols: named sets of metrics in which every convention is fixed (docs/metrics.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from glose.corpus.errors import GloseError
from glose.evaluate.metrics import METRICS, Metric


@dataclass(frozen=True, slots=True)
class Protocol:
    """Metrics by name, and how their items are matched, for the signature.

    One that is `flexible` leaves out the metrics of lists that were not annotated; any other
    refuses a document that lacks a list.
    """

    name: str
    metrics: tuple[str, ...]
    matching: str
    flexible: bool = False


_ENTITIES = ("entity/strict", "entity/exact", "entity/partial", "entity/type")
_EVENTS = (
    "trigger/identification", "trigger/classification",
    "argument/identification", "argument/classification",
)  # fmt: skip

PROTOCOLS: Mapping[str, Protocol] = {
    protocol.name: protocol
    for protocol in (
        Protocol("default", (*_ENTITIES, *_EVENTS), "spans one-to-one, events set", flexible=True),
        Protocol("entities", _ENTITIES, "one-to-one"),
        Protocol("events", _EVENTS, "set"),
        Protocol("semeval2013", _ENTITIES, "one-to-one"),
    )
}


def find(name: str) -> Protocol:
    """Return a protocol by name, or a protocol of one metric; raise `GloseError` if none is."""
    if name in METRICS:
        matching = "one-to-one" if name in _ENTITIES else "set"
        return Protocol(name, (name,), matching)
    if name in PROTOCOLS:
        return PROTOCOLS[name]
    near = get_close_matches(name, [*PROTOCOLS, *METRICS], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise GloseError(f"no protocol is called {name!r}{hint} (there are: {', '.join(PROTOCOLS)})")


def abridged(names: Iterable[str]) -> list[str]:
    """Return names of metrics, those of a whole family as one.

    >>> abridged(["trigger/identification", "trigger/classification", "entity/strict"])
    ['trigger/*', 'entity/strict']
    """
    families = Counter(map(_family, METRICS))
    names = list(dict.fromkeys(names))
    found = Counter(map(_family, names))
    whole = {family for family in found if found[family] == families[family]}
    shown = (f"{_family(name)}/*" if _family(name) in whole else name for name in names)
    return list(dict.fromkeys(shown))


def _family(name: str) -> str:
    return name.partition("/")[0]


def metrics(protocols: Sequence[Protocol]) -> list[Metric]:
    """Return the metrics of some protocols, each once, in their order."""
    names = dict.fromkeys(name for protocol in protocols for name in protocol.metrics)
    return [METRICS[name] for name in names]
