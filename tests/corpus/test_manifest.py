"""What `corpus.json` says of a folder, and what is read by it."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from glose.corpus import jsonl, manifest
from glose.corpus.document import Document, Mention, Meta, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.manifest import Manifest, Origin
from glose.corpus.schema import content, load


def made(
    ident: str, layer: str = "gold", source: str | None = None, rights: str | None = None
) -> Document:
    """Return a small valid document with one mention."""
    mention = Mention("m1", "GPE", 0, 3, text="Gao")
    return Document(
        id=ident,
        layer=layer,
        text="Gao !",
        text_sha256=fingerprint("Gao !"),
        meta=Meta(source=source, rights=rights),
        mentions=(mention,),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus folder of two files, three documents and two splits."""
    folder = tmp_path / "news"
    first = made("a", source="afp", rights="CC0-1.0")
    jsonl.write(folder / "gold.jsonl", [first, made("b"), made("c", source="afp")])
    jsonl.write(folder / "ann.jsonl", [made("a", "ann", source="afp", rights="CC-BY-4.0")])
    splits = {"train": ["b", "a"], "test": ["c"]}
    manifest.write(folder, manifest.of(folder, splits=splits))
    return folder


class TestWhatItSays:
    def test_the_name_is_that_of_the_folder(self, folder: Path) -> None:
        assert manifest.read(folder).name == "news"

    def test_a_document_in_two_layers_counts_once(self, folder: Path) -> None:
        assert manifest.read(folder).documents == 3

    def test_characters_are_those_of_the_documents(self, folder: Path) -> None:
        assert manifest.read(folder).characters == 15

    def test_licences_are_by_source(self, folder: Path) -> None:
        assert manifest.read(folder).licences == {"afp": ("CC-BY-4.0", "CC0-1.0")}

    def test_files_have_their_layers(self, folder: Path) -> None:
        files = manifest.read(folder).files

        assert {name: file.layers for name, file in files.items()} == {
            "ann.jsonl": ("ann",), "gold.jsonl": ("gold",),
        }  # fmt: skip

    def test_files_have_their_hash(self, folder: Path) -> None:
        content = (folder / "gold.jsonl").read_bytes()

        assert manifest.read(folder).files["gold.jsonl"].sha256 == sha256(content).hexdigest()

    def test_what_there_is_none_of_is_not_counted(self, folder: Path) -> None:
        assert manifest.read(folder).files["gold.jsonl"].counts == {"mentions": 3}

    def test_splits_are_sorted(self, folder: Path) -> None:
        assert manifest.read(folder).splits == {"train": ("a", "b"), "test": ("c",)}

    def test_a_schema_is_named_with_its_hash(self, folder: Path) -> None:
        (folder / "schema.toml").write_bytes(content("plover"))

        assert manifest.of(folder).schema == Origin("plover", load("plover").sha256)

    def test_rejects_are_no_records(self, folder: Path) -> None:
        (folder / "rejects.jsonl").write_text('{"file":"a.pdf","reason":"PDF"}\n')

        assert list(manifest.of(folder).files) == ["ann.jsonl", "gold.jsonl"]

    def test_packed_files_count(self, folder: Path) -> None:
        packed = gzip.compress((folder / "gold.jsonl").read_bytes(), mtime=0)
        (folder / "more.jsonl.gz").write_bytes(packed)

        assert manifest.of(folder).files["more.jsonl.gz"].documents == 3


class TestFiles:
    def test_what_is_written_is_read(self, folder: Path) -> None:
        said = manifest.read(folder)
        manifest.write(folder, said)

        assert manifest.read(folder) == said

    def test_the_same_folder_is_the_same_bytes(self, folder: Path) -> None:
        before = (folder / manifest.NAME).read_bytes()
        manifest.write(folder, manifest.renewed(folder, manifest.read(folder)))

        assert (folder / manifest.NAME).read_bytes() == before

    def test_renewed_keeps_what_files_cannot_tell(self, folder: Path) -> None:
        said = Manifest("own", "2.1", splits={"test": ("a",)})

        now = manifest.renewed(folder, said)

        assert (now.name, now.version, now.splits) == ("own", "2.1", {"test": ("a",)})

    def test_a_person_can_read_it(self, folder: Path) -> None:
        assert len((folder / manifest.NAME).read_text().splitlines()) > 10

    def test_a_missing_one_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match=r"corpus\.json: no such file; `glose corpus build`"):
            manifest.read(tmp_path)

    @pytest.mark.parametrize("content", ["", "[]", '{"name": 3}', '{"name":"a","x":1}', "\ufeff"])
    def test_what_is_none_is_told(self, tmp_path: Path, content: str) -> None:
        (tmp_path / manifest.NAME).write_text(content)

        with pytest.raises(GloseError, match="no manifest of a corpus"):
            manifest.read(tmp_path)


