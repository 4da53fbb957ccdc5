"""The command `glose evaluate agree`: it parses its arguments, calls one function and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from glose.evaluate import switches
from glose.evaluate.switches import File, Named

if TYPE_CHECKING:
    from glose.evaluate.agreement.layers import Missing as Lacking
    from glose.evaluate.writers import Form


@click.command("agree")
@click.argument("layers", type=File, nargs=-1, required=True, metavar="LAYER LAYER...")
@click.option("--system", "systems", type=File, multiple=True, metavar="FILE",
              help="Predictions to compare with each layer: F1, and as a share of what the layers "
                   "have with each other; may be repeated.")  # fmt: skip
@click.option("--protocol", "-p", "protocols", multiple=True, default=("default",),
              show_default=True, metavar="NAME",
              help="A protocol or metric for pairwise F1; may be repeated.")  # fmt: skip
@click.option("--unit", "-u", "units", multiple=True,
              type=click.Choice(["f1", "mention-tokens", "mentions", "trigger-tokens", "triggers",
                                 "labels"]),
              help="Only agreement in these; may be repeated.")  # fmt: skip
@click.option("--by", multiple=True, metavar="FIELD",
              help="Also by guideline, document, split, source, agency, author, place, language, "
                   "date, year, length (of the text, in code points) or extra.NAME; may be "
                   "repeated.")  # fmt: skip
@click.option("--split", metavar="NAME",
              help="Only the documents of this split, by the corpus.json beside the first "
                   "LAYER.")  # fmt: skip
@click.option("--missing", "lacking", type=click.Choice(["error", "ignore", "partial"]),
              default="error", show_default=True,
              help="A document that a layer lacks: refuse, leave it out, or compare the layers "
                   "that have it.")  # fmt: skip
@switches.depth
@click.option("--gamma", type=click.IntRange(0), default=30, show_default=True, metavar="N",
              help="Texts drawn by chance for each document, for gamma; 0 for none.")  # fmt: skip
@switches.sampling(1000)
@switches.jobs
@switches.form
@switches.json
def agree_command(
    layers: tuple[Path, ...], systems: tuple[Path, ...], units: tuple[str, ...],
    by: tuple[str, ...], lacking: Lacking, gamma: int, form: Form, target: Path | None,
    **named: Unpack[Named],
) -> None:  # fmt: skip
    """Tell how far two or more LAYERs of the same documents agree, beyond chance.

    F1 of each two by any metric; Cohen, Scott, Fleiss, Randolph and Krippendorff's alpha of the
    labels of tokens and documents; alpha-u and gamma of mentions and triggers; of all layers, each
    two and each one, by type, with intervals. No layer is gold.
    """
    from glose.evaluate.agreement.agree import agree
    from glose.evaluate.agreement.choice import UNITS, Choice
    from glose.evaluate.agreement.tables import agreement
    from glose.evaluate.intervals import Sampling
    from glose.evaluate.progress import counting
    from glose.evaluate.writers import written

    if len(layers) < 2:
        raise click.UsageError("expected two LAYERs or more: files of the same documents")
    switches.apart_from(target, layers[0], (*layers[1:], *systems))
    sampling = Sampling(named["samples"], named["level"], named["seed"], named["method"])
    choice = Choice(
        named["protocols"], units or UNITS, by, named["depth"], named["split"], lacking, gamma,
        sampling, named["cluster"], named["jobs"],
    )  # fmt: skip
    with counting("documents compared") as progress:
        found = agree(layers, systems=systems, choice=choice, progress=progress)
    switches.show(written(agreement(found), form), found.plain(), target, found.notes)
