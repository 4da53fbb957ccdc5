"""Running an extractor over a corpus: streamed, without the gold, and nothing finished is lost.

Finished documents go to `NAME.partial.jsonl` beside the file that is written; that file appears
only when all are done, and the other then disappears. `resume` goes on where a run broke off,
`restart` begins it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from glose.annotate.extractors.prediction import bare
from glose.annotate.extractors.protocol import Extractor, Streaming
from glose.annotate.partial import Partial, Run
from glose.corpus import jsonl, rules
from glose.corpus.document import Attribute, Document, fingerprint
from glose.corpus.errors import GloseError

#: The name in `extra` under which a prediction says what made it.
MAKER = "extractor"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done.

    `layer` is the name of the predictions, by default the extractor's; `timeout` is after how many
    seconds without an answer a program counts as hung; `resume` continues an earlier run and
    `restart` throws away what it finished. `extractor` is its whole name, which each prediction
    then carries in `extra`; `corpus` and `split` say what is read (see `Run`).
    """

    layer: str | None = None
    timeout: float | None = None
    resume: bool = False
    restart: bool = False
    extractor: str | None = None
    corpus: str | None = None
    split: str | None = None


def run(extractor: Extractor, documents: Iterable[Document], out: Path, settings: Settings) -> int:
    """Write the predictions of an extractor to a file in the canonical form; return how many.

    Raises `GloseError` where a document or an answer is at fault; it tells where the finished
    documents are.
    """
    partial = Partial(out)
    layer = settings.layer or extractor.name
    if settings.restart:
        partial.remove()
    this = Run(settings.extractor, layer, settings.corpus, settings.split)
    done = partial.finished(this, resume=settings.resume)
    todo = _left(documents, done)
    count = len(done)
    try:
        with partial.appending(this) as stream:
            for answer in predictions(extractor, todo, layer, settings.timeout):
                stream.write(jsonl.encode(_signed(answer, settings.extractor)) + b"\n")
                stream.flush()
                count += 1
    except GloseError as error:
        raise GloseError(f"{error}{_kept(partial, count)}") from error
    if not count:
        partial.remove()
        raise GloseError("no document to annotate; is the corpus, or the split, empty?")
    written = jsonl.write(out, jsonl.read(partial.path))
    partial.remove()
    return written


def _signed(answer: Document, extractor: str | None) -> Document:
    """Return a prediction that tells by which extractor, with its argument, it was made."""
    if extractor is None:
        return answer
    others = (one for one in answer.extra if one.name != MAKER)
    return msgspec.structs.replace(answer, extra=(*others, Attribute(MAKER, extractor)))


def predictions(
    extractor: Extractor, documents: Iterable[Document], layer: str, timeout: float | None = None
) -> Iterator[Document]:
    """Yield the predictions of an extractor, which is given documents without annotations.

    Raises `GloseError` where what comes back is another document or breaks a rule of the record.
    """
    # Fingerprints and not documents: a program may read all of them before it answers.
    asked: dict[str, str] = {}
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


def _stripped(documents: Iterable[Document], asked: dict[str, str]) -> Iterator[Document]:
    for document in documents:
        if document.text is None:
            raise GloseError(f"{document.id}: no text; extractors need documents that hold theirs")
        asked[document.id] = fingerprint(document.text)
        yield bare(document)


def _check(extractor: Extractor, asked: str | None, answer: Document) -> None:
    """Raise `GloseError` where an answer is of another text than that with the fingerprint."""
    name = f"extractor {extractor.name}"
    found = None if answer.text is None else fingerprint(answer.text)
    if asked is None or found != asked or answer.text_sha256 not in (None, asked):
        raise GloseError(f"{name}: {answer.id}: not a document that it was given, with its text")
    for fault in rules.faults(answer):
        raise GloseError(f"{name}: {answer.id}: {fault}")


def _left(documents: Iterable[Document], done: dict[str, str | None]) -> Iterator[Document]:
    for document in documents:
        if document.id not in done:
            yield document
        elif done[document.id] != document.text_sha256:
            raise GloseError(
                f"{document.id}: its text has changed since the run that is continued; "
                "begin anew with --restart"
            )


def _kept(partial: Partial, count: int) -> str:
    """Return where finished documents are; without any, remove the file that was to hold them."""
    if count == 0:
        partial.remove()
        return ""
    return (
        f" ({count} finished documents are in {partial.path}; "
        "go on with --resume, or begin anew with --restart)"
    )
