"""Programs as extractors: what they answer, and every way in which they can fail."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from glose.annotate.extractors.command import Command, load
from glose.annotate.running import Settings, run
from glose.corpus import jsonl
from glose.corpus.document import Document
from glose.corpus.errors import GloseError

_HEAD = f"""#!{sys.executable}
import json, sys, time
def say(record):
    print(json.dumps(record), flush=True)
"""
ECHO = 'for line in sys.stdin: say({"id": json.loads(line)["id"], "mentions": []})'
#: Marks every `russe` in a document.
RUSSE = """
for line in sys.stdin:
    document = json.loads(line)
    at = document["text"].index("russe")
    mention = {"id": "m1", "type": "GPE", "start": at, "end": at + 5}
    say({"id": document["id"], "mentions": [mention]})
"""


def program(folder: Path, body: str) -> Path:
    """Write a Python program that can be executed, and return its path."""
    path = folder / "program"
    path.write_text(_HEAD + body)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def failure(folder: Path, body: str, gold: list[Document], timeout: float = 20) -> str:
    """Return the error that a program causes."""
    extractor = Command([str(program(folder, body))])
    with pytest.raises(GloseError) as caught:
        list(extractor.annotate_all(gold, timeout))
    return str(caught.value)


def test_a_sparse_answer_is_completed(tmp_path: Path, gold: list[Document]) -> None:
    """The words of a span are taken from the text, and the list counts as annotated."""
    answer = next(Command([str(program(tmp_path, RUSSE))]).annotate_all(gold))

    assert (answer.mentions[0].text, answer.status.annotated) == ("russe", ("mentions",))


def test_one_document_alone(tmp_path: Path, gold: list[Document]) -> None:
    assert Command([str(program(tmp_path, RUSSE))]).annotate(gold[0]).id == gold[0].id


def test_the_program_gets_its_arguments_without_a_shell(
    tmp_path: Path, gold: list[Document]
) -> None:
    body = """
assert sys.argv[1:] == ["$HOME;", "echo"]
for line in sys.stdin: say({"id": json.loads(line)["id"]})
"""
    words = [str(program(tmp_path, body)), "$HOME;", "echo"]

    assert len(list(Command(words).annotate_all(gold))) == len(gold)


def test_the_program_sees_no_annotation(tmp_path: Path, gold: list[Document]) -> None:
    seen = tmp_path / "seen"
    body = f"""
