from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.building.office.packing import docx, p

from glose.corpus.building import reading
from glose.corpus.building.reading import Made
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.document import Date, Document

CREATED = "<dcterms:created>2020-05-06T07:08:00Z</dcterms:created>"


def built(folder: Path, text: str) -> Document:
    (folder / "a.docx").write_bytes(docx(p(text), CREATED))
    (made,) = reading.read(Source(folder / "a.docx", "a.docx"), "a", Rules())
    assert isinstance(made, Made)
    return made.document


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        pytest.param("Un feu.", Date(2020, 5, 6, "07:08:00Z"), "created", id="no other date"),
        pytest.param(
            "PARIS, 14 mars 2018 (AFP) - Un feu.", Date(2018, 3, 14), "dateline", id="a dateline"
        ),
        pytest.param(
            "PARIS, 14 mars (AFP) - Un feu.", Date(2020, 5, 6, "07:08:00Z"), "created",
            id="a dateline without a year",
        ),
    ],
)  # fmt: skip
def test_the_day_of_the_file_is_a_date_for_want_of_a_better_one(
    tmp_path: Path, text: str, date: Date, basis: str
) -> None:
    found = built(tmp_path, text)

    assert (found.meta.date, found.meta.date_basis) == (date, basis)
    assert [(a.name, a.value) for a in found.extra] == [("created", "2020-05-06T07:08:00Z")]
