"""TEI: the text of books and letters, with heads, paragraphs, verse and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glose.corpus.building import trees
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, Lost
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.readers.texts import media
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.formats.markup import Element, local
from glose.corpus.formats.tei_text import SEGMENTS, Text

_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus"))
#: Types of blocks that are otherwise than those of the format.
_TYPES = {
    "head": "heading", "ab": "paragraph", "cell": "table", "l": "verse", "quote": "quote",
    "epigraph": "quote",
}  # fmt: skip
#: Blocks that are lines of one: the element that holds them all, and what parts them.
_TOGETHER = {"l": "lg", "cell": "table"}
#: Elements that say more of a paragraph in them than that it is one.
_OVER = frozenset(("quote", "epigraph", "note", "item"))
_HEADER = ("teiHeader", "fileDesc")


def detect(content: Content) -> bool:
    """Say if a source is TEI: its root says so."""
    return content.root[0] in _ROOTS


def read(content: Content, _rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the texts of a file; those of a `teiCorpus` are documents each."""
    root, encoding = trees.root(content)
    texts = list(root.iter("{*}TEI", "{*}TEI.2"))
    for number, text in enumerate(texts, start=1):
        place = f"text {number}" if len(texts) > 1 else ""
        try:
            draft = _document(text)
        except RejectError as error:
            yield Lost(place, str(error))
            continue
        id_ = text.get("{http://www.w3.org/XML/1998/namespace}id")
        draft.id = id_ if len(texts) > 1 else None
        draft.place, draft.media = place, media(READER.media, encoding)
        draft.tell("", id_, "xml:id")
        yield draft


def _document(root: Element) -> Draft:
    walk = Text(keep_notes=True)
    for text in trees.below(root, "text"):
        walk.take(text, trees.path(text))
    found = Blocks()
    for lines in _blocks(walk):
        type_, src = _kind(lines[0][1], walk)
        found.add(type_, _joined(lines), src)
    if not found:
        raise RejectError("no text; expected an element text with paragraphs")
    draft = found.draft()
    _describe(draft, root)
    return draft


Line = tuple[str, Any]


def _blocks(walk: Text) -> Iterator[list[Line]]:
    """Yield the blocks of a text: a line, or those of a stanza or table together."""
    block: list[Line] = []
    for line in _lines(walk):
        if block and not (
            _holder(line[1]) is not None and _holder(line[1]) is _holder(block[0][1])
        ):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _lines(walk: Text) -> Iterator[Line]:
    """Yield the lines of a text, each with the innermost element that is a segment there."""
    text = walk.flow.text
    spans = sorted(
        (
            (start, end, element)
            for element, start, end in walk.flow.found()
            if element in walk.paths
        ),
        key=lambda span: span[0],
    )
    position = at = 0
    open_: list[tuple[int, Any]] = []
    for line in text.split("\n"):
        while at < len(spans) and spans[at][0] <= position:
            open_.append((spans[at][1], spans[at][2]))
            at += 1
        open_ = [(end, element) for end, element in open_ if end > position]
        inner = next((e for _, e in reversed(open_) if local(e) != "s"), None)
        yield line, inner
        position += len(line) + 1


def _holder(element: Element) -> Element:
    """Return the stanza or table that a line is in, `None` if it stands for itself."""
    wanted = _TOGETHER.get(local(element)) if element is not None else None
    if wanted is None:
        return None
    return next((one for one in element.iterancestors() if local(one) == wanted), None)


def _joined(lines: list[Line]) -> str:
    """Return lines as a text; the cells of a row stand on one line."""
    text, row = lines[0][0], _row(lines[0][1])
    for line, element in lines[1:]:
        same = row is not None and _row(element) is row
        text += ("\t" if same else "\n") + line
        row = _row(element)
    return text


def _row(element: Element) -> Element:
    return element.getparent() if element is not None and local(element) == "cell" else None


def _kind(element: Element, walk: Text) -> tuple[str, str | None]:
    """Return the type of a block and where it stands."""
    if element is None:
        return "paragraph", None
    name, holder = local(element), _holder(element)
    above = list(element.iterancestors())
    steps = above.index(holder) + 1 if holder is not None else 0
    src = f"xpath={walk.paths[element].rsplit('/', steps)[0]}"
    if name in {"p", "ab"}:
        # A paragraph of a note, a quotation or an item is one of it.
        name = next((found for one in above if (found := local(one)) in _OVER), name)
    return _TYPES.get(name) or SEGMENTS[name], src


def _describe(draft: Draft, root: Element) -> None:
    """State what the header of a text says."""
    for title in trees.below(root, *_HEADER, "titleStmt", "title"):
        draft.tell("title", trees.words(title))
    for author in trees.below(root, *_HEADER, "titleStmt", "author"):
        draft.tell("author", trees.first(author, "persName") or trees.words(author))
    draft.tell("source", trees.first(root, *_HEADER, "publicationStmt", "publisher"), "publisher")
    for licence in trees.below(root, *_HEADER, "publicationStmt", "availability", "licence"):
        draft.tell("rights", licence.get("target") or trees.words(licence), "licence")
    for language in trees.below(root, "teiHeader", "profileDesc", "langUsage", "language"):
        draft.tell("language", language.get("ident"))
    if "language" not in draft.meta:
        draft.tell("language", trees.language(root), "xml:lang")
    _date(draft, root)


def _date(draft: Draft, root: Element) -> None:
    """State when the text was written, else first published, else what its source says."""
    editions = list(trees.below(root, *_HEADER, "sourceDesc", "bibl"))
    editions.sort(key=lambda bibl: bibl.get("type") != "firstEdition")
    found = [
        *trees.below(root, "teiHeader", "profileDesc", "creation", "date"),
        *(date for bibl in editions for date in bibl.iter("{*}date")),
        *trees.below(root, *_HEADER, "publicationStmt", "date"),
    ]
    for date in found:
        draft.tell("date", date.get("when") or trees.words(date))


READER = Reader("TEI", "application/tei+xml", (".tei",), detect, read)
