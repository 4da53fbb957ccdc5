"""The table of offsets that the tests of the browser go by is right in Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = json.loads((HERE / "offsets.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in ROWS])
class TestTable:
    """What text/offsets.test.js asks of core/offsets.js holds in Python."""

    def test_code_points_are_counted(self, row: dict[str, Any]) -> None:
        assert len(row["text"]) == row["points"]

    def test_units_are_those_of_utf_16(self, row: dict[str, Any]) -> None:
        assert len(row["text"].encode("utf-16-le")) == 2 * row["units"]

    @pytest.mark.parametrize("kind", ["spans", "whole"])
    def test_spans_are_found_again(self, row: dict[str, Any], kind: str) -> None:
        assert all(span["text"] in row["text"] for span in row[kind])

    def test_slices_are_the_texts_of_spans(self, row: dict[str, Any]) -> None:
        slices = [row["text"][span["start"] : span["end"]] for span in row["spans"]]
        assert slices == [span["text"] for span in row["spans"]]

    def test_text_is_as_records_have_it(self, row: dict[str, Any]) -> None:
        assert not set("\r\0\ufeff") & set(row["text"])
