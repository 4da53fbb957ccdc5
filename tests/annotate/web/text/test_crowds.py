"""Places with more spans than can be drawn: a dozen lines, and a mark for the rest."""

from __future__ import annotations

from typing import Any

import pytest
from tests.annotate.web.text.pane import STORY, Pane

WORDS = "un deux trois quatre cinq six sept huit neuf dix "
ELEMENTS = "() => document.querySelectorAll('#text *').length"


def nested(count: int, step: int = 1) -> list[dict[str, Any]]:
    """Return spans that all start at 0, each larger than the one before."""
    return [
        {"id": f"m{k}", "start": 0, "end": step * (k + 1), "label": "PER"} for k in range(count)
    ]


def show(pane: Pane, count: int) -> None:
    pane.show(WORDS * (count // len(WORDS) + 1) + "\n", *nested(count))


@pytest.mark.parametrize("count", [300, 1200, 5000])
def test_elements_grow_with_the_number_of_spans(pane: Pane, count: int) -> None:
    show(pane, count)
    assert pane.run(ELEMENTS) < 13 * count + 100


def test_a_mark_says_how_many_are_not_drawn(pane: Pane) -> None:
    show(pane, 1012)
    assert pane.style("i.more", "content", "::before") == '"+1000"'


def test_there_is_one_mark(pane: Pane) -> None:
    show(pane, 300)
    assert pane.page.locator("i.more").count() == 1


@pytest.mark.parametrize(
    ("count", "title"), [(13, "1 span more here"), (1112, "1,100 spans more here")]
)
def test_the_mark_is_named(pane: Pane, count: int, title: str) -> None:
    show(pane, count)
    marks = pane.page.get_by_role("button", name=title, exact=True)
    assert marks.get_attribute("title") == title


def test_the_mark_stands_below_all_labels(pane: Pane) -> None:
    show(pane, 100)
    tops = (
        "(s) => [...document.querySelectorAll(s)].map((i) => getComputedStyle(i, '::before').top)"
    )
    deepest = max(float(top.removesuffix("px")) for top in pane.run(tops, "i.label:not(.more)"))
    assert float(pane.run(tops, "i.more")[0].removesuffix("px")) > deepest


def test_a_dozen_have_none(pane: Pane) -> None:
    show(pane, 12)
    assert pane.page.locator("i.more").count() == 0


def test_clicks_at_a_place_go_through_two_dozen(pane: Pane) -> None:
    show(pane, 300)
    pane.click("un")
    assert pane.events("pick")[0]["ids"] == [f"m{k}" for k in range(24)]


def test_a_click_on_the_mark_picks_the_next_that_has_no_line(pane: Pane) -> None:
    show(pane, 300)
    box = pane.page.locator("i.more").bounding_box()
    top = float(pane.style("i.more", "top", "::before").removesuffix("px"))
    assert box is not None
    pane.page.mouse.click(box["x"] + 4, box["y"] + top + 4)
    assert pane.events("pick")[0]["id"] == "m12"


def test_a_span_without_a_label_leaves_the_focus_to_the_mark(pane: Pane) -> None:
    show(pane, 300)
    pane.run("() => pane.focus('m200')")
    assert pane.run("() => document.activeElement.matches('i.more')")


def test_one_span_more_draws_little_of_a_crowd(pane: Pane) -> None:
    """A span around all of it changes the mark and where few are, a small one what it covers."""
    show(pane, 1000)
    spans = [
        {"id": "all", "start": 0, "end": 1005, "label": "ORG"},
        {"id": "one", "start": 500, "end": 503, "label": "ORG"},
    ]
    pane.run("(spans) => { watch(); for (const s of spans) pane.patch([full(s)]); }", spans)
    assert pane.run("() => changed().nodes") < 40


def test_the_text_stays_the_text(pane: Pane) -> None:
    show(pane, 300)
    assert pane.run("() => document.getElementById('text').textContent") == pane.text


def test_a_wide_label_does_not_cover_the_next(pane: Pane) -> None:
    text = "Le porte-parole a menacé mercredi de rompre la trêve.\n"
    pane.text = text
    pane.show(text, pane.span("THREATEN", "menacé", kind="trigger"), pane.span("DATE", "mercredi"))
    lanes = [pane.page.locator(f"i.label.lane{lane}").count() for lane in (0, 1)]
    assert lanes == [1, 1]


def test_a_short_label_leaves_the_lane_to_the_next(pane: Pane) -> None:
    pane.show(STORY, pane.span("PER", "civils"), pane.span("DATE", "vendredi"))
    assert pane.page.locator("i.label.lane0").count() == 2
