"""What of a document comes from the build, and what from the layer that is put on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.building.layers import Layer
from glose.corpus.document import Date, Document, Meta, fingerprint

TEXT = "Douze civils ont été tués mardi dans des raids aériens sur Douma."
RECORD = Document(id="a", layer="text", text=TEXT, text_sha256=fingerprint(TEXT))
PI = Date(2031, 3, 14)


def offered(folder: Path, built: Document, record: Document) -> list[Document]:
    """Return what a layer of one record makes of a document that was built."""
    jsonl.write(folder / "gold.jsonl", [record])
    layer = Layer("gold", folder / "gold.jsonl")
    layer.offer(built)
    return layer.attached


@pytest.mark.parametrize(
    ("built", "stated", "expected"),
    [
        pytest.param({}, {"rights": "CC BY 4.0"}, {"rights": "CC BY 4.0"}, id="what is lacking"),
        pytest.param({"place": "Alep"}, {"place": "Homs"}, {"place": "Alep"}, id="what is there"),
        pytest.param({"place": "Alep"}, {}, {"place": "Alep"}, id="nothing stated"),
        pytest.param(
            {"title": "Raids"}, {"title": "Raids", "url": "x"}, {"title": "Raids", "url": "x"},
            id="a superset",
        ),
        pytest.param(
            {}, {"date": PI, "date_basis": "dateline"}, {"date": PI, "date_basis": "dateline"},
            id="a date and what it is of",
        ),
        pytest.param(
            {"date": PI}, {"date": PI, "date_basis": "dateline"},
            {"date": PI, "date_basis": "dateline"}, id="what the same date is of",
        ),
        pytest.param(
            {"date": PI}, {"date": Date(2031), "date_basis": "created"}, {"date": PI},
            id="what another date is of",
        ),
    ],
)  # fmt: skip
def test_a_layer_states_what_the_build_did_not_find(
    tmp_path: Path, built: dict[str, Any], stated: dict[str, Any], expected: dict[str, Any]
) -> None:
    [attached] = offered(
        tmp_path,
        replace(RECORD, meta=Meta(**built)),
        replace(RECORD, layer="gold", meta=Meta(**stated)),
    )

    assert attached.meta == Meta(**expected)


@pytest.mark.parametrize(
    ("built", "stated", "expected"),
    [(None, "fr", "fr"), ("fr", "en", "fr"), ("fr", None, "fr"), (None, None, None)],
)
def test_the_language_is_that_of_the_layer_only_if_none_was_found(
    tmp_path: Path, built: str | None, stated: str | None, expected: str | None
) -> None:
    [attached] = offered(
        tmp_path, replace(RECORD, language=built), replace(RECORD, layer="gold", language=stated)
    )

    assert attached.language == expected
