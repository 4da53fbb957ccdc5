"""The command as a whole: quick to start, one line an error, the right exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
