"""The bytes of a source, whole or as a stream, and what its beginning tells."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from glose.corpus.building import archives, content
from glose.corpus.building.content import Content
from glose.corpus.building.rejections import RejectError


def packed(folder: Path, data: bytes, how: str) -> Content:
    """Return some bytes in a file, packed or not, or in an archive."""
    path = folder / "a.txt"
    if how == "zip":
        with ZipFile(folder / "x.zip", "w", ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", data)
        return Content(folder / "x.zip", "x.zip/a.txt", "a.txt")
    path.write_bytes(gzip.compress(data) if how == "gzip" else data)
    return Content(path, path.name)


@pytest.mark.parametrize("how", ["plain", "gzip", "zip"])
@pytest.mark.parametrize("size", [0, 5, 300_000])
def test_bytes_are_the_same_by_every_way(tmp_path: Path, how: str, size: int) -> None:
    data = bytes(range(1, 251)) * (size // 250) + b"x" * (size % 250)
    found = packed(tmp_path, data, how)
    with found.stream() as stream, found.seekable() as whole:
        assert found.head == data[: content.HEAD]
        assert stream.read() == whole.read() == found.data() == data
    assert found.sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "suffix", "stem"),
    [
        ("a.html", ".html", "a"),
        ("b/A.HTML.gz", ".html", "A"),
        ("a", "", "a"),
        ("x.zip/b/a.tar.xml", ".xml", "a"),
    ],
)
def test_names(name: str, suffix: str, stem: str) -> None:
    found = Content(Path("a"), name)

    assert (found.suffix, found.stem) == (suffix, stem)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("<a/>", "a", id="a root alone"),
        pytest.param("<?xml version='1.0'?>\n<!-- <x> -->\n<n:a xmlns:n='u'>", "a", id="a prefix"),
        pytest.param("<!DOCTYPE b [<!ENTITY x '>'>]><a>", "a", id="a DTD"),
        pytest.param("<?m <x?>\n<a b='c'>", "a", id="an instruction"),
        pytest.param("\ufeff <a>", "a", id="a mark"),
        pytest.param("a <b>", "", id="text"),
        pytest.param("<a", "", id="cut"),
        pytest.param("<!-- " * 30_000, "", id="comments that do not end"),
        pytest.param("<?x?>" * 10_000 + "<", "", id="instructions without end"),
    ],
)
def test_root(tmp_path: Path, text: str, name: str) -> None:
    assert packed(tmp_path, text.encode(), "plain").root[0] == name


def test_root_in_utf16(tmp_path: Path) -> None:
    assert packed(tmp_path, "<a>".encode("utf-16"), "plain").root == ("a", "<a>")


def test_members_of_what_is_no_archive(tmp_path: Path) -> None:
    assert packed(tmp_path, b"PK\x03\x04 and no more", "plain").members == ()
    assert packed(tmp_path, b"text", "plain").members == ()


def test_a_packed_archive_has_members(tmp_path: Path) -> None:
    packed(tmp_path, b"x", "zip")
    (tmp_path / "x.zip.gz").write_bytes(gzip.compress((tmp_path / "x.zip").read_bytes()))

    assert Content(tmp_path / "x.zip.gz", "x.zip.gz").members == ("a.txt",)


def test_an_archive_in_an_archive_has_members(tmp_path: Path) -> None:
    packed(tmp_path, b"x", "zip")
    with ZipFile(tmp_path / "y.zip", "w") as archive:
        archive.write(tmp_path / "x.zip", "x.zip")

    assert Content(tmp_path / "y.zip", "y.zip/x.zip", "x.zip").members == ("a.txt",)


def test_a_stream_may_be_larger_than_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 100_000)
    found = packed(tmp_path, b"a" * 200_000, "plain")
    with found.stream() as stream:
        assert len(stream.read()) == 200_000
    with pytest.raises(RejectError, match="too much"):
        found.data()


@pytest.mark.parametrize("damage", [30, 60, 100])
def test_a_damaged_archive_is_refused(tmp_path: Path, damage: int) -> None:
    packed(tmp_path, b"abc" * 100, "zip")
    path = tmp_path / "x.zip"
    data = bytearray(path.read_bytes())
    data[damage % len(data)] ^= 0xFF
    data[-8] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(RejectError):
        read_all(path)


def read_all(path: Path) -> list[bytes]:
    return [archives.unpacked(path, name) for name in archives.members(path)]
