"""How far annotators agree, as `glose evaluate agree --json` says it, for the card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from glose.corpus.errors import GloseError
from glose.corpus.formats.inputs import content


class _Interval(msgspec.Struct):
    level: float
    value: tuple[float | None, float | None] | None = None


class Figure(msgspec.Struct):
    """A coefficient of layers in one kind of item; `None` where it is undefined."""

    unit: str
    coefficient: str
    value: float | None
    kind: str = "all"
    layers: tuple[str, ...] = ()
    type: str | None = None
    bucket: object = None
    documents: int | None = None
    interval: _Interval | None = None

    @property
    def whole(self) -> bool:
        """Whether it is of all layers, all types and all documents together."""
        return self.kind == "all" and self.type is None and self.bucket is None

    @property
    def range(self) -> str:
        """The interval as it is printed, nothing if there is none."""
        bounds = self.interval.value if self.interval else None
        if bounds is None or None in bounds:
            return ""
        return f"{bounds[0]:.3f} – {bounds[1]:.3f}"


class _Report(msgspec.Struct):
    agreement: tuple[Figure, ...]
    signature: str = ""
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of all types together, of so many documents."""

    figures: tuple[Figure, ...]
    documents: int
    signature: str

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that were compared."""
        return tuple(dict.fromkeys(name for figure in self.figures for name in figure.layers))

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield unit, coefficient, value and interval of what is defined."""
        for figure in self.figures:
            if figure.value is not None:
                yield figure.unit, figure.coefficient, f"{figure.value:.3f}", figure.range


def read(path: Path) -> Agreement:
    """Return what a file says; raise `GloseError` if `glose evaluate agree` did not write it."""
    try:
        report = msgspec.json.decode(content(path), type=_Report)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        what = f"not what `glose evaluate agree --json` writes ({error})"
        raise GloseError(f"{path}: {what}") from error
    figures = tuple(figure for figure in report.agreement if figure.whole)
    return Agreement(figures, report.documents, report.signature)
