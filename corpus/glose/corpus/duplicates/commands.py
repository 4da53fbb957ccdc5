"""The command `glose corpus duplicates`."""

from __future__ import annotations

from pathlib import Path

import click

_PATH = click.Path(path_type=Path, readable=False)


@click.command("duplicates")
@click.argument("path", type=_PATH, metavar="FILE")
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="How much of the shorter document must be in the longer one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the groups as one JSON object.")
def duplicates_command(path: Path, share: float, as_json: bool) -> None:
    """List near-duplicates in FILE, a file of records or a corpus folder, in groups.

    Copies, edited copies, updates and dispatches that a longer one contains, with how much they
    share, by runs of five words, and the longest passage. docs/duplicates.md has the rules.
    """
    import json

    from glose.corpus import manifest
    from glose.corpus.duplicates import groups, listing

    finder = groups.Finder()
    for document in manifest.documents(path):
        finder.add(document)
    found = listing.Found(finder.groups(share), finder.documents, share)
    splits = manifest.splits_of(manifest.home(path))
    listed = listing.Listing(found, manifest.documents(path), splits)
    if as_json:
        click.echo(json.dumps(listed.plain(), ensure_ascii=False))
    else:
        for line in listed.lines():
            click.echo(line)
    click.echo(listed.summary(), err=True)
