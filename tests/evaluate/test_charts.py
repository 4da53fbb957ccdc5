"""Charts are well-formed SVG in which systems differ without colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from glose.evaluate.charts import HEIGHT, WIDTH, Look, Point, curves, sample

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
