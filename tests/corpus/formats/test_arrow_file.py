"""Arrow files, streams and the folders of `datasets`: read by us and by theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import datasets
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyarrow import feather

from glose.corpus import arrow
from glose.corpus.document import Document, fingerprint
from glose.corpus.errors import GloseError, InputError
from glose.corpus.formats import table
from glose.corpus.formats.arrow_file import INFO, SPLITS, STATE
from glose.corpus.formats.declaration import Task
from glose.corpus.testing import documents

ARROW, DATASETS = table.FORMATS["arrow"], table.FORMATS["datasets"]
datasets.disable_progress_bars()


def made(ident: str) -> Document:
    return Document(id=ident, layer="gold", text="a", text_sha256=fingerprint("a"))


TWO = [made("a"), made("b")]
few = settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("layout", ["file", "stream"])
@given(given_=st.lists(documents(), max_size=3))
@few
def test_documents_come_back(tmp_path: Path, layout: str, given_: list[Document]) -> None:
    path = tmp_path / "c.arrow"
    ARROW.write(path, given_, Task({"layout": layout}))

    assert list(ARROW.read(path)) == given_
    assert table.name_of(path) == "arrow"


def test_feather_reads_what_is_written(tmp_path: Path) -> None:
    ARROW.write(tmp_path / "c.feather", TWO)

    assert feather.read_table(tmp_path / "c.feather")["id"].to_pylist() == ["a", "b"]


def test_datasets_reads_the_stream_that_is_written(tmp_path: Path) -> None:
    ARROW.write(tmp_path / "c.arrow", TWO, Task({"layout": "stream"}))
    found = datasets.Dataset.from_file(str(tmp_path / "c.arrow"))

    assert list(arrow.from_dataset(found)) == TWO
    assert found.features == arrow.features()


@pytest.mark.parametrize("compression", ["uncompressed", "lz4", "zstd"])
def test_what_others_write_is_read(tmp_path: Path, compression: str) -> None:
    """Packed, in batches larger than ours, with columns of a wider type."""
    rows = pa.Table.from_batches(arrow.batches(made(f"d{n:04}") for n in range(1200)))
    place = rows.schema.get_field_index("text")
    wide = rows.set_column(place, "text", rows["text"].cast(pa.large_string()))
    feather.write_feather(wide, tmp_path / "c.feather", compression=compression)

    assert [one.id for one in ARROW.read(tmp_path / "c.feather")] == rows["id"].to_pylist()


def broken(content: bytes) -> bytes:
    """Return a file of which an offset of a column of strings points past its end."""
    place = content.index(b"goldgold")
    return content[: place - 8] + b"\xff\xff\xff\x7f" + content[place - 4 :]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:200], id="cut in the schema"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut in the middle"),
        pytest.param(lambda _: b"ARROW1", id="nothing but its mark"),
        pytest.param(lambda _: b"", id="nothing"),
        pytest.param(lambda _: b"\xff\xff\xff\xff\x08\0\0\0" + b"x" * 90, id="no schema"),
        pytest.param(lambda _: b"\xff\xff\xff\xff\xf8\xff\xff\x7f", id="a vast schema"),
        pytest.param(broken, id="an offset past the end"),
    ],
)
@pytest.mark.parametrize("layout", ["file", "stream"])
def test_damage_is_one_line(tmp_path: Path, layout: str, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "c.arrow"
    ARROW.write(path, TWO, Task({"layout": layout}))
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(InputError, match=r"c\.arrow: not Arrow that can be read") as raised:
        list(ARROW.read(path))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        pytest.param("tags", ["O"], "unknown key 'tags'", id="another table"),
        pytest.param("id", [3], "c.arrow:1:", id="another type"),
        pytest.param("id", pa.array([b"\xff"]).view(pa.string()), "not Arrow", id="no UTF-8"),
    ],
)
def test_another_table_is_refused(
    tmp_path: Path, column: str, values: object, message: str
) -> None:
    rows = pa.table({column: values})
    with (tmp_path / "c.arrow").open("wb") as sink, pa.ipc.new_file(sink, rows.schema) as writer:
        writer.write_table(rows)

    with pytest.raises(InputError) as raised:
        list(ARROW.read(tmp_path / "c.arrow"))
    assert message in str(raised.value)


def test_a_record_that_breaks_a_rule_is_refused(tmp_path: Path) -> None:
    arrow.to_ipc(tmp_path / "c.arrow", [TWO[0], replace(TWO[1], text="x")])

    with pytest.raises(InputError, match=r"c\.arrow:2: b: text_sha256"):
        list(ARROW.read(tmp_path / "c.arrow"))


class TestFolder:
    @given(given_=st.lists(documents(), min_size=1, max_size=3))
    @few
    def test_datasets_reads_what_is_written(
        self, tmp_path_factory: pytest.TempPathFactory, given_: list[Document]
    ) -> None:
        path = tmp_path_factory.mktemp("saved") / "c"
        DATASETS.write(path, given_, Task({"split": "dev"}))
        found = datasets.load_from_disk(str(path))

        assert list(arrow.from_dataset(found)) == given_
        assert (found.features, str(found.split)) == (arrow.features(), "dev")

    @given(given_=st.lists(documents(), min_size=1, max_size=3))
    @few
    def test_what_datasets_writes_is_read(
        self, tmp_path_factory: pytest.TempPathFactory, given_: list[Document]
    ) -> None:
        path = tmp_path_factory.mktemp("saved") / "c"
        arrow.to_dataset(given_).save_to_disk(str(path))

        assert table.name_of(path) == "datasets"
        assert list(DATASETS.read(path)) == given_

    def test_several_files_in_their_order(self, tmp_path: Path) -> None:
        corpus = [made(f"d{n}") for n in range(7)]
        arrow.to_dataset(corpus).save_to_disk(str(tmp_path / "c"), num_shards=3)

        assert list(DATASETS.read(tmp_path / "c")) == corpus

    @pytest.fixture
    def saved(self, tmp_path: Path) -> Path:
        """Return a folder with two splits."""
        splits = {"train": arrow.to_dataset(TWO[:1]), "test": arrow.to_dataset(TWO[1:])}
        datasets.DatasetDict(splits).save_to_disk(str(tmp_path / "c"))
        return tmp_path / "c"

    @pytest.mark.parametrize(
        ("split", "found"),
        [(None, ["a", "b"]), ("train", ["a"]), ("test", ["b"])],
    )
    def test_splits(self, saved: Path, split: str | None, found: list[str]) -> None:
        task = Task({} if split is None else {"split": split})

        assert [one.id for one in DATASETS.read(saved, task)] == found

    @pytest.mark.parametrize(
        ("where", "content", "message"),
        [
            pytest.param(SPLITS, {"splits": ["../c"]}, "'../c' is no name", id="a split above"),
            pytest.param(SPLITS, {"splits": [".."]}, "is no name", id="the folder above"),
            pytest.param(SPLITS, {"splits": [""]}, "is no name", id="no name"),
            pytest.param(SPLITS, {"splits": 3}, "not as `datasets` writes it", id="no list"),
            pytest.param(SPLITS, {"splits": ["dev"]}, "no such file", id="a split without files"),
            pytest.param(f"train/{STATE}", {"_data_files": [{"filename": "/etc/passwd"}]},
                         "'/etc/passwd' is no name", id="a file elsewhere"),
            pytest.param(f"train/{STATE}", {"_data_files": [{"filename": "x.arrow"}]},
                         "no such file", id="a missing file"),
            pytest.param(f"train/{STATE}", {}, "_data_files", id="no files"),
        ],
    )  # fmt: skip
    def test_hostile_folders_are_one_line(
        self, saved: Path, where: str, content: object, message: str
    ) -> None:
        (saved / where).write_text(json.dumps(content))

        with pytest.raises(GloseError) as raised:
            list(DATASETS.read(saved))
        assert message in str(raised.value)

    @pytest.mark.parametrize("split", ["dev", "../c"])
    def test_an_unknown_split_is_told(self, saved: Path, split: str) -> None:
        with pytest.raises(GloseError, match=r"no split .*there are: train, test"):
            list(DATASETS.read(saved, Task({"split": split})))

    def test_a_split_of_a_folder_without_splits_is_told(self, tmp_path: Path) -> None:
        DATASETS.write(tmp_path / "c", TWO)

        with pytest.raises(GloseError, match="so no split dev"):
            list(DATASETS.read(tmp_path / "c", Task({"split": "dev"})))

    def test_columns_stand_in_their_order(self, tmp_path: Path) -> None:
        DATASETS.write(tmp_path / "c", TWO)
        features = json.loads((tmp_path / "c" / INFO).read_bytes())["features"]

        assert list(features) == list(Document.__struct_fields__)
        assert list(features["mentions"]["feature"])[:4] == ["id", "type", "start", "end"]
