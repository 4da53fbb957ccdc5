"""Running an extractor over a corpus: streamed, without the gold, and nothing finished is lost.

Finished documents go to `NAME.partial.jsonl` beside the file that is written; that file appears
only when all are done, and the other then disappears. `resume` goes on where a run broke off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from glose.annotate.extractors.prediction import bare
from glose.annotate.extractors.protocol import Extractor, Streaming
from glose.corpus import jsonl, rules
from glose.corpus.document import Document
from glose.corpus.errors import GloseError


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done.

    `layer` is the name of the predictions, by default the extractor's; `timeout` is after how many
    seconds without an answer a program counts as hung; `resume` continues an earlier run.
    """

    layer: str | None = None
    timeout: float | None = None
    resume: bool = False


def run(extractor: Extractor, documents: Iterable[Document], out: Path, settings: Settings) -> int:
    """Write the predictions of an extractor to a file in the canonical form; return how many.

    Raises `GloseError` where a document or an answer is at fault; it tells where the finished
    documents are.
    """
    partial = out.with_name(f"{out.name.removesuffix('.jsonl')}.partial.jsonl")
    layer = settings.layer or extractor.name
    done = _finished(partial, layer, settings.resume)
    todo = _left(documents, done)
    count = len(done)
    try:
        with _appending(partial) as stream:
            for answer in predictions(extractor, todo, layer, settings.timeout):
                stream.write(jsonl.encode(answer) + b"\n")
                stream.flush()
                count += 1
    except GloseError as error:
        raise GloseError(f"{error}{_kept(partial, count)}") from error
    written = jsonl.write(out, jsonl.read(partial))
    partial.unlink()
    return written


def predictions(
    extractor: Extractor, documents: Iterable[Document], layer: str, timeout: float | None = None
) -> Iterator[Document]:
    """Yield the predictions of an extractor, which is given documents without annotations.

    Raises `GloseError` where what comes back is another document or breaks a rule of the record.
    """
    asked: dict[str, Document] = {}
    stream = _stripped(documents, asked)
    if isinstance(extractor, Streaming):
        answers = extractor.annotate_all(stream, timeout)
    else:
        answers = (extractor.annotate(document) for document in stream)
    for answer in answers:
        question = asked.pop(answer.id, None)
        named = msgspec.structs.replace(answer, layer=layer)
        _check(extractor, question, named)
        yield named


def _stripped(documents: Iterable[Document], asked: dict[str, Document]) -> Iterator[Document]:
    for document in documents:
        if document.text is None:
            raise GloseError(f"{document.id}: no text; extractors need documents that hold theirs")
        asked[document.id] = bare(document)
        yield asked[document.id]


def _check(extractor: Extractor, question: Document | None, answer: Document) -> None:
    name = f"extractor {extractor.name}"
    if question is None or (answer.text, answer.text_sha256) != (
        question.text,
        question.text_sha256,
    ):
        raise GloseError(f"{name}: {answer.id}: not a document that it was given, with its text")
    for fault in rules.faults(answer):
        raise GloseError(f"{name}: {answer.id}: {fault}")


def _finished(partial: Path, layer: str, resume: bool) -> dict[str, str | None]:
    """Return the ids that an earlier run finished, with the hashes of their texts."""
    if not partial.exists():
        return {}
    if not resume:
        raise GloseError(
            f"{partial}: holds the finished documents of a run that broke off; "
            "go on with --resume, or delete it to begin anew"
        )
    _mend(partial)
    done = {}
    for document in jsonl.read(partial):
        if document.layer != layer:
            raise GloseError(
                f"{partial}: layer {document.layer!r}, this run makes {layer!r}; "
                "delete it to begin anew"
            )
        done[document.id] = document.text_sha256
    return done


def _mend(partial: Path) -> None:
    """Cut off a last line that was not written to its end."""
    whole = partial.read_bytes()
    end = whole.rfind(b"\n") + 1
    if end < len(whole):
        partial.write_bytes(whole[:end])


def _left(documents: Iterable[Document], done: dict[str, str | None]) -> Iterator[Document]:
    for document in documents:
        if document.id not in done:
            yield document
        elif done[document.id] != document.text_sha256:
            raise GloseError(
                f"{document.id}: its text has changed since the run that is continued; begin anew"
            )


def _appending(partial: Path) -> IO[bytes]:
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
        return partial.open("ab")
    except OSError as error:
        raise GloseError(f"{partial}: cannot be written ({error.strerror})") from error


def _kept(partial: Path, count: int) -> str:
    """Return where finished documents are; without any, remove the file that was to hold them."""
    if count == 0:
        partial.unlink(missing_ok=True)
        return ""
    return f" ({count} finished documents are in {partial}; go on with --resume)"
