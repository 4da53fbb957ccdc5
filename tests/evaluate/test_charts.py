"""Charts are well-formed SVG in which systems differ without colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from glose.evaluate.charts import HEIGHT, WIDTH, Look, Point, curves, gains, sample

NASTY = '"><script>alert(1)</script>&'


def chart(*series: list[Point], places: int = 2, joined: bool = True) -> ET.Element:
    """Return the elements of a chart."""
    names = [f"place {number}" for number in range(places)]
    drawn = curves("title", names, {str(n): p for n, p in enumerate(series)}, joined=joined)
    return ET.fromstring(str(drawn))


def paths(drawn: ET.Element, name: str) -> list[str]:
    """Return the paths of a class."""
    return [each.get("d", "") for each in drawn.iter("path") if each.get("class") == name]


def test_a_point_has_a_mark_and_its_interval_a_bar() -> None:
    drawn = chart([Point(0.5, (0.4, 0.6)), Point(0.7, None)])

    assert len(paths(drawn, "mark")) == 2
    assert len(paths(drawn, "bar")) == 1


def test_a_share_of_one_is_above_a_share_of_none() -> None:
    drawn = chart([Point(0.0), Point(1.0)])
    low, high = (
        float(re.findall(r"[\d.]+", each.get("transform", ""))[1])
        for each in drawn.iter("path")
        if each.get("class") == "mark"
    )

    assert 0 < high < low < HEIGHT


def test_a_line_is_broken_where_there_is_no_figure() -> None:
    points = [Point(0.5), Point(0.6), Point(None), Point(0.7)]
    (line,) = paths(chart(points, places=4), "line")

    assert (line.count("M"), line.count("L")) == (2, 1)


def test_places_without_an_order_are_not_joined() -> None:
    assert paths(chart([Point(0.5), Point(0.6)], joined=False), "line") == []


def test_systems_stand_beside_each_other() -> None:
    drawn = chart([Point(0.5)], [Point(0.5)], places=1)
    xs = [each.get("transform") for each in drawn.iter("path") if each.get("class") == "mark"]

    assert len(set(xs)) == 2


def test_systems_differ_by_mark_and_dash() -> None:
    looks = [Look(number) for number in range(30)]

    assert len({(look.mark, look.dash) for look in looks}) == 30


def test_a_chart_without_places_is_empty() -> None:
    assert paths(chart([], places=0), "mark") == []


@pytest.mark.parametrize("places", [1, 2, 12, 60])
def test_everything_is_inside(places: int) -> None:
    drawn = chart([Point(1.0, (0.9, 1.0))] * places, places=places)
    numbers = [
        float(each.get("transform", "")[10:].split()[0])
        for each in drawn.iter("path")
        if each.get("class") == "mark"
    ]

    assert all(0 < x < WIDTH for x in numbers)
    assert len([1 for each in drawn.iter("text")]) < 5 + 25


def test_long_names_are_cut_and_told_whole() -> None:
    drawn = curves("t", ["x" * 90], {"a": [Point(0.5)]}, joined=False)

    assert f"<title>{'x' * 90}</title>" in drawn
    assert f">{'x' * 90}<" not in drawn.replace("<title>" + "x" * 90, "")


def test_names_cannot_break_out() -> None:
    drawn = curves(NASTY, [NASTY, NASTY * 9], {NASTY: [Point(0.5), Point(0.5)]}, joined=True)

    assert "<script" not in drawn
    assert ET.fromstring(str(drawn)).get("aria-label") == NASTY


def test_a_legend_shows_what_the_chart_shows() -> None:
    assert Look(1).mark in sample(1)
    assert f'stroke-dasharray="{Look(1).dash}"' in sample(1)


def gained(*series: list[float | None], kinds: int = 2) -> ET.Element:
    """Return the elements of a chart of gains."""
    names = [f"kind {number}" for number in range(kinds)]
    return ET.fromstring(str(gains("title", names, {str(n): s for n, s in enumerate(series)})))


def stems(drawn: ET.Element) -> list[tuple[float, float]]:
    """Return from where to where each stem goes."""
    found = [re.findall(r"[-\d.]+", path) for path in paths(drawn, "line")]
    return [(float(start), float(end)) for start, _, end in found]


def test_a_gain_is_a_stem_with_a_mark_and_its_points() -> None:
    drawn = gained([0.1, 0.071])

    assert len(paths(drawn, "mark")) == len(stems(drawn)) == 2
    assert [each.text for each in drawn.iter("text")][-2:] == ["+10.0", "+7.1"]


def test_a_greater_gain_is_farther_to_the_right() -> None:
    (start, small), (other, great) = stems(gained([0.01, 0.2]))

    assert start == other < small < great


def test_a_loss_goes_to_the_left() -> None:
    (start, gain), (_, loss) = stems(gained([0.02, -0.02]))

    assert loss < start < gain
    assert abs((gain - start) - (start - loss)) < 0.2


def test_what_is_not_defined_has_no_stem() -> None:
    assert len(stems(gained([None, 0.1]))) == 1


@pytest.mark.parametrize("value", [0.0, 1e-9, 0.33, 1.0, -1.0])
@pytest.mark.parametrize("kinds", [0, 1, 9])
def test_gains_are_inside(value: float, kinds: int) -> None:
    drawn = gained([value] * kinds, [value] * kinds, kinds=kinds)
    height = float(drawn.get("height", ""))
    marks = [
        each.get("transform", "") for each in drawn.iter("path") if each.get("class") == "mark"
    ]
    places = [tuple(map(float, re.findall(r"[-\d.]+", mark))) for mark in marks]

    assert len(places) == 2 * kinds
    assert all(0 < x < WIDTH and 0 < y < height for x, y in places)


def test_kinds_do_not_stand_on_each_other() -> None:
    drawn = gained([0.1, 0.1], [0.2, 0.2], [0.3, 0.3])
    heights = [float(re.findall(r"[-\d.]+", path)[1]) for path in paths(drawn, "line")]

    assert len({round(each) for each in heights}) == 6


def test_names_of_kinds_cannot_break_out_of_gains() -> None:
    drawn = gains(NASTY, [NASTY], {NASTY: [0.5]})

    assert "<script" not in drawn
    assert ET.fromstring(str(drawn)).get("aria-label") == NASTY
