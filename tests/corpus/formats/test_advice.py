"""What is said where no format is recognised: short, and what to do."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from glose.corpus.commands import group
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.table import FORMATS

LISTED = "`glose corpus convert --help` lists them"
BUILD = "not annotated records; `glose corpus build` reads documents; if it is annotated, name it"


def office(path: Path, members: dict[str, str]) -> None:
    """Make a packed document."""
    with ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def said(path: Path) -> str:
    """Return what is said of an input."""
    with pytest.raises(GloseError) as told:
        table.name_of(path)
    return str(told.value)


class TestInputs:
    @pytest.mark.parametrize(
        ("name", "content", "kind"),
        [
            ("a.txt", b"Gao fell.\n", "text"),
            ("a.csv", b"id,text\n1,Gao fell.\n", "a table with commas"),
            ("a.md", b"# Gao\n\nIt fell.\n", "Markdown"),
            ("a.pdf", b"%PDF-1.7\n", "a PDF file"),
            ("a.rtf", b"{\\rtf1 Gao}", "an RTF file"),
            ("a.html", b"<!DOCTYPE html><html><p>Gao</p></html>", "an HTML page"),
        ],
    )
    def test_a_document_is_for_build(
        self, tmp_path: Path, name: str, content: bytes, kind: str
    ) -> None:
        (tmp_path / name).write_bytes(content)

        assert said(tmp_path / name).startswith(f"{tmp_path / name}: {kind}, {BUILD}")

    @pytest.mark.parametrize(
        ("members", "kind"),
        [
            (
                {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"},
                "a DOCX file",
            ),
            ({"mimetype": "application/epub+zip", "META-INF/container.xml": "-"}, "an EPUB book"),
        ],
    )
    def test_so_is_a_packed_one(self, tmp_path: Path, members: dict[str, str], kind: str) -> None:
        office(tmp_path / "a", members)

        assert said(tmp_path / "a").startswith(f"{tmp_path / 'a'}: {kind}, {BUILD}")

    def test_so_is_a_folder_of_them(self, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_text("# Gao\n")
        (tmp_path / "b.txt").write_text("Gao fell.\n")

        assert said(tmp_path).startswith(f"{tmp_path / 'b.txt'}: text, {BUILD}")

    @pytest.mark.parametrize(
        ("name", "like"),
        [("a.xyz", ""), ("a.conl", "; did you mean .conll (conll)?"), ("a", "")],
    )
    def test_anything_else_is_to_be_named(self, tmp_path: Path, name: str, like: str) -> None:
        (tmp_path / name).write_bytes(b"oops")
        what = f"its format is not recognised; name it with --from NAME ({LISTED}){like}"

        assert said(tmp_path / name) == f"{tmp_path / name}: {what}"

    def test_a_damaged_archive_is_said_to_be_one(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_bytes(b"PK\x03\x04oops")

        assert "cannot be unpacked: the archive is broken" in said(tmp_path / "a.zip")

    def test_an_archive_of_nothing_known(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("b/c.xyz", "oops")

        assert said(tmp_path / "a.zip").startswith(f"{tmp_path}/a.zip/b: its format is not rec")


class TestOutputs:
    @pytest.mark.parametrize(
        ("name", "like"),
        [("a.xyz", ""), ("a.jsonlines", "; did you mean .jsonl (jsonl)?"), ("a.mmaxx", "")],
    )
    def test_only_what_is_written_is_meant(self, name: str, like: str) -> None:
        with pytest.raises(GloseError) as told:
            table.intended(Path(name))

        what = f"its format is not recognised; name it with --to NAME ({LISTED}){like}"
        assert str(told.value) == f"{name}: {what}"


def test_the_help_lists_all_formats() -> None:
    text = CliRunner().invoke(group, ["convert", "--help"]).stdout
    written, read = text.split("Formats:")[1].split("only read")

    assert "read and written" in written
    for name, found in FORMATS.items():
        words = (written if found.writer else read).replace(",", " ").split()
        assert name in words
