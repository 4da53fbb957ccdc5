"""HTML to text: the article of a page, by trafilatura, with its title, author, date and source.

trafilatura turns no-break spaces into plain ones, and French typography needs them: they pass
through it in the shape of two rare signs that the page does not use.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from glose.corpus.building.rejections import RejectError

#: Where pages say when they were published, the surest first.
DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@property='og:article:published_time']/@content",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date']/@content",
    "//meta[translate(@name, 'DCTERMSI', 'dctermsi')='dc.date.issued']/@content",
    "//meta[translate(@name, 'DC', 'dc')='dc.date']/@content",
    "//meta[@name='pubdate']/@content",
)
#: htmldate takes no date after this one. By itself it takes none after today, so that the same
#: page would give another record tomorrow.
LATEST = "2099-12-31"
EARLIEST = "1800-01-01"

#: An article has at least so many words; a page with fewer has only its menu.
FEWEST = 5
#: trafilatura's first way is trusted from so many characters on; dispatches are short.
SHORTEST = "60"

_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
#: How a parser of other people's pages may fail: one page must not end the build.
_FAILURES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip
_SPACES = "\u00a0\u202f"
_SIGNS = "⍽⎵␣⸏⸎⸍⸌⸋⸊⸉⸈⸆⸇"
_BLOCKS = frozenset(
    ("ab", "cell", "code", "div", "fw", "head", "item", "list", "p", "quote", "row", "table")
)


class Element(Protocol):
    """As much of an lxml element as is used here; lxml brings no types."""

    tag: str
    text: str | None
    tail: str | None

    def iter(self) -> Iterator[Element]:
        """Yield the element and all that are in it."""

    def xpath(self, path: str) -> list[str]:
        """Return the strings that a path selects."""

    def __iter__(self) -> Iterator[Element]: ...


class Article(Protocol):
    """As much of what trafilatura returns as is used here."""

    body: Element
    title: str | None
    author: str | None
    url: str | None
    sitename: str | None
    license: str | None
    date: str | None


class Signs:
    """Rare signs, none of which a page has, in the place of its no-break spaces."""

    def __init__(self, markup: str) -> None:
        free = [sign for sign in _SIGNS if sign not in markup]
        pairs = list(zip(_SPACES, free, strict=False))
        self._away = {ord(space): sign for space, sign in pairs}
        self._back = {ord(sign): space for space, sign in pairs}

    def protect(self, tree: Element) -> None:
        """Put the signs into every text of a page."""
        for element in tree.iter():
            if element.text:
                element.text = element.text.translate(self._away)
            if element.tail:
                element.tail = element.tail.translate(self._away)

    def restored(self, text: str | None) -> str | None:
        """Return a text with its no-break spaces and single blanks, `None` if nothing is left."""
        return (_words(text).translate(self._back).strip() or None) if text else None


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page: its text, the title first, and what the page states about it."""

    text: str
    title: str | None
    author: str | None
    url: str | None
    source: str | None
    rights: str | None
    dates: tuple[str, ...]


def parse(markup: str) -> Page:
    """Return the article of a page; raise `RejectError` if it has none."""
    tree = _tree(markup)
    signs = Signs(markup)
    signs.protect(tree)
    headings = [_text(heading) for heading in tree.iter() if heading.tag == "h1"]
    stated = [str(date) for path in DATES for date in tree.xpath(path)]
    found = _extracted(tree)
    title = _title([signs.restored(heading) for heading in headings], signs.restored(found.title))
    return Page(
        text="\n\n".join(_article(found.body, title, signs)),
        title=title,
        author=signs.restored(found.author),
        url=found.url,
        source=signs.restored(found.sitename),
        rights=signs.restored(found.license),
        dates=(*stated, *([found.date] if found.date else [])),
    )


def _article(body: Element, title: str | None, signs: Signs) -> list[str]:
    """Return the title, if there is one, and the paragraphs of an article."""
    paragraphs = [block for text in _blocks(body) if (block := signs.restored(text))]
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    if sum(len(paragraph.split()) for paragraph in paragraphs) < FEWEST:
        raise RejectError("no article in this page; expected HTML with paragraphs of text")
    return [title, *paragraphs] if title else paragraphs


def _title(headings: list[str | None], stated: str | None) -> str | None:
    """Return the only heading of the first rank, else the title that the page states."""
    written = [" ".join(heading.split("\n")) for heading in headings if heading]
    return written[0] if len(written) == 1 else stated or next(iter(written), None)


def _tree(markup: str) -> Element:
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    from trafilatura import load_html

    # The declaration of an encoding would be believed, although the text is decoded already.
    markup = _DECLARATION.sub("", markup, count=1)
    tree = load_html(markup)
    if tree is None:  # a fragment
        tree = load_html(f"<html><body><div>{markup}</div></body></html>")
    if tree is None:
        raise RejectError("this HTML cannot be parsed; expected a page with a body")
    return cast("Element", tree)


def _extracted(tree: Element) -> Article:
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", SHORTEST)
    dates = {
        "original_date": True,
        "extensive_search": False,
        "min_date": EARLIEST,
        "max_date": LATEST,
    }
    try:
        found = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=dates,
            config=config,
        )
    except _FAILURES as error:
        raise RejectError(f"this HTML cannot be read ({type(error).__name__})") from error
    if found is None:
        raise RejectError("no article in this page; expected HTML with paragraphs of text")
    return cast("Article", found)


def _blocks(element: Element) -> Iterator[str]:
    """Yield the text of the innermost blocks, in order; a line break is a LF."""
    if not any(child.tag in _BLOCKS for child in element):
        yield _text(element)
        return
    running = [_flat(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            yield "".join(running)
            yield from _blocks(child)
            running = [_flat(child.tail)]
        else:
            running += [_text(child), _flat(child.tail)]
    yield "".join(running)


def _text(element: Element) -> str:
    """Return the text in an element, in which a LF is a blank and only a break ends a line."""
    if element.tag in {"lb", "br"}:
        return "\n"
    if not isinstance(element.tag, str):  # a comment
        return ""
    parts = [_flat(element.text)]
    for child in element:
        parts += [_text(child), _flat(child.tail)]
    return "".join(parts)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _words(text: str) -> str:
    """Return a text with single plain spaces, line by line; no-break spaces stay."""
    lines = (" ".join(part for part in line.split(" ") if part) for line in text.split("\n"))
    return "\n".join(line for line in (line.strip() for line in lines) if line)
