"""The one thread that writes: what waits while it commits goes into its next transaction."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from glose.annotate.store.answers import Answer
from glose.annotate.store.batch import Batch, Job, Numbers
from glose.annotate.store.cache import States
from glose.annotate.store.database import Database, reason, told
from glose.corpus.errors import GloseError
from glose.corpus.schema import Schema

T = TypeVar("T")
#: Tells the time.
Clock: TypeAlias = Callable[[], datetime]

#: So many operations go into one transaction at most, so that none waits for a thousand others.
TOGETHER = 256


class Writer:
    """Writes operations in groups; an answer is given when its transaction is on the disk.

    A transaction that fails is answered with an error to everyone in it, and nothing of it is
    kept. `clock` says what time it is, in UTC.
    """

    def __init__(
        self,
        database: Database,
        schema: Schema | None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._database = database
        self._schema = schema
        self._clock = clock or _now
        self._numbers = Numbers()
        self._states = States()
        self._waiting: deque[Job] = deque()
        self._thread = ThreadPoolExecutor(1, "glose-writer")

    def submit(self, job: Job) -> Future[Answer]:
        """Return where the answer to a job will be."""
        self._waiting.append(job)
        self._call(self._drain)
        return job.answer

    def run(self, work: Callable[[Connection], T]) -> Future[T]:
        """Do other work, which touches no items, in a transaction of its own."""
        return self._call(lambda: self._transaction(work))

    def now(self) -> str:
        """Return the time as the journal has it."""
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"

    def close(self) -> None:
        """Write what waits, and end the thread."""
        # What fails in a group is called again, one by one, behind what waits.
        for _ in range(2):
            self._call(lambda: None).result()
        self._thread.shutdown()

    def _call(self, work: Callable[[], T]) -> Future[T]:
        try:
            return self._thread.submit(work)
        except RuntimeError as error:
            raise GloseError(f"{self._database.address}: is closed") from error

    def _transaction(self, work: Callable[[Connection], T]) -> T:
        with told(self._database.address), self._database.writing() as connection:
            return work(connection)

    def _forget(self) -> None:
        self._numbers.clear()
        self._states.clear()

    def _drain(self) -> None:
        jobs = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
        # Who no longer waits for an answer has not been promised anything.
        if wanted := [job for job in jobs if job.answer.set_running_or_notify_cancel()]:
            self._write(wanted)

    def _write(self, jobs: Sequence[Job]) -> None:
        try:
            with self._database.writing() as connection:
                answers = self._answers(connection, jobs)
        except (SQLAlchemyError, OSError) as error:
            self._forget()
            self._apart(jobs, self._unsaved(error))
        except GloseError as error:
            self._forget()
            self._apart(jobs, error)
        else:
            for job, answer in zip(jobs, answers, strict=True):
                job.answer.set_result(answer)
        finally:
            self._unforeseen(jobs)

    def _answers(self, connection: Connection, jobs: Sequence[Job]) -> list[Answer]:
        batch = Batch(connection, jobs, self._numbers, self._states, self._schema, self.now())
        answers = [batch.answer(job) for job in jobs]
        batch.write()
        return answers

    def _unsaved(self, error: Exception) -> GloseError:
        unsaved = GloseError(f"{self._database.address}: not saved: {reason(error)}")
        # Who answers to it can tell that trying again may help.
        unsaved.__cause__ = error
        return unsaved

    def _apart(self, jobs: Sequence[Job], error: BaseException) -> None:
        """Try jobs one by one, of which one made all fail; it alone gets the error."""
        if len(jobs) == 1:
            jobs[0].answer.set_exception(error)
            return
        for job in jobs:
            self._thread.submit(self._write, (job,))

    def _unforeseen(self, jobs: Sequence[Job]) -> None:
        """Leave no one waiting when an error goes by that nobody has thought of."""
        error = sys.exception()
        if error is not None:
            self._forget()
            self._apart(jobs, error)


def _now() -> datetime:
    return datetime.now(UTC)
