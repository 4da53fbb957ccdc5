"""The command `glose`: its groups, each loaded only when it is called."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from types import FrameType

import click

from glose.corpus.errors import GloseError

#: What each group is for; the group itself is `group` in `glose.<name>.commands`.
GROUPS: Mapping[str, str] = {
    "corpus": "Turn documents into a corpus, and check, compare and split it.",
    "annotate": "Let people and programs annotate a corpus.",
    "evaluate": "Score predictions against gold, with intervals, tests and errors.",
}


class Groups(click.Group):
    """A group whose sub-groups are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the groups, in the order of the work."""
        return list(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the group of that name, or `None`."""
        if cmd_name not in GROUPS:
            return None
        group: click.Command = import_module(f"glose.{cmd_name}.commands").group
        return group

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each group is for, without importing it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(GROUPS.items()))


@click.command(cls=Groups, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("glose"), message="glose %(version)s")
def commands() -> None:
    """Turn documents into a corpus, annotate it, and score extractors against the gold.

    Results go to standard output, progress and messages to standard error. Exit codes: 0 done;
    1 the input is at fault; 2 the command line is at fault.
    """


def main() -> None:
    """Run the command; an error that the user can put right becomes one line and exit code 1."""
    # Told to end, a command cleans up as it does when it is interrupted.
    signal.signal(signal.SIGTERM, _end)
    try:
        commands(prog_name="glose")
        sys.stdout.flush()
    except GloseError as error:
        click.echo(f"glose: {' '.join(str(error).splitlines())}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); nothing is left to say.
        _discard_output()
        sys.exit(1)
    except OSError as error:
        # A full disk, a folder that may not be written to: not our fault, and one line says it.
        where = error.filename or "a file or the output cannot be written"
        click.echo(f"glose: {where}: {error.strerror}", err=True)
        _discard_output()
        sys.exit(1)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signal.SIGTERM)


def _discard_output() -> None:
    """Send what still waits to be printed nowhere, so that the exit is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
