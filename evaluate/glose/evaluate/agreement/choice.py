"""What is asked of agreement: which layers are compared on what, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.evaluate import buckets
from glose.evaluate.agreement.layers import Missing
from glose.evaluate.intervals import Sampling
from glose.evaluate.signature import sign

#: What `--unit` takes: F1 by metrics, and the units of all other coefficients.
UNITS = ("f1", "mention-tokens", "mentions", "trigger-tokens", "triggers", "labels")

#: What documents can be told apart by here, beside the fields of scores.
_OWN: Mapping[str, Callable[[Document], str | None]] = {
    "guideline": lambda document: document.status.guideline,
    "document": lambda document: document.id,
}

#: Everything that `--by` takes; scores by type are always computed.
BY = (*buckets.BY, *_OWN)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared and how.

    `gamma` is the number of texts that are drawn by chance for each document; 0 for no gamma.
    `protocols` are those of pairwise F1. `split` names documents of the `corpus.json` beside the
    first layer. `jobs` is the number of processes, which changes no figure.
    """

    protocols: tuple[str, ...] = ("default",)
    units: tuple[str, ...] = UNITS
    by: tuple[str, ...] = ()
    depth: int | None = None
    split: str | None = None
    missing: Missing = "error"
    gamma: int = 30
    sampling: Sampling = field(default_factory=Sampling)
    cluster: str | None = None
    jobs: int = 1

    def check(self) -> None:
        """Raise `GloseError` where a name is none that there is."""
        for name in self.by:
            if not buckets.known(name) and name not in _OWN:
                there = ", ".join((*BY, f"{buckets.EXTRA}NAME"))
                raise GloseError(f"documents cannot be told apart by {name!r}; choose {there}")
        for name in self.units:
            if name not in UNITS:
                raise GloseError(f"there are no units {name!r}; choose {', '.join(UNITS)}")
        buckets.check_cluster(self.cluster)

    def said(self, document: Document, splits: Mapping[str, str]) -> dict[str, str]:
        """Return what a document says of the fields of buckets and clusters."""
        wanted = dict.fromkeys((*self.by, *filter(None, (self.cluster,))))
        found = buckets.said(document, [name for name in wanted if name not in _OWN], splits)
        own = {name: _OWN[name](document) for name in wanted if name in _OWN}
        return found | {name: value for name, value in own.items() if value}

    def signature(self, prints: Mapping[str, str], documents: int) -> str:
        """Return the signature of the agreement of layers with these hashes."""
        fields = {
            "agreement": "+".join(self.units),
            "protocol": "+".join(self.protocols),
            "empty": "null",
            "depth": self.depth or "all",
            "split": self.split or "all",
            "missing": self.missing,
            "layers": "+".join(prints.values()),
            "documents": documents,
            "gamma": self.gamma,
            "interval": self.sampling.method,
            "cluster": self.cluster or "none",
            "samples": self.sampling.samples,
            "level": self.sampling.level,
            "seed": self.sampling.seed,
        }
        return sign(fields.items())
