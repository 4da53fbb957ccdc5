"""The commands of `glose annotate`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

import click


@click.group("annotate")
def group() -> None:
    """Let people and programs annotate a corpus."""
