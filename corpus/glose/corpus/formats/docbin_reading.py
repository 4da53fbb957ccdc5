"""From a DocBin of spaCy to documents.

spaCy does not check what it reads: a head or span outside of its document ends the program. So
only the columns that are needed reach it, and those after a check.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Attribute,
    Document,
    Label,
    Link,
    Mention,
    Pair,
    Provenance,
    Segment,
)
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.formats import described, inputs
from glose.corpus.formats.declaration import NAME, Task
from glose.corpus.formats.entries import linked
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.statuses import stated
from glose.corpus.rulers import Ruler

#: The group of spans that spancat looks at, if it is told nothing.
GROUP = "sc"
#: The scheme of classes that name none.
SCHEME = "category"
#: Where the id of a document stands in its user_data.
IDENTIFIER = "id"
#: An entry of Wikidata, as spaCy's entity linker has it.
WIKIDATA = re.compile(r"Q[1-9]\d*")
#: From what value on a document is of a class.
SURE = 0.5

_NEEDED = ("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "SENT_START", "HEAD", "DEP")
_RANGES = {"ENT_IOB": (0, 3), "SENT_START": (-1, 1)}
_FAULTS = (
    AssertionError, AttributeError, LookupError, OverflowError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip


def spacy_tokens() -> Any:  # noqa: ANN401  # a module that is not followed
    """Return `spacy.tokens`; raise `GloseError` where spaCy is not installed."""
    try:
        import spacy.tokens
    except ImportError as error:
        what = "DocBin files need spaCy, which is not installed; pip install 'glose[spacy]'"
        raise GloseError(what) from error
    return spacy.tokens


def documents(path: Path, root: Path, task: Task) -> Iterator[Document]:
    """Yield the documents of a file below a folder, or of that file alone."""
    place = Place(str(path))
    stem = inputs.identifier(path, root, task[NAME.name])
    found = _bin(inputs.content(path), place)
    count = len(found.tokens)
    docs = iter(_docs(found))
    for number in range(1, count + 1):
        here = Place(str(path), None, f"document {number}")
        try:
            doc = next(docs)
        except _FAULTS as error:
            # What is after it cannot be had either.
            task.rejects.add(here, f"no document that spaCy reads: {_said(error)}")
            return
        with task.rejects.aside(here):
            name = doc.user_data.get(IDENTIFIER)
            id_ = name if isinstance(name, str) and name else f"{stem}-{number}"
            provenance = Provenance(file=str(path), format="docbin")
            yield replace(_document(doc, task), id=id_, provenance=provenance)


def _bin(data: bytes, place: Place) -> Any:  # noqa: ANN401  # a DocBin
    """Return a DocBin of the columns that are needed; raise `InputError` where it is none."""
    library = spacy_tokens()
    try:
        stream = zlib.decompressobj()
        stream.decompress(data, inputs.LARGEST)
        if stream.unconsumed_tail:
            raise InputError(place, f"unpacked it is more than {inputs.LARGEST >> 30} GiB")
        found = library.DocBin(store_user_data=True).from_bytes(data)
        _reduce(found)
    except _FAULTS as error:
        raise InputError(place, f"no DocBin that spaCy reads: {_said(error)}") from error
    return found


def _reduce(found: Any) -> None:  # noqa: ANN401  # as above
    """Leave out what is not needed; raise `ValueError` where a value is out of its range."""
    from spacy.attrs import IDS

    there = [(name, found.attrs.index(IDS[name])) for name in _NEEDED if IDS[name] in found.attrs]
    lists = (found.tokens, found.spaces, found.cats, found.flags, found.span_groups)
    if len({*map(len, lists), len(found.user_data)}) != 1:
        raise ValueError("its lists are not of one length")
    for table, spaces in zip(found.tokens, found.spaces, strict=True):
        if len(table) != len(spaces):
            raise ValueError(f"{len(table)} tokens and {len(spaces)} spaces")
        for name, column in there:
            _check(name, table[:, column].astype("int64").tolist())
    columns = [column for _, column in there]
    found.tokens = [table[:, columns] for table in found.tokens]
    found.attrs = [IDS[name] for name, _ in there]


def _check(name: str, values: list[int]) -> None:
    if name == "HEAD":
        right = all(0 <= at + value < len(values) for at, value in enumerate(values))
    else:
        low, high = _RANGES.get(name, (-(1 << 63), 1 << 63))
        right = all(low <= value <= high for value in values)
    if not right:
        raise ValueError(f"a value of {name} is out of its range")


def _docs(found: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    from spacy.vocab import Vocab

    yield from found.get_docs(Vocab())


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


# --------------------------------------------------------------------------------------------
# A document of spaCy
# --------------------------------------------------------------------------------------------


def _document(doc: Any, task: Task) -> Document:  # noqa: ANN401  # as above
    laid = _Laid(doc)
    try:
        mentions = tuple(_mentions(doc, laid))
    except _FAULTS as error:
        raise MalformedError(f"no spans that spaCy reads: {_said(error)}") from error
    found = Document(
        text=laid.text,
        tokens=tuple(pair for pair, full in zip(laid.places, laid.full, strict=True) if full),
        segments=tuple(_sentences(doc, laid)),
        mentions=mentions,
        labels=tuple(_labels(doc)),
    )
    return replace(_about(doc, found, task), status=stated(found))


class _Laid:
    """Where the words of a document of spaCy stand in its text, and which are no white space."""

    def __init__(self, doc: Any) -> None:  # noqa: ANN401  # as above
        raw = doc.text
        words = [(token.idx, token.text) for token in doc]
        self.full = [not word.isspace() for _, word in words]
        self.places: list[Pair] = [(start, start + len(word)) for start, word in words]
        ruler = Ruler(raw)
        self.text = ruler.text
        if ruler.text != raw:
            self.places = [(ruler.place(start), ruler.place(end)) for start, end in self.places]


def _sentences(doc: Any, laid: _Laid) -> Iterator[Segment]:  # noqa: ANN401  # as above
    """Yield the sentences, without white space at their ends."""
    if not len(doc) or not (doc.has_annotation("SENT_START") or doc.has_annotation("DEP")):
        return
    number = 0
    for sentence in doc.sents:
        words = [n for n in range(sentence.start, sentence.end) if laid.full[n]]
        if words:
            number += 1
            start, end = laid.places[words[0]][0], laid.places[words[-1]][1]
            yield Segment(f"s{number}", "sentence", start, end)


def _mentions(doc: Any, laid: _Laid) -> Iterator[Mention]:  # noqa: ANN401  # as above
    """Yield entities and the spans of groups; what is in both comes once."""
    seen: set[tuple[int, int, str]] = set()
    for group, spans in [("", doc.ents), *doc.spans.items()]:
        for span in spans:
            key = span.start, span.end, span.label_
            if key not in seen:
                seen.add(key)
                place = laid.places[span.start][0], laid.places[span.end - 1][1]
                yield _mention(f"m{len(seen)}", span, place, group)


def _mention(name: str, span: Any, place: Pair, group: str) -> Mention:  # noqa: ANN401
    link = entry(span.kb_id_)
    stated_ = [("group", group if group != GROUP else ""), ("ent_id", span.id_)]
    if link is None:
        stated_.append(("kb_id", span.kb_id_))
    attrs = tuple(Attribute(key, value) for key, value in stated_ if value)
    return Mention(name, span.label_ or "SPAN", *place, links=(link,) if link else (), attrs=attrs)


def entry(text: str) -> Link | None:
    """Return the link of a `kb_id`: a number of Wikidata, or `kb:id`.

    >>> entry("Q90"), entry("geonames:1")
    (Link(kb='wikidata', id='Q90', score=None), Link(kb='geonames', id='1', score=None))
    """
    return Link("wikidata", text) if WIKIDATA.fullmatch(text) else linked(text)


def _labels(doc: Any) -> Iterator[Label]:  # noqa: ANN401
    for name, value in doc.cats.items():
        if value >= SURE:
            scheme, colon, rest = name.partition(":")
            plain = Label(SCHEME, name)
            yield Label(scheme, rest) if scheme and colon and rest else plain


def _about(doc: Any, found: Document, task: Task) -> Document:  # noqa: ANN401
    """Return a document with what stands in `user_data`."""
    given: dict[str, object] = {}
    for key, value in doc.user_data.items():
        # An extension attribute is ("._.", name, start, end); of the document it has no place.
        if isinstance(key, tuple) and len(key) == 4 and key[2] is None and key[3] is None:
            key = key[1]  # noqa: PLW2901
        try:
            plain = msgspec.json.decode(msgspec.json.encode(value))
        except (TypeError, ValueError, RecursionError, msgspec.MsgspecError):
            key = None  # noqa: PLW2901
        if isinstance(key, str):
            given[key] = plain
        else:
            task.losses.unread("user data", "extensions of words and spans have no place")
    given.pop(IDENTIFIER, None)
    return described.described(given, found)
