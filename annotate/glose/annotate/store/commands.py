"""The commands of `glose annotate` that work on a project: import, export, log, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from glose.annotate.store.names import Kind

_FILE = click.Path(path_type=Path, readable=False)


@click.command("import")
@click.argument("project", metavar="PROJECT")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@click.option("--layer", metavar="NAME", help="Layer to import as.  [default: the record's own]")
@click.option(
    "--kind", type=click.Choice(["work", "suggestions", "reference"]),
    help="What becomes of the layer: it is worked on, offered, or looked at.  "
         "[default: suggestions for predictions, else work]",
)  # fmt: skip
@click.option(
    "--schema", metavar="S",
    help="Schema of a new project: plover, ace2005, muc4 or a .toml.  [default: that of FILE]",
)  # fmt: skip
@click.option("--user", metavar="NAME", help="Who imports.  [default: the login name]")
def import_command(
    project: str,
    files: tuple[Path, ...],
    layer: str | None,
    kind: Kind | None,
    schema: str | None,
    user: str | None,
) -> None:
    """Import documents and annotations into PROJECT, a file or a postgresql:// URL.

    FILE is JSONL or a corpus folder, of which documents.jsonl is meant, or gold.jsonl. A project
    that is not there is made. The same file again changes nothing; a record that is there with
    other annotations is never written over. A layer of which no record has a `status` is taken
    for predictions, unless it is called gold.
    """
    from glose.annotate.store import names, opening
    from glose.annotate.store.importing import import_records
    from glose.annotate.store.statement import unstated
    from glose.corpus import jsonl, manifest

    if layer is not None:
        names.named("--layer", layer)
    sources = [manifest.file(path) for path in files]
    with opening.opened_or_made(project, sources, schema) as held:
        for source in sources:
            records, open_ = jsonl.read(source), unstated(source)
            done = import_records(held, records, layer, kind, user or opening.login(), open_)
            click.echo(f"{held.address}: {source}: {done}", err=True)
            if done.first is not None:
                what = f"{done.departures} departures from the schema, such as {done.first}"
                click.echo(f"warning: {source}: {what}", err=True)


@click.command("export")
@click.argument("project", metavar="PROJECT")
@click.option(
    "-o", "--output", "out", type=_FILE, required=True, metavar="FILE",
    help="File that is written; its suffix says the format, such as .jsonl.",
)  # fmt: skip
@click.option("--layer", metavar="NAME", help="Layer to export.  [default: the only one]")
@click.option("--as", "as_layer", metavar="NAME", help="Name that the layer gets in the file.")
@click.option(
    "--state", "states", multiple=True, metavar="STATE",
    help="Only records of that state, such as done; may be given again.",
)  # fmt: skip
def export_command(
    project: str, out: Path, layer: str | None, as_layer: str | None, states: tuple[str, ...]
) -> None:
    """Export a layer of PROJECT as records, in canonical form; it may be in use meanwhile.

    Comments stand in `extra`, and come back from there when the file is imported.
    """
    import glose.corpus
    from glose.annotate.store import exporting, names, opening
    from glose.annotate.store.project import Project
    from glose.corpus.files import apart

    apart(out, [] if "://" in project else [Path(project)])
    with Project.open(project, writing=False) as held:
        name = layer or opening.only_layer(held)
        as_layer = names.named("--as", as_layer or name)
        if states:
            exporting.known_states(held, name, states)
        records = exporting.records(held, name, as_layer, states or None)
        count = glose.corpus.save(records, out)
    click.echo(f"{out}: {count} documents, layer {as_layer}", err=True)


@click.command("log")
@click.argument("project", metavar="PROJECT")
@click.option("--document", metavar="ID", help="Only of that document.")
@click.option("--layer", metavar="NAME", help="Only of that layer.")
@click.option("--item", metavar="ID", help="Only of that annotation, such as m12.")
@click.option("--json", "as_json", is_flag=True, help="Print whole entries as one JSON object.")
def log_command(
    project: str, document: str | None, layer: str | None, item: str | None, as_json: bool
) -> None:
    """Print the journal of PROJECT: who did what to which record, and when, oldest first."""
    from glose.annotate.store import chronicle
    from glose.annotate.store.project import Project

    with Project.open(project, writing=False) as held:
        found = chronicle.told(held, document, layer, item)
        for piece in chronicle.as_json(found) if as_json else map(chronicle.line, found):
            click.echo(piece)


@click.command("verify")
@click.argument("project", metavar="PROJECT")
@click.option("--repair", is_flag=True, help="Write anew from the journal what differs from it.")
@click.pass_context
def verify_command(context: click.Context, project: str, repair: bool) -> None:
    """Rebuild every record of PROJECT from the journal, and compare.

    One line a difference; exit code 1 if there is one that was not repaired.
    """
    from glose.annotate.store import replay
    from glose.annotate.store.project import Project

    count = 0
    with Project.open(project, writing=repair) as held:
        for line in replay.repair(held) if repair else replay.differences(held):
            count += 1
            click.echo(line)
    what = "records written anew" if repair else "differences between journal and tables"
    click.echo(f"{project}: {count} {what}", err=True)
    if count and not repair:
        context.exit(1)


#: What the group `glose annotate` gets from the store.
COMMANDS = (import_command, export_command, log_command, verify_command)