data = sys.stdin.read()
open({str(seen)!r}, "w").write(data)
for line in data.splitlines(): say({{"id": json.loads(line)["id"]}})
"""
    list(Command([str(program(tmp_path, body))]).annotate_all(gold))

    assert not [
        word
        for word in ("mentions", "ASSAULT", "m1", "gold", "status")
        if word in seen.read_text()
    ]


def test_answers_may_come_in_any_order(tmp_path: Path, gold: list[Document]) -> None:
    body = 'for line in reversed(list(sys.stdin)): say({"id": json.loads(line)["id"]})'
    out = tmp_path / "out.jsonl"
    run(Command([str(program(tmp_path, body))]), gold, out, Settings())

    assert [one.id for one in jsonl.read(out)] == [one.id for one in gold]


def test_pipes_that_are_full_on_both_sides_do_not_lock(
    tmp_path: Path, gold: list[Document]
) -> None:
    """The program complains a megabyte and answers before it has read everything."""
    body = 'sys.stderr.write("x" * 2**20)\n' + RUSSE.replace(
        '"mentions": [mention]',
        '"mentions": [mention], "extra": [{"name": "a", "value": "y" * 2**16}]',
    )
    many = [one for _ in range(20) for one in gold]
    documents = [
        Document(**{f: getattr(d, f) for f in d.__struct_fields__} | {"id": f"x{n}"})
        for n, d in enumerate(many)
    ]

    assert len(list(Command([str(program(tmp_path, body))]).annotate_all(documents, 60))) == 240


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(
            'sys.stdin.readline(); sys.exit("out of\\nmemory")',
            "ended with exit code 1 after 0 lines; its last words: memory",
            id="a crash is told with exit code and last words",
        ),
        pytest.param(
            "import os; os.kill(os.getpid(), 9)", "ended with signal 9", id="a signal is told"
        ),
        pytest.param(
            'say({"id": "d99"})',
            "output of {program}:1: d99: nothing was asked of the id 'd99'",
            id="a wrong id names the line",
        ),
        pytest.param(
            'say({"id": "d0"}); say({"id": "d0"})',
            "output of {program}:2: d0: a second answer",
            id="a duplicate names the line",
        ),
        pytest.param(
            'sys.stdin.read(); say({"id": "d0"})',
            "without an answer for 11 of 12 documents (the first: d1)",
            id="missing answers are counted",
        ),
        pytest.param(
            'say({"id": "d0", "mentions": [{"id": "m1", "type": "GPE", "start": 3, "end": 999}]})',
            "output of {program}:1: d0: mention m1: end 999 is past the end",
            id="an offset past the end names the line",
        ),
        pytest.param(
            'one = {"id": "m1", "type": "GPE", "start": 0, "end": 2, "text": "xy"}\n'
            'say({"id": "d0", "mentions": [one]})',
            "output of {program}:1: d0: mention m1",
            id="words that are not those of the span name the line",
        ),
        pytest.param(
            'say({"id": "d0", "text": "autre"})',
            "output of {program}:1: d0: the text is not that of the input",
            id="a changed text names the line",
        ),
        pytest.param(
            'print("no json", flush=True)',
            "output of {program}:1: no record",
            id="a line that is no JSON names the line",
        ),
        pytest.param(
            'say({"id": "d0", "entitys": []})',
            "output of {program}:1: no record",
            id="an unknown key names the line",
        ),
    ],
)
def test_failure(tmp_path: Path, gold: list[Document], body: str, message: str) -> None:
    wait = "first = sys.stdin.readline()\n" if "stdin" not in body else ""

    assert message.format(program=tmp_path / "program") in failure(tmp_path, wait + body, gold)


def test_a_program_that_hangs_is_ended(tmp_path: Path, gold: list[Document]) -> None:
    assert "gave no answer for 0.3 s after 0 lines" in failure(
        tmp_path, "sys.stdin.readline(); time.sleep(600)", gold, timeout=0.3
    )


def test_a_program_that_is_not_there(gold: list[Document]) -> None:
    with pytest.raises(GloseError, match="cannot be started"):
        list(Command(["/nowhere/program"]).annotate_all(gold))


@pytest.mark.parametrize("argument", [None, "", "  "])
def test_command_needs_a_program(argument: str | None) -> None:
    with pytest.raises(GloseError, match="needs a program"):
        load(argument)


def test_a_quotation_mark_that_is_not_closed() -> None:
    with pytest.raises(GloseError, match="cannot be split into words"):
        load("./program 'a")


def test_finished_documents_are_kept_and_the_run_goes_on(
    tmp_path: Path, gold: list[Document]
) -> None:
    """A crash at the sixth document loses none of the five before, and `resume` does the rest."""
    once = tmp_path / "crashed"
    body = f"""
import os
for number, line in enumerate(sys.stdin):
    if number == 5 and not os.path.exists({str(once)!r}):
        open({str(once)!r}, "w").close()
        sys.exit("boom")
    say({{"id": json.loads(line)["id"], "mentions": []}})
"""
    extractor = Command([str(program(tmp_path, body))])
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError, match=r"boom \(5 finished documents are in .*--resume"):
        run(extractor, gold, out, Settings())
    assert not out.exists()

    assert run(extractor, gold, out, Settings(resume=True)) == 12


@pytest.mark.parametrize(
    ("argument", "layer"),
    [
        pytest.param("./mine.py --fast", "mine", id="a program"),
        pytest.param("python ext.py", "ext", id="a script"),
        pytest.param("/usr/bin/python3.12 -u tools/ext.py crash.py", "ext", id="options before"),
        pytest.param("uv run ext.py", "ext", id="a runner with a command"),
        pytest.param("bash -c 'cat | ./ext.sh'", "bash", id="no script: the program"),
        pytest.param("./mine.sh other.py", "mine", id="a script that is given to a program"),
        pytest.param("python", "python", id="a runner alone"),
    ],
)
def test_the_layer_is_named_after_what_is_run(argument: str, layer: str) -> None:
    assert load(argument).name == layer


def test_a_script_without_a_suffix_is_known_as_a_file(tmp_path: Path) -> None:
    assert load(f"python {program(tmp_path, ECHO)}").name == "program"
