"""Arguments name documents: files, folders, globs and archives, in any order."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from glose.corpus.building.sources import find
from glose.corpus.errors import GloseError

FILES = ("a.txt", "b/c.txt", "b/d é/e.html", ".hidden", "b/.git/f.txt", "README.md", "b/SOURCE.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "raw"


def names(*arguments: object, without: Path = Path("/nowhere")) -> list[str]:
    """Return the names of the documents that arguments name."""
    return [source.name for source in find(map(str, arguments), without)[0]]


def zipped(path: Path, members: dict[str, str]) -> Path:
    with ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("", ["a.txt", "b/c.txt", "b/d é/e.html"], id="a folder but hidden files"),
        pytest.param("a.txt", ["a.txt"], id="a file"),
        pytest.param(".hidden", [".hidden"], id="a hidden file that is named"),
        pytest.param("README.md", ["README.md"], id="a README that is named"),
        pytest.param("*.txt", ["a.txt"], id="a glob"),
        pytest.param("*", ["a.txt", "b/c.txt", "b/d é/e.html"], id="a glob that takes folders"),
        pytest.param("**/*.txt", ["a.txt", "b/c.txt"], id="a glob of any depth"),
        pytest.param("**", ["a.txt", "b/c.txt", "b/d é/e.html"], id="two stars alone"),
        pytest.param("b/*/e.*", ["d é/e.html"], id="names begin after the fixed part of a glob"),
    ],
)
def test_arguments(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(folder / pattern) == expected


def test_order_does_not_matter(folder: Path) -> None:
    one, two = str(folder / "b"), str(folder / "a.txt")

    assert find([one, two], folder / "out") == find([two, one], folder / "out")


def test_document_named_twice_is_read_once(folder: Path) -> None:
    assert names(folder, folder / "b", folder / "b/c.txt", folder / "*.txt") == [
        "a.txt",
        "c.txt",
        "d é/e.html",
    ]


@pytest.mark.parametrize("missing", ["nothing.txt", "*.pdf", "empty"])
def test_argument_that_names_nothing_is_an_error(folder: Path, missing: str) -> None:
    (folder / "empty").mkdir()

    with pytest.raises(GloseError, match=r"no document there"):
        names(folder / missing)


def test_output_folder_is_not_read(folder: Path) -> None:
    assert names(folder, without=folder / "b") == ["a.txt"]


def test_name_that_is_no_utf8_can_be_written_down(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / os.fsdecode(b"\xe9.txt")).write_bytes(b"a")

    assert names(tmp_path / "raw") == ["\ufffd.txt"]


def test_link_to_a_folder_is_not_entered(folder: Path) -> None:
    (folder / "b" / "up").symlink_to(folder)

    assert names(folder) == ["a.txt", "b/c.txt", "b/d é/e.html"]


def test_members_of_an_archive_are_documents(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.txt": "a", "b/c.txt": "c"})

    assert names(path) == ["x.zip/a.txt", "x.zip/b/c.txt"]


@pytest.mark.parametrize(
    ("member", "name"),
    [
        pytest.param("../../a.txt", "x.zip/a.txt", id="a path that leads out"),
        pytest.param("/etc/a.txt", "x.zip/etc/a.txt", id="an absolute path"),
        pytest.param("b\\a.txt", "x.zip/b/a.txt", id="a path of Windows"),
    ],
)
def test_paths_within_an_archive_cannot_matter(tmp_path: Path, member: str, name: str) -> None:
    assert names(zipped(tmp_path / "x.zip", {member: "a"})) == [name]


def test_what_archivers_add_is_skipped(tmp_path: Path) -> None:
    members = {"a.txt": "", "__MACOSX/._a.txt": "", ".DS_Store": "", "b/README.md": ""}

    assert names(zipped(tmp_path / "x.zip", members)) == ["x.zip/a.txt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"PK\x03\x04 and no more", "not a whole zip", id="a broken archive"),
        pytest.param(b"PK\x05\x06" + b"\0" * 18, "no document", id="an empty archive"),
    ],
)
def test_archive_that_gives_nothing_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "x.zip").write_bytes(data)

    found, rejected = find([str(tmp_path / "x.zip")], tmp_path / "out")

    assert (found, [r.file for r in rejected]) == ([], ["x.zip"])
    assert reason in rejected[0].reason


def test_folder_that_cannot_be_listed_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may list every folder, so the refusal is made here."""
    listed = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == folder / "b":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)

    with pytest.raises(GloseError, match="cannot be listed"):
        names(folder)
