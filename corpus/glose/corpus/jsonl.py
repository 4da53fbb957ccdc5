"""Documents as JSONL, one `doc/1` record a line: the only module that knows JSON of records.

Lines end at LF and nowhere else: U+2028 and its like occur in real text. Reading is a stream; a
record that breaks a rule is refused with its place (glose.corpus.rules). Writing gives the
canonical form, so the same documents are always the same bytes.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, TypeVar, cast

import msgspec

from glose.corpus import identification, rules
from glose.corpus.document import (
    ANNOTATIONS,
    UNSTATED,
    Document,
    Event,
    Mention,
    Relation,
    Segment,
    Status,
    Trigger,
    covered,
    fingerprint,
)
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import BUFFER, readable, whole
from glose.corpus.forms import shown
from glose.corpus.refusals import QUOTED, refusal

if TYPE_CHECKING:
    import jsonlines

#: A line may be this long (bytes); what is longer is no record, and is not held. The text of a
#: document that `glose corpus build` takes fits, with all its annotation.
LONGEST = 1 << 30

#: How a line begins by which git marks what it could not merge, and what to say of it.
MARKS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
UNDECIDED = "a conflict of a merge that nobody decided; keep one side and remove the marks"

#: What to say of a line that is a list of records, or begins one.
LISTED = "found a list; expected one record a line (jq -c '.[]' IN > OUT.jsonl takes a list apart)"

#: How the decoder says that an item of a list has no id.
_NAMELESS = re.compile(r"required field `id` - at `\$\.\w+\[")

#: How the decoder says that a line is a list.
_LIST = "Expected `object`, got `array`"

#: The lists of a record, which `reader` may leave out.
LISTS = frozenset({*ANNOTATIONS, "segments", "tokens"})

_decoder = msgspec.json.Decoder(Document)
_presence = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encoder = msgspec.json.Encoder()


def read(path: Path, *, check: bool = True) -> Iterator[Document]:
    """Yield the documents of a file, plain or gzip, without holding more than one.

    With `check` a record that breaks a rule is refused. Raises `InputError` with file and line.
    """
    with readable(path, buffer=BUFFER) as stream:
        yield from parse(_lines(stream, str(path)), str(path), check=check)


def _lines(stream: IO[bytes], source: str) -> Iterator[bytes]:
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            what = f"a line of more than {LONGEST >> 20} MiB; expected one record a line"
            raise InputError(Place(source, number), what)
        yield line


def parse(lines: Iterable[bytes | str], source: str, *, check: bool = True) -> Iterator[Document]:
    """Yield the documents of lines, skipping blank ones; `source` is what errors call them."""
    layer = Path(source).name.split(".")[0]
    for number, written in numbered(lines, source):
        stated = written.layer and written.text_sha256
        document = written if stated else completed(written, layer)
        if check:
            for fault in rules.faults(document, written):
                raise InputError(Place(source, number, document.id or None), fault)
        yield document


def numbered(lines: Iterable[bytes | str], source: str) -> Iterator[tuple[int, Document]]:
    """Yield the number of each line, from 1, with its document, neither completed nor checked."""
    import jsonlines

    count = 0

    def counted() -> Iterator[bytes | str]:
        nonlocal count
        for count, line in enumerate(lines, start=1):  # noqa: B007
            yield line

    reader = jsonlines.Reader(counted(), loads=decode)
    # jsonlines declares plain JSON values; what comes back is what `loads` returns.
    documents = cast("Iterator[Document]", reader.iter(skip_empty=True))
    while True:
        try:
            document = next(documents)
        except StopIteration:
            return
        except jsonlines.InvalidLineError as error:
            raise InputError(Place(source, count), _reason(error)) from error
        yield count, document


def decode(line: str | bytes) -> Document:
    """Return the document of one line; a sparse record gets the status that its lists imply.

    Its items get ids where they have none. Raises `msgspec.ValidationError` in our words.
    """
    document = _decoded(line)
    if document.status is UNSTATED:
        present = _presence.decode(line)
        annotated = tuple(name for name in ANNOTATIONS if name in present)
        return msgspec.structs.replace(document, status=Status(annotated=annotated))
    return document


def reader(lists: Collection[str]) -> Callable[[str | bytes], Document]:
    """Return a `decode` that decodes only some of the `LISTS` of a record.

    The others stay bytes that nobody can take for a list. A line that is sparse, or that breaks a
    rule of the record, is decoded whole.
    """
    if LISTS.issubset(lists):
        return decode
    decoder = _decoder_of(frozenset(lists))

    def decode_some(line: str | bytes) -> Document:
        try:
            document = decoder.decode(line)
        except msgspec.ValidationError:
            return decode(line)
        return decode(line) if document.status is UNSTATED else document

    return decode_some


@cache
def _decoder_of(lists: frozenset[str]) -> msgspec.json.Decoder[Document]:
    fields = [
        (each.name, msgspec.Raw if each.name in LISTS - lists else each.type, each.default)
        for each in msgspec.structs.fields(Document)
    ]
    some = msgspec.defstruct("Document", fields, frozen=True, forbid_unknown_fields=True, gc=False)
    # It has the fields of a document, of which some are not to be read.
    return cast("msgspec.json.Decoder[Document]", msgspec.json.Decoder(some))


def _decoded(line: str | bytes) -> Document:
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        if not _NAMELESS.search(str(error)):
            listed = str(error) == _LIST
            what = LISTED if listed else refusal(error, Document)
            raise msgspec.ValidationError(what) from error
    try:
        return msgspec.convert(identification.identified(msgspec.json.decode(line)), Document)
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(refusal(error, Document)) from error


def encode(document: Document) -> bytes:
    """Return the canonical form of a document: one line without its LF."""
    return _encoder.encode(canonical(document))


def canonical(document: Document) -> Document:
    """Return the document with its segments and mentions in the order of the canonical form."""
    segments = tuple(sorted(document.segments, key=_place))
    mentions = tuple(sorted(document.mentions, key=_place))
    if segments == document.segments and mentions == document.mentions:
        return document
    return msgspec.structs.replace(document, segments=segments, mentions=mentions)


def write(path: Path, documents: Iterable[Document], *, check: bool = True) -> int:
    """Write documents, sorted by id, to a file that appears whole or not at all; return how many.

    With `check` they are completed, and one that breaks a rule is refused with `InputError`.
    Only their ids are held: lines that come out of order wait in a temporary file.
    """
    with whole(path) as stream:
        found = sound(documents, str(path)) if check else documents
        if path.suffix != ".gz":
            return dump(found, stream)
        # No name and no time within, so that the same documents are the same bytes.
        with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
            return dump(found, cast("IO[bytes]", packed))


def sound(documents: Iterable[Document], target: str) -> Iterator[Document]:
    """Yield documents, completed; raise `InputError` at the first that breaks a rule."""
    for document in documents:
        found = completed(document, document.layer)
        for fault in rules.faults(found, document):
            raise InputError(Place(target, None, document.id or None), fault)
        yield found


def dump(documents: Iterable[Document], stream: IO[bytes]) -> int:
    """Write documents, sorted by id, to a binary stream; return how many.

    Raises `GloseError` where a document comes twice in one layer.
    """
    import jsonlines

    with TemporaryFile() as spool:
        writer = jsonlines.Writer(spool, dumps=_encoder.encode)
        lines: list[tuple[str, int, int]] = []
        position = 0
        seen: set[tuple[str, str]] = set()
        for document in documents:
            key = document.id, document.layer
            if key in seen:
                what = (
                    f"document {shown(document.id)} comes twice in layer {shown(document.layer)}"
                )
                raise GloseError(f"{what}; expected each document once")
            seen.add(key)
            size = writer.write(canonical(document))
            lines.append((document.id, position, size))
            position += size
        ordered = sorted(lines, key=lambda line: line[0])
        spool.seek(0)
        if ordered == lines:
            shutil.copyfileobj(spool, stream)
        else:
            for _, start, size in ordered:
                spool.seek(start)
                stream.write(spool.read(size))
    return len(lines)


def completed(document: Document, layer: str) -> Document:
    """Return a sparse record with what can be derived: its layer, and what its spans cover.

    The layer is given only to a record that names none, and nothing to one that has it all.
    """
    layer = document.layer or layer
    text = document.text
    if text is None:
        return msgspec.structs.replace(document, layer=layer)
    if document.layer and document.text_sha256 and _all_worded(document):
        return document
    return msgspec.structs.replace(
        document,
        layer=layer,
        text_sha256=document.text_sha256 or _fingerprint(text),
        mentions=tuple(_worded(text, mention) for mention in document.mentions),
        relations=tuple(_with_words(text, relation) for relation in document.relations),
        events=tuple(_with_words(text, event) for event in document.events),
    )


_Span = TypeVar("_Span", Mention, Trigger)
_Owner = TypeVar("_Owner", Relation, Event)


def _fingerprint(text: str) -> str | None:
    try:
        return fingerprint(text)
    except UnicodeEncodeError:
        return None  # a lone surrogate, which the rules tell


def _all_worded(document: Document) -> bool:
    owners: tuple[Relation | Event, ...] = (*document.relations, *document.events)
    return all(mention.text for mention in document.mentions) and all(
        trigger.text for owner in owners for trigger in owner.triggers
    )


def _worded(text: str, span: _Span) -> _Span:
    if span.text:
        return span
    words = covered(text, span.start, span.end, span.fragments)
    return msgspec.structs.replace(span, text=words)


def _with_words(text: str, owner: _Owner) -> _Owner:
    triggers = tuple(_worded(text, trigger) for trigger in owner.triggers)
    return msgspec.structs.replace(owner, triggers=triggers)


def _place(item: Segment | Mention) -> tuple[int, int, str, str]:
    return item.start, -item.end, item.type, item.id


def _reason(error: jsonlines.InvalidLineError) -> str:
    cause = error.__cause__
    if _bytes(error.line).startswith(MARKS):
        return UNDECIDED
    if b"\0" in _bytes(error.line):
        return "binary data; expected one JSON record a line"
    if isinstance(cause, UnicodeDecodeError):
        # The decoder counts from the beginning of the string that is wrong.
        start = max(_bytes(error.line).find(cause.object), 0) + cause.start
        return f"byte {start} of the line is not UTF-8; save the file as UTF-8"
    if isinstance(cause, msgspec.ValidationError):
        return str(cause)[:QUOTED]
    return f"not a JSON record ({str(cause)[:QUOTED]}); expected one document a line"


def _bytes(line: str | bytes) -> bytes:
    return line if isinstance(line, bytes) else line.encode("utf-8", "replace")
