"""What agreement gives: values to print and to write as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glose.evaluate.agreement.columns import Kind
from glose.evaluate.results import Bounds, Bucket, Plain


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of some layers, for all units, one type, or one bucket of documents.

    `kind` says what the layers are: `all` of them, a `pair`, an `annotator` (the mean of the pairs
    with this one), a `system` (the mean with each annotator), or `relative`: that as a share of
    the mean of the pairs of annotators. `value` is `None` where it is undefined; `interval` too if
    fewer than two documents have units.
    """

    unit: str
    name: str
    kind: Kind
    layers: tuple[str, ...]
    type: str | None
    value: float | None
    interval: Bounds
    method: str | None
    documents: int
    bucket: Bucket | None = None

    def plain(self, level: float) -> Plain:
        """Return the coefficient for a JSON encoder."""
        interval = self.interval and {
            "level": level, "method": self.method, "value": self.interval,
        }  # fmt: skip
        return {
            "unit": self.unit,
            "coefficient": self.name,
            "kind": self.kind,
            "layers": list(self.layers),
            "type": self.type,
            "value": self.value,
            "interval": interval,
            "documents": self.documents,
            "bucket": self.bucket.plain() if self.bucket else None,
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of layers; `layers` and `systems` are their hashes by name."""

    signature: str
    layers: Mapping[str, str]
    systems: Mapping[str, str]
    documents: int
    level: float
    coefficients: tuple[Coefficient, ...]
    notes: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """What layers were compared on, in order."""
        return tuple(dict.fromkeys(each.unit for each in self.coefficients))

    def find(
        self,
        unit: str,
        name: str,
        kind: Kind = "all",
        layers: tuple[str, ...] | None = None,
        type_: str | None = None,
        bucket: Bucket | None = None,
    ) -> Coefficient | None:
        """Return one coefficient, or `None` if it was not computed."""
        for each in self.coefficients:
            if (each.unit, each.name, each.kind, each.type, each.bucket) == (
                unit, name, kind, type_, bucket,
            ) and layers in (None, each.layers):  # fmt: skip
                return each
        return None

    def plain(self) -> Plain:
        """Return the agreement for a JSON encoder."""
        return {
            "signature": self.signature,
            "documents": self.documents,
            "layers": [{"name": name, "hash": found} for name, found in self.layers.items()],
            "systems": [{"name": name, "hash": found} for name, found in self.systems.items()],
            "notes": list(self.notes),
            "agreement": [each.plain(self.level) for each in self.coefficients],
        }
