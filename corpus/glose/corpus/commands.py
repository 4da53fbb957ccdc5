"""The commands of `glose corpus`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

from pathlib import Path

import click

from glose.corpus.building.commands import build_command


@click.group("corpus")
def group() -> None:
    """Turn documents into a corpus, and check, compare and split it."""


group.add_command(build_command)


@group.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--schema", metavar="S", help="Check types and roles too: plover, ace2005, muc4 or a .toml."
)
@click.option("--sparse", is_flag=True, help="Let records leave out keys, as predictions may.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as one JSON object.")
@click.pass_context
def validate_command(
    context: click.Context,
    files: tuple[Path, ...],
    schema: str | None,
    sparse: bool,
    as_json: bool,
) -> None:
    """Tell everything that is wrong with files of records or corpus folders.

    Each problem is a line `file:line: id: what was found; what was expected`; exit code 1 if one
    of them is an error. docs/record.md has the rules.
    """
    from glose.corpus import schema as schemas
    from glose.corpus import validation
    from glose.corpus.problems import Checks, Summary

    checks = Checks(schemas.load(schema) if schema else None, sparse)
    summary = Summary()
    found = validation.problems(files, checks, summary)
    for piece in validation.as_json(found, summary) if as_json else (f"{p}\n" for p in found):
        click.echo(piece, nl=False)
    click.echo(str(summary), err=True)
    if summary.errors:
        context.exit(1)
