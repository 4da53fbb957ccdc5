"""Hints, rings and arcs are drawn over the text and are no part of it."""

from __future__ import annotations

import pytest
from tests.annotate.web.text.pane import STORY, Pane


def test_hints_stand_at_their_words(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("(start) => pane.hints([{start, label: 'fj'}])", pane.at("Genève")[0])
    box = pane.page.locator(".hints > div").bounding_box()
    first = pane.ends("Genève")[0]
    assert box is not None
    assert (box["x"], box["y"]) == pytest.approx(
        (first["x"] - first["width"] / 2, first["y"] - first["height"] / 2), abs=1
    )


def test_hints_show_their_letters(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("() => pane.hints([{start: 0, label: 'fj'}])")
    assert pane.style(".hints > div", "content", "::before") == '"fj"'


def test_hints_go(pane: Pane) -> None:
    pane.show(STORY)
    pane.run("() => { pane.hints([{start: 0, label: 'fj'}]); pane.clearHints(); }")
    assert pane.page.locator(".hints > div").count() == 0


def test_hints_of_short_words_do_not_cover_each_other(pane: Pane) -> None:
    pane.show("à l’a b c\n")
    pane.run("() => pane.hints([{start: 0, label: 'fj'}, {start: 2, label: 'fd'}])")
    assert pane.page.locator(".hints > .low").count() == 1


def arcs(pane: Pane, *roles: tuple[str, str]) -> None:
    trigger = pane.span("ASSAULT", "tué", kind="trigger")
    arcs = [
        {"from": trigger, "to": pane.span("ORG", words), "role": role, "colour": "#b91c1c"}
        for role, words in roles
    ]
    pane.run("(arcs) => pane.connect(arcs)", arcs)


def test_arcs_have_a_line_and_a_name_for_each_role(pane: Pane) -> None:
    pane.show(STORY)
    arcs(pane, ("Actor", "l’armée"), ("Location", "Genève"))
    lines = pane.page.locator(".arcs path:not(.point)").count()
    names = pane.run(
        "() => [...document.querySelectorAll('.arcs > div')].map((d) => d.dataset.label)"
    )
    assert (lines, sorted(names)) == (2, ["Actor", "Location"])


def test_arcs_go(pane: Pane) -> None:
    pane.show(STORY)
    arcs(pane, ("Actor", "l’armée"))
    arcs(pane)
    assert pane.page.locator(".arcs path").count() == 0


def test_arcs_follow_the_text(pane: Pane) -> None:
    pane.show(STORY)
    arcs(pane, ("Location", "Genève"))
    path = "() => document.querySelector('.arcs path').getAttribute('d')"
    before = pane.run(path)
    pane.page.set_viewport_size({"width": 500, "height": 700})
    pane.page.wait_for_function(
        "(before) => document.querySelector('.arcs path').getAttribute('d') !== before",
        arg=before,
    )
    pane.page.set_viewport_size({"width": 900, "height": 700})


def test_arcs_are_not_printed(pane: Pane) -> None:
    pane.show(STORY)
    arcs(pane, ("Actor", "l’armée"))
    pane.page.emulate_media(media="print")
    assert pane.style(".arcs", "display") == "none"


def test_spans_are_printed(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    pane.page.emulate_media(media="print")
    assert pane.style(".line", "borderBottomStyle") == "solid"


def test_overlays_add_no_text(pane: Pane) -> None:
    pane.show(STORY)
    arcs(pane, ("Actor", "l’armée"))
    pane.run("() => { pane.hints([{start: 0, label: 'fj'}]); pane.select(3, 8); pane.ring('x'); }")
    assert pane.run("() => document.getElementById('text').textContent") == STORY


def test_a_ring_is_drawn_around_each_piece(pane: Pane) -> None:
    pane.show(STORY, pane.pieces("PER", "Les rebelles", "s’accusent"))
    pane.run("() => pane.ring('Les-rebelles')")
    assert pane.page.locator(".ring > div").count() == 2


def test_a_ring_follows_a_patch(pane: Pane) -> None:
    """A deeper paragraph is higher; what is drawn over the text below moves with it."""
    pane.show(STORY, pane.span("GPE", "Genève"))
    pane.run("() => pane.ring('Genève')")
    nested = [
        pane.span("ORG", "Des frappes de l’armée"),
        pane.span("ORG", "frappes de l’armée"),
        pane.span("ORG", "l’armée"),
    ]
    pane.run("(spans) => pane.patch(spans.map(full))", nested)
    pane.page.wait_for_function(
        "([a, b]) => Math.abs(document.querySelector('.ring > div').getBoundingClientRect().y "
        "- pane.coords(a, b)[0].y) < 1",
        arg=list(pane.at("Genève")),
    )
