"""The commands of `glose corpus`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("corpus")
def group() -> None:
    """Turn documents into a corpus, and check, compare and split it."""


@group.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to write to."
)
@click.option(
    "--on-error",
    type=click.Choice(["reject", "fail"]),
    default="reject",
    show_default=True,
    help="What to do with a document that cannot be read: note it in rejects.jsonl, or stop.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes; as many as are worth it if not given."
)
@click.option(
    "--layer",
    "layers",
    multiple=True,
    metavar="NAME=FILE",
    help="Attach the annotation in a file of records to the documents built; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def build_command(
    sources: tuple[str, ...],
    output: Path,
    on_error: str,
    jobs: int | None,
    layers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build a corpus from documents: files, folders, globs, gzip and zip; text and HTML."""
    from glose.corpus.building.builder import Options, build

    named = {}
    for layer in layers:
        name, equals, file = layer.partition("=")
        if not equals or not file:
            raise click.BadParameter(f"{layer!r}; expected NAME=FILE", param_hint="--layer")
        named[name] = Path(file)
    summary = build(sources, output, Options(fail=on_error == "fail", jobs=jobs, layers=named))
    click.echo(f"{summary.documents} documents, {len(summary.rejected)} rejected", err=True)
    if as_json:
        click.echo(summary.json())
