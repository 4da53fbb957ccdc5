"""How spans look, and what is drawn when one changes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.annotate.web.text.pane import ARABIC, FIRST_WORDS, STORY, Pane


def lines(pane: Pane, words: str) -> list[float]:
    """Return the heights at which lines are drawn under some words, from the top."""
    found: list[float] = pane.run(
        "([at]) => { const [box] = pane.coords(at, at + 1); const node = document"
        ".elementFromPoint(box.x + 2, box.y + 8); const seen = []; for (let e = node; "
        "e.matches('.line'); e = e.parentElement) seen.push(e.getClientRects()[0].bottom); "
        "return seen.sort((a, b) => a - b); }",
        [pane.at(words)[0]],
    )
    return found


def test_nested_spans_have_lines_of_their_own(pane: Pane) -> None:
    spans = [
        pane.span("ORG", "Le gouvernement de la province"),
        pane.span("GPE", "la province"),
    ]
    pane.show(STORY, *spans, pane.span("GPE", "province"))
    heights = lines(pane, "province")
    assert [round(b - a) for a, b in pairwise(heights)] == [13, 13]


def test_a_line_is_level_through_all_segments(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "Le gouvernement"), pane.span("GPE", "gouvernement de la"))
    under = [lines(pane, words) for words in ("gouvernement", "de la province")]
    assert under[0][1] == under[1][0]


def test_lines_stay_in_their_block(pane: Pane) -> None:
    """The lowest label of a paragraph does not run into the text of the next."""
    nested = ["d’avoir rompu la trêve conclue", "la trêve conclue", "trêve conclue", "conclue"]
    pane.show(STORY + "Fin.\n", *[pane.span("ORG", words) for words in nested])
    bottom = lines(pane, "conclue")[-1] + 11
    pane.text = STORY + "Fin.\n"
    assert bottom <= pane.ends("Fin")[0]["y"] - pane.ends("Fin")[0]["height"] / 2


@pytest.mark.parametrize(
    ("more", "selector", "name", "wanted"),
    [
        pytest.param({}, ".line", "borderBottomStyle", "solid", id="a mention"),
        pytest.param({"kind": "ghost"}, ".line", "borderBottomStyle", "dashed", id="a ghost"),
        pytest.param({}, ".line", "backgroundColor", "rgba(0, 0, 0, 0)", id="no band"),
        pytest.param({"active": True}, ".line", "borderBottomWidth", "3px", id="active"),
    ],
)
def test_look(pane: Pane, more: dict[str, Any], selector: str, name: str, wanted: str) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine", **more))
    assert pane.style(selector, name) == wanted


def test_a_trigger_is_a_filled_band(pane: Pane) -> None:
    pane.show(STORY, pane.span("ASSAULT", "tué", kind="trigger"))
    assert pane.style(".line.trigger", "backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_label_names_the_type(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    assert pane.style("i.label", "content", "::before") == '"GPE"'


def test_a_filler_shows_its_role_first(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’armée", role="Actor", active=True))
    assert pane.style("i.label", "content", "::before") == '"Actor · ORG"'


def test_pieces_are_joined_by_a_dotted_line(pane: Pane) -> None:
    pane.show(STORY, pane.pieces("PER", "Les rebelles", "s’accusent"))
    assert pane.style(".line.between", "borderBottomStyle") == "dotted"


def test_pieces_are_numbered(pane: Pane) -> None:
    pane.show(STORY, pane.pieces("PER", "Les rebelles", "s’accusent"))
    labels = "() => [...document.querySelectorAll('i.label')].map((i) => i.dataset.label)"
    assert pane.run(labels) == ["PER 1/2", "PER 2/2"]


def test_a_pale_colour_is_made_readable(pane: Pane) -> None:
    pane.show(STORY, pane.span("pale", "Sarmine"))
    assert pane.style("i.label", "color", "::before") != "rgb(253, 224, 71)"


def test_in_the_dark_colours_are_others(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’armée"))
    by_day = pane.style("i.label", "color", "::before")
    pane.page.emulate_media(color_scheme="dark")
    assert pane.style("i.label", "color", "::before") != by_day


def test_in_forced_colours_a_trigger_has_a_border(pane: Pane) -> None:
    pane.show(STORY, pane.span("ASSAULT", "tué", kind="trigger"))
    pane.page.emulate_media(forced_colors="active")
    assert pane.style(".line.trigger", "outlineStyle") == "solid"


def test_nothing_moves(pane: Pane) -> None:
    """There is no animation, so none has to be stilled for those who want less motion."""
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    assert pane.run("() => document.getAnimations().length") == 0


def test_a_latin_name_in_arabic_has_its_label_at_its_first_letter(pane: Pane) -> None:
    text = "زار وفد Croix-Rouge مدينة سرمين.\n"
    pane.show(text)
    pane.show(text, pane.span("ORG", "Croix-Rouge"))
    label = pane.page.locator("i.label").bounding_box()
    first = pane.ends("Croix-Rouge")[0]
    assert label is not None
    assert label["x"] == pytest.approx(first["x"] - first["width"] / 2, abs=1)


def test_marking_moves_no_letter(pane: Pane) -> None:
    """Labels, lines and marks of direction leave every word where it was."""
    text = "زار 12 وفد «Croix-Rouge» مدينة Alep (حلب) يوم 3 مارس.\n"
    pane.show(text)
    boxes = "() => pane.words.tokens.map(([a, b]) => pane.coords(a, b).map((r) => [r.x, r.width]))"
    before = pane.run(boxes)
    words = ["12", "وفد", "Croix-Rouge", "«Croix-Rouge»", "Alep", "Alep (حلب)", "3 مارس"]
    pane.show(text, *[pane.span("ORG", word) for word in words])
    after = pane.run(boxes)
    assert [x for word in after for box in word for x in box] == pytest.approx(
        [x for word in before for box in word for x in box], abs=1
    )


def test_a_patch_draws_one_block(pane: Pane) -> None:
    pane.show("un deux trois\n" * 50)
    pane.run("() => { watch(); pane.patch([full({id: 'n', start: 45, end: 49, label: 'PER'})]); }")
    assert pane.run("() => changed().blocks") == [3]


def test_a_patch_leaves_the_rest_of_its_block(pane: Pane) -> None:
    """Of a paragraph with many spans only what lies under the new one is made anew."""
    text = "un deux trois " * 40
    spans = [
        {"id": f"m{k}", "start": 14 * k, "end": 14 * k + 2, "label": "PER"} for k in range(40)
    ]
    pane.show(text, *spans)
    pane.run(
        "() => { watch(); pane.patch([full({id: 'n', start: 283, end: 287, label: 'PER'})]); }"
    )
    assert pane.run("() => changed().nodes") == 3


def test_a_patch_takes_away(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    pane.run("() => pane.patch([], ['Sarmine'])")
    assert pane.page.locator("i.label").count() == 0


def test_a_patch_puts_one_in_the_place_of_another(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    pane.run("(span) => pane.patch([full(span)])", pane.span("ORG", "Sarmine"))
    labels = "() => [...document.querySelectorAll('i.label')].map((i) => i.dataset.label)"
    assert pane.run(labels) == ["ORG"]


def test_the_same_spans_draw_nothing(pane: Pane) -> None:
    spans = [pane.span("GPE", "Sarmine"), pane.span("ORG", "l’armée")]
    pane.show(STORY, *spans)
    pane.run("(spans) => { watch(); pane.setSpans(spans.map(full)); }", spans)
    assert pane.run("() => changed().blocks") == []


def test_a_span_over_two_blocks_is_drawn_in_both(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’aide.\n\nLes rebelles"))
    assert pane.page.locator(".block:has(.line)").count() == 2


def test_lines_far_down_are_drawn_in_idle_time(pane: Pane) -> None:
    pane.show("un deux trois\n" * 600)
    pane.run("(spans) => pane.setSpans(spans.map(full))", FIRST_WORDS)
    pane.page.wait_for_function("() => pane.waiting === 0")
    assert pane.page.locator("i.label").count() == 600


def test_lines_in_sight_are_drawn_at_once(pane: Pane) -> None:
    pane.show("un deux trois\n" * 600)
    drawn = pane.run(
        "(spans) => { pane.setSpans(spans.map(full)); "
        "return document.querySelectorAll('i.label').length; }",
        FIRST_WORDS,
    )
    assert 10 < drawn < 100


def test_printing_draws_all_at_once(pane: Pane) -> None:
    pane.show("un deux trois\n" * 600)
    left = pane.run(
        "(spans) => { pane.setSpans(spans.map(full)); "
        "dispatchEvent(new Event('beforeprint')); return pane.waiting; }",
        FIRST_WORDS,
    )
    assert left == 0


@pytest.mark.parametrize(("lines", "wanted"), [(100, "visible"), (12_000, "auto")])
def test_only_long_texts_leave_out_what_is_out_of_sight(
    pane: Pane, lines: int, wanted: str
) -> None:
    pane.show("dix mots\n" * lines)
    assert pane.style(".block", "contentVisibility") == wanted


def test_what_is_near_the_window_is_laid_out_across_the_border_of_a_group(pane: Pane) -> None:
    """The last block of a group stands right above the window, the next group in it."""
    start = 639 * len("dix mots\n")
    pane.show("dix mots\n" * 12_000, {"id": "m", "start": start, "end": start + 3, "label": "PER"})
    pane.page.locator(".group").nth(40).evaluate("(group) => group.scrollIntoView()")
    pane.page.wait_for_function(
        "() => document.querySelector('.line').checkVisibility({ contentVisibilityAuto: true })"
    )


def test_one_lane_more_changes_no_style_in_a_block(pane: Pane) -> None:
    """Else a browser finds the style of all its lines and labels anew."""
    heights = []
    for spans in (["province"], ["province", "de la province"]):
        pane.show(STORY, *(pane.span("GPE", words) for words in spans))
        block = f".block:has([data-id='{spans[0]}'])"
        heights.append([pane.style(at, "lineHeight") for at in (block, f"{block} .line")])
    (shallow, line), (deep, same) = heights
    assert shallow != deep
    assert line == same


def test_in_webkit_none_does(browser: Browser, address: str) -> None:
    page = browser.new_page(user_agent="Mozilla/5.0 AppleWebKit/605.1.15 Safari/605.1.15")
    page.goto(address)
    page.wait_for_function("() => 'show' in globalThis")
    page.evaluate("() => show('dix mots\\n'.repeat(12000))")
    found = page.evaluate(
        "() => getComputedStyle(document.querySelector('.block')).contentVisibility"
    )
    page.close()
    assert found == "visible"


@pytest.mark.parametrize(
    ("text", "wanted"), [(STORY, "ltr"), (ARABIC, "rtl")], ids=["French", "Arabic"]
)
def test_each_block_has_its_direction(pane: Pane, text: str, wanted: str) -> None:
    pane.show(text)
    assert pane.style(".block", "direction") == wanted


def test_the_direction_can_be_given(pane: Pane) -> None:
    pane.show(STORY, direction="rtl")
    assert pane.style(".block", "direction") == "rtl"
