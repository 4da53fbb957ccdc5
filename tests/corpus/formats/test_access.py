"""Folders and zip archives of annotated files: what is read of them, and what is told."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner

from glose.corpus import jsonl
from glose.corpus.commands import group
from glose.corpus.document import Document, Mention, Status
from glose.corpus.errors import GloseError
from glose.corpus.formats import inputs, table, unpacking, unread
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects

#: One file of each of two formats whose readers take one file.
PUBTATOR = "1|t|Gao fell\n1|a|Nothing.\n1\t0\t3\tGao\tPlace\n\n"
CONLL = "Gao B-LOC\nfell O\n"
BRAT = {"a.txt": "Gao fell\n", "a.ann": "T1\tLOC 0 3\tGao\n"}


def folder(path: Path, files: Mapping[str, str]) -> Path:
    """Make a folder of files."""
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text)
    return path


def packed(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Make a zip archive of files."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def zipped(path: Path, root: Path) -> Path:
    """Make a zip archive of a folder, its name in front."""
    files = {str(f.relative_to(root.parent)): f.read_bytes() for f in inputs.files(root, "")}
    return packed(path, files)


def run(*arguments: object) -> str:
    """Run a conversion; return what it prints."""
    done = CliRunner().invoke(group, ["convert", *map(str, arguments)])
    if isinstance(done.exception, GloseError):
        raise done.exception
    assert done.exception is None, done.exception
    return done.stdout


def notes(source: Path, target: Path, *more: str) -> list[str]:
    """Return what a conversion tells of files that were not read."""
    lines = run(source, target, *more).splitlines()
    return [line.removeprefix("note: ") for line in lines if "not read" in line]


def documents() -> list[Document]:
    """Return two documents that every format can hold something of."""
    made = [
        Document(
            id=name, text="Gao fell.", mentions=(Mention("m1", "GPE", 0, 3),),
            tokens=((0, 3), (4, 8), (8, 9)), status=Status(annotated=("mentions",)),
        )
        for name in ("a", "b")
    ]  # fmt: skip
    return [jsonl.completed(one, "gold") for one in made]


class TestWhatIsNotRead:
    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            pytest.param({"b.annotated": CONLL}, ["not read: b.annotated (1 file)"], id="one"),
            pytest.param(
                {f"{n}.test": CONLL for n in "bcdef"},
                ["not read: b.test, c.test, d.test and 2 more (5 files)"],
                id="many",
            ),
            pytest.param({"x/y.iob": CONLL, "x/z": "-"}, ["not read: x/z (1 file)"], id="in"),
            pytest.param(
                {"README.md": "-", "LICENCE-of": "-", "SOURCE.md": "-", ".x": "-", "x.dtd": ""},
                [],
                id="no data",
            ),
        ],
    )
    def test_is_told(self, tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
        source = folder(tmp_path / "in", {"a.conll": CONLL} | files)

        assert notes(source, tmp_path / "out.jsonl") == expected

    def test_a_text_belongs_to_its_annotations(self, tmp_path: Path) -> None:
        source = folder(tmp_path / "in", BRAT | {"annotation.conf": "[entities]\n"})

        assert notes(source, tmp_path / "out.jsonl") == []

    def test_a_file_that_is_only_looked_at_was_not_read(self, tmp_path: Path) -> None:
        with inputs.noted() as ledger:
            inputs.head(folder(tmp_path, {"a": "-", "b": "-"}) / "a")
            inputs.text(tmp_path / "b")

        assert unread.note(tmp_path, ledger) == "not read: a (1 file)"

    def test_nothing_is_noted_outside(self, tmp_path: Path) -> None:
        with inputs.noted() as ledger:
            pass
        inputs.text(folder(tmp_path, {"a": "-"}) / "a")

        assert inputs.ledger() is None
        assert not ledger.read


WRITTEN = [
    name
    for name, form in table.FORMATS.items()
    if form.writer is not None and name not in {"jsonl", "parquet", "arrow", "mapped"}
]


class TestOfEveryFormat:
    @pytest.mark.parametrize("name", WRITTEN)
    def test_a_folder_is_read_whole_and_so_is_its_archive(self, tmp_path: Path, name: str) -> None:
        form, source = table.FORMATS[name], tmp_path / "in"
        suffix = form.suffixes[0] if form.suffixes else ""
        form.write(source if form.folder else source / f"all{suffix}", documents())
        archive = zipped(tmp_path / "in.zip", source)
        expected = {document.id for document in form.read(source)}

        assert expected
        assert {document.id for document in form.read(archive)} == expected
        assert notes(source, tmp_path / "out.jsonl", "--from", name) == []


SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("name", sorted(each.name for each in SAMPLES.iterdir() if each.is_dir()))
def test_files_that_belong_to_others_are_read(tmp_path: Path, name: str) -> None:
    assert notes(SAMPLES / name, tmp_path / "out.jsonl", "--from", name) == []


class TestAFolderOfSingleFiles:
    def test_is_read_file_by_file(self, tmp_path: Path) -> None:
        source = folder(tmp_path, {"a.txt": PUBTATOR, "README": "-"})

        assert [one.id for one in table.load(source)] == ["1"]

    def test_ids_that_collide_get_the_name_of_the_file(self, tmp_path: Path) -> None:
        source = folder(tmp_path / "in", {"a.pubtator": PUBTATOR, "b/c.pubtator": PUBTATOR})
        run(source, tmp_path / "out.jsonl")

        assert [one.id for one in jsonl.read(tmp_path / "out.jsonl")] == ["1", "b/c/1"]

    def test_what_is_left_of_it_is_told(self, tmp_path: Path) -> None:
        source = folder(tmp_path / "in", {"a.pubtator": PUBTATOR, "b.log": "-"})
        told = notes(source, tmp_path / "out.jsonl", "--from", "pubtator")

        assert told == ["not read: b.log (1 file)"]

    @pytest.mark.parametrize(
        ("files", "expected"),
        [({"b.log": "-"}, r"no file in it looks like one to read; there: b\.log \(1 file\)"),
         ({"x/.y": "-"}, "it is empty")],
    )  # fmt: skip
    def test_without_one(self, tmp_path: Path, files: dict[str, str], expected: str) -> None:
        with pytest.raises(GloseError, match=expected):
            run(folder(tmp_path / "in", files), tmp_path / "o.jsonl", "--from", "pubtator")


def test_a_folder_without_a_file_of_the_format(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", BRAT)

    with pytest.raises(GloseError, match=r"no file in it ends in \.conll or .*3; there: a\.ann"):
        run(source, tmp_path / "out.jsonl", "--from", "conll")


class TestAnArchive:
    def test_documents_name_its_members(self, tmp_path: Path) -> None:
        archive = packed(tmp_path / "z.zip", {f"top/{n}": text for n, text in BRAT.items()})
        (found,) = table.load(archive)

        assert (found.id, found.text) == ("a", "Gao fell\n")
        assert found.provenance.file == f"{archive}/top/a.txt"

    def test_what_is_wrong_names_its_member(self, tmp_path: Path) -> None:
        archive = packed(tmp_path / "z.zip", BRAT | {"a.ann": "T1\tLOC 0 3\tGap\n"})
        rejects = Rejects(tmp_path / "rejects")

        with pytest.raises(GloseError) as told:
            list(table.load(archive))
        list(table.FORMATS["brat"].read(archive, Task(rejects=rejects)))

        assert str(told.value).startswith(f"{archive}/a.ann:1: ")
        assert [item.file for item in rejects.found] == [f"{archive}/a.ann"]

    def test_nothing_of_it_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "rooms").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "rooms"))
        archive = packed(tmp_path / "z.zip", BRAT | {"b.txt": "-", "b.ann": ""})
        found = table.load(archive)
        next(found)
        during = list((tmp_path / "rooms").iterdir())
        found.close()  # type: ignore[attr-defined]

        assert len(during) == 1
        assert not list((tmp_path / "rooms").iterdir())

    @pytest.mark.parametrize("name", ["../a.ann", "/a.ann", "b/../../a.ann", "..\\a.ann", "C:\\a"])
    def test_no_member_escapes(self, tmp_path: Path, name: str) -> None:
        archive = packed(tmp_path / "z.zip", BRAT | {name: "-"})

        with pytest.raises(GloseError, match=r"z\.zip: cannot be unpacked: the member .* would"):
            list(table.FORMATS["brat"].read(archive))
        assert [file.name for file in tmp_path.iterdir()] == ["z.zip"]

    def test_one_that_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(unpacking, "LARGEST", 9)

        with pytest.raises(GloseError, match="cannot be unpacked: it holds more than"):
            list(table.load(packed(tmp_path / "z.zip", BRAT)))

    def test_a_bomb(self, tmp_path: Path) -> None:
        archive = packed(tmp_path / "z.zip", BRAT | {"b.txt": b"\0" * (16 << 20)})

        with pytest.raises(GloseError, match="larger than its packed size: a bomb"):
            list(table.FORMATS["brat"].read(archive))

    @pytest.mark.parametrize("cut", [30, 60, 120])
    def test_a_damaged_one(self, tmp_path: Path, cut: int) -> None:
        archive = packed(tmp_path / "z.zip", BRAT)
        archive.write_bytes(archive.read_bytes()[:cut])

        with pytest.raises(GloseError, match=r"z\.zip: cannot be unpacked: the archive is broken"):
            list(table.FORMATS["brat"].read(archive))

    def test_hidden_members_are_left_out(self, tmp_path: Path) -> None:
        extra = {"__MACOSX/._a.ann": "-", ".DS_Store": "-"}
        archive = packed(tmp_path / "z.zip", {f"top/{n}": t for n, t in BRAT.items()} | extra)

        assert [one.id for one in table.load(archive)] == ["a"]
