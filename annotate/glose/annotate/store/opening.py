"""From what a command line says to an open project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from getpass import getuser
from pathlib import Path

from glose.annotate.store.addresses import address
from glose.annotate.store.database import holds_project
from glose.annotate.store.project import Project
from glose.corpus import files, manifest, schema
from glose.corpus.errors import GloseError


def opened_or_made(where: str, sources: Sequence[Path], wanted: str | None) -> Project:
    """Return the project at an address; one that is not there is made with the schema of a source.

    Raises `GloseError` where a project has another schema than is wanted.
    """
    for source in sources:
        files.readable(source).close()
    content = schema.content(wanted) if wanted else None
    if not holds_project(address(where)):
        return Project.create(where, _name(where), content or _carried(sources))
    project = Project.open(where)
    if content is not None and content != project.schema_toml:
        project.close()
        what = f"its schema is {project.schema.name}, and another than {wanted}"
        raise GloseError(f"{project.address}: {what}; leave --schema out")
    return project


def _name(where: str) -> str:
    return re.split(r"[/\\]", where.partition("?")[0])[-1].split(".")[0] or "project"


def _carried(sources: Sequence[Path]) -> bytes:
    """Return the schema of the corpus folder that a source stands in."""
    for source in sources:
        path = source.parent / manifest.SCHEMA
        if path.is_file():
            return schema.content(path)
    known = ", ".join(sorted(schema.shipped()))
    raise GloseError(f"{sources[0]}: carries no schema; name one with --schema (such as {known})")


def login() -> str:
    """Return the login name, made fit to be the name of a user."""
    try:
        name = getuser()
    except (KeyError, OSError):
        name = ""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "me"


def only_layer(project: Project) -> str:
    """Return the layer that is worked on; raise `GloseError` if there are several, or none."""
    work = [layer.name for layer in project.layers() if layer.kind == "work"]
    if len(work) == 1:
        return work[0]
    known = ", ".join(layer.name for layer in project.layers()) or "none"
    raise GloseError(f"{project.address}: name a layer with --layer (there are: {known})")
