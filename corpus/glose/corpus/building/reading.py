"""One source to one document: decoded, freed of header and credit, segmented, in a language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath

from glose.corpus.building import (
    charset,
    creditlines,
    datelines,
    dates,
    headers,
    html,
    language,
    segments,
)
from glose.corpus.building.agencies import canonical
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.document import (
    Attribute,
    Date,
    Document,
    Meta,
    Provenance,
    Status,
    fingerprint,
)

#: Suffixes of what is text but no document that is read.
OTHER = frozenset(
    (
        ".ann", ".conll", ".conllu", ".css", ".csv", ".ini", ".js", ".json", ".jsonl", ".py",
        ".sh", ".tex", ".toml", ".tsv", ".xml", ".yaml", ".yml",
    )
)  # fmt: skip
HTML = frozenset((".html", ".htm", ".xhtml"))
MARKDOWN = frozenset((".md", ".markdown"))

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)


@dataclass(slots=True)
class Draft:
    """What is known so far about a document: fields of `meta`, and what has no field."""

    text: str
    meta: dict[str, str] = field(default_factory=dict)
    date: Date | None = None
    basis: str | None = None
    extra: list[Attribute] = field(default_factory=list)

    def state(self, name: str, value: str, key: str) -> None:
        """Fill a field of `meta`; what is filled otherwise goes to `extra` under its own name."""
        if name and self.meta.setdefault(name, value) == value:
            return
        self.extra.append(Attribute(key, value))

    def state_date(self, value: str, key: str, basis: str) -> None:
        """Fill the date; one that cannot be read goes to `extra` as it is written."""
        stated = dates.parse(value)
        known = stated.known() if stated else None
        if known is None or self.date is not None:
            self.extra.append(Attribute(key, value))
        else:
            self.date, self.basis = known, basis


def read(source: Source, id_: str, rules: Rules) -> Document:
    """Return the document of a source, in the layer `text`; raise `RejectError` if none."""
    data = source.read()
    name = PurePosixPath(source.name.lower())
    suffix = PurePosixPath(name.stem).suffix if name.suffix == ".gz" else name.suffix
    declared = _DECLARED.search(data[:4096]) if data.lstrip()[:1] == b"<" else None
    text, encoding = charset.decode(data, declared[1].decode("ascii") if declared else None)
    if not text.strip():
        raise RejectError("empty; expected text")
    kind = _format(text, suffix)
    draft = page(text, rules) if kind == "text/html" else plain(text, rules)
    if encoding != "utf-8":
        kind = f"{kind}; charset={encoding}"
    provenance = Provenance(source.name, sha256(data).hexdigest(), kind, _converter())
    return finished(draft, id_, rules, provenance)


@cache
def _converter() -> str:
    return f"glose {version('glose')}"


def _format(text: str, suffix: str) -> str:
    """Return the format of a text, by its content first and its suffix second."""
    if _MARKUP.match(text) or (suffix in HTML and "<" in text):
        return "text/html"
    if suffix in OTHER or text.lstrip().startswith("<?xml"):
        raise RejectError(
            f"{suffix.removeprefix('.') or 'xml'} is not read; expected text or HTML"
        )
    return "text/markdown" if suffix in MARKDOWN else "text/plain"


def plain(text: str, rules: Rules) -> Draft:
    """Return what a plain text and its header and credit say."""
    header = headers.parse(text, rules.keys)
    draft = Draft(header.text)
    for key, value in header.stated:
        _state(draft, key, value, rules.keys.get(key.lower(), ""))
    _take_credit(draft, rules)
    return draft


def page(markup: str, rules: Rules) -> Draft:
    """Return what an HTML page says; its article may have a credit as well, but no header."""
    found = html.parse(markup)
    draft = Draft(found.text)
    for name in ("title", "author", "url", "source", "rights"):
        value = getattr(found, name)
        if value:
            draft.state(name, value, name)
    first = next((date for date in found.dates if dates.parse(date)), None)
    if first:
        draft.state_date(first, "date", "published")
    _take_credit(draft, rules)
    return draft


def _take_credit(draft: Draft, rules: Rules) -> None:
    credit = creditlines.find(draft.text, rules.agencies)
    draft.text = (draft.text[: credit.end] if credit else draft.text).strip()
    for name in ("agency", "source"):
        value = getattr(credit, name, None)
        if value:
            draft.state(name, value, "credit")


def _state(draft: Draft, key: str, value: str, name: str) -> None:
    if name == "date":
        draft.state_date(value, key, "published")
    elif name == "language":
        code = language.code(value)
        draft.state(name if code else "", code or value, key)
    else:
        draft.state(name, canonical(value) if name == "agency" else value, key)


def finished(draft: Draft, id_: str, rules: Rules, provenance: Provenance) -> Document:
    """Return the document of a draft: dateline, title, segments and language added."""
    text = draft.text
    ranges = list(segments.blocks(text))
    if not ranges:
        raise RejectError("no text below its header; expected a text")
    heading = segments.title(text, ranges, draft.meta.get("title"))
    opening = ranges[1] if heading else ranges[0]
    dateline = datelines.find(text, opening[0], rules.agencies)
    if heading:
        draft.meta.setdefault("title", _title(text[heading[0] : heading[1]], provenance))
    if dateline:
        _state_dateline(draft, dateline)
    for name, value in rules.known(provenance.file or "").items():
        draft.meta.setdefault(name, canonical(value) if name == "agency" else value)
    found = draft.meta.pop("language", None) or rules.language or language.identify(text)
    return Document(
        id=id_,
        layer="text",
        language=found,
        text=text,
        text_sha256=fingerprint(text),
        meta=Meta(**draft.meta, date=draft.date, date_basis=draft.basis),
        segments=segments.segments(text, ranges, heading, dateline),
        status=Status(state="raw"),
        provenance=provenance,
        extra=tuple(draft.extra),
    )


def _title(line: str, provenance: Provenance) -> str:
    """Return the title that a line is; of Markdown, without its `#`, which stays in the text."""
    markdown = (provenance.format or "").startswith("text/markdown")
    return line.strip("#").strip() or line if markdown else line


def _state_dateline(draft: Draft, dateline: datelines.Dateline) -> None:
    draft.meta.setdefault("place", dateline.place)
    if dateline.agency:
        draft.state("agency", dateline.agency, "dateline")
    date = dates.refined(draft.date, dateline.date)
    if draft.date is None and date is not None:
        draft.basis = "dateline"
    draft.date = date
