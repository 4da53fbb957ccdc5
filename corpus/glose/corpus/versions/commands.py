"""The commands of `glose corpus` for corpora in git: spread, pack, textconv, merge, git."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glose.corpus.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glose.corpus.versions.corpora import Outcome, Side

_PATH = click.Path(path_type=Path, readable=False)

#: How many sheets are told by name.
_NAMED = 3
#: How many lines are printed at once.
_AT_ONCE = 1000


@click.command("spread")
@click.argument("path", type=_PATH, metavar="FILE")
@click.option("-o", "--output", type=_PATH, required=True, help="Folder to write to.")
@click.option("--prune", is_flag=True, help="Delete the sheets of documents that FILE lacks.")
def spread_command(path: Path, output: Path, *, prune: bool) -> None:
    """Spread FILE over a folder that git can compare: a file a document, a line an annotation.

    Files that say the same already are left alone, so spreading again writes what changed.
    `glose corpus pack` makes FILE of them again, byte by byte.
    """
    from glose.corpus.versions import spreading

    done = spreading.spread(path, output, prune=prune)
    if done.left:
        click.echo(f"warning: {output}: {_left(done.left, path)}", err=True)
    if done.other:
        number = counted(done.other, "record")
        click.echo(f"warning: {path}: {number} not in canonical form, as pack writes it", err=True)
    counts = f"{done.written} written, {done.same} as they were, {done.deleted} deleted"
    number = counted(done.written + done.same, "document")
    click.echo(f"{number} -> {output} ({counts})", err=True)


def _left(places: list[Path], path: Path) -> str:
    """Return what is said of sheets whose documents a file does not have: the first by name."""
    names = ", ".join(place.name for place in places[:_NAMED])
    more = f" and {len(places) - _NAMED:,} more" if len(places) > _NAMED else ""
    number = counted(len(places), "sheet")
    return f"{number} ({names}{more}) of documents that {path} does not have; --prune deletes them"


@click.command("pack")
@click.argument("folder", type=_PATH, metavar="FOLDER")
@click.option("-o", "--output", type=_PATH, required=True, help="File of records to write.")
def pack_command(folder: Path, output: Path) -> None:
    """Make a file of records of a FOLDER that `glose corpus spread` has written."""
    from glose.corpus import jsonl
    from glose.corpus.versions import spreading

    number = jsonl.write(output, spreading.pack(folder), check=False)
    click.echo(f"{counted(number, 'document')} -> {output}", err=True)


@click.command("textconv")
@click.argument("path", type=_PATH, metavar="FILE")
def textconv_command(path: Path) -> None:
    """Print FILE in lines that a person reads: documents, and annotations with their words.

    git calls it for `git diff` and `git log -p` after `glose corpus git --install`.
    """
    from glose.corpus.versions import plain

    found = plain.of_path(path)
    while part := list(islice(found, _AT_ONCE)):
        click.echo("\n".join(part))


@click.command("merge")
@click.argument("base", type=_PATH, metavar="BASE")
@click.argument("ours", type=_PATH, metavar="OURS")
@click.argument("theirs", type=_PATH, metavar="THEIRS")
@click.option("-o", "--output", type=_PATH, help="Write here, which may be OURS; else print.")
@click.option(
    "--take",
    type=click.Choice(["ours", "theirs"]),
    help="Decide each conflict for one side; what was decided is told all the same.",
)
@click.option("--marks", type=click.IntRange(min=1), default=7, help="Length of conflict marks.")
@click.option("--json", "as_json", type=_PATH, metavar="FILE", help="Write what was told as JSON.")
@click.option(
    "--git",
    "called",
    metavar="PATH",
    help="What git calls the file; one that is no corpus is merged line by line.",
)
@click.pass_context
def merge_command(
    context: click.Context,
    base: Path,
    ours: Path,
    theirs: Path,
    output: Path | None,
    take: Side | None,
    marks: int,
    as_json: Path | None,
    called: str | None,
) -> None:
    """Merge what OURS and THEIRS changed since BASE, annotation by annotation.

    The three are files of records, or files of a spread folder. What both changed differently
    stands between conflict marks, and is told with both versions; then the exit code is 1.
    """
    from glose.corpus.errors import GloseError
    from glose.corpus.versions import corpora, outcomes, repository

    three = base, ours, theirs
    name = called or str(ours)
    outcome = corpora.Outcome()
    try:
        if called and output and not all(map(corpora.is_corpus, three)):
            context.exit(0 if repository.merge_file(*three, output, marks) else 1)
        _merge(corpora.lines(three, corpora.Wanted(name, take, marks), outcome), output)
    except GloseError as error:
        if not (called and output):
            raise
        # Else git would keep ours alone.
        click.echo(f"{error}; merged line by line", err=True)
        context.exit(0 if repository.merge_file(*three, output, marks) else 1)
    _tell(name, outcome, take)
    if as_json is not None:
        outcomes.write(as_json, name, outcome)
    if outcome.conflicts and take is None:
        context.exit(1)


def _merge(lines: Iterator[bytes], output: Path | None) -> None:
    from glose.corpus.versions import corpora

    if output is not None:
        corpora.write(output, lines)
        return
    for line in lines:
        click.echo(line, nl=False)


def _tell(name: str, outcome: Outcome, take: Side | None) -> None:
    for document, old, new in outcome.names:
        what = f"{old} of theirs is {new} now, as ours has another {old}"
        click.echo(f"{name}: {document}: {what}", err=True)
    for conflict in outcome.conflicts:
        decided = f"decided for {take}" if take else "conflict"
        click.echo(f"{name}: {decided}: {conflict.told()}", err=True)
    if outcome.both:
        counts = f"{outcome.both:,} of {counted(outcome.documents, 'document')}"
        conflicts = counted(len(outcome.conflicts), "conflict")
        click.echo(f"{name}: {counts} changed on both sides, {conflicts}", err=True)


@click.command("git")
@click.argument("patterns", nargs=-1, metavar="[PATTERN]…")
@click.option("--install", is_flag=True, help="Set it up in this repository.")
@click.option("--remove", is_flag=True, help="Take it away from this repository.")
@click.pass_context
def git_command(
    context: click.Context, patterns: tuple[str, ...], *, install: bool, remove: bool
) -> None:
    """Let git show and merge the corpora of the repository that you are in.

    Prints what git has to be told, and tells it with --install: lines of .gitattributes, for
    files like PATTERN (*.jsonl and *.glose by default), and of the configuration. The first is
    to be committed; the second is not part of a clone, so everybody installs it once.
    """
    from glose.corpus.versions import repository

    if install and remove:
        raise click.UsageError("--install or --remove, not both")
    here = Path()
    if remove:
        repository.remove(here)
        click.echo("git shows and merges corpora line by line again", err=True)
        return
    wanted = patterns or repository.PATTERNS
    configuration, lines = repository.missing(here, wanted)
    if install:
        repository.install(here, wanted)
    for line in lines:
        click.echo(f"{repository.ATTRIBUTES}: {line}")
    for key, value in configuration.items():
        click.echo(f"git config {key} {value!r}")
    if not configuration and not lines:
        click.echo("git knows how to show and merge corpora here", err=True)
    elif not install:
        click.echo("not set up here; --install does it", err=True)
        context.exit(1)
    elif lines:
        click.echo(f"set up; commit {repository.ATTRIBUTES}", err=True)


@click.command("manifest")
@click.argument("folder", type=_PATH, metavar="FOLDER")
def manifest_command(folder: Path) -> None:
    """Count the files of a corpus FOLDER anew, and write it to its corpus.json.

    For files that were edited, merged or packed: name, version and splits stay as they are.
    """
    from glose.corpus import manifest

    found = manifest.renewed(folder, manifest.read(folder))
    manifest.write(folder, found)
    counts = counted(found.documents, "document"), counted(len(found.files), "file")
    click.echo(" in ".join(counts), err=True)


COMMANDS = (
    spread_command,
    pack_command,
    textconv_command,
    merge_command,
    git_command,
    manifest_command,
)
