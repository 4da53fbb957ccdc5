"""What a reader gives: drafts of documents, and what could not become one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from glose.corpus.building import creditlines, dates, headers, language
from glose.corpus.building.agencies import canonical
from glose.corpus.building.moments import iso
from glose.corpus.building.settings import Rules
from glose.corpus.document import Attribute, Date

#: The fields of `meta` that are strings, and the language, which a draft keeps among them.
FIELDS = frozenset(
    ("title", "source", "agency", "author", "url", "place", "rights", "language")
)  # fmt: skip


_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A range of the text of a draft that is a segment; `src` says where it came from.

    Types are title, heading, lead, dateline, byline, paragraph, item, quote, caption, table, note
    and code. `src` is `page=3`, `xpath=/html/body/p[1]`, `row=12` and the like.
    """

    type: str
    start: int
    end: int
    src: str | None = None


@dataclass(slots=True)
class Draft:
    """What is known so far about a document: its text, fields of `meta`, what has no field.

    `parts` are the blocks of the text, in order and apart from each other; `None` if they are to
    be found at blank lines, and then `src` is where all of them come from. `spans` are further
    segments that blocks stand in, such as pages. `id` is the id that the document has by itself,
    and `id_key` the name under which `extra` gets it where it is not used, unless it is there
    in any case. `place` is where it stands in its file (`row 12`) and `media` the format that it
    is written in, where that is not the one of the file. `left` names what does not become text,
    such as attachments: the build counts it. `undated` has what is stated as a date and is none.
    """

    text: str
    meta: dict[str, str] = field(default_factory=dict)
    date: Date | None = None
    basis: str | None = None
    extra: list[Attribute] = field(default_factory=list)
    parts: list[Part] | None = None
    src: str | None = None
    spans: list[Part] = field(default_factory=list)
    id: str | None = None
    id_key: str | None = None
    place: str = ""
    media: str | None = None
    left: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)

    def state(self, name: str, value: str, key: str) -> None:
        """Fill a field of `meta`; what is filled otherwise goes to `extra` under its own name."""
        if name and self.meta.setdefault(name, value) == value:
            return
        self.extra.append(Attribute(key, value))

    def state_date(self, value: str, key: str, basis: str) -> None:
        """Fill the date; a second one goes to `extra`, and so does, as written, what is none."""
        stated = dates.parse(value) or dates.parse(iso(value))
        known = stated.known() if stated else None
        if known is None:
            self.undated.append(value)
        if known is None or self.date is not None:
            self.extra.append(Attribute(key, value))
        else:
            self.date, self.basis = known, basis

    def fill(self, name: str, value: str, key: str) -> None:
        """State what a document says under a name: a field of `meta`, `date`, `language` or none.

        What is no such name, or cannot be used, goes to `extra` under `key`.
        """
        if name == "date":
            self.state_date(value, key, "published")
        elif name == "language":
            code = language.code(value)
            self.state(name if code else "", code or value, key)
        else:
            value = canonical(value) if name == "agency" else value
            self.state(name if name in FIELDS else "", value, key)

    def tell(self, name: str, value: str | None, key: str | None = None) -> None:
        """Fill what is stated in markup: on one line, nothing where it is empty."""
        value = flat(value)
        if value:
            self.fill(name, value, key or name)

    def cut(self, start: int, end: int) -> None:
        """Keep only a range of the text, without white space around it, and what is in it."""
        kept = self.text[start:end]
        start += len(kept) - len(kept.lstrip())
        self.text = kept.strip()
        end = start + len(self.text)
        self.spans = _within(self.spans, start, end)
        if self.parts is not None:
            self.parts = _within(self.parts, start, end)


def _within(parts: list[Part], start: int, end: int) -> list[Part]:
    """Return parts that are moved to a range, without what lies outside of it."""
    moved = (
        Part(part.type, max(part.start, start) - start, min(part.end, end) - start, part.src)
        for part in parts
    )
    return [part for part in moved if part.start < part.end]


@dataclass(frozen=True, slots=True)
class Lost:
    """A record of a file that cannot be read: where it stands (`row 12`), and why not."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a file holds that is no document by its kind, such as images, and how often."""

    what: str
    count: int = 1


#: What a reader yields.
Found: TypeAlias = Draft | Lost | Skipped


class Blocks:
    """A text that is put together of blocks, each a part, with a blank line between two."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._texts: list[str] = []
        self._size = 0

    def add(self, type_: str, text: str | None, src: str | None = None) -> None:
        """Add a block, without white space around it; an empty one is none."""
        text = lined(text or "").strip()
        if not text:
            return
        start = self._size + 2 if self._texts else 0
        self._size = start + len(text)
        self._texts.append(text)
        self.parts.append(Part(type_, start, self._size, src))

    def extend(self, others: Blocks, first: int = 0) -> None:
        """Add the blocks of others, from the `first` on."""
        for part, text in zip(others.parts[first:], others._texts[first:], strict=True):
            self.add(part.type, text, part.src)

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def text(self) -> str:
        """The text so far."""
        return "\n\n".join(self._texts)

    def draft(self) -> Draft:
        """Return the draft of a document with this text and these parts."""
        return Draft(self.text, parts=list(self.parts))


def lined(text: str) -> str:
    """Return a text with LF line ends and no byte order mark in front."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def flat(text: str | None) -> str:
    """Return a text on one line, with single blanks; no-break spaces stay as they are."""
    return " ".join(_SPACE.split(text or "")).strip(" ")


def headed(text: str, rules: Rules) -> Draft:
    """Return what a plain text and the header above it say; the header leaves the text."""
    header = headers.parse(text, rules.keys)
    draft = Draft(header.text)
    for key, value in header.stated:
        draft.fill(rules.keys.get(key.lower(), ""), value, key)
    return draft


def take_credit(draft: Draft, rules: Rules) -> None:
    """Take the credit at the end of a text out of it, and state whom it names."""
    credit = creditlines.find(draft.text, rules.agencies)
    draft.cut(0, credit.end if credit else len(draft.text))
    for name in ("agency", "source"):
        value = getattr(credit, name, None)
        if value:
            draft.state(name, value, "credit")
