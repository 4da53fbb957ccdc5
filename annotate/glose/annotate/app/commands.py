"""The command `glose annotate serve`."""

from __future__ import annotations

from pathlib import Path

import click

_FILE = click.Path(path_type=Path, readable=False)
_SCHEMA_HELP = "Types and roles: plover, ace2005, muc4 or a .toml.  [default: that of CORPUS]"
_STORE_HELP = (
    "Where the annotations are kept: a file, or postgresql://…  "
    "[default: <name of the corpus>.glose.db]"
)
_LINKS_HELP = "TSV of things that mentions can be linked to: id, name, further names, about."
_LISTS_HELP = (
    "What is annotated here, such as mentions,events.  [default: mentions,entities,events]"
)


@click.command("serve")
@click.argument("corpus", metavar="CORPUS")
@click.option("--schema", metavar="SCHEMA", help=_SCHEMA_HELP)
@click.option("--store", metavar="PATH|URL", help=_STORE_HELP)
@click.option("--layer", metavar="NAME", help="Layer that is worked on.  [default: the user]")
@click.option("--user", metavar="NAME", help="Whose edits they are.  [default: the login name]")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N",
    help="Port to listen on; 0 for any that is free.",
)  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Address to listen on; one of this machine itself.",
)  # fmt: skip
@click.option(
    "--guidelines", type=_FILE, metavar="FILE",
    help="Rules of annotation (Markdown).  [default: GUIDELINES.md in or beside CORPUS]",
)  # fmt: skip
@click.option("--links", type=_FILE, metavar="FILE", help=_LINKS_HELP)
@click.option(
    "--suggestions", type=_FILE, multiple=True, metavar="FILE",
    help="Predictions of an extractor, to accept or refuse; may be given again.",
)  # fmt: skip
@click.option("--annotate", metavar="LISTS", help=_LISTS_HELP)
@click.option("--open/--no-open", "show", default=True, help="Show the app in the browser.")
def serve_command(
    corpus: str,
    schema: str | None,
    store: str | None,
    layer: str | None,
    user: str | None,
    port: int,
    host: str,
    guidelines: Path | None,
    links: Path | None,
    suggestions: tuple[Path, ...],
    annotate: str | None,
    show: bool,
) -> None:
    """Annotate CORPUS in the browser: a corpus folder, a JSONL file or an existing project.

    What is annotated is saved at once, in a project that stands apart from the corpus;
    `glose annotate export` writes it as records. Ctrl+C ends the server.
    """
    from glose.annotate.app.access import loopback
    from glose.annotate.app.preparing import Wishes
    from glose.annotate.app.running import run
    from glose.annotate.app.serving import listening

    wishes = Wishes(corpus, store, schema, layer, user, guidelines, links, suggestions, annotate)
    with listening(loopback(host), port) as listener:
        run(wishes, listener, show)
