"""The commands of `glose corpus`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

import click


@click.group("corpus")
def group() -> None:
    """Turn documents into a corpus, and check, compare and split it."""
