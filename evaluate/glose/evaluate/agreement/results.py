"""What agreement gives: values to print, to write as JSON, and to set scores beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from glose.corpus.errors import GloseError
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

    def ceiling(self, metric: str) -> float | None:
        """Return the F1 that annotators have with each other by a metric: a system's ceiling."""
        found = self.find(metric, "f1")
        return found.value if found else None

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


class _Saved(msgspec.Struct):
    """A coefficient in JSON, as far as ceilings are read off it."""

    unit: str
    coefficient: str
    kind: str
    value: float | None
    type: str | None = None
    bucket: dict[str, str] | None = None


class _File(msgspec.Struct):
    agreement: list[_Saved]


def ceilings(path: Path) -> dict[str, float]:
    """Return the F1 that annotators have with each other, by metric, from JSON of `agree`.

    A system's F1 as a share of it is its score relative to human agreement. Raises `GloseError`
    if the file is none that `glose evaluate agree --json` wrote.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File).agreement
    except (OSError, msgspec.MsgspecError) as error:
        raise GloseError(
            f"{path}: {error}; expected what glose evaluate agree --json wrote"
        ) from error
    return {
        each.unit: each.value
        for each in found
        if (each.coefficient, each.kind, each.type, each.bucket) == ("f1", "all", None, None)
        and each.value is not None
    }
