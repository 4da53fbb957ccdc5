"""The table of formats: what there is, how one is recognised, and one-line loading."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from msgspec.structs import replace

import glose.corpus
from glose.corpus import jsonl, manifest
from glose.corpus.document import Document, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.conversion import Wanted, convert
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.table import FORMATS


def made(ident: str) -> Document:
    """Return a small valid document."""
    return Document(id=ident, layer="gold", text="a", text_sha256=fingerprint("a"))


CORPUS = [made("a"), made("b")]


def nothing(path: Path, task: Task) -> Iterator[Document]:
    """Read no document."""
    yield from ()


READ_ONLY = Format("nothing", (".none",), nothing, None, lambda _, head: head == b"NONE")


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a plug-in with a format that is only read."""

    def points(group: str) -> list[EntryPoint]:
        point = EntryPoint("none", "glose.corpus.formats.table:READ_ONLY", group)
        return [point] if group == "glose.formats" else []

    monkeypatch.setattr(table, "READ_ONLY", READ_ONLY, raising=False)
    monkeypatch.setattr(table, "entry_points", points)


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".parquet"])
def test_what_is_saved_is_loaded(tmp_path: Path, suffix: str) -> None:
    glose.corpus.save(CORPUS, tmp_path / f"c{suffix}")

    assert list(glose.corpus.load(tmp_path / f"c{suffix}")) == CORPUS


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_content_goes_before_the_suffix(tmp_path: Path, name: str) -> None:
    FORMATS[name].write(tmp_path / "c.txt", CORPUS)

    assert table.recognised(tmp_path / "c.txt") is FORMATS[name]


def test_an_empty_file_is_recognised_by_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").touch()

    assert table.recognised(tmp_path / "c.jsonl") is FORMATS["jsonl"]


def test_a_packed_file_is_recognised_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(gzip.compress(jsonl.encode(made("a"))))

    assert table.recognised(tmp_path / "c") is FORMATS["jsonl"]


def test_a_corpus_folder_is_loaded_by_layer_and_split(tmp_path: Path) -> None:
    jsonl.write(tmp_path / "gold.jsonl", CORPUS)
    jsonl.write(tmp_path / "ann.jsonl", [replace(made("a"), layer="ann")])
    manifest.write(tmp_path, manifest.of(tmp_path, splits={"train": ["a"], "test": ["b"]}))

    assert list(glose.corpus.load(tmp_path, "test", layer="gold")) == [made("b")]


def test_a_split_of_parquet_is_looked_up_beside_it(tmp_path: Path) -> None:
    glose.corpus.save(CORPUS, tmp_path / "c.parquet")
    manifest.write(tmp_path, manifest.of(tmp_path, splits={"test": ["b"]}))

    assert list(glose.corpus.load(tmp_path / "c.parquet", "test")) == [made("b")]


class TestErrors:
    def test_a_misspelt_name_is_guessed(self) -> None:
        with pytest.raises(GloseError) as caught:
            table.find("jsnl")

        start = "no format is called 'jsnl'; did you mean 'jsonl'? "
        assert str(caught.value) == f"{start}(`glose corpus convert --help` lists them)"

    def test_a_file_that_no_format_knows(self, tmp_path: Path) -> None:
        (tmp_path / "a.doc").write_bytes(b"oops")

        with pytest.raises(GloseError, match=r"a\.doc: its format is not recognised; name it wi"):
            table.recognised(tmp_path / "a.doc")

    def test_a_folder_without_records(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="its format is not recognised"):
            list(glose.corpus.load(tmp_path))

    def test_a_suffix_that_no_format_has(self) -> None:
        with pytest.raises(GloseError, match=r"name it with --to NAME \(`glose corpus conv"):
            glose.corpus.save(CORPUS, "c.doc")

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="no such file"):
            list(glose.corpus.load(tmp_path / "no.jsonl"))

    def test_a_packed_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "c.gz").write_bytes(b"\x1f\x8boops")

        with pytest.raises(GloseError, match="cut or damaged"):
            table.recognised(tmp_path / "c.gz")

    def test_a_file_without_records_is_not_converted(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").touch()
        jsonl_ = "jsonl", FORMATS["jsonl"]

        with pytest.raises(GloseError, match="no record in it; expected one at least"):
            convert(tmp_path / "a.jsonl", tmp_path / "b.jsonl", jsonl_, jsonl_, Wanted())
        assert not (tmp_path / "b.jsonl").exists()

    @pytest.mark.parametrize("name", ["c.jsonl", "c.parquet"])
    def test_what_breaks_a_rule_is_not_saved(self, tmp_path: Path, name: str) -> None:
        wrong = replace(CORPUS[0], layer="")

        with pytest.raises(GloseError, match=f"{name}: {wrong.id}: layer: empty"):
            glose.corpus.save([wrong], tmp_path / name)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("plugged")
class TestPlugIns:
    def test_their_formats_are_found_by_name(self) -> None:
        assert table.find("none") is READ_ONLY

    def test_and_by_content(self, tmp_path: Path) -> None:
        (tmp_path / "c").write_bytes(b"NONE")

        assert table.recognised(tmp_path / "c") is READ_ONLY

    def test_they_do_not_replace_our_own(self) -> None:
        assert table.formats()["jsonl"] is FORMATS["jsonl"]

    def test_what_is_only_read_is_not_written(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="this format is only read"):
            glose.corpus.save(CORPUS, tmp_path / "c.none")


class TestThePackage:
    def test_importing_it_loads_nothing_heavy(self) -> None:
        code = (
            "import sys, glose.corpus\n"
            "print({'numpy', 'datasets', 'pyarrow', 'msgspec'} & set(sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

        assert done.stdout == "set()\n", done.stderr

    def test_loading_records_loads_neither_numpy_nor_datasets(self, tmp_path: Path) -> None:
        path = tmp_path / "c.jsonl"
        jsonl.write(path, CORPUS)
        code = (
            f"import sys, glose.corpus\nlist(glose.corpus.load({str(path)!r}))\n"
            "print({'numpy', 'datasets', 'pyarrow'} & set(sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

        assert done.stdout == "set()\n", done.stderr

    def test_it_offers_three_names(self) -> None:
        assert dir(glose.corpus) == ["Document", "load", "save"]

    def test_another_name_is_none_of_its(self) -> None:
        with pytest.raises(AttributeError, match="has no attribute 'lod'"):
            glose.corpus.lod  # noqa: B018  # the look-up is what is tested


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_documented(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text()

    assert f"## `{name}`" in page
