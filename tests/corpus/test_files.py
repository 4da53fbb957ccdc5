"""Files appear whole or not at all, and what cannot be read is one line."""

from __future__ import annotations

import errno
import gzip
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from glose.corpus.errors import GloseError
from glose.corpus.files import abandoned, apart, readable, whole


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


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(list, id="by lines"),
        pytest.param(lambda stream: stream.read(), id="at once"),
        pytest.param(lambda stream: [*iter(lambda: stream.read(999), b"")], id="in pieces"),
    ],
)
def test_a_cut_gzip_is_not_the_whole(tmp_path: Path, read: Callable[[IO[bytes]], object]) -> None:
    path = tmp_path / "c.gz"
    path.write_bytes(gzip.compress(b"line\n" * 100_000)[:200])
    with readable(path) as stream, pytest.raises(GloseError, match=r"c\.gz: .* cut or damaged"):
        read(stream)


def test_a_damaged_gzip_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "c.gz"
    packed = bytearray(gzip.compress(bytes(range(256)) * 100))
    packed[20:40] = b"\xff" * 20
    path.write_bytes(packed)
    with readable(path) as stream, pytest.raises(GloseError, match="cut or damaged"):
        stream.read()


def test_a_full_disk_is_one_line_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full() -> None:
        with whole(path):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(GloseError, match=r"a\.txt: cannot be written \(No space left on device\)"):
        full()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_of_another_file_stays_what_it_is(tmp_path: Path) -> None:
    def elsewhere() -> None:
        with whole(tmp_path / "a.txt"):
            (tmp_path / "none").read_bytes()

    with pytest.raises(FileNotFoundError, match="none"):
        elsewhere()


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="this is a folder"), whole(tmp_path):
        pass


def test_an_unreadable_file_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal is made here."""

    def refuse(path: Path, *_: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(GloseError, match=r"a: cannot be read \(Permission denied\)"):
        readable(tmp_path / "a")


def test_an_output_may_not_be_an_input(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    (tmp_path / "link").symlink_to(path)

    with pytest.raises(GloseError, match="this is an input too"):
        apart(tmp_path / "link", [path])
    with pytest.raises(GloseError, match="this is a folder"):
        apart(tmp_path, [path])
    apart(tmp_path / "new", [path])


def test_only_the_drafts_of_processes_that_are_gone_are_abandoned(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    names = [f".a.jsonl.{gone.pid}.0123abcd.part", ".b.jsonl.0123abcd.part"]
    for name in (*names, f".c.jsonl.{os.getpid()}.0123abcd.part", "part", ".hidden"):
        (tmp_path / name).touch()

    assert [draft.name for draft in abandoned(tmp_path)] == names


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """As `/dev/null` does, which a file that takes its name would be for everybody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(pipe.read_bytes)
        with whole(pipe) as stream:
            stream.write(b"new")
        assert reading.result(10) == b"new"

    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_the_device_that_holds_nothing_stays_one() -> None:
    with whole(Path(os.devnull)) as stream:
        stream.write(b"gone")

    assert Path(os.devnull).is_char_device()


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    with whole(tmp_path / "link") as stream:
        stream.write(b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
