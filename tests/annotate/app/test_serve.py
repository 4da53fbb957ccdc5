"""`glose annotate serve` as a process: it starts, says where it is, and ends when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection, socket
from threading import Event

import msgspec
import pytest
from click.testing import CliRunner

from glose.annotate.app import serving
from glose.annotate.app.commands import serve_command
from glose.annotate.app.serving import listening
from glose.annotate.store.project import Project
from glose.corpus import jsonl, schema
from glose.corpus.document import Document
from glose.corpus.errors import GloseError

GLOSE = Path(sys.executable).with_name("glose")


@pytest.fixture
def folder(tmp_path: Path, gold: list[Document]) -> Path:
    """A corpus folder with a schema."""
    home = tmp_path / "news"
    home.mkdir()
    jsonl.write(home / "gold.jsonl", gold)
    (home / "schema.toml").write_bytes(schema.content("plover"))
    return home


class Server:
    """The command, run beside the test in a folder of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = f"{GLOSE} annotate serve {folder} --no-open --port 0".split()
        self.process = subprocess.Popen(
            [*command, *options], cwd=folder.parent, stderr=subprocess.PIPE, text=True
        )
        self.said = [self.line()]
        while not self.said[-1].startswith("open "):
            self.said.append(self.line())
        self.address = self.said[-1].removeprefix("open ")
        self.port = int(self.address.split(":")[2].split("/")[0])

    def line(self) -> str:
        """Return the next line that it prints."""
        return self.process.stderr.readline().rstrip("\n") if self.process.stderr else ""

    def enter(self) -> dict[str, str]:
        """Open the address; return the headers of a browser with a session."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", "/" + self.address.partition("/?")[2].join(("?", "")))
        answer = connection.getresponse()
        cookie = (answer.headers["set-cookie"] or "").partition(";")[0]
        connection.close()
        return {"cookie": cookie, "x-glose": "1", "content-type": "application/json"}

    def get(self, path: str, headers: dict[str, str]) -> int:
        """Return the status of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers=headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def end(self, number: int = signal.SIGTERM) -> str:
        """Tell it to end; return what it printed besides."""
        self.process.send_signal(number)
        return self.process.communicate(timeout=120)[1]


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """The command, serving ana."""
    found = Server(folder, "--user", "ana", "--layer", "ana")
    yield found
    if found.process.poll() is None:
        found.end()


def test_the_address_is_printed_and_leads_in(server: Server) -> None:
    assert server.get("/api/project", server.enter()) == 200


def test_it_says_where_the_annotations_are(server: Server) -> None:
    assert server.said[0] == "news: layer ana, in news.glose.db"


def test_it_says_what_is_suggested(folder: Path, gold: list[Document]) -> None:
    path = folder.parent / "crf.jsonl"
    jsonl.write(path, [msgspec.structs.replace(gold[0], layer="crf")])
    found = Server(folder, "--user", "ana", "--suggestions", str(path))
    found.end()

    assert found.said[1].startswith("suggestions: crf (")


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_it_ends_well_and_says_nothing(server: Server, number: int) -> None:
    server.enter()
    said = server.end(number)
    assert (server.process.returncode, "Traceback" in said) == (0, False)


def test_what_is_under_way_is_answered_before_the_end(server: Server) -> None:
    """The head of a request is sent, the server told to end, then the body."""
    headers = server.enter()
    operation = {
        "id": "0b9f6a3e-5b1c-4c58-9f0e-0c86a4f6c001", "base": 0, "verb": "mark",
        "changes": [{"list": "mentions", "id": "m0000001", "before": None, "after": {
            "id": "m0000001", "type": "GPE", "start": 25, "end": 28, "text": "Gao"}}],
    }  # fmt: skip
    body = msgspec.json.encode(operation)
    with create_connection(("127.0.0.1", server.port), timeout=120) as line:
        head = [f"{name}: {value}" for name, value in headers.items()]
        head += [f"host: 127.0.0.1:{server.port}", f"content-length: {len(body)}", "", ""]
        first = "POST /api/operations?id=d0&layer=ana HTTP/1.1"
        line.sendall("\r\n".join([first, *head]).encode())
        line.sendall(body[:10])
        assert server.get("/api/project", headers) == 200  # so the head was read before it
        server.process.send_signal(signal.SIGTERM)
        line.sendall(body[10:])
        answer = line.recv(10_000)
    server.process.communicate(timeout=120)
    assert answer.startswith(b"HTTP/1.1 200")


