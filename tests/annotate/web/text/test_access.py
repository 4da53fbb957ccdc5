"""What those get who do not see, or have no mouse."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.annotate.web.text.pane import STORY, Pane


def test_a_span_says_what_it_is(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’armée", title="mention, organisation, Actor of event 2"))
    label = pane.page.get_by_role("button", name="mention, organisation, Actor of event 2")
    assert label.count() == 1


def test_only_the_first_piece_is_named(pane: Pane) -> None:
    pane.show(STORY, pane.pieces("PER", "Les rebelles", "s’accusent"))
    assert pane.page.get_by_role("button").count() == 1


def test_spans_are_no_stops_of_the_tab_key(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’armée"), pane.span("GPE", "Sarmine"))
    assert pane.run("() => document.querySelectorAll('#text [tabindex=\"0\"]').length") == 0


def test_a_span_can_have_the_focus(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’armée"))
    pane.run("() => pane.focus('l’armée')")
    assert pane.run("() => document.activeElement.dataset.id") == "l’armée"


def test_the_focus_stays_when_its_block_is_drawn(pane: Pane) -> None:
    pane.show(STORY, pane.span("ORG", "l’armée"))
    pane.run("() => pane.focus('l’armée')")
    pane.run("(span) => pane.patch([full(span)])", pane.span("PER", "l’armée"))
    assert pane.run("() => document.activeElement.dataset.id") == "l’armée"


def test_what_is_announced_is_in_a_live_region(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("() => pane.announce('2 accepted')")
    assert pane.page.get_by_role("status").inner_text() == "2 accepted"


def test_the_same_words_are_announced_twice(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("() => { pane.announce('saved'); }")
    first = pane.page.get_by_role("status").evaluate("(e) => e.textContent")
    pane.run("() => { pane.announce('saved'); }")
    assert pane.page.get_by_role("status").evaluate("(e) => e.textContent") != first


def test_a_live_region_of_the_page_is_used(pane: Pane) -> None:
    pane.show(STORY)
    script = (
        "() => { const live = document.querySelector('h1'); show('mot', [], {live}); "
        "pane.announce('done'); const found = live.textContent; "
        "live.textContent = 'A text pane'; return found; }"
    )
    assert pane.run(script) == "done"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(pane: Pane, scheme: Literal["light", "dark"]) -> None:
    pane.show(STORY)
    pane.page.emulate_media(color_scheme=scheme)
    spans = [
        pane.span("ORG", "l’armée", role="Actor", active=True),
        pane.span("GPE", "Sarmine", kind="ghost"),
    ]
    pane.show(
        STORY,
        *spans,
        pane.span("ASSAULT", "tué", kind="trigger"),
        pane.pieces("PER", "Les rebelles", "s’accusent"),
        language="fr",
    )
    # Playwright evaluates axe in the page, where the content security policy does not reach.
    found = Axe().run(pane.page)
    assert found.violations_count == 0, found.generate_report()


def test_the_language_is_said(pane: Pane) -> None:
    pane.show(STORY, language="fr")
    assert pane.run("() => document.getElementById('text').lang") == "fr"


def test_unmounting_leaves_an_empty_element(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("() => pane.unmount()")
    assert pane.run("() => document.getElementById('text').innerHTML") == ""


def test_unmounting_takes_the_colours_away(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("() => pane.unmount()")
    assert pane.run("() => document.adoptedStyleSheets.length") == 0
