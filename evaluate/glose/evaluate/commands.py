"""The commands of `glose evaluate`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

if TYPE_CHECKING:
    from glose.evaluate.alignment import Extra, Missing
    from glose.evaluate.plan import Options
    from glose.evaluate.results import Kind

File = click.Path(path_type=Path, readable=False)
Command = Callable[..., None]


class Named(TypedDict, total=False):
    """The options that commands share, as click names them."""

    protocols: tuple[str, ...]
    split: str | None
    missing: Missing
    extra: Extra
    depth: int | None
    samples: int
    level: float
    seed: int
    jobs: int


@click.group("evaluate")
def group() -> None:
    """Score predictions against gold, with intervals, tests and errors."""


def _gold(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    """Return the file of GOLD, which may be a corpus folder: then its gold.jsonl."""
    from glose.corpus import manifest

    return manifest.file(path, "gold")


def _alignment(command: Command) -> Command:
    """Add the options that say which documents are compared, and on what."""
    for option in reversed(
        (
            click.option(
                "--protocol", "-p", "protocols", multiple=True, default=("default",),
                show_default=True, metavar="NAME",
                help="A protocol or one metric; may be repeated (docs/metrics.md lists them).",
            ),
            click.option(
                "--split", metavar="NAME",
                help="Only the documents of this split, by the corpus.json beside GOLD.",
            ),
            click.option(
                "--missing", type=click.Choice(["error", "empty", "ignore"]), default="error",
                show_default=True,
                help="A gold document without predictions: "
                "refuse, count it as empty, or leave it out.",
            ),
            click.option(
                "--extra", type=click.Choice(["error", "ignore"]), default="error",
                show_default=True, help="A predicted document that is not in gold.",
            ),
            click.option(
                "--depth", type=click.IntRange(1), metavar="N",
                help="Keep so many steps of a dotted type: 1 makes Conflict.Attack Conflict.",
            ),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def _sampling(samples: int) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for option in reversed(
            (
                click.option(
                    "--samples", type=click.IntRange(0, 1_000_000), default=samples,
                    show_default=True,
                    help="Samples of documents for intervals and tests; 0 for none.",
                ),
                click.option(
                    "--level", type=float, callback=_level, default=0.95,
                    show_default=True, help="Level of the intervals.",
                ),
                click.option(
                    "--seed", type=click.IntRange(0), default=1, show_default=True,
                    help="Seed of the samples; the same seed gives the same figures.",
                ),
            )
        ):  # fmt: skip
            command = option(command)
        return command

    return add


_json = click.option(
    "--json", "target", type=File, metavar="FILE",
    help="Write the results as JSON to this file, or to standard output for `-`.",
)  # fmt: skip


def _options(named: Named) -> Options:
    from glose.evaluate.intervals import Sampling
    from glose.evaluate.plan import Options

    sampling = Sampling(named.get("samples", 0), named.get("level", 0.95), named.get("seed", 1))
    return Options(
        named["protocols"], named["depth"], named["split"], named["missing"], named["extra"],
        sampling, named.get("jobs", 1),
    )  # fmt: skip


def _level(_context: click.Context, _parameter: click.Parameter, level: float) -> float:
    """Return a level that is one; click's own range lets `nan` pass."""
    if not 0 < level < 1:
        raise click.BadParameter(
            f"{level} is no level; expected one between 0 and 1, such as 0.95"
        )
    return level


def _apart(target: Path | None, gold: Path, predicted: Iterable[Path]) -> None:
    from glose.corpus.files import apart

    if target is not None and str(target) != "-":
        apart(target, (gold, *predicted))


def _show(
    lines: Iterable[str], plain: dict[str, object], target: Path | None, notes: Iterable[str]
) -> None:
    """Print a table, and write JSON where it is wanted; JSON on standard output stands alone.

    What a reader should know first goes to standard error.
    """
    import msgspec

    from glose.corpus.files import whole

    for note in notes:
        click.echo(f"note: {note}", err=True)
    if target is None or str(target) != "-":
        for line in lines:
            click.echo(line)
    if target is not None:
        content = msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"
        if str(target) == "-":
            click.echo(content, nl=False)
        else:
            with whole(target) as stream:
                stream.write(content)


@group.command("score")
@click.argument("gold", type=File, callback=_gold)
@click.argument("predicted", type=File, nargs=-1, required=True)
@_alignment
@click.option("--by", multiple=True, metavar="FIELD",
              help="Also by type, split, source, agency, author, place, language, date, year or "
                   "length; may be repeated.")  # fmt: skip
@_sampling(1000)
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, show_default=True,
              help="Processes; the figures do not depend on it.")  # fmt: skip
