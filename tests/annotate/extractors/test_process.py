"""The end of a program's run: what is missing is told, nothing waits for ever or outlives it.

What depends on who is quicker is brought about by what the programs and the input do, not by time:
a program that waits for the end of its input, an input that fails at its nth document, a named
pipe that is at its end only when every process that holds it has ended.
"""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest

from glose.annotate.extractors import answers, command, pending, pipes, process
from glose.annotate.extractors.command import Command
from glose.annotate.running import Settings, run
from glose.corpus.document import Document, fingerprint
from glose.corpus.errors import GloseError

_HEAD = f"""#!{sys.executable}
import json, os, subprocess, sys, time
def say(record):
    print(json.dumps(record), flush=True)
def lines():
    return iter(sys.stdin.readline, "")
"""
ECHO = 'for line in lines(): say({"id": json.loads(line)["id"]})\n'
#: More than the pipes hold, so that not all can have been sent to a program that does not read.
LONG = "a" * 2**17


def program(folder: Path, body: str) -> Path:
    """Write a Python program that can be executed, and return its path."""
    path = folder / "program"
    path.write_text(_HEAD + body)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def answered(folder: Path, body: str, documents: list[Document], timeout: float = 60) -> list[str]:
    """Return the ids that a program answers."""
    extractor = Command([str(program(folder, body))])
    return [answer.id for answer in extractor.annotate_all(documents, timeout)]


def failure(folder: Path, body: str, documents: list[Document], timeout: float = 60) -> str:
    """Return the error that a program causes."""
    with pytest.raises(GloseError) as caught:
        answered(folder, body, documents, timeout)
    return str(caught.value)


def documents(count: int, text: str = "un") -> list[Document]:
    """Return so many documents without annotations, of one text."""
    return [
        Document(id=f"d{number}", layer="gold", text=text, text_sha256=fingerprint(text))
        for number in range(count)
    ]


def ids(count: int) -> list[str]:
    return [f"d{number}" for number in range(count)]


def breaking(count: int, error: BaseException) -> Iterator[Document]:
    """Yield so many documents, then fail."""
    yield from documents(count)
    raise error


class TestInputThatBreaks:
    """An input that fails is an error of the run, whatever the program has answered by then."""

    @pytest.mark.parametrize("count", [0, 1, 40])
    @pytest.mark.parametrize(
        "error", [GloseError("d7: broken"), ValueError("broken"), KeyboardInterrupt()]
    )
    def test_the_error_arrives(self, tmp_path: Path, count: int, error: BaseException) -> None:
        extractor = Command([str(program(tmp_path, ECHO))])

        with pytest.raises(type(error)) as caught:
            list(extractor.annotate_all(breaking(count, error)))

        assert caught.value is error

    @pytest.mark.parametrize("words", ["cat", "true", "false"])
    def test_no_shortened_output_is_written(self, tmp_path: Path, words: str) -> None:
        """Not once in fifty runs, with programs that end as soon as they can."""
        out = tmp_path / "out.jsonl"
        for _ in range(50):
            with pytest.raises(GloseError):
                run(Command([words]), breaking(3, GloseError("broken")), out, Settings())
            (tmp_path / "out.partial.jsonl").unlink(missing_ok=True)

        assert not out.exists()


