"""The options that commands of `glose evaluate` share, and how they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, get_args

import click

from glose.evaluate.results import Average

if TYPE_CHECKING:
    from glose.evaluate.alignment import Extra, Missing
    from glose.evaluate.intervals import Method
    from glose.evaluate.plan import Options
    from glose.evaluate.significance import Contrast
    from glose.evaluate.swaps import Test

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
    method: Method
    cluster: str | None
    average: Average
    test: Test
    jobs: int


def _added(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return what adds options to a command, in their order."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def gold_file(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    """Return the file of GOLD, which may be a corpus folder: then its gold.jsonl."""
    from glose.corpus import manifest

    return manifest.file(path, "gold")


gold = click.argument("gold", type=File, callback=gold_file)
systems = click.argument("predicted", type=File, nargs=-1)

split = click.option(
    "--split", metavar="NAME",
    help="Only the documents of this split, by the corpus.json beside GOLD.",
)  # fmt: skip
missing = click.option(
    "--missing", type=click.Choice(["error", "empty", "ignore"]), default="error",
    show_default=True,
    help="A gold document without predictions: refuse, count it as empty, or leave it out.",
)  # fmt: skip
depth = click.option(
    "--depth", type=click.IntRange(1), metavar="N",
    help="Keep so many steps of a dotted type: 1 makes Conflict.Attack Conflict.",
)  # fmt: skip

#: Which documents are compared, and on what.
alignment = _added(
    click.option(
        "--protocol", "-p", "protocols", multiple=True, default=("default",),
        show_default=True, metavar="NAME",
        help="A protocol or one metric; may be repeated (docs/metrics.md lists them).",
    ),
    split,
    missing,
    click.option(
        "--extra", type=click.Choice(["error", "ignore"]), default="error",
        show_default=True, help="A predicted document that is not in gold.",
    ),
    depth,
)  # fmt: skip


def _level(_context: click.Context, _parameter: click.Parameter, level: float) -> float:
    """Return a level that is one; click's own range lets `nan` pass."""
    if not 0 < level < 1:
        raise click.BadParameter(
            f"{level} is no level; expected one between 0 and 1, such as 0.95"
        )
    return level


def chance(name: str, default: float, text: str) -> Callable[[Command], Command]:
    """Return an option that is a number between 0 and 1."""
    return click.option(
        name, type=float, callback=_level, default=default, show_default=True, help=text
    )


def sampling(samples: int) -> Callable[[Command], Command]:
    """Return what adds the options of samples and intervals, with so many samples by default."""
    return _added(
        click.option(
            "--interval", "method", type=click.Choice(["percentile", "bca", "jackknife"]),
            default="percentile", show_default=True,
            help="Intervals: bootstrap percentiles, the same corrected for bias and skewness, or "
                 "the standard error of the jackknife.",
        ),
        clustering,
        draws(samples),
        chance("--level", 0.95, "Level of the intervals."),
    )  # fmt: skip


#: What is resampled and swapped as a whole.
clustering = click.option(
    "--cluster", metavar="FIELD",
    help="Resample all documents of a split, source, agency, author, place, language, date, year, "
         "length (of the text, in code points) or extra.NAME (a story, say) together, as they are "
         "not independent.",
)  # fmt: skip


def draws(samples: int) -> Callable[[Command], Command]:
    """Return what adds the options of samples, with so many by default."""
    return _added(
        click.option(
            "--samples", type=click.IntRange(0, 1_000_000), default=samples, show_default=True,
            help="Samples of documents for intervals and tests; 0 for none.",
        ),
        click.option(
            "--seed", type=click.IntRange(0), default=1, show_default=True,
            help="Seed of the samples; the same seed gives the same figures.",
        ),
    )  # fmt: skip


average = click.option(
    "--average", type=click.Choice(get_args(Average)), default="micro", show_default=True,
    help="The average to compare by.",
)  # fmt: skip

#: How two systems are compared.
contrast = _added(
    average,
    click.option(
        "--test", type=click.Choice(["randomisation", "permutation", "bootstrap"]),
        default="randomisation", show_default=True,
        help="Swap results of documents: in samples, or in all ways if these are not too many; or "
             "draw documents.",
    ),
)  # fmt: skip

#: Whose work scores are set beside.
humans = click.option(
    "--human", "humans", type=File, multiple=True, metavar="FILE",
    help="What another person annotated: beside each figure that of people by the same metric, "
         "and the share of it. One is scored against GOLD, several against each other; may be "
         "repeated.",
)  # fmt: skip

jobs = click.option(
    "--jobs", "-j", type=click.IntRange(1), default=1, show_default=True,
    help="Processes; the figures do not depend on it.",
)  # fmt: skip

form = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "latex", "csv"]), default="text",
    show_default=True,
    help="How tables are printed: aligned, Markdown, LaTeX (booktabs), or one CSV table of all "
         "rows with figures that are not rounded.",
)  # fmt: skip

json = click.option(
    "--json", "target", type=File, metavar="FILE",
    help="Write the results as JSON to this file, or to standard output for `-`.",
)  # fmt: skip


def options(named: Named) -> Options:
    """Return the options of a run."""
    from glose.evaluate.intervals import Sampling
    from glose.evaluate.plan import Options

    sampling = Sampling(
        named.get("samples", 0), named.get("level", 0.95), named.get("seed", 1),
        named.get("method", "percentile"),
    )  # fmt: skip
    return Options(
        named["protocols"], named["depth"], named["split"], named["missing"], named["extra"],
        sampling, named.get("jobs", 1), named.get("cluster"),
    )  # fmt: skip


def contrasted(named: Named) -> Contrast:
    """Return how systems are compared."""
    from glose.evaluate.significance import Contrast

    return Contrast(named.get("average", "micro"), named.get("test", "randomisation"))


def several(gold: Path, predicted: Sequence[Path], least: int = 1) -> None:
    """Raise a `UsageError` if there are too few predictions, and `gold` is no file of counts.

    Raises `GloseError` for counts that do not stand alone.
    """
    from glose.corpus.errors import GloseError
    from glose.evaluate.ledger import is_ledger

    saved = [path for path in (gold, *predicted) if predicted and is_ledger(path)]
    if saved:
        raise GloseError(
            f"{saved[0]}: saved counts stand alone, for GOLD and PREDICTED; put several files of "
            "them together with glose evaluate merge"
        )
    if not predicted and not gold.exists():
        raise GloseError(f"{gold}: no such file; check the path")
    if len(predicted) < least and (predicted or not is_ledger(gold)):
        many = "a predictions file" if least == 1 else "at least two predictions files"
        raise click.UsageError(
            f"expected {many} beside GOLD (or, alone, a file that score --save-counts wrote)"
        )


def apart_from(target: Path | None, gold: Path, predicted: Iterable[Path]) -> None:
    """Raise `GloseError` if an output is one of the inputs."""
    from glose.corpus.files import apart

    if target is not None and str(target) != "-":
        apart(target, (gold, *predicted))


def show(
    lines: Iterable[str], plain: dict[str, object], target: Path | None, notes: Iterable[str]
) -> None:
    """Print a table, and write JSON where it is wanted; JSON on standard output stands alone.

    What a reader should know first goes to standard error.
    """
    import msgspec

    from glose.corpus.files import whole

    content = msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n" if target else b""
    alone = str(target) == "-"
    if target and not alone:
        # The file comes first: who reads the table may go before its end (`| head`).
        with whole(target) as stream:
            stream.write(content)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    if alone:
        click.echo(content, nl=False)
    else:
        for line in lines:
            click.echo(line)