@_json
def score_command(
    gold: Path,
    predicted: tuple[Path, ...],
    by: tuple[str, ...],
    target: Path | None,
    **named: Unpack[Named],
) -> None:
    """Score PREDICTED files against GOLD; all are JSONL files of doc/1, paired by id."""
    from glose.evaluate.progress import counting
    from glose.evaluate.scoring import score
    from glose.evaluate.tables import leaderboard

    _apart(target, gold, predicted)
    with counting("documents scored") as progress:
        found = score(gold, predicted, by=by, options=_options(named), progress=progress)
    _show(leaderboard(found, by=by), found.plain(), target, found.notes)


@group.command("compare")
@click.argument("gold", type=File, callback=_gold)
@click.argument("predicted", type=File, nargs=-1, required=True)
@_alignment
@click.option("--metric", "-m", "metrics", multiple=True, metavar="NAME",
              help="A metric to compare by, instead of a protocol; may be repeated.")  # fmt: skip
@_sampling(10_000)
@_json
def compare_command(
    gold: Path, predicted: tuple[Path, ...], metrics: tuple[str, ...], target: Path | None,
    **named: Unpack[Named],
) -> None:  # fmt: skip
    """Tell whether the PREDICTED files differ by more than luck; at least two are needed.

    Each two systems are compared on the same documents: approximate randomisation, a paired
    bootstrap interval of the difference in F1, and in how many documents which is better.
    """
    from glose.evaluate.progress import counting
    from glose.evaluate.significance import compare
    from glose.evaluate.tables import comparison

    if len(predicted) < 2:
        raise click.UsageError("expected at least two predictions files to compare")
    named["protocols"] = metrics or named["protocols"]
    _apart(target, gold, predicted)
    with counting("documents compared") as progress:
        found = compare(gold, predicted, options=_options(named), progress=progress)
    _show(comparison(found), found.plain(), target, found.notes)


@group.command("errors")
@click.argument("gold", type=File, callback=_gold)
@click.argument("predicted", type=File)
@_alignment
@click.option("--kind", "-k",
              type=click.Choice(["correct", "type", "boundary", "both", "role", "missed",
                                 "spurious"]),
              help="Only mistakes of this kind.")  # fmt: skip
@click.option("--type", "-t", "type_", metavar="TYPE",
              help="Only where either side has this type, event type or role.")  # fmt: skip
@click.option("--limit", "-n", type=click.IntRange(0), metavar="N",
              help="At most so many mistakes; the counts are of all.")  # fmt: skip
@_json
def errors_command(
    gold: Path, predicted: Path, kind: Kind | None, type_: str | None, limit: int | None,
    target: Path | None, **named: Unpack[Named],
) -> None:  # fmt: skip
    """List what PREDICTED got wrong, each with its text between >> and << in context."""
    from glose.evaluate.mistakes import Choice, errors
    from glose.evaluate.tables import mistakes

    _apart(target, gold, (predicted,))
    found = errors(gold, predicted, choice=Choice(kind, type_, limit), options=_options(named))
    _show(mistakes(found), found.plain(), target, found.notes)


@group.command("report")
@click.argument("gold", type=File, callback=_gold)
@click.argument("predicted", type=File, nargs=-1, required=True)
@click.option("--output", "-o", type=File, required=True, metavar="FILE",
              help="The HTML file to write.")  # fmt: skip
@_alignment
@click.option("--by", multiple=True, metavar="FIELD",
              help="Also by split, source, agency, author, place, language, date, year or length; "
                   "may be repeated.")  # fmt: skip
@_sampling(1000)
@click.option("--limit", "-n", type=click.IntRange(0), default=1000, show_default=True,
              help="At most so many mistakes of each system; the counts are of all.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="The heading; by default the name of GOLD.")
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, show_default=True,
              help="Processes; the figures do not depend on it.")  # fmt: skip
def report_command(
    gold: Path,
    predicted: tuple[Path, ...],
    output: Path,
    by: tuple[str, ...],
    limit: int,
    title: str | None,
    **named: Unpack[Named],
) -> None:
    """Write scores, differences and mistakes of PREDICTED files as one HTML page.

    The page loads nothing from the network; it can be mailed, printed and kept.
    """
    from glose.corpus.files import whole
    from glose.evaluate.progress import counting
    from glose.evaluate.reporting import report

    _apart(output, gold, predicted)
    with counting("documents scored") as progress:
        options = _options(named)
        text = report(
            gold, predicted, by=by, options=options, limit=limit, title=title, progress=progress
        )
    with whole(output) as stream:
        stream.write(text.encode())
