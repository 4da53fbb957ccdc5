"""Write docs/cli.md from the commands, and the table of docs/formats.md from the formats.

`--check` only says whether they are stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from glose.cli import commands
from glose.corpus.formats import overview

TARGET = Path(__file__).parent / "cli.md"
FORMATS = Path(__file__).parent / "formats.md"
BEGIN, END = "<!-- made by make docs -->", "<!-- until here -->"
SETTINGS = commands.context_settings
INTRO = """# The commands

Made by `make docs` from the commands themselves; what `--help` prints is what stands here.
"""


def walk(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the full name and the help of a command and of all below it."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from walk(below, click.Context(below, context, name))


def reference() -> str:
    """Return the whole page."""
    context = click.Context(commands, info_name="glose", terminal_width=99, **SETTINGS)
    parts = [INTRO]
    for name, text in walk(commands, context):
        parts.append(f"## `{name}`\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """Return the pages that are made, whole."""
    formats = FORMATS.read_text()
    before, _, rest = formats.partition(BEGIN)
    after = rest.partition(END)[2]
    return {TARGET: reference(), FORMATS: f"{before}{BEGIN}\n{overview.table()}\n{END}{after}"}


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(any(path.read_text() != text for path, text in pages().items()))
    for path, text in pages().items():
        path.write_text(text)
