"""The command as a whole: quick to start, one line an error, the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from glose.cli import commands

#: Packages that take long to import; help needs none of them.
HEAVY = {
    "chardet", "datasets", "htmldate", "jinja2", "lxml", "numpy", "pandas", "py3langid", "pyarrow",
    "pycrfsuite", "scipy", "sklearn", "trafilatura",
}  # fmt: skip


def glose(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, in a process of its own."""
    program = "import sys; from glose.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "arguments", [[], ["corpus"], ["annotate"], ["evaluate"]], ids=lambda a: " ".join(a) or "glose"
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from glose.cli import commands\n"
        f"commands({[*arguments, '--help']!r}, standalone_mode=False)\n"
        "print('LOADED', *{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split("LOADED")[1].split())

    assert loaded & HEAVY == set()


def test_version_is_printed() -> None:
    assert glose("--version").stdout.startswith("glose ")


def test_an_unknown_command_is_the_fault_of_the_command_line() -> None:
    assert glose("corpsu").returncode == 2


def test_a_missing_file_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    done = glose("corpus", "stats", tmp_path / "none.jsonl")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "none.jsonl" in done.stderr


def test_a_reader_that_goes_away_gets_no_traceback() -> None:
    """`glose … | head -1` ends quietly."""
    program = "import sys; from glose.cli import main; sys.argv[1:] = ['--help']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()

    assert b"Traceback" not in errors


def walk(command: click.Command) -> Iterator[click.Command]:
    """Yield every command below one."""
    yield command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from walk(below)


def test_an_unreadable_file_is_the_fault_of_the_input() -> None:
    """click would call it a fault of the command line, exit code 2, before we read it."""
    paths = [p.type for c in walk(commands) for p in c.params if isinstance(p.type, click.Path)]

    assert len(paths) > 10
    assert not any(path.readable for path in paths)


def test_a_full_disk_under_the_output_is_one_line() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        program = "import sys; from glose.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, "--help"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    told = "glose: a file or the output cannot be written: No space left on device\n"

    assert (done.returncode, done.stderr) == (1, told)


@pytest.mark.parametrize("command", ["score", "report", "run"])
def test_the_gold_is_never_overwritten(tmp_path: Path, command: str) -> None:
    """A slip on the command line may not cost what people annotated."""
    gold = tmp_path / "gold.jsonl"
    content = (Path(__file__).parent / "corpus" / "data" / "example.jsonl").read_bytes()
    gold.write_bytes(content)
    done = {
        "score": lambda: glose("evaluate", "score", gold, gold, "--json", gold),
        "report": lambda: glose("evaluate", "report", gold, gold, "-o", gold),
        "run": lambda: glose("annotate", "run", "rules", gold, "-o", gold),
    }[command]()

    assert gold.read_bytes() == content
    assert (done.returncode, done.stderr) == (
        1, f"glose: {gold}: this is an input too; name another file to write\n",
    )  # fmt: skip


def test_a_command_that_is_told_to_end_leaves_no_draft(tmp_path: Path) -> None:
    """While `diff` waits for a pipe, SIGTERM ends it as an interruption would."""
    os.mkfifo(tmp_path / "pipe")
    program = (
        "from pathlib import Path; from glose import cli; from glose.corpus.files import whole\n"
        "def waiting(**_):\n"
        "    with whole(Path('draft')): open('pipe').read()\n"
        "cli.commands = waiting\n"
        "cli.main()"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path)
    with (tmp_path / "pipe").open("w"):
        process.terminate()
        code = process.wait()

    assert code == 128 + 15
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
