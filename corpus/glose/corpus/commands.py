"""The commands of `glose corpus`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from glose.corpus.building.commands import build_command
from glose.corpus.duplicates.commands import duplicates_command
from glose.corpus.publishing.commands import publish_command
from glose.corpus.versions import commands as versions

if TYPE_CHECKING:
    from glose.corpus import splits

_PATH = click.Path(path_type=Path, readable=False)

_SHARE = click.FloatRange(0, 1)


@click.group("corpus")
def group() -> None:
    """Turn documents into a corpus, and check, compare and split it."""


group.add_command(build_command)
group.add_command(duplicates_command)
group.add_command(publish_command)
for _command in versions.COMMANDS:
    group.add_command(_command)


@group.command("validate")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=_PATH,
    metavar="FILE…",
)
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


@group.command("stats")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=_PATH,
    metavar="FILE…",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def stats_command(files: tuple[Path, ...], as_json: bool) -> None:
    """Count what files of records or corpus folders hold, a column for each file.

    Of records without `tokens`, tokens are counted by the tokeniser of glose, and said to be.
    """
    import json

    from glose.corpus import statistics, tabulation

    columns = [column for path in files for column in statistics.of_path(path)]
    if as_json:
        plain = [{"file": name} | found.plain() for name, found in columns]
        click.echo(json.dumps({"files": plain}, ensure_ascii=False))
        return
    for line in tabulation.table(columns):
        click.echo(line)


@group.command("split")
@click.argument("path", type=_PATH, metavar="FILE")
@click.option(
    "--train", type=_SHARE, default=0.8, show_default=True, help="Share of documents to train on."
)
@click.option("--dev", type=_SHARE, default=0.1, show_default=True, help="Share to develop with.")
@click.option("--test", type=_SHARE, default=0.1, show_default=True, help="Share to test on.")
@click.option(
    "--by",
    type=click.Choice(["source", "date", "near-duplicates"]),
    help="Keep the documents of a source together, or train on the old and test on the new, or"
    " keep near-duplicates together (see `glose corpus duplicates`).",
)
@click.option("--seed", default=0, show_default=True, help="Another seed is another split.")
@click.option("--json", "as_json", is_flag=True, help="Print the ids of each split as JSON.")
def split_command(
    path: Path,
    train: float,
    dev: float,
    test: float,
    by: splits.By | None,
    seed: int,
    as_json: bool,
) -> None:
    """Share out the documents of FILE, a file of records or a corpus folder, among splits.

    The splits are lists of ids in the corpus.json beside the records, in place of those that it
    has. Documents with the same text are never parted.
    """
    import json

    from glose.corpus import manifest, splits
    from glose.corpus.duplicates import listing

    shares = {"train": train, "dev": dev, "test": test}
    folder = manifest.home(path)
    groups = listing.names(manifest.documents(path)) if by == "near-duplicates" else {}
    found = splits.assign(splits.keys(manifest.documents(path), groups), shares, by, seed)
    earlier = manifest.splits_of(folder)
    manifest.write(folder, manifest.with_splits(folder, found))
    unmet = splits.unmet(found, shares) if by == "near-duplicates" else ()
    for caution in (*splits.cautions(found, earlier), *unmet):
        click.echo(f"warning: {caution}", err=True)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, ids in found.items():
        click.echo(f"{name:<6} {len(ids):>9,}")


@group.command("diff")
@click.argument("old", type=_PATH, metavar="A")
@click.argument("new", type=_PATH, metavar="B")
@click.option("--layer", help="File of a corpus folder: gold is gold.jsonl.")
@click.option("--json", "as_json", is_flag=True, help="Print changes and counts as JSON.")
def diff_command(old: Path, new: Path, layer: str | None, as_json: bool) -> None:
    """Tell what changed from A to B, files of records or corpus folders, by annotation.

    An annotation with another id but the same content is unchanged. Exit code 0, changed or not.
    """
    import json
    from dataclasses import asdict

    from glose.corpus import difference, manifest

    found = list(difference.changes(manifest.file(old, layer), manifest.file(new, layer)))
    counts = difference.count(found)
    if as_json:
        plain = {"changes": [asdict(change) for change in found], "counts": counts}
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for change in found:
        click.echo(str(change))
    for what, kinds in counts.items():
        parts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        click.echo(f"{what}: {parts}", err=True)
    if not found:
        click.echo("no difference", err=True)


class _WithFormats(click.Command):
    """A command whose help ends with the names of the formats."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from textwrap import fill

        from glose.corpus.formats import table

        super().format_epilog(ctx, formatter)
        with formatter.section("Formats"):
            for what, names in table.named().items():
                text = fill(
                    f"{what}: {names}", formatter.width, initial_indent="  ",
                    subsequent_indent="    ", break_on_hyphens=False,
                )  # fmt: skip
                formatter.write(f"{text}\n")


@group.command("convert", cls=_WithFormats)
@click.argument("source", type=_PATH, metavar="IN")
@click.argument("target", type=_PATH, metavar="OUT")
@click.option("--from", "from_", metavar="FMT", help="Format of IN; else told by its content.")
@click.option("--to", metavar="FMT", help="Format of OUT; else told by its suffix.")
@click.option("--layer", metavar="NAME", help="Take only the records of this layer.")
@click.option("--report", type=_PATH, metavar="FILE", help="Write the loss report as JSON.")
@click.option("--strict", is_flag=True, help="Write nothing if anything would be lost.")
@click.option(
    "--rejects", type=_PATH, metavar="FILE", help="Set malformed items aside in FILE and go on."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="Tell a format something; from.NAME or to.NAME tells only one of the two.",
)
def convert_command(
    source: Path,
    target: Path,
    from_: str | None,
    to: str | None,
    layer: str | None,
    report: Path | None,
    rejects: Path | None,
    options: tuple[str, ...],
    *,
    strict: bool,
) -> None:
    """Write the documents of IN to OUT in another format, and tell what was lost on the way.

    docs/formats.md lists the formats, what they hold and their options.
    """
    from glose.corpus.formats import conversion, reports, table
    from glose.corpus.numbers import counted

    read = from_ or table.name_of(source)
    write = to or table.intended_name(target)
    wanted = conversion.Wanted(conversion.options(options), rejects, strict, layer)
    pair = (read, table.find(read)), (write, table.find(write))
    found = conversion.convert(source, target, *pair, wanted)
    for line in reports.table(found):
        click.echo(line)
    if report is not None:
        reports.write(report, found)
    click.echo(f"{counted(found.documents, 'document')} -> {target}", err=True)
