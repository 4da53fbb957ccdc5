"""The extractor `command`: any program that reads and writes corpus JSONL, one record a line.

The program gets each document without annotations on its standard input and answers with one
record for each, in any order; only `id` and the lists that it found are needed. It is started
without a shell. What is wrong with an answer is told with the line of the program's output.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from glose.annotate.extractors.prediction import bare, predicted
from glose.annotate.extractors.process import Process
from glose.corpus import jsonl, rules
from glose.corpus.document import ANNOTATIONS, Document
from glose.corpus.errors import GloseError, InputError, Place

#: Seconds without an answer after which a program counts as hung.
TIMEOUT = 300.0
#: What a program is sent of a document: all that is no annotation.
_SENT = ("schema", "id", "language", "text", "text_sha256", "meta", "segments", "tokens")


class Command:
    """A program as an extractor: `words` are its path and its arguments."""

    annotates: tuple[str, ...] = ANNOTATIONS

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.name = Path(words[0]).stem or "command"

    def annotate(self, document: Document) -> Document:
        """Return the program's answer to one document; the program is started for it alone."""
        (answer,) = self.annotate_all([document])
        return answer

    def annotate_all(
        self, documents: Iterable[Document], timeout: float | None = None
    ) -> Iterator[Document]:
        """Yield the answers of the program as they come.

        Raises `GloseError` where it crashes, says nothing for `timeout` seconds, or answers
        wrongly; what it had answered until then has been yielded.
        """
        answers = Answers(shlex.join(self._words), self.name)
        process = Process(self._words)
        try:
            process.feed(answers.asking(documents))
            for number, line in enumerate(process.lines(timeout or TIMEOUT), start=1):
                if line.strip():
                    yield answers.answer(line, number)
            process.end(timeout or TIMEOUT)
            answers.complete()
        finally:
            process.stop()


class Answers:
    """What a program was asked and has answered; checks each answer against its question."""

    def __init__(self, program: str, layer: str) -> None:
        self._program = program
        self._layer = layer
        self._asked: dict[str, Document] = {}
        self._answered: set[str] = set()

    def asking(self, documents: Iterable[Document]) -> Iterator[bytes]:
        """Yield the lines that the program is sent, and remember which documents they are."""
        for document in documents:
            asked = bare(document)
            self._asked[asked.id] = asked
            sent = {name: getattr(asked, name) for name in _SENT}
            yield msgspec.json.encode(sent) + b"\n"

    def answer(self, line: bytes, number: int) -> Document:
        """Return the predictions in a line of the program's output, or raise `InputError`."""
        place = Place(f"output of {self._program}", number)
        try:
            record = jsonl.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise InputError(
                place, f"no record ({error}); expected one document a line"
            ) from error
        place = Place(place.source, number, record.id or None)
        asked = self._question(record, place)
        answer = _merged(asked, record, self._layer)
        for fault in rules.faults(answer):
            raise InputError(place, fault)
        self._answered.add(record.id)
        del self._asked[record.id]
        return answer

    def complete(self) -> None:
        """Raise `GloseError` unless every question was answered."""
        if self._asked:
            total = len(self._asked) + len(self._answered)
            raise GloseError(
                f"{self._program} ended without an answer for {len(self._asked)} of {total} "
                f"documents (the first: {next(iter(self._asked))}); expected one record for each"
            )

    def _question(self, record: Document, place: Place) -> Document:
        if record.id in self._answered:
            raise InputError(place, "a second answer for this document; expected one for each")
        asked = self._asked.get(record.id)
        if asked is None:
            raise InputError(
                place,
                f"nothing was asked of the id {record.id!r}; answer with the id of the input",
            )
        if record.text is not None and record.text != asked.text:
            raise InputError(
                place, "the text is not that of the input; leave it as it was, or leave it out"
            )
        return asked


def load(argument: str | None) -> Command:
    """Return the extractor that runs the program which the argument names, with its arguments."""
    try:
        words = shlex.split(argument or "")
    except ValueError as error:
        raise GloseError(f"command: {argument!r} cannot be split into words ({error})") from error
    if not words:
        raise GloseError("command needs a program: name it as 'command:./program argument…'")
    return Command(words)


def _merged(asked: Document, record: Document, layer: str) -> Document:
    """Return the document asked for with the lists of an answer, its spans completed.

    Lists that an answer fills count as annotated even if its status does not say so.
    """
    lists = {name: getattr(record, name) for name in ANNOTATIONS}
    stated = record.status.annotated
    named = (*stated, *(name for name in ANNOTATIONS if lists[name] and name not in stated))
    whole = msgspec.structs.replace(predicted(asked, layer, named), **lists)
    return jsonl.completed(whole, layer)
