"""The real dispatch that the project was asked for comes out as it was asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from glose.corpus.building.reading import Made, read
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import find
from glose.corpus.document import Date, Document

SEED = Path(__file__).parents[4] / "shared/data/seed-dispatch"


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Document:
    if not SEED.is_dir() and not os.environ.get("CI"):
        pytest.skip(
            "the seed dispatch is not here: it is the agency's, and not part of the project"
        )
    sources, _ = find([str(SEED)], tmp_path_factory.mktemp("out"))
    (found,) = read(sources[0], "seed", Rules())
    assert isinstance(found, Made)
    return found.document


def test_its_date_is_as_precise_as_its_header(seed: Document) -> None:
    assert seed.meta.date == Date(2018, 3)


def test_its_credit_is_its_agency(seed: Document) -> None:
    assert seed.meta.agency == "afp"


def test_it_is_french(seed: Document) -> None:
    assert seed.language == "fr"


def test_it_has_nine_paragraphs(seed: Document) -> None:
    assert sum(segment.type == "paragraph" for segment in seed.segments) == 9


def test_no_header_is_left(seed: Document) -> None:
    assert (seed.text or "").startswith("L'armée russe a annoncé vendredi")


def test_no_credit_is_left(seed: Document) -> None:
    assert (seed.text or "").endswith("officielle syrienne Sana.")


def test_nothing_else_is_touched(seed: Document) -> None:
    raw = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    assert (seed.text or "") in raw.replace("\r\n", "\n")
