"""Texts of many scripts: what is drawn, dragged and typed is right to the code point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.annotate.web.text.pane import Pane

TABLE_FILE = Path(__file__).parents[1] / "offsets.json"
ROWS: list[dict[str, Any]] = json.loads(TABLE_FILE.read_text(encoding="utf-8"))


TABLE = [pytest.param(row, id=row["name"]) for row in ROWS]


@pytest.mark.parametrize("row", TABLE)
def test_text_nodes_are_the_text(pane: Pane, row: dict[str, Any]) -> None:
    spans = [{**span, "id": f"m{k}", "label": "PER"} for k, span in enumerate(row["spans"])]
    pane.show(row["text"], *spans)
    assert pane.run("() => document.getElementById('text').textContent") == row["text"]


@pytest.mark.parametrize("marked", [False, True], ids=["in plain text", "where it is marked"])
@pytest.mark.parametrize("row", TABLE)
def test_what_is_dragged_comes_out(pane: Pane, row: dict[str, Any], marked: bool) -> None:
    """A drag over the words of each span gives its code points, and its text in Python."""
    found = []
    for span in row["spans"]:
        tokens = [(other["start"], other["end"]) for other in row["spans"]]
        spans = [{**span, "id": "m", "label": "PER"}] if marked else []
        pane.show(row["text"], *spans, tokens=tokens)
        place = pane.run("([a, b]) => ends(a, b)", [span["start"], span["end"]])
        shift = min(6, place[0]["width"] / 3)
        pane.page.mouse.move(place[0]["x"] - shift, place[0]["y"])
        pane.page.mouse.down()
        pane.page.mouse.move(place[1]["x"] + shift, place[1]["y"], steps=4)
        pane.page.mouse.up()
        found += pane.events("range")
    slices = [row["text"][event["start"] : event["end"]] for event in found]
    assert slices == [span["text"] for span in row["spans"]]


@pytest.mark.parametrize("row", TABLE)
def test_the_keyboard_never_splits_a_grapheme(pane: Pane, row: dict[str, Any]) -> None:
    """Alt and arrow go through the text in steps that are whole graphemes."""
    pane.show(row["text"])
    pane.run("() => pane.caret.move({unit: 'word', forward: true, extend: false})")
    pane.run(
        "() => { for (let k = 0; k < 12; k += 1) "
        "pane.caret.move({unit: 'character', forward: true, extend: false}); }"
    )
    steps = [(event["start"], event["end"]) for event in pane.events("caret")]
    snapped = pane.run("(steps) => steps.map(([a, b]) => pane.text.snap(a, b))", steps)
    assert [(range_["start"], range_["end"]) for range_ in snapped] == steps
