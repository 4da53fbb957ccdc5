"""Charts as SVG, for paper in black and white: systems differ by mark and dash, not by colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from glose.evaluate.results import Bounds

WIDTH, HEIGHT = 333, 216
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 12, 44

#: The shapes of marks, as paths around a place, some 8 units wide.
_MARKS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",  # circle
    "M-4 -4h8v8h-8z",  # square
    "M0 -5l5 9h-10z",  # triangle
    "M0 -5.5l5 5.5l-5 5.5l-5 -5.5z",  # diamond
    "M0 5l5 -9h-10z",  # triangle upside down
    "M-1.5 -5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",  # cross
)

#: The dashes of lines; one that is solid comes first.
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "5 5")

#: Of a chart of gains: where its scale begins and ends, and the height of a system's line.
_ZERO, _END, _LINE = 128, 288, 13

#: A label has so many characters below its place at most; the rest stands in a title.
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Point:
    """A share from 0 to 1 with its interval; `None` where it is not defined."""

    value: float | None
    bounds: Bounds = None


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn, by its number: its mark, its dashes, and whether it is filled."""

    number: int

    @property
    def mark(self) -> str:
        """The path of its mark."""
        return _MARKS[self.number % len(_MARKS)]

    @property
    def dash(self) -> str:
        """Its `stroke-dasharray`."""
        return _DASHES[self.number % len(_DASHES)]

    @property
    def name(self) -> str:
        """Its classes: a hue, and whether marks are hollow, by turns."""
        return f"series s{self.number % 6}{' hollow' if self.number % 2 else ''}"


def sample(number: int) -> Markup:
    """Return a piece of the line of a series, for a legend."""
    look = Look(number)
    return Markup(
        '<svg class="sample" viewBox="0 0 36 14" width="36" height="14" aria-hidden="true">'
        '<g class="{}"><path class="line" d="M1 7H35" stroke-dasharray="{}"/>'
        '<path class="mark" transform="translate(18 7)" d="{}"/></g></svg>'
    ).format(look.name, look.dash, look.mark)


def curves(
    title: str, places: Sequence[str], series: Mapping[str, Sequence[Point]], *, joined: bool
) -> Markup:
    """Return a chart of shares: places from left to right, each series beside the others.

    Points are `joined` where the places have an order; a place without a figure breaks the line.
    """
    drawn = Markup("").join(
        _series(Look(number), points, _across(len(places), number, len(series)), joined)
        for number, points in enumerate(series.values())
    )
    return Markup(
        '<svg class="chart" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-label="{2}">{3}{4}{5}</svg>'
    ).format(WIDTH, HEIGHT, title, _grid(), _labels(places), drawn)


def _across(places: int, number: int, series: int) -> list[float]:
    """Return where the points of a series stand: beside those of others at the same place."""
    step = (WIDTH - _LEFT - _RIGHT) / max(1, places)
    apart = min(13.0, 0.7 * step / max(1, series))
    aside = (number - (series - 1) / 2) * apart
    return [_LEFT + step * (place + 0.5) + aside for place in range(places)]


def _up(share: float) -> float:
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def _grid() -> Markup:
    lines = (
        Markup('<path class="axis" d="M{} {:.1f}H{}"/><text x="{}" y="{:.1f}" '
               'text-anchor="end">{:.0f}</text>').format(
            _LEFT, _up(share), WIDTH - _RIGHT, _LEFT - 6, _up(share) + 4, 100 * share
        )
        for share in (0, 0.25, 0.5, 0.75, 1)
    )  # fmt: skip
    return Markup("").join(lines)


