"""Operations that are committed together: each is answered, then all are written at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, bindparam, insert, select, update

from glose.annotate.store import journal, names, operations
from glose.annotate.store.answers import Accepted, Answer, Conflict, Refused
from glose.annotate.store.cache import States
from glose.annotate.store.checking import check
from glose.annotate.store.names import Record
from glose.annotate.store.neighbourhood import around
from glose.annotate.store.operations import Entry, Operation
from glose.annotate.store.state import State
from glose.annotate.store.tables import items, progress, records
from glose.annotate.store.tables import operations as journal_table
from glose.corpus.forms import shown
from glose.corpus.schema import Schema

#: How many faults of an operation are told.
TOLD = 3


@dataclass(frozen=True, slots=True)
class Job:
    """An operation that waits for its answer.

    `imported` says that it comes from a file: it may go to any layer, and what departs from the
    schema is a warning; `own` is then what the record has beside annotations that its document
    has not, if anything.
    """

    document: str
    layer: str
    user: str
    operation: Operation
    imported: bool = False
    own: str | None = None
    answer: Future[Answer] = field(default_factory=Future)


class Numbers:
    """Numbers of users and records that are known, for as long as nothing was rolled back."""

    def __init__(self) -> None:
        self._users: dict[str, int] = {}
        self._records: dict[tuple[str, str], Record] = {}

    def clear(self) -> None:
        """Forget them: they may have been given in a transaction that failed."""
        self._users.clear()
        self._records.clear()

    def learn(self, connection: Connection, jobs: Iterable[Job]) -> None:
        """Look up, or make, what jobs name; in one order, so that no two processes block."""
        for user in sorted({job.user for job in jobs} - self._users.keys()):
            self._users[user] = names.user(connection, user)
        pairs = {(job.document, job.layer) for job in jobs} - self._records.keys()
        if pairs:
            self._records |= names.ensured_records(connection, pairs)

    def user(self, job: Job) -> int:
        """Return the number of who made an operation."""
        return self._users[job.user]

    def record(self, job: Job) -> Record:
        """Return what an operation was made to."""
        return self._records[job.document, job.layer]


class Batch:
    """The answers to jobs, and the rows that they come to.

    The rows of their records are locked in one order: whatever else writes waits, or went before.
    """

    def __init__(
        self, connection: Connection, jobs: Sequence[Job], numbers: Numbers, states: States,
        schema: Schema | None, now: str,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._numbers = numbers
        self._states = states
        self._schema = schema
        self._now = now
        numbers.learn(connection, jobs)
        self._revisions = self._locked(sorted({numbers.record(job).id for job in jobs}))
        ids = {name for job in jobs for name in (job.operation.id, job.operation.of) if name}
        # What is no id is refused, and may be nothing that a database can look for.
        self._known = journal.found(connection, set(filter(operations.is_id, ids)))
        self._touched: dict[int, State] = {}
        self._entries: list[tuple[int, int, Entry]] = []
        self._owned: list[dict[str, object]] = []

    def _locked(self, ids: Sequence[int]) -> dict[int, int]:
        column = progress.c.record_id
        wanted = select(column, progress.c.revision).where(column.in_(ids)).order_by(column)
        rows = self._connection.execute(wanted.with_for_update())
        return {row.record_id: row.revision for row in rows}

    def answer(self, job: Job) -> Answer:
        """Answer a job; what it changes is seen by those after it."""
        operation, record = job.operation, self._numbers.record(job)
        if wrong := next(_faults(job), None):
            return Refused(wrong)
        if record.kind != "work" and not job.imported:
            return Refused(f"layer {shown(job.layer)}: only to look at ({record.kind})")
        if operation.id in self._known:
            return _again(operation, record.id, self._known[operation.id])
        if wrong := self._unfounded(operation, record.id):
            return Refused(wrong)
        state = self._state(record.id)
        if operation.base != state.revision:
            return Conflict(state.revision, self._since(record.id, operation.base))
        if state.departures(operation.changes):
            return Conflict(state.revision)
        return self._judged(job, state)

    def _judged(self, job: Job, state: State) -> Answer:
        record = self._numbers.record(job).id
        if job.imported:
            state = self._begun(job, record)
        verdict = check(state, job.operation.changes, None if job.imported else self._schema)
        if verdict.refused and self._comes_back(job.operation, record, state):
            verdict = check(state, job.operation.changes, None)
        if verdict.refused:
            return Refused("; ".join(islice(verdict.refused, TOLD)))
        if job.imported:
            self._owned.append({"number": record, "content": job.own})
            self._touched[record] = state
            self._states.put(record, state)
        self._append(job, state)
        return Accepted(state.revision, verdict.warnings)

    def _begun(self, job: Job, record: int) -> State:
        """Return the empty state that an import begins with: it brings its own record along."""
        base = journal.based(self._connection, record)
        return State(journal.owned(base, job.own, job.layer))

    def _comes_back(self, operation: Operation, record: int, state: State) -> bool:
        """Whether an undo or redo makes what there was, all around it being as it was then.

        What an import brought against the schema may come back so when its removal is undone.
        """
        if operation.of is None:
            return False
        _, entry = self._known[operation.of]
        undone = operation.verb == "undo"
        again = operations.inverse(entry.changes) if undone else entry.changes
        if set(map(operations.encode, operation.changes)) != set(map(operations.encode, again)):
            return False
        since = self._since(record, entry.revision - undone)
        touched = {(change.list, change.id) for one in since for change in one.changes}
        return touched.isdisjoint(around(state, operation.changes))

    def _state(self, record: int) -> State:
        if record not in self._touched:
            self._touched[record] = self._states.at(
                self._connection, record, self._revisions[record]
            )
        return self._touched[record]

    def _since(self, record: int, base: int) -> tuple[Entry, ...]:
        waiting = [e for number, _, e in self._entries if number == record and e.revision > base]
        return (*journal.entries(self._connection, record, base), *waiting)

    def _unfounded(self, operation: Operation, record: int) -> str | None:
        """Return what is wrong with what an operation undoes or redoes, if anything."""
        if operation.of is None:
            return None
        number, entry = self._known.get(operation.of, (None, None))
        if entry is None or number != record:
            return f"operation: {operation.of} is not in the journal of the record"
        if entry.verb == "import":
            return "operation: an import is not undone; what it brought can be changed"
        told = (*entry.changes, *operations.inverse(entry.changes))
        states = operations.foreign_states
        new = set(states(operation.changes)) - set(states(told))
        return next(map(operations.strange, new), None)

    def _append(self, job: Job, state: State) -> None:
        operation, record = job.operation, self._numbers.record(job).id
        state.apply(operation.changes)
        state.revision += 1
        entry = Entry(
            id=operation.id, base=operation.base, verb=operation.verb, of=operation.of,
            note=operation.note, changes=operation.changes, revision=state.revision,
            user=job.user, at=self._now,
        )  # fmt: skip
        self._known[entry.id] = record, entry
        self._entries.append((record, self._numbers.user(job), entry))

    def write(self) -> None:
        """Write what was accepted: the journal, the items that were touched, the records."""
        if not self._entries:
            return
        run = self._connection.execute
        run(insert(journal_table), [_row(*one) for one in self._entries])
        if self._owned:
            whose = records.c.id == bindparam("number")
            run(update(records).where(whose).values(content=bindparam("content")), self._owned)
        touched = {
            (record, row["list"], row["key"]): row
            for record, _, entry in self._entries
            for row in journal.changed(record, self._touched[record], entry.changes)
        }
        run(names.replacing(self._connection, items), list(touched.values()))
        changed = dict.fromkeys(record for record, _, _ in self._entries)
        rows = [journal.progressed(record, self._touched[record]) for record in changed]
        run(names.replacing(self._connection, progress), rows)


def _faults(job: Job) -> Iterator[str]:
    """Yield what is wrong with an operation by itself, or as that of a client."""
    yield from operations.faults(job.operation)
    if not job.imported:
        yield from operations.claims(job.operation)


def _again(operation: Operation, record: int, known: tuple[int, Entry]) -> Answer:
    """Answer an operation the id of which is in the journal: a retry is as good as the first."""
    number, entry = known
    told = [(one.verb, one.of, one.note, one.changes) for one in (operation, entry)]
    if number == record and told[0] == told[1]:
        return Accepted(entry.revision, again=True)
    return Refused(f"operation: {operation.id} is in the journal already, with other content")


def _row(record: int, user: int, entry: Entry) -> dict[str, object]:
    return {
        "record_id": record,
        "revision": entry.revision,
        "id": entry.id,
        "user_id": user,
        "at": entry.at,
        "verb": entry.verb,
        "of": entry.of,
        "note": entry.note,
        "changes": operations.encode(entry.changes).decode(),
    }
