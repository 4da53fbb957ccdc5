"""Records survive Arrow, datasets and Parquet without a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import datasets
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyarrow import parquet

from glose.corpus import arrow, jsonl
from glose.corpus.document import Date, Document, Mention, Meta, Value, fingerprint
from glose.corpus.errors import InputError
from glose.corpus.testing import documents

EXAMPLE = Path(__file__).parent / "data" / "example.jsonl"
unhurried = settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def made(ident: str, date: Date | None = None, title: str | None = None) -> Document:
    """Return a document with empty lists."""
    return Document(
        id=ident,
        layer="gold",
        text="a",
        text_sha256=fingerprint("a"),
        meta=Meta(date=date, title=title),
    )


@given(st.lists(documents(), max_size=4))
@unhurried
def test_documents_come_back_from_a_dataset(corpus: list[Document]) -> None:
    assert list(arrow.from_dataset(arrow.to_dataset(corpus))) == corpus


@given(st.lists(documents(), max_size=4))
@unhurried
def test_documents_come_back_from_parquet(tmp_path: Path, corpus: list[Document]) -> None:
    arrow.to_parquet(tmp_path / "c.parquet", corpus)

    assert list(arrow.from_parquet(tmp_path / "c.parquet")) == corpus


@given(st.lists(documents(), min_size=1, max_size=3))
@unhurried
def test_documents_come_back_through_both(tmp_path: Path, corpus: list[Document]) -> None:
    """Corpus to Dataset, its own Parquet, a Dataset read from that, and back."""
    datasets.disable_progress_bars()
    arrow.to_dataset(corpus).to_parquet(tmp_path / "c.parquet")

    assert list(arrow.from_parquet(tmp_path / "c.parquet")) == corpus


def test_the_example_comes_back_byte_for_byte(tmp_path: Path) -> None:
    arrow.to_parquet(tmp_path / "c.parquet", jsonl.read(EXAMPLE))
    jsonl.write(tmp_path / "c.jsonl", arrow.from_parquet(tmp_path / "c.parquet"))

    assert (tmp_path / "c.jsonl").read_bytes() == EXAMPLE.read_bytes()


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(made("a"), id="nothing but empty lists"),
        pytest.param(made("a", date=Date(2018, 3)), id="a date without a day"),
        pytest.param(made("a", date=Date(2018, 3, 14, "14:30")), id="a date with its time"),
        pytest.param(made("a", title="2018-03-14"), id="a title that looks like a date"),
        pytest.param(
            replace(made("a"), mentions=(
                Mention("m1", "DATE", 0, 1, text="a", value=Value("date:2018-03-14")),
            )),
            id="a value",
        ),
        pytest.param(replace(made("a"), text=None), id="no text"),
    ],
)  # fmt: skip
def test_one_document_alone_comes_back(document: Document) -> None:
    """Nothing else in the table helps to tell a type."""
    assert list(arrow.from_dataset(arrow.to_dataset([document]))) == [document]


def test_more_documents_than_a_batch_come_back(tmp_path: Path) -> None:
    corpus = [made(f"d{n:05}") for n in range(2 * arrow.BATCH + 1)]

    count = arrow.to_parquet(tmp_path / "c.parquet", corpus)

    assert (count, list(arrow.from_parquet(tmp_path / "c.parquet"))) == (len(corpus), corpus)


def test_no_documents_are_a_table_with_every_column(tmp_path: Path) -> None:
    arrow.to_parquet(tmp_path / "c.parquet", [])

    assert parquet.read_schema(tmp_path / "c.parquet").names == list(Document.__struct_fields__)


def test_columns_are_the_fields_of_the_record() -> None:
    assert list(arrow.features()) == list(Document.__struct_fields__)


def test_the_features_are_stated_in_the_file(tmp_path: Path) -> None:
    """So `datasets` need not infer them."""
    arrow.to_parquet(tmp_path / "c.parquet", [made("a")])

    assert b"huggingface" in parquet.read_schema(tmp_path / "c.parquet").metadata


def test_datasets_reads_the_file_with_the_right_features(tmp_path: Path) -> None:
    arrow.to_parquet(tmp_path / "c.parquet", [made("a")])

    found = datasets.Dataset.from_parquet(
        str(tmp_path / "c.parquet"), cache_dir=str(tmp_path / "cache")
    )

    assert found.features == arrow.features()


def test_rows_may_be_filtered_in_between() -> None:
    rows = arrow.to_dataset([made("a"), made("b")])
    kept = (row for row in rows if row["id"] == "b")

    assert list(arrow.from_dataset(kept)) == [made("b")]


def test_the_same_documents_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        arrow.to_parquet(tmp_path / name, jsonl.read(EXAMPLE))

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


class TestFaults:
    def test_a_row_that_breaks_a_rule_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "c.parquet"
        arrow.to_parquet(path, [made("a"), replace(made("b"), text="x")])

        with pytest.raises(InputError, match=r"c\.parquet:2: b: text_sha256: "):
            list(arrow.from_parquet(path))

    def test_unless_that_is_not_asked_for(self, tmp_path: Path) -> None:
        wrong = replace(made("b"), text="x")
        arrow.to_parquet(tmp_path / "c.parquet", [wrong])

        assert list(arrow.from_parquet(tmp_path / "c.parquet", check=False)) == [wrong]

    def test_another_table_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "c.parquet"
        datasets.disable_progress_bars()
        datasets.Dataset.from_dict({"id": ["a"], "tags": [["O"]]}).to_parquet(path)

        with pytest.raises(
            InputError, match=r"c\.parquet:1: unknown key 'tags'; expected some of"
        ):
            list(arrow.from_parquet(path))

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"oops" * 99])
    def test_what_is_no_parquet_is_told(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "c.parquet"
        path.write_bytes(content)

        with pytest.raises(InputError, match=r"c\.parquet: not Parquet that can be read"):
            list(arrow.from_parquet(path))

    def test_an_error_while_writing_leaves_nothing(self, tmp_path: Path) -> None:
        def failing() -> Iterator[Document]:
            yield made("a")
            raise msgspec.ValidationError("stop")

        with pytest.raises(msgspec.ValidationError):
            arrow.to_parquet(tmp_path / "c.parquet", failing())

        assert list(tmp_path.iterdir()) == []
