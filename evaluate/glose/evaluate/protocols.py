"""Protocols by name, and the metrics of some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from glose.corpus.errors import GloseError
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS, PROTOCOLS
from glose.evaluate.protocol import Protocol


def find(name: str) -> Protocol:
    """Return a protocol by name, or a protocol of one metric; raise `GloseError` if none is."""
    if name in METRICS:
        return Protocol(name, (name,), _matching(name))
    if name in PROTOCOLS:
        return PROTOCOLS[name]
    near = get_close_matches(name, [*PROTOCOLS, *METRICS], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise GloseError(f"no protocol is called {name!r}{hint} (there are: {', '.join(PROTOCOLS)})")


def _matching(metric: str) -> str:
    """Return how the first protocol that has a metric matches its items."""
    own = [each for name, each in PROTOCOLS.items() if name not in ("default", "auto")]
    return next((p.matching for p in own if metric in p.metrics), "set")


def abridged(names: Iterable[str]) -> list[str]:
    """Return names of metrics, those of a whole family as one.

    Of a family of `default` these are the metrics that `default` has.

    >>> abridged(["trigger/identification", "trigger/classification", "entity/strict"])
    ['trigger/*', 'entity/strict']
    """
    names = list(dict.fromkeys(names))
    whole = {
        name: f"{family}/*"
        for family, members in _families(names).items()
        if members.issubset(names)
        for name in members
    }
    return list(dict.fromkeys(whole.get(name, name) for name in names))


def _families(names: Iterable[str]) -> dict[str, set[str]]:
    """Return the metrics that make up the whole of each family of some metrics."""
    usual: dict[str, set[str]] = defaultdict(set)
    every: dict[str, set[str]] = defaultdict(set)
    for name in PROTOCOLS["default"].metrics:
        usual[_family(name)].add(name)
    for name in METRICS:
        every[_family(name)].add(name)
    return {family: usual.get(family) or every[family] for family in map(_family, names)}


def _family(name: str) -> str:
    return name.partition("/")[0]


def metrics(protocols: Sequence[Protocol]) -> list[Metric]:
    """Return the metrics of some protocols, each once, in their order."""
    names = dict.fromkeys(name for protocol in protocols for name in protocol.metrics)
    return [METRICS[name] for name in names]
