"""Bytes come out of files, gzip and zip within limits; what cannot be had is refused."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from glose.corpus.building import archives
from glose.corpus.building.rejections import RejectError


def test_plain_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")

    assert archives.unpacked(tmp_path / "a.txt", None) == b"abc"


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress(b"abc"))

    assert archives.unpacked(tmp_path / "a.txt", None) == b"abc"


def test_member_of_a_zip(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a/b.txt", "abc")

    assert archives.unpacked(tmp_path / "x.zip", "a/b.txt") == b"abc"


def broken_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(b"abc" * 100)[:20])


def wrong_gzip(path: Path) -> None:
    path.write_bytes(b"\x1f\x8bnothing of the kind")


def bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(bytes(10_000_000)))


def pipe(path: Path) -> None:
    os.mkfifo(path)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(broken_gzip, "broken", id="gzip that ends early"),
        pytest.param(wrong_gzip, "cannot be read", id="gzip in name only"),
        pytest.param(bomb, "a bomb", id="a bomb"),
        pytest.param(pipe, "regular file", id="a pipe, which would never end"),
        pytest.param(dangling, "No such file", id="a link to nothing"),
    ],
)
def test_file_is_refused(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    make(tmp_path / "a.txt")

    with pytest.raises(RejectError, match=reason):
        archives.unpacked(tmp_path / "a.txt", None)


def test_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")

    def denied(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(RejectError, match="Permission denied"):
        archives.unpacked(path, None)


def test_bomb_in_a_zip_is_refused_whatever_size_it_states(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "x.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(10_000_000))

    with pytest.raises(RejectError, match="a bomb"):
        archives.unpacked(tmp_path / "x.zip", "a.txt")


def test_large_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc" * 10)
    monkeypatch.setattr(archives, "LARGEST", 20)

    with pytest.raises(RejectError, match="more than 20 bytes, which is too much"):
        archives.unpacked(tmp_path / "a.txt", None)


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "abc")
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag of the member
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and of its entry in the directory
    path.write_bytes(data)

    with pytest.raises(RejectError, match="password"):
        archives.unpacked(path, "a.txt")


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "abc")
        archive.writestr("b.txt", "abc")
    monkeypatch.setattr(archives, "MEMBERS", 1)

    with pytest.raises(RejectError, match="at most 1"):
        archives.members(tmp_path / "x.zip")
