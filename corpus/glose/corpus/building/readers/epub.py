"""EPUB: books, as one document or as one for each chapter."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.building import trees
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, Part
from glose.corpus.building.office.epub import CONTAINER, Book, Chapter, chapters
from glose.corpus.building.office.packages import Package
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: Of what is stated about a book: element, field of `meta` or name in `extra`.
_STATED = (
    ("rights", "rights"), ("publisher", "publisher"), ("language", "dc:language"),
    ("identifier", "identifier"), ("subject", "subject"), ("description", "description"),
)  # fmt: skip


def detect(content: Content) -> bool:
    """Say if a source is a book: its package says where its parts are listed."""
    return CONTAINER in content.members


def read(content: Content, rules: Rules) -> Iterator[Draft]:
    """Yield the document of a book, or those of its chapters."""
    book = Book(Package(content))
    found = list(chapters(book))
    texts = [chapter for chapter in found if isinstance(chapter, Chapter) and chapter.parts]
    left = [what for what in found if isinstance(what, str)]
    if not texts:
        raise RejectError("no text in its chapters; expected a book with text")
    if rules.epub == "chapter":
        for number, chapter in enumerate(texts, start=1):
            draft = _draft([chapter])
            draft.place = f"chapter {number}"
            _state_chapter(draft, book)
            yield draft
    else:
        draft = _draft(texts)
        draft.left = left + draft.left
        _state_book(draft, book)
        yield draft


def _draft(texts: list[Chapter]) -> Draft:
    """Return chapters as one draft, each a span of it."""
    blocks, spans, left = Blocks(), list[Part](), list[str]()
    for chapter in texts:
        first = len(blocks)
        blocks.extend(chapter.walk.blocks)
        start = blocks.parts[first].start
        spans.append(Part("chapter", start, blocks.parts[-1].end, f"part={chapter.name}"))
        left += chapter.walk.left
    draft = blocks.draft()
    types = [part.type for chapter in texts for part in chapter.parts]
    draft.parts = [
        Part(type_, part.start, part.end, part.src)
        for type_, part in zip(types, blocks.parts, strict=True)
    ]
    draft.spans, draft.left = spans, left
    return draft


def _state_book(draft: Draft, book: Book) -> None:
    draft.tell("title", trees.first(book.root, "metadata", "title"))
    _state(draft, book)


def _state_chapter(draft: Draft, book: Book) -> None:
    """State the heading of a chapter as its title, that of the book as its source."""
    heading = next((part for part in draft.parts or () if part.type == "heading"), None)
    if heading:
        draft.tell("title", draft.text[heading.start : heading.end])
    draft.tell("source", trees.first(book.root, "metadata", "title"))
    _state(draft, book)


def _state(draft: Draft, book: Book) -> None:
    authors = map(trees.words, trees.below(book.root, "metadata", "creator"))
    draft.tell("author", ", ".join(filter(None, authors)), "creator")
    for date in trees.below(book.root, "metadata", "date"):
        event = date.get("{http://www.idpf.org/2007/opf}event", "publication")
        if event == "publication":
            draft.tell("date", trees.words(date))
    for name, field in _STATED:
        for element in trees.below(book.root, "metadata", name):
            draft.tell(field, trees.words(element))


READER = Reader("an EPUB book", "application/epub+zip", (".epub",), detect, read)
