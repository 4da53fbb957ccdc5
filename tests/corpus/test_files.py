"""Files appear whole or not at all, and what cannot be read is one line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from glose.corpus.errors import GloseError
from glose.corpus.files import readable, whole


def test_a_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    with whole(path) as stream:
        stream.write(b"x")
        assert not path.exists()

    assert path.read_bytes() == b"x"


def test_an_error_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with whole(path) as stream:
            stream.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(GloseError, match="cannot be written"), whole(tmp_path / "file" / "a"):
        pass


def test_gzip_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "no-suffix"
    path.write_bytes(gzip.compress(b"hello"))
    with readable(path) as stream:
        assert stream.read() == b"hello"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("none", "no such file", id="a missing file"),
        pytest.param(".", "this is a folder", id="a folder"),
    ],
)
def test_what_cannot_be_opened_is_one_line(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(GloseError, match=message):
        readable(tmp_path / name)
