"""What a document of a word processor is called where it states no title."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.building.office.packing import docx, draft, odt, p

HEADING = '<w:style w:styleId="h"><w:name w:val="heading 1"/></w:style>'
STATED = "<dc:title>Autre</dc:title>"
H, P = "<text:h>Raids</text:h>", "<text:p>Un</text:p>"
RTF = r"{\rtf1{\stylesheet{\s1 heading 1;}}%s}"


@pytest.mark.parametrize(
    ("data", "kind", "title"),
    [
        pytest.param(docx(p("Raids", "h") + p("Un"), styles=HEADING), "docx", "Raids", id="DOCX"),
        pytest.param(docx(p("Un") + p("Raids", "h"), styles=HEADING), "docx", None, id="below"),
        pytest.param(docx(p("Raids", "h"), STATED, styles=HEADING), "docx", "Autre", id="stated"),
        pytest.param(odt(H + P), "odt", "Raids", id="ODT"),
        pytest.param(odt(P + H), "odt", None, id="below a paragraph of ODT"),
        pytest.param(odt(H + P, STATED), "odt", "Autre", id="stated in ODT"),
        pytest.param((RTF % r"\s1 Raids\par\pard Un\par").encode(), "rtf", "Raids", id="RTF"),
    ],
)
def test_the_heading_that_opens_a_text_is_its_title(
    tmp_path: Path, data: bytes, kind: str, title: str | None
) -> None:
    assert draft(tmp_path, data, kind).meta.get("title") == title
