"""The commands of `glose evaluate` that judge: compare, power and gate; and merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from glose.evaluate import switches
from glose.evaluate.switches import File, Named

if TYPE_CHECKING:
    from glose.evaluate.gate import Minimum
    from glose.evaluate.writers import Form


@click.command("compare")
@switches.gold
@switches.systems
@switches.alignment
@click.option("--metric", "-m", "metrics", multiple=True, metavar="NAME",
              help="A metric to compare by, instead of a protocol; may be repeated.")  # fmt: skip
@switches.contrast
@switches.sampling(10_000)
@switches.jobs
@switches.form
@switches.json
def compare_command(
    gold: Path, predicted: tuple[Path, ...], metrics: tuple[str, ...], form: Form,
    target: Path | None, **named: Unpack[Named],
) -> None:  # fmt: skip
    """Tell whether the PREDICTED files differ by more than luck; at least two are needed.

    Each two systems are compared on the same documents: a paired test, an interval of the
    difference in F1, the effect (in standard deviations of one document's share), the least
    difference that would have been found, and in how many documents which is better. GOLD may be
    a file of counts, alone.
    """
    from glose.evaluate.progress import counting
    from glose.evaluate.significance import compare
    from glose.evaluate.tables import comparison
    from glose.evaluate.writers import written

    switches.several(gold, predicted, 2)
    named["protocols"] = metrics or named["protocols"]
    switches.apart_from(target, gold, predicted)
    with counting("documents compared") as progress:
        found = compare(
            gold, predicted, contrast=switches.contrasted(named), options=switches.options(named),
            progress=progress,
        )  # fmt: skip
    switches.show(written(comparison(found), form), found.plain(), target, found.notes)


def _difference(
    _context: click.Context, _parameter: click.Parameter, value: float | None
) -> float | None:
    if value is not None and not 0 < value < 1:
        raise click.BadParameter(f"{value} is no difference; expected one such as 0.01")
    return value


@click.command("power")
@switches.gold
@switches.systems
@switches.alignment
@click.option("--metric", "-m", "metrics", multiple=True, metavar="NAME",
              help="A metric to compare by, instead of a protocol; may be repeated.")  # fmt: skip
@switches.average
@switches.chance("--power", 0.8, "The chance with which the difference is to be found.")
@switches.chance("--alpha", 0.05, "The level of the two-sided test that is to find it.")
@click.option("--difference", type=float, metavar="D", callback=_difference,
              help="The difference in F1 to be found, such as 0.01 for one point; by default that "
                   "which the systems show now.")  # fmt: skip
@switches.sampling(1000)
@switches.jobs
@switches.form
@switches.json
def power_command(
    gold: Path, predicted: tuple[Path, ...], metrics: tuple[str, ...], power: float, alpha: float,
    difference: float | None, form: Form, target: Path | None, **named: Unpack[Named],
) -> None:  # fmt: skip
    """Tell how many documents it takes to tell the PREDICTED files apart.

    Each two systems are taken from the documents that are annotated; how sure the answer is stands
    beside it. GOLD may be a file of counts, alone.
    """
    from glose.evaluate import power as planning
    from glose.evaluate.progress import counting
    from glose.evaluate.tables import powers
    from glose.evaluate.writers import written

    switches.several(gold, predicted, 2)
    named["protocols"] = metrics or named["protocols"]
    switches.apart_from(target, gold, predicted)
    goal = planning.Goal(power, alpha, difference, named.get("average", "micro"))
    with counting("documents compared") as progress:
        found = planning.power(
            gold, predicted, goal=goal, options=switches.options(named), progress=progress
        )
    switches.show(written(powers(found), form), found.plain(), target, found.notes)


def _minima(
    _context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[Minimum, ...]:
    from glose.evaluate.gate import Minimum

    try:
        return tuple(map(Minimum.of, texts))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("gate")
@switches.gold
@click.argument("predicted", type=File, required=False)
@switches.alignment
@click.option("--min", "minima", multiple=True, callback=_minima,
              metavar="[METRIC:][AVERAGE:]FIGURE=VALUE",
              help="The least precision, recall or f1, such as f1=0.8, of each metric or of one; "
                   "may be repeated.")  # fmt: skip
@click.option("--no-worse-than", "baseline", type=File, metavar="FILE",
              help="What score --save-counts (or --json) wrote of an earlier run.")  # fmt: skip
@switches.chance("--alpha", 0.05, "The level of the one-sided test against the baseline.")
@switches.contrast
@switches.clustering
@switches.draws(10_000)
@switches.jobs
@switches.form
@switches.json
@click.pass_context
def gate_command(
    context: click.Context, gold: Path, predicted: Path | None, minima: tuple[Minimum, ...],
    baseline: Path | None, alpha: float, form: Form, target: Path | None, **named: Unpack[Named],
) -> None:  # fmt: skip
    """Exit with 1 if PREDICTED is below a minimum or significantly worse than a baseline.

    One line says what was found of each metric. A baseline of counts is compared document by
    document; of JSON only the figures are known, and a loss must be greater to show. Without
    PREDICTED, GOLD is a file of counts.
    """
    from glose.evaluate.gate import Demand, gate
    from glose.evaluate.tables import verdict
    from glose.evaluate.writers import written

    if not minima and baseline is None:
        raise click.UsageError("expected --min or --no-worse-than, else there is nothing to check")
    if baseline is not None and not named["samples"] and named["test"] != "permutation":
        raise click.UsageError("expected --samples of at least 1, or --test permutation")
    switches.several(gold, [predicted] if predicted else [])
    switches.apart_from(target, gold, [path for path in (predicted, baseline) if path])
    demand = Demand(minima, baseline, alpha, switches.contrasted(named))
    found = gate(gold, predicted, demand, switches.options(named))
    switches.show(written(verdict(found), form), found.plain(), target, found.notes)
    context.exit(0 if found.passed else 1)


@click.command("merge")
@click.argument("counts", type=File, nargs=-1, required=True)
@click.option("--output", "-o", type=File, required=True, metavar="FILE",
              help="The file of counts to write.")  # fmt: skip
def merge_command(counts: tuple[Path, ...], output: Path) -> None:
    """Put files that `score --save-counts` wrote together.

    Documents add up (parts of a corpus), systems are set side by side (on the same documents).
    The file can stand for GOLD in score, compare, power and gate, without predictions.
    """
    from glose.corpus.files import apart
    from glose.evaluate.merging import merge

    apart(output, counts)
    documents = merge(counts, output)
    click.echo(f"{output}: counts of {documents} document{'s' * (documents != 1)}")


COMMANDS = (compare_command, power_command, gate_command, merge_command)
