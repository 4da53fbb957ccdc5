"""The commands of `glose evaluate` that look behind figures: explain, align, repairs, audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from glose.evaluate import switches
from glose.evaluate.switches import File, Named

if TYPE_CHECKING:
    from glose.evaluate.aligning import Unplaced
    from glose.evaluate.alignment import Extra, Missing
    from glose.evaluate.writers import Form

limit = click.option(
    "--limit", "-n", type=click.IntRange(0), metavar="N",
    help="At most so many items; the counts are of all.",
)  # fmt: skip


@click.command("explain")
@switches.gold
@click.argument("predicted", type=File)
@switches.alignment
@limit
@switches.form
@switches.json
def explain_command(
    gold: Path,
    predicted: Path,
    limit: int | None,
    form: Form,
    target: Path | None,
    **named: Unpack[Named],
) -> None:
    """List what two protocols count differently in PREDICTED, and why their figures differ.

    Name two protocols or metrics: -p entity/strict -p semeval2013/strict. Each item that only one
    of them counts or takes for correct is shown, and the changes add up to the difference of the
    two scores.
    """
    from glose.evaluate.explaining import explain
    from glose.evaluate.telling import explanations
    from glose.evaluate.writers import written

    if len(named["protocols"]) != 2:
        raise click.UsageError("expected two protocols or metrics, such as -p textee -p ace")
    switches.apart_from(target, gold, (predicted,))
    found = explain(gold, predicted, limit=limit, options=switches.options(named))
    switches.show(written(explanations(found), form), found.plain(), target, found.notes)


@click.command("align")
@switches.gold
@click.argument("quotes", type=File)
@click.option("--output", "-o", type=File, required=True, metavar="FILE",
              help="The predictions to write: doc/1 with offsets.")  # fmt: skip
@click.option("--rejects", type=File, metavar="FILE",
              help="Write what has no place in the text to this file, with the reason; by default "
                   "beside the output, if there is anything.")  # fmt: skip
@click.option(
    "--unplaced",
    type=click.Choice(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="What has no place: keep it, so that quote/… and argument metrics count it as spurious "
    "(entity and trigger metrics cannot), or drop it, so that none counts it.",
)
@click.option(
    "--every",
    is_flag=True,
    help="A mention that is quoted once stands for all places with these words.",
)
@click.option(
    "--extra",
    type=click.Choice(["error", "ignore"]),
    default="error",
    show_default=True,
    help="A record of a document that is not in GOLD: refuse it, or pass over it.",
)
@switches.form
@switches.json
def align_command(
    gold: Path, quotes: Path, output: Path, rejects: Path | None, unplaced: Unplaced, every: bool,
    extra: Extra, form: Form, target: Path | None,
) -> None:  # fmt: skip
    """Give offsets to QUOTES, records of a system that quotes the text of GOLD.

    Each `text` of a mention, trigger or argument is looked for exactly, then without regard to
    case, white space, quotation marks, dashes and accents' encoding, then by its letters. Which
    of several places is meant is decided by hints (start, context), by the sentence of the
    trigger, by what is near, and by the order of the list.
    """
    from glose.evaluate.aligning import Manner, align
    from glose.evaluate.telling import alignment
    from glose.evaluate.writers import written

    for path in (output, rejects, target):
        switches.apart_from(path, gold, (quotes,))
    report = align(gold, quotes, output, manner=Manner(unplaced, every, extra))
    beside = rejects or output.with_name(f"{output.name.removesuffix('.jsonl')}.rejects.jsonl")
    if report.rejects or rejects:
        report.save(beside)
    switches.show(written(alignment(report), form), report.plain(), target, ())


@click.command("repairs")
@switches.gold
@click.argument("predicted", type=File)
@switches.alignment
@switches.form
@switches.json
def repairs_command(
    gold: Path, predicted: Path, form: Form, target: Path | None, **named: Unpack[Named]
) -> None:
    """Tell what kinds of errors PREDICTED has, and what it would score without each.

    Every item of gold and of PREDICTED is in one kind, so that they add up. With
    -p coreference the errors are those of clusters.
    """
    from glose.evaluate import repairing, telling
    from glose.evaluate.writers import written

    switches.apart_from(target, gold, (predicted,))
    found = repairing.repairs(gold, predicted, options=switches.options(named))
    switches.show(written(telling.repairs(found), form), found.plain(), target, found.notes)


@click.command("audit")
@switches.gold
@switches.systems
@switches.split
@switches.missing
@switches.depth
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(0),
    default=50,
    show_default=True,
    help="At most so many suspects, the likeliest first.",
)
@click.option(
    "--folds",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="Parts of gold for the model, each judged by the others; 0 for no model.",
)
@click.option(
    "--schema",
    "-s",
    metavar="SCHEMA",
    help="What roles ask for, by name or file; by default the schema.toml beside GOLD, if any.",
)
@switches.form
@switches.json
def audit_command(
    gold: Path, predicted: tuple[Path, ...], split: str | None, missing: Missing,
    depth: int | None, limit: int, folds: int, schema: str | None, form: Form, target: Path | None,
) -> None:  # fmt: skip
    """List the likeliest errors of GOLD, ranked, with what speaks against it.

    Mentions, triggers, arguments, relations and coreference: what several PREDICTED systems agree
    on against gold, the same words treated otherwise elsewhere, what a model finds unlikely that
    learnt from the rest of gold, and what the schema forbids. PREDICTED may be left out.
    """
    from glose.corpus.schema import load
    from glose.evaluate import auditing, telling
    from glose.evaluate.plan import Options
    from glose.evaluate.writers import written

    switches.apart_from(target, gold, predicted)
    options = Options(depth=depth, split=split, missing=missing)
    found = auditing.audit(
        gold, predicted, limit=limit, folds=folds, schema=load(schema) if schema else None,
        options=options,
    )  # fmt: skip
    switches.show(written(telling.audit(found), form), found.plain(), target, found.notes)


COMMANDS = (explain_command, align_command, repairs_command, audit_command)
