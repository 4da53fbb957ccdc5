"""DocBin files of spaCy (.spacy): entities, span groups, sentences, words, classes, metadata."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import Document, Label, Link, Mention, Meta
from glose.corpus.files import whole
from glose.corpus.formats import described, inputs, words
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.docbin_reading import GROUP, IDENTIFIER, SCHEME, documents, entry
from glose.corpus.formats.facts import overlapping
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.twins import untwinned
from glose.corpus.formats.words import Words

HOLDS = frozenset({"texts", "nested mentions", "crossing mentions", "types of mentions"})
PARTLY = {
    "mentions": "one of a span and type",
    "links": "one, without a score",
    "labels": "one of a name",
    "metadata": "but for names that have a meaning",
    "sentences": "that are whole words, and do not overlap",
    "tokens": "with those between, ending where mentions do",
}
FORMS = ("both", "ents", "spans")
OPTIONS = (
    NAME,
    Option("form", "where mentions are written: doc.ents (none inside another), doc.spans, both",
           "both", FORMS),
    Option("group", "the key of doc.spans that is written", GROUP),
)  # fmt: skip
#: Columns that are written beside ORTH and SPACY.
_ATTRS = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "SENT_START")
#: What begins a zlib stream, by how hard it was packed.
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".spacy"):
        yield from documents(file, path, task)


# --------------------------------------------------------------------------------------------
# What a DocBin cannot say
# --------------------------------------------------------------------------------------------


def _fitted(document: Document, task: Task) -> Document:
    losses: Losses = task.losses
    document = words.fitted(document, losses)
    for change, reason in (
        (untwinned, "spans of one place and type are one"),
        (_linked, "a span has one link, without a score"),
        (_classed, "a class is a name"),
        (_described, "some names of metadata have a meaning of their own"),
    ):
        after = change(document)
        if after != document:
            document = losses.step(after, reason)
    if task["form"] == "ents" and (flat := _flat(document)) != document:
        document = losses.step(flat, "doc.ents has no span inside another; --option form=both")
    return document


def _flat(document: Document) -> Document:
    nested, crossing = overlapping(document.mentions)
    return without(document, {*nested, *crossing})


def written(link: Link) -> str:
    """Return a link as a `kb_id`."""
    return link.id if link.kb == "wikidata" else f"{link.kb}:{link.id}"


def _linked(document: Document) -> Document:
    def linked(mention: Mention) -> Mention:
        plain = (replace(link, score=None) for link in mention.links)
        kept = tuple(link for link in plain if entry(written(link)) == link)[:1]
        return replace(mention, links=kept)

    return replace(document, mentions=tuple(map(linked, document.mentions)))


def _name(label: Label) -> str:
    return label.value if label.scheme == SCHEME else f"{label.scheme}:{label.value}"


def _classed(document: Document) -> Document:
    found = dict.fromkeys(map(_name, document.labels))
    labels = []
    for name in found:
        scheme, _, value = name.partition(":")
        labels.append(Label(scheme, value) if scheme and value else Label(SCHEME, name))
    return replace(document, labels=tuple(labels))


def _described(document: Document) -> Document:
    bare = replace(document, meta=Meta(), language=None, extra=())
    return described.described(_keys(document), bare)


def _keys(document: Document) -> dict[str, object]:
    found = described.keys(document)
    found.pop(IDENTIFIER, None)
    return found


# --------------------------------------------------------------------------------------------
# What is written
# --------------------------------------------------------------------------------------------


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    from glose.corpus.formats.docbin_reading import spacy_tokens

    library = spacy_tokens()
    from spacy.vocab import Vocab

    vocab = Vocab()
    made = library.DocBin(attrs=_ATTRS, store_user_data=True)
    number = 0
    for document in found:
        made.add(_doc(_fitted(document, task), vocab, library, task))
        number += 1
    with whole(path) as stream:
        stream.write(made.to_bytes())
    return number


def _doc(document: Document, vocab: Any, library: Any, task: Task) -> Any:  # noqa: ANN401  # not followed
    own = Words(document)
    forms, spaces, places = _laid(own)
    starts = _starts(document, own, places, len(forms))
    doc = library.Doc(vocab, words=forms, spaces=spaces, sent_starts=starts)
    spans = [_span(doc, mention, own, places, library) for mention in document.mentions]
    if task["form"] != "spans":
        kept = {mention.id for mention in _flat(document).mentions}
        pairs = zip(document.mentions, spans, strict=True)
        doc.ents = [span for mention, span in pairs if mention.id in kept]
    if task["form"] != "ents":
        doc.spans[task["group"] or GROUP] = spans
    doc.cats = {_name(label): 1.0 for label in document.labels}
    doc.user_data.update({IDENTIFIER: document.id} | _keys(document))
    return doc


def _laid(own: Words) -> tuple[list[str], list[bool], list[int]]:
    """Return the words of spaCy, whether a space is after each, and the number of each of ours.

    A space after a word is no word; other white space is one of its own.
    """
    forms: list[str] = []
    spaces: list[bool] = []
    places: list[int] = []
    first = own.tokens[0][0] if own.tokens else len(own.text)
    _add(forms, spaces, own.text[:first])
    for number in range(len(own.tokens)):
        places.append(len(forms))
        _add(forms, spaces, own.form(number))
        gap = own.gap(number)
        spaces[-1] = gap.startswith(" ")
        _add(forms, spaces, gap[spaces[-1] :])
    return forms, spaces, places


def _add(forms: list[str], spaces: list[bool], form: str) -> None:
    if form:
        forms.append(form)
        spaces.append(False)


def _starts(document: Document, own: Words, places: list[int], count: int) -> list[bool] | None:
    """Return for each word of spaCy whether a sentence begins there, if sentences are stated."""
    if all(segment.type != "sentence" for segment in document.segments) or not count:
        return None
    firsts = {places[pair[0]] for pair, _ in words.sentences(document, own) if pair[0] < pair[1]}
    # What stands before the first word goes with it.
    firsts = {0, *firsts - {places[0]}} if places else {0}
    return [number in firsts for number in range(count)]


def _span(
    doc: Any,  # noqa: ANN401  # as above
    mention: Mention,
    own: Words,
    places: Mapping[int, int] | list[int],
    library: Any,  # noqa: ANN401  # as above
) -> Any:  # noqa: ANN401  # as above
    first, after = own.range(mention.start, mention.end)
    link = written(mention.links[0]) if mention.links else ""
    bounds = places[first], places[after - 1] + 1
    return library.Span(doc, *bounds, label=mention.type, kb_id=link)


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir() or not head.startswith(_ZLIB):
        return False
    try:
        first = zlib.decompressobj().decompress(head, 256)
    except zlib.error:
        return False
    return b"\xa7version" in first and b"\xa5attrs" in first


FORMAT = Format(
    "DocBin of spaCy: entities, span groups, sentences and words",
    (".spacy",),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    partly=PARTLY,
    offsets="tokens",
    options=OPTIONS,
    extra="spacy",
)
