"""From what the command line says to an open project that has everything the app needs."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from glose.annotate.app.bringing import bring, suggest
from glose.annotate.assist.links import Links
from glose.annotate.store.addresses import address
from glose.annotate.store.database import holds_project
from glose.annotate.store.opening import login
from glose.annotate.store.project import GUIDELINES, Project
from glose.corpus import files, manifest, schema
from glose.corpus.document import ANNOTATIONS
from glose.corpus.errors import GloseError

#: How every file of SQLite begins.
_SQLITE = b"SQLite format 3\0"
_MANUAL = "GUIDELINES.md"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says; `None` or nothing where it leaves it to us.

    `corpus` and `store` are paths, or postgresql:// URLs of projects.
    """

    corpus: str
    store: str | None = None
    schema: str | None = None
    layer: str | None = None
    user: str | None = None
    guidelines: Path | None = None
    links: Path | None = None
    suggestions: tuple[Path, ...] = ()
    annotate: str | None = None


def prepared(wishes: Wishes) -> tuple[Project, str, str]:
    """Return an open project, the user and the layer that is worked on.

    The project is made if it is not there. Documents that it does not have yet are brought in,
    and the layers that others made, to look at.
    """
    user = wishes.user or login()
    layer = wishes.layer or user
    if is_project(wishes.corpus):
        if wishes.store is not None:
            raise GloseError(f"{wishes.corpus} is a project itself; leave --store out")
        project, corpus = Project.open(wishes.corpus), None
    else:
        corpus = _corpus(Path(wishes.corpus))
        project = _stored(corpus, wishes)
    with ExitStack() as failing:
        failing.enter_context(project)
        _furnish(project, corpus, wishes, user, layer)
        failing.pop_all()  # whoever asked for it closes it
    return project, user, layer


def is_project(corpus: str) -> bool:
    """Whether an address is that of a project, and not of documents."""
    if "://" in corpus:
        return True
    path = Path(corpus)
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def default_store(corpus: Path, folder: Path) -> Path:
    """Return the name of the project of a corpus in a folder.

    Raises `GloseError` where it would not be safe: a folder that `glose corpus build` writes is
    made anew, and with it goes what is in it.
    """
    for above in (folder, *folder.parents):
        if above.name == "build" or (above / manifest.NAME).is_file():
            what = f"{above} is made anew by builds; name a place that lasts with --store"
            raise GloseError(f"no project is put here: {what}")
    return Path(f"{_name(corpus)}.glose.db")


def _corpus(path: Path) -> Path:
    if not path.exists():
        what = "no such file or folder; expected a corpus folder, a JSONL file or a project"
        raise GloseError(f"{path}: {what}")
    return path


def _name(corpus: Path) -> str:
    """Return what a corpus is called: by its manifest, else as its folder or file is."""
    if (corpus / manifest.NAME).is_file():
        return manifest.read(corpus).name
    return corpus.resolve().name.split(".")[0] or "corpus"


def _stored(corpus: Path, wishes: Wishes) -> Project:
    """Return the project in which a corpus is annotated."""
    where = wishes.store or default_store(corpus, Path.cwd())
    if holds_project(address(where)):
        return Project.open(where)
    content = schema.content(wishes.schema or _carried(corpus))
    return Project.create(where, _name(corpus), content)


def _carried(corpus: Path) -> Path:
    path = (corpus if corpus.is_dir() else corpus.parent) / manifest.SCHEMA
    if not path.is_file():
        known = ", ".join(sorted(schema.shipped()))
        raise GloseError(f"{corpus}: carries no schema; name one with --schema (such as {known})")
    return path


def _furnish(project: Project, corpus: Path | None, wishes: Wishes, user: str, layer: str) -> None:
    """Put into a project what it does not have yet."""
    _same_schema(project, wishes)
    _own(project, user, layer)
    _instruct(project, corpus, wishes)
    if corpus is not None:
        bring(project, corpus, user, layer)
    for path in wishes.suggestions:
        suggest(project, path, user)
    if wishes.links is not None:
        Links.read(wishes.links)  # which says what is wrong with it
        project.set("links", str(wishes.links.resolve()))
    if wishes.annotate is not None:
        project.set("annotated", ",".join(_lists(wishes.annotate)))


def _same_schema(project: Project, wishes: Wishes) -> None:
    if wishes.schema is not None and schema.load(wishes.schema).sha256 != project.schema.sha256:
        what = f"has a schema of its own ({project.schema.name}), which stays; leave --schema out"
        raise GloseError(f"{project.address}: {what}")


def _own(project: Project, user: str, layer: str) -> None:
    """Make the layer that a user works on; raise `GloseError` if it is not theirs."""
    project.user(user)
    found = project.layer(layer, "work", user)
    if found.kind != "work":
        raise GloseError(f"layer {layer} is only to look at ({found.kind}); name another --layer")
    if found.user not in (None, user):
        raise GloseError(f"layer {layer} is {found.user}'s; name another --layer")


def _instruct(project: Project, corpus: Path | None, wishes: Wishes) -> None:
    """Give a project the guidelines that are named, or stand in or beside its corpus."""
    path = wishes.guidelines
    if path is None and corpus is not None:
        path = (corpus if corpus.is_dir() else corpus.parent) / _MANUAL
        path = path if path.is_file() else None
    if path is None:
        return
    with files.readable(path) as stream:
        text = stream.read().decode("utf-8", "replace")
    if text != project.guidelines:
        project.set(GUIDELINES, text)
        project.guidelines = text


def _lists(names: str) -> list[str]:
    """Return the lists that are named, with commas between them, in the order of the record."""
    wanted = {name.strip() for name in names.split(",")}
    known = (*ANNOTATIONS, "entities.singletons")
    for name in sorted(wanted - set(known)):
        raise GloseError(f"--annotate {name}: no such list; expected some of {', '.join(known)}")
    return [name for name in known if name in wanted]
