"""The manual is tested: what can be named on the command line is written down, and works."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from glose.cli import commands
from glose.corpus.building.readers.table import READERS
from glose.corpus.formats.table import FORMATS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")])


def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield the full name of every command with the command."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from walk(found, f"{name} {below}")


COMMANDS = dict(walk(commands, "glose"))


def page(name: str) -> str:
    """Return the text of a page below docs."""
    return (ROOT / "docs" / name).read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_command_says_what_it_does(name: str) -> None:
    assert COMMANDS[name].help, f"{name} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_option_says_what_it_does(name: str) -> None:
    options = [p for p in COMMANDS[name].params if isinstance(p, click.Option)]

    assert [p.name for p in options if not p.help] == []


def test_command_reference_is_fresh() -> None:
    """docs/cli.md is what `make docs` writes."""
    done = subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"])

    assert done.returncode == 0, "docs/cli.md is stale: run `make docs`"


def commands_shown() -> Iterator[tuple[str, str]]:
    """Yield every `glose …` line of a code block, with the page that shows it."""
    for path in PAGES:
        for block in re.findall(r"```(?:sh|console|bash)\n(.*?)```", path.read_text(), re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                command = line.removeprefix("$ ").split(" | ")[0].split(" > ")[0].strip()
                if command.startswith("glose "):
                    yield path.name, command


@pytest.mark.parametrize(("where", "line"), list(commands_shown()))
def test_command_shown_in_the_manual_exists(where: str, line: str) -> None:
    """Each word up to the arguments names a command, and each option is one of its options."""
    words = shlex.split(line, comments=True)
    name = "glose"
    while len(words) > 1 and f"{name} {words[1]}" in COMMANDS:
        name = f"{name} {words.pop(1)}"
    known = {text for p in COMMANDS[name].params for text in (*p.opts, *p.secondary_opts)}
    used = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}

    assert used - {"-h", "--help"} <= known, f"{where} shows options that {name} does not have"
    assert not isinstance(COMMANDS[name], click.Group) or used, f"{where}: {line} names no command"


def links() -> Iterator[tuple[Path, str]]:
    """Yield every relative link of the manual."""
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#: ]+)(?:#[^)]*)?\)", path.read_text()):
            yield path, target


@pytest.mark.parametrize(("path", "target"), list(links()), ids=str)
def test_link_leads_somewhere(path: Path, target: str) -> None:
    assert (path.parent / target).exists()


@pytest.mark.parametrize("name", READERS)
def test_kind_of_document_is_documented(name: str) -> None:
    """Each has a heading, alone or with another, and a line in the table."""
    manual = page("documents.md")

    assert re.search(rf"^## .*`{name}`", manual, re.MULTILINE)
    assert re.search(rf"^\|.*\[`{name}`\]", manual, re.MULTILINE)


def test_make_targets_are_described() -> None:
    """`make help` lists every target that is meant to be called."""
    text = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    described = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))

    assert described == phony


def test_the_python_of_the_readme_gives_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = "\n".join(
        re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    )
    example = doctest.DocTestParser().get_doctest(text, {}, "README.md", None, 0)

    assert example.examples
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_readme_counts_the_formats_right() -> None:
    read, written = len(FORMATS), sum(bool(each.writer) for each in FORMATS.values())
    stated = " ".join((ROOT / "README.md").read_text().split())

    assert f"in {read} formats" in stated
    assert f"go out in {written}:" in stated


def test_the_samples_readme_counts_right() -> None:
    """What the tables of the sample say is what its files hold."""
    page = (ROOT / "corpus" / "samples" / "README.md").read_text()
    splits = json.loads((ROOT / "corpus" / "samples" / "splits.json").read_text())

    assert ", ".join(f"{name} {len(ids)}" for name, ids in splits.items()) in page
