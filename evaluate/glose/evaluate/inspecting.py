"""The commands of `glose evaluate` that look into figures: explain."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from glose.evaluate import switches
from glose.evaluate.switches import File, Named

limit = click.option(
    "--limit", "-n", type=click.IntRange(0), metavar="N",
    help="At most so many items; the counts are of all.",
)  # fmt: skip


@click.command("explain")
@switches.gold
@click.argument("predicted", type=File)
@switches.alignment
@limit
@switches.json
def explain_command(
    gold: Path, predicted: Path, limit: int | None, target: Path | None, **named: Unpack[Named]
) -> None:
    """List what two protocols count differently in PREDICTED, and why their figures differ.

    Name two protocols or metrics: -p entity/strict -p semeval2013/strict. Each item that only one
    of them counts or takes for correct is shown, and the changes add up to the difference of the
    two scores.
    """
    from glose.evaluate.explaining import explain
    from glose.evaluate.telling import explanations

    if len(named["protocols"]) != 2:
        raise click.UsageError("expected two protocols or metrics, such as -p textee -p ace")
    switches.apart_from(target, gold, (predicted,))
    found = explain(gold, predicted, limit=limit, options=switches.options(named))
    switches.show(explanations(found), found.plain(), target, found.notes)


COMMANDS = (explain_command,)