def _labels(places: Sequence[str]) -> Markup:
    """Return the names of places below the chart: aslant and cut where they are too long."""
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(places))
    most = max(3, int(_LABEL / max(1, len(places))))
    slant = any(len(place) * 6 > step for place in places)
    every = max(1, len(places) // 12)
    return Markup("").join(
        _label(place, _LEFT + step * (number + 0.5), 8 if slant else most, slant)
        for number, place in enumerate(places)
        if number % every == 0
    )


def _label(place: str, x: float, most: int, slant: bool) -> Markup:
    shown = place if len(place) <= most else f"{place[: most - 1]}…"
    y = HEIGHT - _BOTTOM + (12 if slant else 16)
    how = f"rotate(-35 {x:.1f} {y})" if slant else ""
    return Markup(
        '<text x="{:.1f}" y="{}" text-anchor="{}" transform="{}"><title>{}</title>{}</text>'
    ).format(x, y, "end" if slant else "middle", how, place, shown)


def _series(look: Look, points: Sequence[Point], xs: Iterable[float], joined: bool) -> Markup:
    found = [(x, point.value, point.bounds) for x, point in zip(xs, points, strict=True)]
    parts = [Markup('<path class="line" d="{}" stroke-dasharray="{}"/>').format(
        _path([(x, value) for x, value, _ in found]), look.dash
    )] if joined else []  # fmt: skip
    for x, value, bounds in found:
        if bounds is not None:
            low, high = _up(bounds[0]), _up(bounds[1])
            parts.append(Markup('<path class="bar" d="M{0:.1f} {1:.1f}V{2:.1f}M{3:.1f} {1:.1f}h6'
                                'M{3:.1f} {2:.1f}h6"/>').format(x, low, high, x - 3))  # fmt: skip
        if value is not None:
            parts.append(Markup('<path class="mark" transform="translate({:.1f} {:.1f})" '
                                'd="{}"/>').format(x, _up(value), look.mark))  # fmt: skip
    return Markup('<g class="{}">{}</g>').format(look.name, Markup("").join(parts))


def _path(places: Sequence[tuple[float, float | None]]) -> str:
    """Return a line through the places that have a figure, broken where one has none."""
    path, pen = "", "M"
    for x, value in places:
        path += "" if value is None else f"{pen}{x:.1f} {_up(value):.1f}"
        pen = "M" if value is None else "L"
    return path


def gains(
    title: str, kinds: Sequence[str], series: Mapping[str, Sequence[float | None]]
) -> Markup:
    """Return a chart of gains of a share, which may be losses: kinds from top to bottom.

    Each kind has a line for each series, with its gain in points beside its mark.
    """
    values = [each for points in series.values() for each in points if each is not None]
    most = _round(max((abs(value) for value in values), default=0.0))
    low = -most if min(values, default=0.0) < 0 else 0.0
    step = _LINE * max(1, len(series)) + 6
    height = step * len(kinds) + 24
    rows = Markup("").join(
        Markup('<text x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
            _ZERO - 8, step * (number + 0.5) + 1, kind
        )
        for number, kind in enumerate(kinds)
    )
    scale = _Scale(low, most, step)
    drawn = Markup("").join(
        _stems(Look(number), points, scale, 3 + _LINE * (number + 0.5))
        for number, points in enumerate(series.values())
    )
    return Markup(
        '<svg class="chart" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-label="{2}">{3}{4}{5}</svg>'
    ).format(WIDTH, height, title, scale.grid(height - 18), rows, drawn)


def _round(most: float) -> float:
    """Return the end of a scale, a round share that is not below another.

    >>> _round(0.012), _round(0.241)
    (0.02, 0.3)
    """
    ends = (0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
    return next((end for end in ends if most <= end), 1.0)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From `low` to `high` across a chart, in lines of which each kind takes a `step`."""

    low: float
    high: float
    step: float

    def across(self, share: float) -> float:
        """Return where a share stands."""
        return _ZERO + (_END - _ZERO) * (share - self.low) / (self.high - self.low)

    def grid(self, height: float) -> Markup:
        """Return the lines of the scale with its figures, in points."""
        middle = (self.low + self.high) / 2
        return Markup("").join(
            Markup('<path class="axis" d="M{0:.1f} 0V{1:.1f}"/><text x="{0:.1f}" y="{2:.1f}" '
                   'text-anchor="middle">{3:g}</text>').format(
                self.across(share), height, height + 14, 100 * share
            )
            for share in (self.low, middle, self.high)
        )  # fmt: skip


def _stems(look: Look, points: Sequence[float | None], scale: _Scale, y: float) -> Markup:
    parts = [
        Markup('<path class="line" d="M{:.1f} {:.1f}H{:.1f}" stroke-dasharray="{}"/>'
               '<path class="mark" transform="translate({:.1f} {:.1f})" d="{}"/>'
               '<text x="{:.1f}" y="{:.1f}">{:+z.1f}</text>').format(
            scale.across(0), at, scale.across(value), look.dash,
            scale.across(value), at, look.mark,
            max(scale.across(value), scale.across(0)) + 8, at + 4, 100 * value,
        )
        for number, value in enumerate(points)
        if value is not None
        for at in [y + scale.step * number]
    ]  # fmt: skip
    return Markup('<g class="{}">{}</g>').format(look.name, Markup("").join(parts))
