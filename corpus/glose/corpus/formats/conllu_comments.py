"""Comments of CoNLL-U as what is known of a document: `# meta::title = …`, as GUM has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from glose.corpus.document import Attribute, Date, Document, Meta
from glose.corpus.forms import date_faults

_PREFIX = "meta::"
_FIELDS = ("title", "source", "agency", "author", "url", "date_basis", "place", "rights")
#: What else fields are called.
_OTHERS = {"sourceURL": "url", "dateCreated": "date"}
_TAKEN = frozenset((*_FIELDS, *_OTHERS, "language", "date"))
_BLANK = re.compile(r"\s+")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T([\d:.+Z-]+))?(~?)", re.ASCII)


@dataclass(slots=True)
class Comments:
    """The comments of a document; `opening` says that a paragraph begins."""

    document: str = ""
    found: dict[str, str] = field(default_factory=dict)
    extra: list[Attribute] = field(default_factory=list)
    opening: bool = False
    _sentence: str | None = None

    def take(self, name: str, value: str) -> None:
        """Take a comment."""
        if name == "sent_id":
            self._sentence = value or None
        elif name.split(" ", maxsplit=1)[0] == "newpar":
            self.opening = True
        elif name.startswith(_PREFIX) and value:
            self._meta(name.removeprefix(_PREFIX), value)

    def _meta(self, name: str, value: str) -> None:
        known = _OTHERS.get(name, name)
        if known in _TAKEN and known not in self.found and (known != "date" or date(value)):
            self.found[known] = value
            if name == "dateCreated":
                self.found.setdefault("date_basis", "created")
        else:
            self.extra.append(Attribute(name, value))

    def sentence(self) -> str | None:
        """Return the name of the sentence that ends here."""
        found, self._sentence = self._sentence, None
        return found

    def on(self, document: Document) -> Document:
        """Return a document with what was stated of it."""
        fields = {name: self.found.get(name) for name in _FIELDS}
        return replace(
            document,
            language=self.found.get("language"),
            meta=Meta(**fields, date=date(self.found.get("date", ""))),
            extra=tuple(self.extra),
        )


def date(text: str) -> Date | None:
    """Return a date such as 2018-03, 2018-03-13T14:30 or 1850~; `None` if it is none."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.group(1, 2, 3))
    made = Date(year or 0, month, day, found[4], bool(found[5]))
    return None if any(date_faults(made)) else made


def stated(found: Date | None) -> str:
    """Return a date as `date` reads it; nothing if there is none, or none that it can read."""
    if found is None:
        return ""
    parts = [f"{found.year:04}", *(f"{n:02}" for n in (found.month, found.day) if n)]
    time = f"T{found.time}" if found.time else ""
    text = "-".join(parts) + time + ("~" if found.approx else "")
    return text if date(text) == found else ""


def lines(document: Document) -> Iterator[str]:
    """Yield the comments that say what is known of a document that fits."""
    for name in _FIELDS:
        if (value := getattr(document.meta, name)) is not None:
            yield f"# {_PREFIX}{name} = {value}"
    if text := stated(document.meta.date):
        yield f"# {_PREFIX}date = {text}"
    if document.language is not None:
        yield f"# {_PREFIX}language = {document.language}"
    for attribute in document.extra:
        yield f"# {_PREFIX}{attribute.name} = {attribute.value}"


def _line(text: str | None) -> str | None:
    return text and (_BLANK.sub(" ", text).strip() or None)


def plain(document: Document) -> Document:
    """Return a document of which what is known is a line each, under a name of its own."""
    fields = {name: _line(getattr(document.meta, name)) for name in _FIELDS}
    extra = (
        Attribute(name, value)
        for attribute in document.extra
        if (name := _name(attribute.name)) and (value := _line(attribute.value))
    )
    kept = document.meta.date if stated(document.meta.date) else None
    return replace(
        document,
        language=_line(document.language),
        meta=replace(document.meta, **fields, date=kept),
        extra=tuple(extra),
    )


def _name(text: str) -> str:
    name = (_line(text) or "").replace("=", "_")
    return f"{name}_" if name in _TAKEN else name
