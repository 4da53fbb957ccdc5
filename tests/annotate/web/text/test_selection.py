"""What is shown as selected, where words are, and what the browser does with them."""

from __future__ import annotations

import pytest
from tests.annotate.web.text.pane import STORY, Pane


def test_the_selection_is_drawn(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("([a, b]) => pane.select(a, b)", pane.at("Sarmine"))
    box = pane.page.locator(".selection > div").bounding_box()
    first = pane.ends("Sarmine")[0]
    assert box is not None
    assert box["x"] == pytest.approx(first["x"] - first["width"] / 2, abs=1)


def test_the_browser_selects_the_same(pane: Pane) -> None:
    pane.show(STORY)
    pane.page.focus("#text")
    pane.run("([a, b]) => pane.select(a, b)", pane.at("gouvernement de la province"))
    assert pane.run("() => getSelection().toString()") == "gouvernement de la province"


def test_selecting_nothing_clears_both(pane: Pane) -> None:
    pane.show(STORY)
    pane.page.focus("#text")
    pane.drag("gouvernement")
    pane.run("() => pane.select(null)")
    count = pane.page.locator(".selection > div").count()
    assert (count, pane.run("() => getSelection().isCollapsed")) == (0, True)


def test_what_is_typed_elsewhere_keeps_the_keyboard(pane: Pane) -> None:
    pane.show(STORY)
    pane.run(
        "() => { const made = document.createElement('input'); "
        "document.body.append(made); made.focus(); }"
    )
    pane.run("([a, b]) => pane.select(a, b)", pane.at("Sarmine"))
    focused = pane.run("() => document.activeElement.tagName")
    pane.run("() => document.querySelector('input').remove()")
    assert focused == "INPUT"


def test_copying_gives_the_text_as_it_is(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’aide.\n\nLes rebelles"))
    pane.page.focus("#text")
    pane.run("([a, b]) => pane.select(a, b)", pane.at("l’aide.\n\nLes rebelles"))
    script = (
        "() => { const clipboardData = new DataTransfer(); document.getElementById('text')"
        ".dispatchEvent(new ClipboardEvent('copy', {clipboardData, bubbles: true})); "
        "return clipboardData.getData('text/plain'); }"
    )
    assert pane.run(script) == "l’aide.\n\nLes rebelles"


def test_search_finds_words_over_the_borders_of_spans(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "gouvernement de"), pane.span("GPE", "la province a"))
    pane.run("() => getSelection().removeAllRanges()")
    assert pane.run("() => window.find('gouvernement de la province')") is True


def test_search_finds_no_label(pane: Pane) -> None:
    pane.show(STORY, pane.span("ASSAULT", "Sarmine"))
    assert pane.run("() => window.find('ASSAULT')") is False


def test_coords_are_one_box_a_line(pane: Pane) -> None:
    pane.show(STORY)
    boxes = pane.run("([a, b]) => pane.coords(a, b).map((r) => r.top)", pane.at(STORY[:150]))
    assert len(boxes) == len(set(boxes)) > 1


def test_boxes_join_over_the_borders_of_spans(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "frappes de"), pane.span("PER", "de l’armée"))
    assert pane.run("([a, b]) => pane.coords(a, b).length", pane.at("Des frappes de l’armée")) == 1


def test_visible_is_what_the_window_shows(pane: Pane) -> None:
    """The first and the last line of which at least a part is in the window."""
    pane.show("mot\n" * 400)
    seen = pane.run("() => { scrollTo(0, 2000); return pane.visible(); }")
    first, last = seen["start"] // 4, (seen["end"] - 1) // 4
    box = "(at) => { const [{top, bottom}] = pane.coords(at, at + 3); return [top, bottom]; }"
    around = [pane.run(box, 4 * line) for line in (first - 1, first, last, last + 1)]
    pane.run("() => scrollTo(0, 0)")
    assert [box[1] > 0 for box in around[:2]] + [box[0] < 700 for box in around[2:]] == [
        False,
        True,
        True,
        False,
    ]
