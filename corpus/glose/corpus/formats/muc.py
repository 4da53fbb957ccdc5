"""MUC-3 and MUC-4 as they were given out: answer keys, with the files of texts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from glose.corpus.document import (
    Argument,
    Attribute,
    Date,
    Document,
    Entity,
    Mention,
    Meta,
    Pair,
    Provenance,
    Segment,
    Status,
    Template,
)
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import readable
from glose.corpus.formats import inputs, muc_keys
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.muc_keys import NOTHING, Fill, Frame
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.forms import real
from glose.corpus.rulers import Ruler

OPTIONS = (
    Option("texts", "the file or folder of the texts, if they are not beside the keys"),
    Option("find", "which places of a string of the text are mentions", "first", ("first", "no")),
)


class Slot(NamedTuple):
    """What a slot is as a role, and the type of what fills it if that is words of the text."""

    role: str
    type: str | None = None


#: The slots of a template, by what the schema `muc4` calls them.
SLOTS = {
    "INCIDENT: DATE": Slot("Date"),
    "INCIDENT: LOCATION": Slot("Location"),
    "INCIDENT: STAGE OF EXECUTION": Slot("Stage"),
    "INCIDENT: INSTRUMENT ID": Slot("Weapon", "WEAPON"),
    "INCIDENT: INSTRUMENT TYPE": Slot("WeaponType"),
    "PERP: INCIDENT CATEGORY": Slot("PerpetratorCategory"),
    "PERP: INDIVIDUAL ID": Slot("PerpetratorIndividual", "PERP-IND"),
    "PERP: ORGANIZATION ID": Slot("PerpetratorOrganisation", "PERP-ORG"),
    "PERP: ORGANIZATION CONFIDENCE": Slot("PerpetratorConfidence"),
    "PHYS TGT: ID": Slot("Target", "TARGET"),
    "PHYS TGT: TYPE": Slot("TargetType"),
    "PHYS TGT: NUMBER": Slot("TargetNumber"),
    "PHYS TGT: FOREIGN NATION": Slot("TargetNation"),
    "PHYS TGT: EFFECT OF INCIDENT": Slot("TargetEffect"),
    "PHYS TGT: TOTAL NUMBER": Slot("TargetTotal"),
    "HUM TGT: NAME": Slot("Victim", "VICTIM"),
    "HUM TGT: DESCRIPTION": Slot("VictimDescription", "VICTIM"),
    "HUM TGT: TYPE": Slot("VictimType"),
    "HUM TGT: NUMBER": Slot("VictimNumber"),
    "HUM TGT: FOREIGN NATION": Slot("VictimNation"),
    "HUM TGT: EFFECT OF INCIDENT": Slot("VictimEffect"),
    "HUM TGT: TOTAL NUMBER": Slot("VictimTotal"),
}
TEMPLATE, TYPE = "MESSAGE: TEMPLATE", "INCIDENT: TYPE"
#: Slots whose colons are their own: `EL SALVADOR: APOPA (CITY)`.
_UNRELATED = frozenset(("INCIDENT: DATE", "INCIDENT: LOCATION"))
#: What the name of a file of keys begins with, in a folder.
_KEY = "key"
_HEADER = re.compile(r"\s*((?:DEV|TST\d)-MUC[34]-\d{4})\b *(?:\(([^)]*)\))?\s*$")
_DATELINE = re.compile(r"\s*(\S[^\[\]]{3,200}?) *--")
_DATE = re.compile(r"\b(\d{1,2}) ([A-Z]{3}) (\d\d)\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: How much of a file is looked at to tell keys and texts from others, in bytes.
_HEAD = 1 << 12


class Text(NamedTuple):
    """A text, and who made the key of it, as its header says."""

    content: str
    site: str | None


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in _keys(path) if path.is_dir() else [path]:
        stated = task["texts"]
        texts = _texts(Path(stated) if stated else file.parent, task)
        for name, frames in _messages(file):
            place = Place(str(file), frames[0].number, name)
            with task.rejects.aside(place):
                if name not in texts:
                    what = f"no text of {name} in {stated or file.parent}"
                    raise MalformedError(f"{what}; --option texts=PLACE says where it is")
                yield _Sheet(name, texts[name], place, task).document(frames)


def _keys(folder: Path) -> list[Path]:
    return [file for file in inputs.files(folder, "") if file.name.startswith(_KEY)]


def _messages(file: Path) -> Iterator[tuple[str, list[Frame]]]:
    """Yield the messages of a key, each with its templates."""
    found: dict[str, list[Frame]] = {}
    try:
        for frame in muc_keys.frames(inputs.lines(file)):
            found.setdefault(frame.message, []).append(frame)
    except MalformedError as error:
        raise InputError(Place(str(file)), str(error)) from error
    yield from found.items()


def _texts(place: Path, task: Task) -> dict[str, Text]:
    """Return the texts of a file, or of the files of a folder, by what they are called."""
    found: dict[str, Text] = {}
    files = sorted(f for f in place.iterdir() if f.is_file()) if place.is_dir() else [place]
    for file in files:
        if not file.name.startswith((".", _KEY)) and _HEADER.match(_opening(file)):
            for name, text in _parted(inputs.lines(file)):
                if found.setdefault(name, text) != text:
                    task.losses.note("texts that stand in two files; the first one is read")
    return found


def _opening(file: Path) -> str:
    """Return the first line of a file that is not blank."""
    lines = _head(file).decode("utf-8", "replace").splitlines()
    return next((line for line in lines if line.strip()), "")


def _head(file: Path) -> bytes:
    try:
        with readable(file) as stream:
            return stream.read(_HEAD)
    except GloseError:
        return b""


def _parted(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[str, Text]]:
    """Yield the texts of a file, without the blank lines around them."""
    name, site, held = "", None, list[str]()
    for _, line in lines:
        header = _HEADER.match(line)
        if header is None:
            held.append(line)
            continue
        if name:
            yield name, Text("\n".join(held).strip("\n").rstrip(), site)
        name, site, held = header[1], header[2], []
    if name:
        yield name, Text("\n".join(held).strip("\n").rstrip(), site)


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, name: str, text: Text, place: Place, task: Task) -> None:
        self.name, self.site, self.place, self.task = name, text.site, place, task
        self.text = Ruler(text.content).text
        self.names = Names()
        self.mentions: list[Mention] = []
        self.entities: dict[tuple[str, tuple[str, ...]], Entity] = {}

    def document(self, frames: Iterable[Frame]) -> Document:
        """Return the document; a fill that is wrong is rejected."""
        # A key says of a text that nothing is relevant by a template without number.
        templates = tuple(self._template(f) for f in frames if f.first(TEMPLATE) not in NOTHING)
        dateline = _DATELINE.match(self.text)
        return Document(
            id=self.name,
            language="en",
            text=self.text,
            meta=Meta(date=_date(dateline[1]), date_basis="dateline") if dateline else Meta(),
            segments=(Segment("g1", "dateline", *dateline.span(1)),) if dateline else (),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            templates=templates,
            # Only what fills a slot is there, so that mentions were not annotated as such.
            status=Status(annotated=("templates",)),
            provenance=Provenance(file=self.place.source, format="muc"),
            extra=(Attribute("site", self.site),) if self.site else (),
        )

    def _template(self, frame: Frame) -> Template:
        types = muc_keys.fill(frame.first(TYPE), related=False).names
        args = tuple(
            argument
            for name, slot in SLOTS.items()
            for line in frame.slots.get(name, ())
            for argument in self._arguments(name, slot, line)
        )
        attrs = [Attribute("alternative", _type(other)) for other in types[1:]]
        if "OPTIONAL" in frame.first(TEMPLATE):
            attrs.insert(0, Attribute("optional", "yes"))
        return Template(self.names.new(None, "t"), _type(types[0]), args, attrs=tuple(attrs))

    def _arguments(self, name: str, slot: Slot, line: muc_keys.Line) -> Iterator[Argument]:
        if line.content in NOTHING:
            return
        place = Place(self.place.source, line.number, self.name)
        with self.task.rejects.aside(place, line.content):
            fill = muc_keys.fill(line.content, related=name not in _UNRELATED)
            if all(one in NOTHING for one in fill.names):
                self.task.losses.note("slots that say of another fill that nothing is known")
                return
            yield self._argument(slot, fill)

    def _argument(self, slot: Slot, fill: Fill) -> Argument:
        attrs = [Attribute("optional", "yes")] if fill.optional else []
        of = [Attribute("of", name) for name in fill.about]
        if slot.type is not None:
            ref = self._entity(slot.type, tuple(n for n in fill.names if n not in NOTHING))
            return Argument(slot.role, ref, attrs=(*attrs, *of))
        others = [Attribute("alternative", name) for name in fill.names[1:]]
        return Argument(slot.role, value=fill.names[0], attrs=(*attrs, *others, *of))

    def _entity(self, type_: str, names: tuple[str, ...]) -> str:
        """Return the entity of some names: one for all templates of the document."""
        if (type_, names) not in self.entities:
            places = {self._place(name) for name in names} - {None}
            made = [
                Mention(self.names.new(None, "m"), type_, *pair)
                for pair in sorted(filter(None, places))
            ]
            self.mentions += made
            members = tuple(mention.id for mention in made)
            aliases = tuple(Attribute("alias", name) for name in names[1:])
            name = self.names.new(None, "e")
            self.entities[type_, names] = Entity(name, type_, names[0], members, attrs=aliases)
        return self.entities[type_, names].id

    def _place(self, name: str) -> Pair | None:
        """Return where a string stands first in the text, whatever white space is in it."""
        if self.task["find"] == "no":
            return None
        words = r"\s+".join(map(re.escape, name.split()))
        found = re.search(rf"(?<!\w){words}(?!\w)", self.text, re.IGNORECASE)
        if found is None:
            self.task.losses.note("strings of a key that do not stand so in the text")
            return None
        return found.span()


def _type(written: str) -> str:
    """Return the type of an incident as in the schema `muc4`.

    >>> _type("FORCED WORK STOPPAGE")
    'Incident.ForcedWorkStoppage'
    """
    return "Incident." + "".join(word.capitalize() for word in written.split())


def _date(dateline: str) -> Date | None:
    found = _DATE.search(dateline)
    if found is None or found[2].lower() not in _MONTHS:
        return None
    year, month, day = 1900 + int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])
    return Date(year, month, day) if real(year, month, day) else None


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(muc_keys.is_key(_head(file)) for file in _keys(path)[:3])
    return muc_keys.is_key(head)


FORMAT = Format(
    "MUC-3 and MUC-4 as they were given out: answer keys with the texts beside them",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