class TestDocuments:
    def test_of_a_file(self, folder: Path) -> None:
        assert [d.id for d in manifest.documents(folder / "gold.jsonl")] == ["a", "b", "c"]

    def test_of_one_split_of_a_file(self, folder: Path) -> None:
        found = manifest.documents(folder / "gold.jsonl", "train")

        assert [document.id for document in found] == ["a", "b"]

    def test_of_one_split_of_a_folder(self, folder: Path) -> None:
        assert [document.id for document in manifest.documents(folder, "test")] == ["c"]

    def test_of_a_layer_of_a_folder(self, folder: Path) -> None:
        assert [d.layer for d in manifest.documents(folder, layer="ann")] == ["ann"]

    def test_of_a_folder_are_those_of_documents_jsonl(self, folder: Path) -> None:
        jsonl.write(folder / "documents.jsonl", [replace(made("z"), layer="documents")])

        assert [document.id for document in manifest.documents(folder)] == ["z"]

    def test_of_a_folder_are_those_of_its_only_file(self, tmp_path: Path) -> None:
        jsonl.write(tmp_path / "own.jsonl", [made("z")])

        assert [document.id for document in manifest.documents(tmp_path)] == ["z"]

    def test_an_unknown_split_is_told(self, folder: Path) -> None:
        with pytest.raises(GloseError, match=r"no split dev \(there are: train, test\)"):
            list(manifest.documents(folder, "dev"))

    def test_an_unknown_layer_is_told(self, folder: Path) -> None:
        with pytest.raises(
            GloseError, match=r"no file of layer bob \(there are: ann, gold\)"
        ) as told:
            list(manifest.documents(folder, layer="bob"))
        assert str(told.value).endswith(f"; name a file, such as {folder / 'ann.jsonl'}")

    def test_an_empty_folder_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match=r"no file of records .* `glose corpus build` makes"):
            list(manifest.documents(tmp_path))

    def test_a_folder_of_other_files_than_gold_is_told(self, tmp_path: Path) -> None:
        for name in ("b", "a"):
            jsonl.write(tmp_path / f"{name}.jsonl", [made(name)])

        with pytest.raises(GloseError, match=r"\(there are: a, b\); name a file, .*a\.jsonl"):
            manifest.file(tmp_path)

    def test_a_split_of_a_file_without_manifest_is_told(self, tmp_path: Path) -> None:
        jsonl.write(tmp_path / "gold.jsonl", [made("a")])

        with pytest.raises(GloseError, match=r"corpus\.json: no such file"):
            list(manifest.documents(tmp_path / "gold.jsonl", "test"))


def test_nothing_else_is_written(folder: Path) -> None:
    assert set(json.loads((folder / manifest.NAME).read_bytes())) == {
        "name", "version", "schema", "licences", "documents", "characters", "splits", "files",
    }  # fmt: skip


def test_splits_are_set_on_the_folder_as_it_is_now(tmp_path: Path) -> None:
    """A layer that was put there since then is listed too."""
    jsonl.write(tmp_path / "documents.jsonl", [made("a")])
    manifest.write(tmp_path, manifest.of(tmp_path, name="news", version="2"))
    jsonl.write(tmp_path / "gold.jsonl", [made("a")])

    found = manifest.with_splits(tmp_path, {"test": ["a"]})

    assert list(found.files) == ["documents.jsonl", "gold.jsonl"]
    assert (found.name, found.version, found.splits) == ("news", "2", {"test": ("a",)})
