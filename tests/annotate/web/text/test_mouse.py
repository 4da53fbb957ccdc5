"""Drags, clicks, double and triple clicks in the text."""

from __future__ import annotations

from tests.annotate.web.text.pane import STORY, Pane


def test_a_drag_is_whole_words(pane: Pane) -> None:
    pane.show(STORY)
    pane.drag("vernement de la prov")
    assert pane.told("range") == "gouvernement de la province"


def test_a_drag_back_is_the_same(pane: Pane) -> None:
    pane.show(STORY)
    pane.drag("vernement de la prov", back=True)
    assert pane.told("range") == "gouvernement de la province"


def test_a_drag_with_alt_is_characters(pane: Pane) -> None:
    pane.show(STORY)
    first, last = pane.ends("vernement de la prov")
    pane.page.keyboard.down("Alt")
    pane.page.mouse.move(first["x"] - first["width"] / 2 + 1, first["y"])
    pane.page.mouse.down()
    pane.page.mouse.move(last["x"] + last["width"] / 2 - 1, last["y"], steps=4)
    pane.page.mouse.up()
    pane.page.keyboard.up("Alt")
    assert pane.told("range") == "vernement de la prov"


def test_a_drag_over_paragraphs(pane: Pane) -> None:
    pane.show(STORY)
    pane.drag("l’aide.\n\nLes rebelles")
    assert pane.told("range") == "l’aide.\n\nLes rebelles"


def test_a_drag_that_begins_in_the_selection(pane: Pane) -> None:
    """Pressing on selected words begins a new selection, and drags no text away."""
    pane.show(STORY)
    pane.drag("gouvernement de la province")
    pane.drag("de la province a")
    assert pane.told("range") == "de la province a"


def test_a_drag_that_ends_outside(pane: Pane) -> None:
    pane.show(STORY)
    first = pane.ends("Genève")[0]
    pane.page.mouse.move(first["x"], first["y"])
    pane.page.mouse.down()
    pane.page.mouse.move(first["x"], 690, steps=4)
    pane.page.mouse.up()
    assert pane.told("range") == "Genève."


def test_a_drag_says_what_it_was(pane: Pane) -> None:
    pane.show(STORY)
    pane.drag("Sarmine")
    assert pane.events("range")[0]["how"] == "drag"


def test_the_end_of_a_drag_is_no_click(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    pane.drag("Sarmine")
    assert pane.events("pick", "caret") == []


def test_shift_and_click_extend_from_the_caret(pane: Pane) -> None:
    pane.show(STORY)
    pane.click("gouvernement")
    pane.page.keyboard.down("Shift")
    pane.click("province")
    pane.page.keyboard.up("Shift")
    assert pane.told("range") == "gouvernement de la province"


def test_a_click_puts_the_caret_on_the_word(pane: Pane) -> None:
    pane.show(STORY)
    pane.click("ouvernement")
    assert pane.told("caret") == "gouvernement"


def test_a_click_on_the_last_half_letter(pane: Pane) -> None:
    pane.show(STORY)
    last = pane.ends("l’")[1]
    pane.page.mouse.click(last["x"] + last["width"] / 2 - 0.5, last["y"])
    assert pane.told("caret") == "l’"


def test_a_click_picks_the_smallest_first_and_goes_round(pane: Pane) -> None:
    spans = [
        pane.span("ORG", "Le gouvernement de la province"),
        pane.span("GPE", "la province"),
    ]
    pane.show(STORY, *spans, pane.span("GPE", "province"))
    for _ in range(4):
        pane.click("province")
    assert [event["id"] for event in pane.events("pick")] == [
        "province",
        "la-province",
        "Le-gouvernement-de-la-province",
        "province",
    ]


def test_a_click_tells_all_spans_there(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "la province"), pane.span("GPE", "province"))
    pane.click("province")
    assert pane.events("pick")[0]["ids"] == ["province", "la-province"]


def test_a_click_in_the_gap_picks_nothing(pane: Pane) -> None:
    pane.show(STORY, pane.pieces("PER", "Les rebelles", "l’armée s’accusent"))
    pane.click("et l’armée s")
    assert pane.told("caret") == "et"


def test_a_click_on_a_label_picks_its_span(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "la province"), pane.span("GPE", "province"))
    box = pane.page.locator("i[data-id='la-province']").bounding_box()
    assert box is not None
    pane.page.mouse.click(box["x"] + 5, box["y"] + box["height"] + 20)
    assert pane.events("pick")[0]["ids"] == ["la-province"]


def test_a_search_hit_is_not_picked(pane: Pane) -> None:
    pane.show(STORY, pane.span("hit", "Sarmine", kind="hit"))
    pane.click("Sarmine")
    assert pane.told("caret") == "Sarmine"


def test_a_double_click_is_the_word(pane: Pane) -> None:
    pane.show(STORY)
    pane.click("rebelles", 2)
    assert pane.told("range") == "rebelles"


def test_a_double_click_is_the_phrase(pane: Pane) -> None:
    phrases = [pane.at("Le gouvernement de la province"), pane.at("la province")]
    pane.show(STORY, phrases=phrases)
    pane.click("province", 2)
    assert pane.told("range") == "la province"


def test_a_second_double_click_is_the_larger_phrase(pane: Pane) -> None:
    phrases = [pane.at("Le gouvernement de la province"), pane.at("la province")]
    pane.show(STORY, phrases=phrases)
    pane.click("province", 2)
    pane.click("province", 2)
    assert pane.told("range") == "Le gouvernement de la province"


def test_after_the_largest_comes_the_word(pane: Pane) -> None:
    pane.show(STORY, phrases=[pane.at("la province")])
    pane.click("province", 2)
    pane.click("province", 2)
    assert pane.told("range") == "province"


def test_a_triple_click_is_the_sentence(pane: Pane) -> None:
    sentence = STORY[STORY.index("Le gouv") : STORY.index("\n\n")]
    pane.show(STORY, sentences=[(0, STORY.index("Le gouv") - 1), pane.at(sentence)])
    pane.click("condamné", 3)
    assert pane.told("range") == sentence


def test_hovering_tells_the_spans(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    place = pane.ends("Sarmine")[0]
    pane.page.mouse.move(place["x"], place["y"])
    assert pane.events("hover")[-1]["ids"] == ["Sarmine"]


def test_leaving_tells_none(pane: Pane) -> None:
    pane.show(STORY, pane.span("GPE", "Sarmine"))
    place = pane.ends("Sarmine")[0]
    pane.page.mouse.move(place["x"], place["y"])
    pane.page.mouse.move(1, 1)
    assert pane.events("hover")[-1]["ids"] == []
