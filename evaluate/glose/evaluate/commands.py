"""The commands of `glose evaluate`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from glose.corpus.errors import GloseError
from glose.evaluate import inspecting, judging, switches
from glose.evaluate.agreement.command import agree_command
from glose.evaluate.switches import File, Named

if TYPE_CHECKING:
    from glose.evaluate.results import Kind
    from glose.evaluate.writers import Form


@click.group("evaluate")
def group() -> None:
    """Score predictions against gold, with intervals, tests and errors."""


for command in (*judging.COMMANDS, *inspecting.COMMANDS, agree_command):
    group.add_command(command)


@group.command("score")
@switches.gold
@switches.systems
@switches.alignment
@click.option("--by", multiple=True, metavar="FIELD",
              help="Also by type, split, source, agency, author, place, language, date, year, "
                   "length (of the text, in code points) or extra.NAME; or by what single items "
                   "are: span-length (in words and marks), frequency, seen, nesting, distance (of "
                   "arguments, in sentences), position; may be repeated.")  # fmt: skip
@click.option("--train", type=File, metavar="FILE",
              help="The training corpus, for --by frequency and --by seen.")  # fmt: skip
@switches.sampling(1000)
@click.option("--save-counts", "save", type=File, metavar="FILE",
              help="Write the counts of each document to this file, from which every figure can "
                   "be had again without the corpus.")  # fmt: skip
@switches.humans
@switches.jobs
@click.option("--details", is_flag=True,
              help="The table of each metric, also where there are many.")  # fmt: skip
@switches.form
@switches.json
def score_command(
    gold: Path, predicted: tuple[Path, ...], by: tuple[str, ...], train: Path | None,
    save: Path | None, humans: tuple[Path, ...], details: bool, form: Form, target: Path | None,
    **named: Unpack[Named],
) -> None:  # fmt: skip
    """Score PREDICTED files against GOLD; all are JSONL files of doc/1, paired by id.

    GOLD may also be a file that --save-counts wrote; then there are no PREDICTED files.
    """
    from glose.evaluate import overview
    from glose.evaluate.progress import counting
    from glose.evaluate.scoring import score
    from glose.evaluate.writers import written

    switches.several(gold, predicted)
    for output in (target, save):
        switches.apart_from(output, gold, (*predicted, *humans))
    if save and target == save:
        raise GloseError(f"{save}: named for both --json and --save-counts; name two files")
    options = switches.options(named)
    with counting("documents scored") as progress:
        found = score(
            gold, predicted, by=by, options=options, save=save, progress=progress, train=train
        )
    if humans:
        from glose.evaluate.relative import beside_humans

        found = beside_humans(found, gold, predicted, humans, options=options)
    sheet = (
        overview.everything(found, by=by)
        if form == "csv"
        else overview.scores(found, by=by, details=details)
    )
    switches.show(written(sheet, form), found.plain(), target, found.notes)


@group.command("errors")
@switches.gold
@click.argument("predicted", type=File)
@switches.alignment
@click.option("--kind", "-k",
              type=click.Choice(["correct", "type", "boundary", "both", "role", "missed",
                                 "spurious"]),
              help="Only mistakes of this kind.")  # fmt: skip
@click.option("--type", "-t", "type_", metavar="TYPE",
              help="Only where either side has this type, event type or role.")  # fmt: skip
@click.option("--limit", "-n", type=click.IntRange(0), metavar="N",
              help="At most so many mistakes; the counts are of all.")  # fmt: skip
@switches.form
@switches.json
def errors_command(
    gold: Path, predicted: Path, kind: Kind | None, type_: str | None, limit: int | None,
    form: Form, target: Path | None, **named: Unpack[Named],
) -> None:  # fmt: skip
    """List what PREDICTED got wrong, each with its text between >> and << in context."""
    from glose.evaluate.mistakes import Choice, errors
    from glose.evaluate.tables import mistakes
    from glose.evaluate.writers import written

    switches.apart_from(target, gold, (predicted,))
    found = errors(
        gold, predicted, choice=Choice(kind, type_, limit), options=switches.options(named)
    )
    switches.show(written(mistakes(found), form), found.plain(), target, found.notes)


@group.command("report")
@switches.gold
@click.argument("predicted", type=File, nargs=-1, required=True)
@click.option("--output", "-o", type=File, required=True, metavar="FILE",
              help="The HTML file to write.")  # fmt: skip
@switches.alignment
@click.option("--by", multiple=True, metavar="FIELD",
              help="Also by split, source, agency, author, place, language, date, year, length "
                   "(of the text, in code points) or extra.NAME; or by what single items are: "
                   "span-length (in words and marks), frequency, seen, nesting, distance (of "
                   "arguments, in sentences), position; may be repeated.")  # fmt: skip
@click.option("--train", type=File, metavar="FILE",
              help="The training corpus, for --by frequency and --by seen.")  # fmt: skip
@switches.sampling(1000)
@switches.humans
@click.option("--limit", "-n", type=click.IntRange(0), default=1000, show_default=True,
              help="At most so many mistakes of each system; the counts are of all.")  # fmt: skip
@click.option("--documents", type=click.IntRange(0), default=100, show_default=True,
              help="At most so many documents to look into.")  # fmt: skip
@click.option("--suspects", type=click.IntRange(0), default=50, show_default=True,
              help="At most so many likely errors of gold; 0 for no audit.")  # fmt: skip
@click.option("--folds", type=click.IntRange(0), default=0, show_default=True,
              help="Parts of gold for the model of the audit, which takes its time; 0 for no "
                   "model.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="The heading; by default the name of GOLD.")
@switches.jobs
def report_command(
    gold: Path, predicted: tuple[Path, ...], output: Path, by: tuple[str, ...],
    train: Path | None, humans: tuple[Path, ...], limit: int, documents: int, suspects: int,
    folds: int, title: str | None, **named: Unpack[Named],
) -> None:  # fmt: skip
    """Write scores, differences, mistakes, repairs and an audit of gold as one HTML page.

    The page loads nothing from the network; it can be mailed, printed and kept.
    """
    from glose.corpus.files import whole
    from glose.evaluate.progress import counting
    from glose.evaluate.reporting import Extent, report

    switches.apart_from(output, gold, (*predicted, *humans))
    with counting("documents scored") as progress:
        text = report(
            gold, predicted, by=by, options=switches.options(named), train=train, humans=humans,
            extent=Extent(limit, documents, suspects, folds), title=title, progress=progress,
        )  # fmt: skip
    with whole(output) as stream:
        stream.write(text.encode())
