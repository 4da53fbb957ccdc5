"""XML, read safely: no entity is expanded, no network asked, no DTD loaded."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from glose.corpus.errors import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An element of lxml, which brings no types.
Element: TypeAlias = Any


def root(data: bytes, place: Place) -> Element:
    """Return the root element of a document; raise `InputError` if it is not well-formed.

    A document that uses entities of its own is refused: to leave them as they are would lose
    text, and to expand them is how a small file becomes a large one.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_pis=True,
    )  # fmt: skip
    try:
        found = etree.parse(BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise InputError(
            Place(place.source, line), f"not well-formed XML ({_said(error)})"
        ) from error
    _refuse(found, place)
    return found


def _refuse(found: Element, place: Place) -> None:
    from lxml import etree

    for entity in found.iter(etree.Entity):
        what = f"the entity {entity.text} is not expanded; expected none but those of XML"
        raise InputError(Place(place.source, entity.sourceline), what)


def elements(data: bytes, tag: str, place: Place) -> Iterator[Element]:
    """Yield the elements of a name, each whole, and let it go when the next one is asked for.

    The name is local: `document` in any namespace. Raises `InputError` as `root` does.
    """
    from lxml import etree

    events = etree.iterparse(
        BytesIO(data), events=("end",), tag=(tag, f"{{*}}{tag}"), resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            _refuse(element, place)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise InputError(
            Place(place.source, line), f"not well-formed XML ({_said(error)})"
        ) from error


def _said(error: Element) -> str:
    """Return what an error says on one line: some messages have two."""
    return " ".join(error.msg.split())


def local(element: Element) -> str:
    """Return the name of an element without its namespace; `""` of a comment."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rsplit("}", 1)[1] if tag[0] == "{" else tag