class TestMissingAnswers:
    """A program that ends with exit code 0 is believed only if it answered every document."""

    @pytest.mark.parametrize("count", [1, 5, 60])
    def test_a_program_that_ends_at_once(self, count: int) -> None:
        """Each of fifty runs is an error that names the first document, and no wrong number."""
        for _ in range(50):
            with pytest.raises(GloseError) as caught:
                list(Command(["true"]).annotate_all(documents(count)))

            assert str(caught.value).split(";")[0] in {
                f"true ended without an answer for {count} of {count} documents (the first: d0)",
                "true ended before it had read all documents",
            }

    def test_no_document_needs_no_answer(self) -> None:
        assert list(Command(["true"]).annotate_all([])) == []

    def test_the_number_is_told_where_all_was_sent(self, tmp_path: Path) -> None:
        body = "asked = list(lines())\nfor number in range(3): say({'id': f'd{number}'})"

        assert "without an answer for 57 of 60 documents (the first: d3)" in failure(
            tmp_path, body, documents(60)
        )

    def test_no_number_is_claimed_where_not_all_was_sent(self, tmp_path: Path) -> None:
        """It answers one of sixty documents, which no pipe holds, and ends."""
        body = "line = sys.stdin.readline(); say({'id': 'd0'})"

        assert "before it had read all documents; 1 are answered (the first that is not: d1)" in (
            failure(tmp_path, body, documents(60, LONG))
        )

    def test_a_program_that_stops_reading_may_still_answer(self, tmp_path: Path) -> None:
        body = "line = sys.stdin.readline(); os.close(0); say({'id': 'd0'})"
        found = Command([str(program(tmp_path, body))]).annotate_all(documents(60, LONG))

        assert next(found).id == "d0"
        with pytest.raises(GloseError, match="1 are answered"):
            next(found)

    def test_a_program_need_not_wait_for_the_end_of_its_input(self, tmp_path: Path) -> None:
        body = "for _ in range(5): say({'id': json.loads(sys.stdin.readline())['id']})"

        assert answered(tmp_path, body, documents(5)) == ids(5)

    def test_a_document_that_was_never_drawn_is_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The program is over after its first answer, before anything else was asked of it."""

        class Brief:
            def __init__(self, words: list[str]) -> None: ...

            def exchange(self, questions: Iterator[bytes], patience: float) -> Iterator[object]:
                next(questions)
                yield 1, b'{"id": "d0"}'

            def close(self) -> None: ...

        monkeypatch.setattr(command, "Process", Brief)

        with pytest.raises(GloseError, match=r"1 are answered .*the first that is not: d1"):
            list(Command(["brief"]).annotate_all(documents(2)))

    def test_an_empty_output_is_not_written(self, tmp_path: Path) -> None:
        for _ in range(20):
            with pytest.raises(GloseError):
                run(Command(["true"]), documents(2), tmp_path / "out.jsonl", Settings())

        assert list(tmp_path.iterdir()) == []


class TestEndOfTheOutput:
    """How an output may end, and what that says."""

    def test_a_last_line_may_lack_its_line_feed(self, tmp_path: Path) -> None:
        body = 'asked = list(lines()); sys.stdout.write(json.dumps({"id": "d0"}))'

        assert answered(tmp_path, body, documents(1)) == ["d0"]

    def test_a_line_that_is_cut_off_is_an_error(self, tmp_path: Path) -> None:
        body = """asked = list(lines()); sys.stdout.write('{"id": "d0"}\\n{"id": "d')"""

        assert "program:2: no record" in failure(tmp_path, body, documents(2))

    def test_a_crash_in_the_middle_of_a_line_is_told_as_a_crash(self, tmp_path: Path) -> None:
        body = """
