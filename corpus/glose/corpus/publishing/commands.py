"""The command `glose corpus publish`."""

from __future__ import annotations

from pathlib import Path

import click

_PATH = click.Path(path_type=Path, readable=False)


@click.command("publish")
@click.argument("corpus", type=_PATH, metavar="CORPUS")
@click.option("-o", "--output", type=_PATH, required=True, help="Folder to write, a new one.")
@click.option(
    "--license",
    "licence",
    metavar="NAME",
    help="Licence of the documents that name none in meta.rights: cc-by-4.0, say.",
)
@click.option(
    "--without-text",
    is_flag=True,
    help="Leave texts, words of spans and `extra` out: offsets with the hash of each text.",
)
@click.option(
    "--layer", "layers", multiple=True, metavar="NAME", help="Only this file; may be repeated."
)
@click.option("--name", help="Name of the dataset; by default that of the corpus.")
@click.option(
    "--agreement",
    type=_PATH,
    metavar="FILE",
    help="What `glose evaluate agree --json FILE` wrote, for the card.",
)
def publish_command(
    corpus: Path,
    output: Path,
    licence: str | None,
    layers: tuple[str, ...],
    name: str | None,
    agreement: Path | None,
    *,
    without_text: bool,
) -> None:
    """Write CORPUS, a corpus folder or a file of records, as a dataset for the Hugging Face Hub.

    The folder has Parquet files by layer and split, a card (README.md), croissant.json and the
    schema; `datasets.load_dataset(FOLDER)` opens it. docs/publishing.md tells what is in them.
    """
    from glose.corpus.publishing.folder import Options, publish

    options = Options(licence, without_text, layers, name, agreement)
    for line in publish(corpus, output, options).lines():
        click.echo(line, err=True)
