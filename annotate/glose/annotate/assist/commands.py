"""The commands that help whoever plans the annotation: queue, acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from glose.annotate.assist.ordering import Queue

#: What `--by` takes; `glose.annotate.assist.ordering` has a function for each (tested).
ORDERS = ("uncertainty", "disagreement", "diversity", "random")


@click.command("queue")
@click.argument("project", metavar="PROJECT")
@click.option(
    "--by", type=click.Choice(ORDERS), required=True,
    help="What comes first: what an extractor is unsure of, what layers have annotated "
         "differently, what is unlike the rest, or any.",
)  # fmt: skip
@click.option(
    "--layer", "layers", multiple=True, metavar="NAME",
    help="Layer of the extractor, or layers to compare; may be given again.  "
         "[default: the only one that tells; all that are worked on]",
)  # fmt: skip
@click.option("--seed", type=int, default=0, metavar="N", help="Seed of random.  [default: 0]")
@click.option("--json", "as_json", is_flag=True, help="Print the order as one JSON object.")
def queue_command(
    project: str, by: str, layers: tuple[str, ...], seed: int, as_json: bool
) -> None:
    """Put the documents of PROJECT into the order in which they are offered, and print it.

    The figure is that of the order: uncertainty, 1 - F1, distance to the documents before. What
    is done comes last. While PROJECT is open in the app, the order is printed and not stored.
    """
    from glose.annotate.assist.ordering import ordered, store
    from glose.annotate.store.locking import InUseError
    from glose.annotate.store.project import Project
    from glose.corpus.errors import GloseError

    try:
        with Project.open(project) as held:
            found = ordered(held, by, layers, seed)
            store(held, found)
    except InUseError as error:
        with Project.open(project, writing=False) as held:
            _print_queue(ordered(held, by, layers, seed), as_json)
        what = "the order was not stored, since the project is open in another process"
        raise GloseError(f"{project}: {what} (the app?); end that, and do this again") from error
    _print_queue(found, as_json)


def _print_queue(found: Queue, as_json: bool) -> None:
    import msgspec

    from glose.annotate.assist.ordering import lines

    text = [msgspec.json.encode(found).decode()] if as_json else lines(found)
    for line in text:
        click.echo(line)


@click.command("acceptance")
@click.argument("project", metavar="PROJECT")
@click.option("--layer", metavar="NAME", help="Only the suggestions of this layer.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
def acceptance_command(project: str, layer: str | None, as_json: bool) -> None:
    """Print what became of the suggestions in PROJECT, by layer, annotator and list."""
    import msgspec

    from glose.annotate.assist.acceptance import acceptance, lines
    from glose.annotate.store.project import Project

    with Project.open(project, writing=False) as held:
        found = acceptance(held, layer)
    if as_json:
        click.echo(msgspec.json.encode({"layers": found}).decode())
        return
    for line in lines(found):
        click.echo(line)


COMMANDS = (queue_command, acceptance_command)