asked = list(lines())
sys.stdout.write('{"id": "d')
sys.stdout.flush()
sys.exit("boom")
"""
        assert "exit code 1 after 0 lines; its last words: boom" in failure(
            tmp_path, body, documents(1)
        )

    def test_an_output_may_be_closed_before_the_end(self, tmp_path: Path) -> None:
        """What follows, it does in peace: its end is awaited, and its exit code counts."""
        body = f"{ECHO}os.close(1); sys.stderr.write('x' * 2**20); os._exit(3)"

        assert "ended with exit code 3 after 2 lines" in failure(tmp_path, body, documents(2))

    def test_a_program_that_closes_its_output_and_stays_is_ended(self, tmp_path: Path) -> None:
        body = "os.close(1); time.sleep(600)"

        assert "closed its output but does not end" in failure(
            tmp_path, body, documents(60, LONG), timeout=0.3
        )

    def test_nothing_more_is_sent_when_the_output_is_closed(self, tmp_path: Path) -> None:
        assert "before it had read all documents; 0 are answered" in failure(
            tmp_path, "os.close(1); asked = list(lines())", documents(300, LONG)
        )

    def test_what_it_started_may_answer_after_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The answers come from a child that first waits until the program has ended."""
        monkeypatch.setattr(process, "_GRACE", 20.0)
        body = f"""
parent = os.getpid()
if os.fork():
    os._exit(0)
while os.getppid() == parent:
    time.sleep(0.01)
{ECHO}
"""
        assert answered(tmp_path, body, documents(300)) == ids(300)

    def test_what_holds_the_output_does_not_keep_a_program_alive(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(process, "_GRACE", 0.1)
        body = f"{ECHO}subprocess.Popen(['sleep', '600'])"

        assert answered(tmp_path, body, documents(3)) == ids(3)


class TestNothingWaitsForEver:
    """Full pipes, floods and silence."""

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param("while True: sys.stdout.write('\\n' * 9999)", id="blank lines"),
            pytest.param("while True: sys.stderr.write('x' * 9999)", id="complaints"),
            pytest.param("os.close(0); time.sleep(600)", id="it closes its input"),
            pytest.param("time.sleep(600)", id="it does nothing"),
            pytest.param("list(lines()); time.sleep(600)", id="it only reads"),
        ],
    )
    def test_only_answers_count(self, tmp_path: Path, body: str) -> None:
        assert "gave no answer for 0.3 s after 0 lines" in failure(
            tmp_path, body, documents(9), timeout=0.3
        )

    def test_the_time_in_which_answers_are_used_does_not_count(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each answer is used for ten minutes, by a clock that only the test moves."""
        now = [0.0]
        monkeypatch.setattr(pipes, "monotonic", lambda: now[0])
        found = []
        for answer in Command([str(program(tmp_path, ECHO))]).annotate_all(documents(3), 60):
            found.append(answer.id)
            now[0] += 600

        assert found == ids(3)

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param("for line in lines(): sys.stdout.write(line)", id="line by line"),
            pytest.param("for line in list(lines()): sys.stdout.write(line)", id="all, then all"),
        ],
    )
    def test_large_documents_go_both_ways(self, tmp_path: Path, body: str) -> None:
        assert answered(tmp_path, body, documents(3, "é" * 2**21)) == ids(3)

    def test_an_answer_may_come_before_anything_is_read(self, tmp_path: Path) -> None:
        body = "say({'id': 'd0', 'extra': [{'name': 'a', 'value': 'y' * 2**20}]})\n" + ECHO

        assert "program:2: d0: a second answer" in failure(tmp_path, body, documents(9, LONG))

    def test_a_line_without_end_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(process, "LONGEST", 2**20)

        assert "a line of more than 1048576 bytes" in failure(
            tmp_path, "while True: sys.stdout.write('x' * 9999)", documents(1)
        )

    def test_questions_beyond_what_memory_is_allowed_wait_in_a_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(answers, "Pending", lambda: pending.Pending(held=500))
        body = 'for line in reversed(list(lines())): say({"id": json.loads(line)["id"]})'

        assert answered(tmp_path, body, documents(60)) == ids(60)[::-1]


class TestAnswers:
    """What an answer may say of its document besides its lists."""

    def test_another_fingerprint_is_refused(self, tmp_path: Path) -> None:
        body = "line = sys.stdin.readline(); say({'id': 'd0', 'text_sha256': '0' * 64})"

        assert "program:1: d0: text_sha256 is '0000" in failure(tmp_path, body, documents(1))

    def test_the_fingerprint_of_the_input_may_be_repeated(self, tmp_path: Path) -> None:
        body = "for line in lines(): sys.stdout.write(line)"

        assert answered(tmp_path, body, documents(2)) == ids(2)

    def test_what_is_not_asked_for_is_not_taken(
        self, tmp_path: Path, gold: list[Document]
    ) -> None:
        """Language, meta data, segments and tokens are those of the input."""
        body = """
for line in lines():
    document = json.loads(line)
    document.update(language="xx", meta={"title": "x"}, segments=[], tokens=[[0, 1]])
    say(document)
"""
        (first, *_) = Command([str(program(tmp_path, body))]).annotate_all(gold)

        assert (first.language, first.meta, first.segments, first.tokens) == (
            gold[0].language, gold[0].meta, gold[0].segments, gold[0].tokens,
        )  # fmt: skip

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param('{"id": "d0", "mentions": [], "mentions": []}', id="in the record"),
            pytest.param(
                '{"id": "d0", "extra": [{"name": "a", "value": "b", "name": "c"}]}', id="within"
            ),
        ],
    )
    def test_a_key_may_stand_once(self, tmp_path: Path, line: str) -> None:
        body = f"asked = sys.stdin.readline(); print({line!r})"

        assert "stands twice in one object" in failure(tmp_path, body, documents(1))

    def test_two_documents_of_the_input_with_one_id(self, tmp_path: Path) -> None:
        assert failure(tmp_path, ECHO, documents(2) + documents(1)).startswith(
            "d0: two documents with this id"
        )

    def test_the_question_is_whole_when_its_answer_comes(
        self, tmp_path: Path, gold: list[Document]
    ) -> None:
        found = list(Command([str(program(tmp_path, ECHO))]).annotate_all(gold))

        assert [(one.text, one.meta, one.segments) for one in found] == [
            (one.text, one.meta, one.segments) for one in gold
        ]


#: Holds a named pipe open, as does the child that it starts; says so once both are there.
HOLDING = """
held = os.open({fifo!r}, os.O_WRONLY)
os.set_inheritable(held, True)
subprocess.Popen(["sleep", "600"], close_fds=False, stdout=subprocess.DEVNULL)
os.write(held, b"x")
"""


class Alive:
    """A named pipe that tells whether a process that opened it still runs."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def read(self) -> bytes:
        """Return what was written since, nothing when all have ended; wait for either."""
        if not select([self._end], [], [], 60)[0]:
            raise TimeoutError("still open after a minute")
        return os.read(self._end, 9)

    def close(self) -> None:
        os.close(self._end)


@pytest.fixture
def alive(tmp_path: Path) -> Iterator[Alive]:
    """A named pipe that programs may hold."""
    made = Alive(tmp_path / "fifo")
    yield made
    made.close()


class TestNothingOutlivesTheRun:
    """The program and all of its group are ended, however the run ends."""

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(ECHO, id="it ended well"),
            pytest.param("sys.exit(1)", id="it failed"),
            pytest.param("list(lines())", id="it left answers out"),
            pytest.param("say({'id': 'd99'}); time.sleep(600)", id="it answered wrongly"),
        ],
    )
    def test_its_children_are_ended(self, tmp_path: Path, alive: Alive, body: str) -> None:
        whole = HOLDING.format(fifo=str(alive.path)) + body
        try:
            answered(tmp_path, whole, documents(2))
        except GloseError:
            assert body != ECHO

        assert (alive.read(), alive.read()) == (b"x", b"")

    def test_they_are_ended_when_nobody_asks_for_more(self, tmp_path: Path, alive: Alive) -> None:
        body = HOLDING.format(fifo=str(alive.path)) + ECHO
        found = Command([str(program(tmp_path, body))]).annotate_all(documents(2))
        next(found)
        del found

        assert (alive.read(), alive.read()) == (b"x", b"")

    @pytest.mark.parametrize(
        "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda one: one.name
    )
    @pytest.mark.parametrize(
        "use", ["list(answers)", "next(answers); time.sleep(600)"], ids=["waiting", "using"]
    )
    def test_a_signal_ends_them_with_glose(
        self, tmp_path: Path, alive: Alive, number: signal.Signals, use: str
    ) -> None:
        """While glose waits for an answer, and while it does something with one.

        A run in the background may have been started with signals ignored; here they are not.
        """
        body = HOLDING.format(fifo=str(alive.path)) + "say({'id': 'd0'}); time.sleep(600)"
        script = f"""
import signal, time
usual = signal.default_int_handler if {number == signal.SIGINT} else signal.SIG_DFL
signal.signal({int(number)}, usual)
from glose.annotate.extractors.command import Command
from glose.corpus.document import Document
answers = Command([{str(program(tmp_path, body))!r}]).annotate_all(
    [Document(id=id, text="un") for id in ("d0", "d1")]
)
{use}
"""
        running = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
        first = alive.read()
        running.send_signal(number)

        assert (running.wait(60) != 0, first, alive.read()) == (True, b"x", b"")

    def test_signals_are_as_before_when_the_run_is_over(self, tmp_path: Path) -> None:
        answered(tmp_path, ECHO, documents(2))

        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL

    def test_a_handler_of_others_is_left_alone(self, tmp_path: Path) -> None:
        def theirs(*_: object) -> None: ...

        before = signal.signal(signal.SIGTERM, theirs)
        try:
            found = Command([str(program(tmp_path, ECHO))]).annotate_all(documents(2))
            next(found)

            assert signal.getsignal(signal.SIGTERM) is theirs
        finally:
            signal.signal(signal.SIGTERM, before)
