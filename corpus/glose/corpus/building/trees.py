"""XML documents as trees: decoded like any text, and read without entities and network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from glose.corpus.building.content import Content
from glose.corpus.building.drafts import flat
from glose.corpus.building.readers.texts import decoded
from glose.corpus.building.readers.webpages import declared
from glose.corpus.building.rejections import RejectError
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import markup
from glose.corpus.formats.markup import Element, local

#: The entities of XML itself, which stay.
_OWN = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&(\w+;)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def root(content: Content) -> tuple[Any, str]:
    """Return the root element of a source and its charset; raise `RejectError` if it is broken.

    Entities of HTML (`&eacute;`) are read as the characters that they name. Control characters,
    which no XML may hold but some has, are left out.
    """
    text, encoding = decoded(content, declared(content.head))
    opening = _DECLARATION.match(text)
    if opening:
        text = "\n" * opening[0].count("\n") + text[opening.end() :]
    text = _FORBIDDEN.sub("", text)
    try:
        return _parsed(text, content.name), encoding
    except InputError as error:
        named = _NAMED.sub(_character, text)
        if named == text:
            raise _refusal(error) from error
    try:
        return _parsed(named, content.name), encoding
    except InputError as error:
        raise _refusal(error) from error


def _parsed(text: str, name: str) -> Element:
    return markup.root(text.encode(), Place(name))


def _refusal(error: InputError) -> RejectError:
    where = f"line {error.place.line}: " if error.place.line else ""
    return RejectError(f"{where}{error.what}")


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OWN else html5.get(found[1], found[0])


def below(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements that lead down from one by local names, in their order."""
    if not names:
        yield element
        return
    for child in element:
        if local(child) == names[0]:
            yield from below(child, *names[1:])


def words(element: Element) -> str:
    """Return all text in an element on one line, `""` of none."""
    return "" if element is None else flat("".join(element.itertext()))


def first(element: Element, *names: str) -> str:
    """Return the text of the first element below that has some."""
    return next(filter(None, map(words, below(element, *names))), "")


def path(element: Element) -> str:
    """Return the XPath of an element, in local names, with a number where there are several."""
    steps = []
    while element is not None:
        before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        several = before or next(element.itersiblings(element.tag), None) is not None
        steps.append(f"{local(element)}[{before + 1}]" if several else local(element))
        element = element.getparent()
    return "/" + "/".join(reversed(steps))


def language(element: Element) -> str | None:
    """Return the `xml:lang` that holds for an element."""
    while element is not None:
        found: str | None = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if found:
            return found
        element = element.getparent()
    return None
