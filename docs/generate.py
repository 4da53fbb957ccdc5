"""Write docs/cli.md from the commands; `--check` only says whether it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from glose.cli import commands

TARGET = Path(__file__).parent / "cli.md"
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


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text() != reference())
    TARGET.write_text(reference())
