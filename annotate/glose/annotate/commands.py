"""The commands of `glose annotate`: each parses its arguments, calls one function and prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glose.annotate.app.commands import serve_command
from glose.annotate.assist.commands import acceptance_command, queue_command
from glose.annotate.store.commands import COMMANDS

if TYPE_CHECKING:
    from glose.corpus.document import Document


@click.group("annotate")
def group() -> None:
    """Let people and programs annotate a corpus."""


group.add_command(serve_command)
for command in COMMANDS:
    group.add_command(command)
group.add_command(queue_command)
group.add_command(acceptance_command)


@group.command("extractors")
@click.option("--json", "as_json", is_flag=True, help="Print the list as one JSON object.")
def extractors_command(as_json: bool) -> None:
    """List the extractors that `annotate run` knows, and how each is named."""
    import msgspec

    from glose.annotate.extractors.table import kinds

    found = kinds()
    if as_json:
        rows = {
            name: {
                "argument": kind.argument,
                "trains": kind.trains is not None,
                "summary": kind.summary,
            }
            for name, kind in found.items()
        }
        click.echo(msgspec.json.encode(rows).decode())
        return
    width = max(len(name + kind.argument) for name, kind in found.items())
    for name, kind in found.items():
        click.echo(f"{name + kind.argument:<{width}}  {kind.summary}")


@group.command("train")
@click.argument("name", metavar="NAME")
@click.argument("corpus", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o", "--output", "model", type=click.Path(path_type=Path, readable=False), required=True,
    metavar="MODEL", help="Folder that the model is written to; an older model there is replaced.",
)  # fmt: skip
@click.option(
    "--split", metavar="NAME",
    help="Learn from this split only; `all` for every document.  "
         "[default: train, if the corpus has such a split]",
)  # fmt: skip
@click.option(
    "--layer", metavar="NAME", help="Layer of a corpus folder to learn from.  [default: gold]"
)
def train_command(
    name: str, corpus: Path, model: Path, split: str | None, layer: str | None
) -> None:
    """Train the extractor NAME on CORPUS, a corpus folder or a JSONL file with gold.

    The same corpus gives the same model. It holds crfsuite's own format and JSON, no pickle.
    """
    from glose.annotate.training import train
    from glose.corpus import manifest

    wanted = (layer or "gold") if corpus.is_dir() else layer
    split = _learnt_from(corpus, split)
    documents = manifest.documents(corpus, split, layer=wanted)
    header = train(name, documents, corpus.name, split, model)
    of = f" of split {split}" if split else ""
    click.echo(f"{model}: {name}, learnt from {header.documents} documents{of}", err=True)


def _learnt_from(corpus: Path, split: str | None) -> str | None:
    """Return the split to learn from: train unless asked otherwise, so that no test is learnt."""
    from glose.corpus import manifest

    if split is not None:
        return None if split == "all" else split
    folder = corpus if corpus.is_dir() else corpus.parent
    known = (folder / manifest.NAME).is_file() and "train" in manifest.read(folder).splits
    return "train" if known else None


@group.command("run")
@click.argument("extractor", metavar="NAME[:ARGUMENT]")
@click.argument("corpus", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path, readable=False), required=True,
    metavar="FILE", help="JSONL file that the predictions are written to.",
)  # fmt: skip
@click.option("--split", metavar="NAME", help="Annotate this split only, such as test.")
@click.option(
    "--layer", metavar="NAME", help="Layer of the predictions.  [default: the extractor's]"
)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S",
    help="Seconds without an answer after which a program counts as hung.  [default: 300]",
)  # fmt: skip
@click.option(
    "--resume", is_flag=True,
    help="Go on with a run of the same extractor and corpus that broke off.",
)  # fmt: skip
@click.option("--restart", is_flag=True, help="Throw away what a run that broke off had finished.")
def run_command(
    extractor: str,
    corpus: Path,
    out: Path,
    split: str | None,
    layer: str | None,
    timeout: float | None,
    resume: bool,
    restart: bool,
) -> None:
    """Annotate CORPUS, a corpus folder or a JSONL file, with an extractor.

    The annotations of CORPUS are taken off first: no extractor sees the gold.
    """
    from glose.annotate import running
    from glose.annotate.extractors.table import find
    from glose.corpus import manifest
    from glose.corpus.files import apart

    if resume and restart:
        raise click.UsageError("--resume goes on and --restart begins anew: give one of them")
    # What people made is never what a program's output goes over.
    apart(out, manifest.made(corpus))
    found = find(extractor)
    source = manifest.file(corpus)
    settings = running.Settings(layer, timeout, resume, restart, extractor, _sha256(source), split)
    documents = shown(manifest.documents(corpus, split), _length(source, split), found.name)
    count = running.run(found, documents, out, settings)
    click.echo(f"{out}: {count} documents, layer {layer or found.name}", err=True)


def _sha256(source: Path) -> str | None:
    """Return the hash of a file; `None` for a pipe, which can be read only once."""
    from glose.corpus import manifest

    return manifest.digest(source) if source.is_file() else None


def _length(source: Path, split: str | None) -> int | None:
    """Return how many documents there will be, if that is quickly told and anybody looks on."""
    from glose.corpus import manifest
    from glose.corpus.files import readable

    if not sys.stderr.isatty() or not source.is_file():
        return None
    if split is not None:
        return len(manifest.ids(source.parent, split))
    with readable(source) as stream:
        return sum(1 for line in stream if line.strip())


def shown(documents: Iterable[Document], length: int | None, label: str) -> Iterator[Document]:
    """Yield the documents; show on standard error how many have passed, if it is a terminal.

    It is a bar where their number is known, else a count.
    """
    if not sys.stderr.isatty():
        yield from documents
        return
    with click.progressbar(
        documents, length=length, label=label, show_pos=True, file=sys.stderr
    ) as bar:
        yield from bar
