"""The commands of `glose evaluate`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

import click


@click.group("evaluate")
def group() -> None:
    """Score predictions against gold, with intervals, tests and errors."""
