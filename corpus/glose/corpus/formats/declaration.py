"""What a format declares of itself, and what one reading or writing is told and tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from msgspec.structs import replace

from glose.corpus import jsonl, rules
from glose.corpus.building import archives
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, Place
from glose.corpus.formats import access, layers
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.staging import staged
from glose.corpus.formats.structures import EVERYTHING, STRUCTURES

Unit: TypeAlias = Literal["code points", "utf16", "bytes", "graphemes", "tokens"]

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """What can be told to a format by `--option name=value`.

    `choices` are all values that it may have, if they are known; `None` as the default means
    that the format finds out by itself.
    """

    name: str
    description: str
    default: str | None = None
    choices: tuple[str, ...] = ()


#: What every format that has no such thing itself is told when it is read.
READING = (
    Option("layer", "the layer of documents that name none", "gold"),
    Option("annotated", "lists that were annotated, with commas; else as the reader takes it"),
)

#: What the formats know besides whose documents may have no id of their own.
NAME = Option("name", "what documents without an id are called, for the name of their file")


class Task:
    """One reading or writing: its options, and what it tells of losses and rejects."""

    def __init__(
        self,
        options: Mapping[str, str] = _NONE,
        rejects: Rejects | None = None,
        *,
        counted: bool = False,
        name: str = "the format",
    ) -> None:
        self.options: dict[str, str | None] = dict(options)
        self.losses = Losses()
        self.rejects = rejects or Rejects()
        #: Whether somebody wants to know what was lost.
        self.counted = counted
        #: What reasons call the format.
        self.name = name

    def __getitem__(self, name: str) -> str | None:
        """Return the value of an option that the format declares."""
        return self.options[name]

    def number(self, name: str) -> int | None:
        """Return the value of an option as a whole number; raise `GloseError` if it is none."""
        value = self.options[name]
        if value is None:
            return None
        try:
            return int(value)
        except ValueError as error:
            raise GloseError(f"--option {name}={value}: expected a whole number") from error


Reader: TypeAlias = Callable[[Path, Task], Iterator[Document]]
Writer: TypeAlias = Callable[[Path, Iterable[Document], Task], int]
Detector: TypeAlias = Callable[[Path, bytes], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to store documents.

    `reader` yields the documents of a file or folder. `writer` is given documents that break no
    rule and hold nothing but what `holds` or `partly` name; it returns how many it wrote, and is
    `None` where a format is only read. `detect` is given a path and the first bytes of the file,
    decompressed (none of a folder), and says whether they are of this format.

    `holds` are names of glose.corpus.formats.structures; `partly` are others of them that the
    writer takes as far as it can, each with what that is: what it cannot write it tells to
    `Task.losses`. Everything else is taken out before a document comes to the writer. `extra` is
    the extra of the distribution that the format needs, if it needs one.
    """

    description: str
    suffixes: tuple[str, ...]
    reader: Reader
    writer: Writer | None
    detect: Detector
    holds: frozenset[str] = EVERYTHING
    partly: Mapping[str, str] = field(default_factory=dict)
    offsets: Unit = "code points"
    options: tuple[Option, ...] = ()
    #: Whether it is a folder of files and not a file.
    folder: bool = False
    #: Whether the reader itself refuses what breaks a rule, as it goes.
    checks: bool = False
    #: Whether it holds several records of one document, each of a layer.
    layers: bool = False
    extra: str | None = None

    def __post_init__(self) -> None:
        unknown = (self.holds | self.partly.keys()) - EVERYTHING
        if unknown or self.holds & self.partly.keys():
            wrong = unknown or self.holds & self.partly.keys()
            raise ValueError(f"{self.description}: unknown or named twice: {sorted(wrong)}")

    def read(self, path: Path, task: Task | None = None) -> Iterator[Document]:
        """Yield the documents of a path, completed; one that breaks a rule is rejected."""
        task = self._told(task, self.known)
        if NAME in self.options:
            _refuse_one_name(path, task)
        documents = access.documents(self, path, task)
        yield from documents if self.checks else _sound(documents, path, task)

    def write(
        self,
        path: Path,
        documents: Iterable[Document],
        task: Task | None = None,
        agree: Callable[[], None] = lambda: None,
    ) -> int:
        """Write documents that break no rule; return how many. Raises `GloseError`.

        File or folder appear whole or not at all; `agree` is asked when all is written, and
        raises `GloseError` if it is not to appear. A document in two layers is refused where the
        format has no place for them.
        """
        if self.writer is None:
            raise GloseError(f"{path}: this format is only read; choose another with --to")
        task = self._told(task, self.options)
        if not self.layers:
            documents = layers.single(documents, task.name, path)
        with staged(path, folder=self.folder) as draft:
            number = self.writer(draft, self._reduced(documents, task), task)
            agree()
            return number

    @property
    def known(self) -> tuple[Option, ...]:
        """The options of reading: its own, and those of every format."""
        return self.options if self.checks else (*self.options, *READING)

    def _told(self, task: Task | None, options: tuple[Option, ...]) -> Task:
        task = task or Task()
        task.options = {o.name: task.options.get(o.name, o.default) for o in options}
        for option in options:
            value = task.options[option.name]
            if option.choices and value is not None and value not in option.choices:
                expected = ", ".join(option.choices)
                raise GloseError(f"--option {option.name}={value}: expected one of {expected}")
        return task

    def _reduced(self, documents: Iterable[Document], task: Task) -> Iterator[Document]:
        """Yield documents without what the format cannot hold."""
        lacking = [name for name in STRUCTURES if name not in self.holds | self.partly.keys()]
        if not (task.counted or lacking or self.partly):
            yield from documents
            return
        for document in documents:
            if document.text is None and not self.checks:
                what = f"document {document.id} has no text; expected it in the record"
                raise GloseError(f"{what}, since {task.name} needs it")
            yield _fitted(document, lacking, task)
        task.losses.end()


def _refuse_one_name(path: Path, task: Task) -> None:
    """Raise `GloseError` where the documents of several files would all have one name."""
    name = task[NAME.name]
    if name is not None and not name.strip():
        raise GloseError(
            f"--option {NAME.name}={name}: expected a name for documents without an id"
        )
    if name is not None and (path.is_dir() or archives.is_zip(path)):
        what = f"{path} has several, which name their documents themselves"
        raise GloseError(f"--option {NAME.name}={name}: names the documents of one file; {what}")


def _fitted(document: Document, lacking: list[str], task: Task) -> Document:
    """Return a document without the structures that are lacking, and account for them."""
    losses = task.losses
    losses.begin(document)
    for name in lacking:
        if name in losses.stated:
            remove = STRUCTURES[name].remove
            why = f"{task.name} cannot hold {name}"
            if remove is None:
                losses.change(name, f"{task.name} does not keep white space as it is")
            else:
                document = losses.step(remove(document), why)
    return document


def _sound(documents: Iterator[Document], path: Path, task: Task) -> Iterator[Document]:
    annotated = task["annotated"]
    for one in documents:
        found = one if annotated is None else _annotated(one, annotated)
        document = jsonl.completed(found, task["layer"] or "gold")
        fault = next(rules.faults(document, found), None)
        if fault is None:
            yield document
        else:
            source = document.provenance.file or str(path)
            task.rejects.add(Place(source, None, document.id or None), fault)


def _annotated(document: Document, names: str) -> Document:
    stated = tuple(name.strip() for name in names.split(",") if name.strip())
    return replace(document, status=replace(document.status, annotated=stated))
