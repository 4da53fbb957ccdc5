"""Documents and their annotations into a project: one operation in the journal for each record.

The operation is named after what it brings, so the same record twice is the same operation, and
nothing is ever written over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

import msgspec
from sqlalchemy import Connection, func, select

from glose.annotate.store import listing, names
from glose.annotate.store.answers import Accepted, Answer, Conflict, Refused
from glose.annotate.store.batch import Job
from glose.annotate.store.names import Kind, Layer
from glose.annotate.store.operations import STATUS, Change, Comment, Item, Operation, encode, key
from glose.annotate.store.project import Project
from glose.annotate.store.state import COMMENT
from glose.annotate.store.tables import documents as table
from glose.corpus import jsonl, rules
from glose.corpus.document import ANNOTATIONS, UNSTATED, Document, Status
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown
from glose.corpus.violations import violations

#: Records that are read before they are written, in one transaction.
TOGETHER = 64
#: What the status of a record says that a program made, and of one that nobody has looked at.
PREDICTED, RAW = "predicted", "raw"


@dataclass(slots=True)
class Imported:
    """What came in: new documents, new records, records that were there; departures of records.

    A departure is from the schema, and stays until somebody puts it right.
    """

    documents: int = 0
    records: int = 0
    known: int = 0
    departures: int = 0
    first: str | None = None

    def __str__(self) -> str:
        new = f"{self.documents} new documents, {self.records} new records"
        return f"{new}, {self.known} that were there" if self.known else new


@dataclass(frozen=True, slots=True)
class Coming:
    """A record on its way in: without annotations, and the changes that bring them.

    `own` is what it has beside annotations that the document in the project has not, if anything.
    """

    base: Document
    layer: str
    kind: Kind
    changes: tuple[Change, ...]
    own: str | None = None

    @property
    def bare(self) -> bool:
        """Whether it is a document that nobody has annotated."""
        return not self.changes


@dataclass(frozen=True, slots=True)
class _Into:
    """Where records go: a layer and a kind where they are named, and what leaves its own open."""

    layer: str | None
    kind: Kind | None
    unstated: Collection[str]

    def kind_of(self, document: Document) -> Kind:
        """Return the kind of layer that a record is for."""
        state = document.status.state
        guess = state == PREDICTED or (state is None and document.layer in self.unstated)
        return self.kind or ("suggestions" if guess else "work")


def import_records(
    project: Project,
    found: Iterable[Document],
    layer: str | None,
    kind: Kind | None,
    user: str,
    unstated: Collection[str] = (),
) -> Imported:
    """Bring documents and their annotations into a project, under a layer or their own.

    A document that nobody annotated brings its text only. Predictions become suggestions unless
    a kind is named; so do those of the layers `unstated`, where nobody says how far they are
    (glose.annotate.store.statement). Raises `GloseError` where a record breaks a rule, has
    another text than the document in the project, or is there with other annotations.
    """
    done = Imported()
    source = iter(found)
    into = _Into(layer, kind, unstated)
    while part := list(islice(source, TOGETHER)):
        coming = project.write(lambda connection: _placed(connection, part, into, done))
        _annotate(project, coming, user, done)
        _count_departures(project, part, done)
    return done


def _placed(
    connection: Connection,
    part: Sequence[Document],
    into: _Into,
    done: Imported,
) -> list[Coming]:
    """Make the documents, layers and records that come in; return those with annotations."""
    held = _held(connection, [one.id for one in part])
    coming = []
    new: dict[str, Document] = {}
    for one in part:
        found = _coming(one, held.get(one.id), into)
        coming.append(found)
        if one.id not in held:
            held[one.id] = new[one.id] = found.base
    _insert(connection, new.values())
    done.documents += len(new)
    annotated = [found for found in coming if not found.bare]
    _layers(connection, annotated, into.kind)
    return [replace(found, own=_own(found.base, held[found.base.id])) for found in annotated]


def _held(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    """Return the documents of the project that have one of these ids."""
    wanted = select(table.c.name, table.c.content).where(table.c.name.in_(ids))
    rows = connection.execute(wanted)
    return {row.name: msgspec.json.decode(row.content, type=Document) for row in rows}


def _layers(connection: Connection, coming: Iterable[Coming], kind: Kind | None) -> None:
    """Make the layers that come in; raise `GloseError` where one is there as another kind."""
    for name, wanted in {one.layer: one.kind for one in coming}.items():
        there = names.layer(connection, Layer(name, wanted))
        if kind is not None and there.kind != kind:
            what = f"layer {shown(name)} is there, of kind {there.kind}, not {kind}"
            raise GloseError(f"{what}; name another with --layer")


def _coming(document: Document, held: Document | None, into: _Into) -> Coming:
    text = document.text if held is None else _same_text(document, held)
    whole = jsonl.completed(msgspec.structs.replace(document, text=text), "")
    for fault in rules.faults(whole):
        raise GloseError(f"document {shown(document.id)}: {fault}")
    base, changes = taken_apart(whole)
    return Coming(base, into.layer or document.layer, into.kind_of(document), changes)


def _same_text(document: Document, held: Document) -> str | None:
    if document.text is None:
        same = document.text_sha256 in {None, held.text_sha256}
    else:
        same = document.text == held.text
    if not same:
        what = f"document {shown(document.id)}: its text is not that of the project"
        raise GloseError(f"{what}; offsets would be wrong")
    return held.text


def _insert(connection: Connection, found: Iterable[Document]) -> None:
    first = connection.execute(select(func.coalesce(func.max(table.c.place), -1) + 1)).scalar_one()
    rows = [_row(base, place) for place, base in enumerate(found, start=first)]
    if rows:
        connection.execute(table.insert(), rows)


def _row(base: Document, place: int) -> dict[str, object]:
    if base.text is None:
        raise GloseError(f"document {shown(base.id)}: no text; import the documents first")
    return {
        "name": base.id,
        "place": place,
        "title": base.meta.title or base.text.strip().partition("\n")[0][:200] or base.id,
        "date": listing.dated(base.meta.date),
        "size": len(base.text),
        "content": encode(base).decode(),
    }


def _own(base: Document, held: Document) -> str | None:
    """Return the record without annotations, unless it is that of the document."""
    if held == base:
        return None
    return encode(msgspec.structs.replace(base, text=None)).decode()


def taken_apart(document: Document) -> tuple[Document, tuple[Change, ...]]:
    """Return a record without annotations and layer, and the changes that make it whole again.

    Raises `GloseError` where two of its comments have one id.
    """
    lists: dict[str, tuple[()]] = dict.fromkeys(ANNOTATIONS, ())
    said = [_comment(one.name, one.value) for one in document.extra]
    _called_once(document, filter(None, said))
    extra = tuple(one for one, found in zip(document.extra, said, strict=True) if not found)
    base = msgspec.structs.replace(document, **lists, layer="", status=UNSTATED, extra=extra)
    return base, tuple(_changes(document, filter(None, said)))


def _called_once(document: Document, comments: Iterable[Comment]) -> None:
    for name, count in Counter(one.id for one in comments).items():
        if count > 1:
            what = f"{count} comments in `extra` have the id {shown(name)}; expected one"
            raise GloseError(f"document {shown(document.id)}: {what}")


def _comment(name: str, value: str) -> Comment | None:
    """Return the comment that an entry of `extra` holds, `None` if it is something else."""
    if name != COMMENT:
        return None
    try:
        return msgspec.json.decode(value, type=Comment)
    except msgspec.DecodeError:
        return None


def _changes(document: Document, comments: Iterable[Comment]) -> list[Change]:
    found = [change for name in ANNOTATIONS for change in _new(name, getattr(document, name))]
    found += _new("comments", comments)
    # That nobody has looked at a document is worth no operation; at annotations, it is.
    if document.status != Status() and (found or document.status != Status(RAW)):
        found.append(Change("status", STATUS, Status(), document.status))
    return found


def _new(name: str, items: Iterable[Item]) -> Iterator[Change]:
    """Yield the changes that bring items; of labels that are the same, each has a key."""
    used: dict[str, int] = {}
    for item in items:
        known = key(item)
        used[known] = used.get(known, 0) + 1
        yield Change(name, known if used[known] == 1 else f"{known}|{used[known]}", None, item)


def _annotate(project: Project, coming: Sequence[Coming], user: str, done: Imported) -> None:
    answers = [(one, project.writer.submit(_job(one, user))) for one in coming]
    for one, answer in answers:
        _settle(one, answer, done)


def _job(one: Coming, user: str) -> Job:
    brought = sha256(encode((one.changes, one.own))).hexdigest()
    name = uuid5(NAMESPACE_URL, f"glose:{one.base.id}\n{one.layer}\n{brought}")
    operation = Operation(id=str(name), base=0, verb="import", changes=one.changes)
    return Job(one.base.id, one.layer, user, operation, imported=True, own=one.own)


def _settle(one: Coming, answer: Future[Answer], done: Imported) -> None:
    where = f"document {shown(one.base.id)} in layer {shown(one.layer)}"
    match answer.result():
        case Accepted(_, _, again):
            done.known += again
            done.records += not again
        case Conflict(revision, _):
            what = f"is annotated already (revision {revision}), and otherwise"
            raise GloseError(f"{where}: {what}; name another layer with --layer")
        case Refused(what):
            raise GloseError(f"{where}: {what}")


def _count_departures(project: Project, part: Iterable[Document], done: Imported) -> None:
    for document in part:
        for one in violations(document, project.schema):
            if one.level == "error":
                done.departures += 1
                done.first = done.first or f"{document.id}: {one}"
