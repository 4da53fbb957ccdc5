"""The command `glose corpus build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from glose.corpus.errors import GloseError
from glose.corpus.numbers import counted

if TYPE_CHECKING:
    from glose.corpus.building.settings import Build
    from glose.corpus.building.summary import Summary


_PATH = click.Path(path_type=Path, readable=False)
_ON_ERROR = click.Choice(["reject", "fail"])
_ON_ERROR_HELP = (
    "A document that cannot be read is noted in rejects.jsonl (reject, as by default), or ends"
    " the build with nothing written (fail)."
)
_SCHEMA_HELP = "The schema that the layers follow, by name or path; the folder then carries it."
_JOBS_HELP = "Number of processes, one for little by default; the result is the same."
_LAYER_HELP = "Attach the annotation in a file of records; may be given repeatedly."
_COLUMN_HELP = (
    "Which column of tables and JSON is the text, title, date, id or another field; may be given"
    " repeatedly."
)
_SPLITS_HELP = (
    "A JSON object of lists of ids; by default splits.json beside the file of a layer, or those"
    " of an earlier build."
)
_NEAR_HELP = (
    "How much of a document is in another if they are told to be near-duplicates, half by default;"
    " 0 is not to look."
)


@click.command("build")
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("-o", "--output", type=_PATH, help="Folder to write to.")
@click.option("--config", type=_PATH, help="A glose.toml with a section [build].")
@click.option("--on-error", type=_ON_ERROR, help=_ON_ERROR_HELP)
@click.option("--jobs", type=click.IntRange(min=1), help=_JOBS_HELP)
@click.option("--name", help="Name of the corpus; by default that of the folder.")
@click.option("--layer", "layers", multiple=True, metavar="NAME=FILE", help=_LAYER_HELP)
@click.option("--splits", type=_PATH, help=_SPLITS_HELP)
@click.option("--schema", metavar="S", help=_SCHEMA_HELP)
@click.option(
    "--near-duplicates", "share", type=click.FloatRange(0, 1), metavar="SHARE", help=_NEAR_HELP
)
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help=_COLUMN_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def build_command(
    sources: tuple[str, ...],
    output: Path | None,
    config: Path | None,
    on_error: str | None,
    jobs: int | None,
    name: str | None,
    layers: tuple[str, ...],
    splits: Path | None,
    schema: str | None,
    share: float | None,
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build a corpus from documents of many kinds, in files, folders, globs, gzip and zip.

    The folder gets documents.jsonl, a file for each layer, corpus.json, and rejects.jsonl if a
    document could not be read. docs/build.md has the rules.
    """
    from glose.corpus.building.builder import Options, build
    from glose.corpus.building.settings import Build, read, rules
    from glose.corpus.duplicates.groups import SHARE

    settings = _told(read(config) if config else Build(), columns)
    named = {key: Path(file) for key, file in settings.layers.items()} | _layers(layers)
    wanted, folder = _places(settings, sources, output)
    options = Options(
        rules=rules(settings),
        fail=(on_error or settings.on_error) == "fail",
        jobs=jobs or settings.jobs,
        name=name or settings.name,
        layers=named,
        splits=splits or (Path(settings.splits) if settings.splits else None),
        schema=schema or settings.schema,
        share=next(one for one in (share, settings.near_duplicates, SHARE) if one is not None),
    )
    summary = build(wanted, folder, options)
    _report(summary)
    if as_json:
        click.echo(summary.json())


def _places(
    settings: Build, sources: tuple[str, ...], output: Path | None
) -> tuple[tuple[str, ...], Path]:
    """Return what to build and where: as on the command line, else as in the file."""
    wanted = sources or settings.sources
    folder = output or (Path(settings.output) if settings.output else None)
    if not wanted or folder is None:
        missing = "--output" if wanted else "SOURCE"
        raise click.UsageError(f"{missing} is given neither here nor in a --config")
    return wanted, folder


def _layers(written: tuple[str, ...]) -> dict[str, Path]:
    """Return the files of layers by their names."""
    named: dict[str, Path] = {}
    for layer in written:
        name, _, file = layer.partition("=")
        if not (name and file) or name in named:
            found = f"{layer!r}" + (", a second time" if name in named else "")
            raise click.BadParameter(f"{found}; expected NAME=FILE", param_hint="--layer")
        named[name] = Path(file)
    return named


def _told(settings: Build, columns: tuple[str, ...]) -> Build:
    """Return settings with the columns that the command line tells, which go before all others."""
    import msgspec

    from glose.corpus.building.settings import check

    told: dict[str, str] = {}
    for column in columns:
        field, _, name = column.partition("=")
        if not (field and name):
            raise click.BadParameter(f"{column!r}; expected FIELD=NAME", param_hint="--column")
        told[field] = name
    try:
        check(told)
    except GloseError as error:
        raise click.BadParameter(str(error), param_hint="--column") from error
    if not told:
        return settings
    files = tuple(msgspec.structs.replace(one, columns={}) for one in settings.files)
    return msgspec.structs.replace(settings, columns=settings.columns | told, files=files)


def _report(summary: Summary) -> None:
    """Tell on standard error what was built; what was rejected first, and loudly."""
    for rejection in summary.rejected[:10]:
        click.secho(f"rejected: {rejection}", fg="red", err=True)
    if summary.rejected:
        count = len(summary.rejected)
        click.secho(
            f"{count:,} of {counted(count + summary.documents, 'document')} REJECTED;"
            f" all of them with reasons in {summary.folder}/rejects.jsonl",
            fg="red",
            bold=True,
            err=True,
        )
    for line in summary.lines():
        click.echo(line, err=True)
