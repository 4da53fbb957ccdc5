"""Protocols by name, and the metrics of some."""

from __future__ import annotations

from collections import Counter
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
    own = [protocol for protocol in PROTOCOLS.values() if not protocol.flexible]
    return next((p.matching for p in own if metric in p.metrics), "set")


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
