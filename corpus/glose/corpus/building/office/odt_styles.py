"""What the styles of an ODT file make of its paragraphs."""

from __future__ import annotations

from glose.corpus.formats.markup import Element, local

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
#: Types of segments by the names of the styles that LibreOffice brings.
_TYPES = {
    "Title": "title", "Subtitle": "heading", "Quotations": "quote",
    "Preformatted_20_Text": "code", "Caption": "caption", "Illustration": "caption",
}  # fmt: skip
#: How long a chain of styles may be.
_CHAIN = 20


class Styles:
    """The paragraph styles of a document: each with the one that it is made from."""

    def __init__(self, *roots: Element) -> None:
        self._parents: dict[str, str] = {}
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                if style.get(f"{_STYLE}family") == "paragraph":
                    parent = style.get(f"{_STYLE}parent-style-name", "")
                    self._parents[style.get(f"{_STYLE}name", "")] = parent

    def type(self, element: Element) -> str:
        """Return the type of a paragraph by the name of its style, or of those it is made from."""
        names = (text for key, text in element.attrib.items() if key.endswith("}style-name"))
        style: str | None = next(names, None)
        for _ in range(_CHAIN):
            if style is None:
                break
            if style in _TYPES:
                return _TYPES[style]
            style = self._parents.get(style)
        return "heading" if local(element) == "h" else "paragraph"
