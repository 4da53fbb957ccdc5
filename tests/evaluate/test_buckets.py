"""What a document is told apart by."""

from __future__ import annotations

import pytest

from glose.corpus.document import Date, Document, Meta
from glose.evaluate import buckets
from glose.evaluate.results import Bucket


def dated(year: int, month: int | None = None, day: int | None = None) -> Document:
    return Document(id="d", text="", meta=Meta(date=Date(year, month, day)))


@pytest.mark.parametrize(
    ("document", "field", "value"),
    [
        pytest.param(dated(2018, 3, 14), "date", "2018-03", id="a date is its month"),
        pytest.param(dated(2018), "date", "2018", id="or its year if no more is known"),
        pytest.param(dated(2018, 3), "year", "2018", id="a year"),
        pytest.param(Document(id="d"), "date", "(none)", id="no date"),
        pytest.param(Document(id="d"), "year", "(none)", id="no year"),
        pytest.param(Document(id="d", text="x" * 499), "length", "00000-00499", id="short"),
        pytest.param(Document(id="d", text="x" * 500), "length", "00500-00999", id="at a border"),
        pytest.param(Document(id="d", text="x" * 99_999), "length", "10000+", id="very long"),
        pytest.param(Document(id="d", meta=Meta(place="Lyon")), "place", "Lyon", id="place"),
        pytest.param(Document(id="d", meta=Meta(author="A. B.")), "author", "A. B.", id="author"),
        pytest.param(Document(id="d"), "split", "test", id="its split"),
    ],
)
def test_of(document: Document, field: str, value: str) -> None:
    said = buckets.said(document, [field], {"d": "test"})
    assert buckets.of(said, [field]) == [Bucket(field, value)]


def test_a_type_is_no_bucket_of_documents() -> None:
    assert buckets.of(buckets.said(Document(id="d"), ["type"], {}), ["type"]) == []