def test_a_long_body_is_refused_before_it_is_sent(server: Server) -> None:
    headers = server.enter()
    with create_connection(("127.0.0.1", server.port), timeout=120) as line:
        head = [f"{name}: {value}" for name, value in headers.items()]
        head += [f"host: 127.0.0.1:{server.port}", "content-length: 100000000", "", ""]
        line.sendall("\r\n".join(["POST /api/operations?id=d0 HTTP/1.1", *head]).encode())
        answer = line.recv(10_000)
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_long_body_that_is_sent_whole_gets_the_answer(server: Server) -> None:
    """As browsers do: they read when all is sent."""
    headers = server.enter()
    with create_connection(("127.0.0.1", server.port), timeout=120) as line:
        head = [f"{name}: {value}" for name, value in headers.items()]
        head += [f"host: 127.0.0.1:{server.port}", f"content-length: {40 << 20}", "", ""]
        line.sendall("\r\n".join(["POST /api/operations?id=d0 HTTP/1.1", *head]).encode())
        for _ in range(40):
            line.sendall(b" " * (1 << 20))
        answer = line.recv(10_000)
    assert answer.startswith(b"HTTP/1.1 413")


def test_who_goes_away_while_sending_leaves_no_traceback(server: Server) -> None:
    headers = server.enter()
    with create_connection(("127.0.0.1", server.port), timeout=120) as line:
        head = [f"{name}: {value}" for name, value in headers.items()]
        head += [f"host: 127.0.0.1:{server.port}", "content-length: 1000", "", "{"]
        line.sendall("\r\n".join(["POST /api/operations?id=d0 HTTP/1.1", *head]).encode())
        assert server.get("/api/project", headers) == 200  # so the head was read before it
    assert server.get("/api/project", headers) == 200
    assert "Traceback" not in server.end()


def test_what_was_saved_is_there_after_the_end(server: Server, folder: Path) -> None:
    server.enter()
    server.end()
    with Project.open(folder.parent / "news.glose.db") as project:
        assert len(project.documents("ana")) == 12


def started(folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Return what comes of a start that is not to succeed."""
    command = f"{GLOSE} annotate serve {folder} --no-open --port {port}".split()
    return subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, timeout=120)


def test_a_second_server_on_the_port_is_one_line(server: Server, folder: Path) -> None:
    done = started(folder, server.port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"glose: port {server.port} is in use")
    assert done.stderr.count("\n") == 1


def test_a_second_server_on_the_project_is_one_line(server: Server, folder: Path) -> None:
    done = started(folder, 0)
    assert done.returncode == 1
    assert "is open in another process" in done.stderr
    assert done.stderr.count("\n") == 1


def run(*arguments: object) -> str:
    """Return the one line of an error of the command."""
    done = CliRunner().invoke(serve_command, ["--port", "0", "--no-open", *map(str, arguments)])
    assert isinstance(done.exception, GloseError)
    return str(done.exception)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "news.example.org"])
def test_nobody_else_is_served_without_accounts(folder: Path, host: str) -> None:
    assert "this machine only" in run(folder, "--host", host)


def test_a_corpus_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    assert "no such file or folder" in run(tmp_path / "none")


def test_a_store_that_is_none_is_one_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes\n" * 400)
    assert "notes.txt" in run(folder, "--store", tmp_path / "notes.txt")


def test_a_database_that_does_not_answer_is_one_line(folder: Path) -> None:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = f"postgresql://ana:secret@127.0.0.1:{port}/news"
    said = run(folder, "--store", where)
    assert "\n" not in said
    assert "secret" not in said


def test_a_port_of_others_is_one_line() -> None:
    with listening("127.0.0.1", 0) as taken, pytest.raises(GloseError, match="is in use"):
        listening("127.0.0.1", taken.getsockname()[1])


class Shown:
    """A browser that remembers what it was to show."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.addresses: list[str] = []
        self.called = Event()
        monkeypatch.setattr(webbrowser, "open", self)

    def __call__(self, address: str) -> bool:
        self.addresses.append(address)
        self.called.set()
        return True


def test_the_browser_is_opened_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(monkeypatch)
    monkeypatch.setenv("DISPLAY", ":0")
    serving.opened("http://127.0.0.1:8000/")
    shown.called.wait(10)
    assert shown.addresses == ["http://127.0.0.1:8000/"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there a screen is taken for sure")
def test_without_a_screen_no_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(monkeypatch)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    serving.opened("http://127.0.0.1:8000/")
    assert shown.addresses == []
