"""The commands of `glose corpus`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

import click

from glose.corpus.building.commands import build_command


@click.group("corpus")
def group() -> None:
    """Turn documents into a corpus, and check, compare and split it."""


group.add_command(build_command)
