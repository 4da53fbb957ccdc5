"""From the results of a Label Studio annotation to the annotations of a document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Event,
    Label,
    Mention,
    Relation,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import traits
from glose.corpus.formats.chains import Chains
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.items import Shape, converted, decoded, worded
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.formats.statuses import stated
from glose.corpus.rulers import Ruler

#: What a relation without a label is called.
UNLABELLED = "relation"
#: Kinds of result that say something of a region or of the whole text, and where in their value.
_SAID = {
    "choices": "choices",
    "textarea": "text",
    "taxonomy": "taxonomy",
    "number": "number",
    "rating": "rating",
    "datetime": "datetime",
}


class Annotation(Shape, frozen=True):
    """What one annotator or one model marked in a task."""

    result: list[msgspec.Raw]
    completed_by: int | str | dict[str, Any] | None = None
    was_cancelled: bool = False
    ground_truth: bool = False
    model_version: str | None = None

    @property
    def annotator(self) -> str:
        """The name of the layer of an annotator."""
        who = self.completed_by
        if isinstance(who, dict):
            who = who.get("email") or who.get("username") or who.get("id")
        return f"annotator-{who}" if isinstance(who, int) else str(who or "annotator")


class Assignment(Shape, frozen=True):
    """A task: its data, and what annotators and models made of it."""

    data: dict[str, Any]
    id: int | str | None = None
    annotations: tuple[Annotation, ...] = ()
    predictions: tuple[msgspec.Raw, ...] = ()
    meta: dict[str, Any] = msgspec.field(default_factory=dict)


class Result(Shape, frozen=True):
    """A region, something said of one, or a relation of two."""

    type: str
    id: str | int | None = None
    from_name: str = ""
    value: dict[str, Any] = msgspec.field(default_factory=dict)
    from_id: str | int | None = None
    to_id: str | int | None = None
    direction: str | None = None
    labels: list[str] | None = None
    meta: dict[str, Any] | None = None

    @property
    def kind(self) -> str:
        """Whether it is a region, a remark on one or a relation."""
        if self.type == "relation":
            return "relation"
        return "remark" if self.type in _SAID else "region"


class Region(Shape, frozen=True):
    """The value of a region of plain text."""

    start: int
    end: int
    text: str | None = None
    labels: list[str] | None = None


@dataclass(slots=True)
class Regions:
    """The regions of an annotation, and what is said of them."""

    ruler: Ruler
    place: Place
    task: Task
    _mentions: list[Mention] = field(default_factory=list)
    _events: dict[str, Event] = field(default_factory=dict)
    _relations: list[Relation] = field(default_factory=list)
    _labels: list[Label] = field(default_factory=list)
    _extra: list[Attribute] = field(default_factory=list)
    _said: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    _called: dict[str, str] = field(default_factory=dict)
    _names: Names = field(default_factory=Names)

    def document(self, annotation: Annotation, bare: Document) -> Document:
        """Return a document with what an annotation has; a result that is wrong is rejected."""
        found: dict[str, list[tuple[Result, bytes]]] = defaultdict(list)
        for raw in annotation.result:
            data = bytes(raw)
            with self._aside(data):
                result = decoded(data, Result)
                found[result.kind].append((result, data))
        kinds = {"region": self._region, "remark": self._remark, "relation": self._relation}
        for kind, take in kinds.items():
            for result, data in found[kind]:
                with self._aside(data):
                    take(result)
        return self._whole(bare)

    def _aside(self, data: bytes) -> Any:  # noqa: ANN401  # a context manager
        return self.task.rejects.aside(self.place, data.decode())

    def _region(self, result: Result) -> None:
        region = _region(result)
        words = region.text
        if words and "\\n" in words and "\\n" not in self.ruler.text:
            words = words.replace("\\n", "\n")
        whose = f"region {result.id}"
        pair = placed(self.ruler, (region.start, region.end), words, whose)
        for type_ in region.labels or [UNTYPED]:
            self._marked(result, type_, *pair)

    def _marked(self, result: Result, type_: str, start: int, end: int) -> None:
        is_trigger = result.from_name in (self.task["events"] or "").split(",")
        name = self._names.new(str(result.id), "v" if is_trigger else "m")
        self._called.setdefault(str(result.id), name)
        if is_trigger:
            self._events[name] = Event(name, type_, (Trigger(start, end),))
        else:
            self._mentions.append(Mention(name, type_, start, end))
        for note in (result.meta or {}).get("text") or ():
            self._said[name].append(("note", str(note)))

    def _remark(self, result: Result) -> None:
        given = result.value.get(_SAID[result.type])
        said = [
            (result.from_name, _plain(value))
            for value in (given if isinstance(given, list) else [given])
        ]
        region = self._called.get(str(result.id))
        if region is not None:
            self._said[region] += said
        elif "start" in result.value:
            raise MalformedError(f"{result.from_name} is said of {result.id}, which is no region")
        elif result.type == "choices":
            self._labels += [Label(*pair) for pair in said]
        else:
            self._extra += [Attribute(*pair) for pair in said]

    def _relation(self, result: Result) -> None:
        ends = str(result.from_id), str(result.to_id)
        missing = [end for end in ends if end not in self._called]
        if missing:
            raise MalformedError(f"a relation of {missing[0]}, which is no region that was read")
        first, second = (self._called[end] for end in ends)
        left = result.direction == "left"
        args = between(second, first) if left else between(first, second)
        attrs = (Attribute("direction", "bi"),) if result.direction == "bi" else ()
        for type_ in result.labels or [UNLABELLED]:
            self._relations.append(Relation("", type_, args, attrs=attrs))

    def _whole(self, bare: Document) -> Document:
        """Return a document with all of it: relations of triggers are arguments."""
        ends = self._ended()
        mentions = tuple(traits.on_mention(m, self._said[m.id]) for m in self._mentions)
        events = tuple(
            traits.on_event(replace(e, args=tuple(ends.args[e.id])), self._said[e.id])
            for e in self._events.values()
        )
        found = replace(
            bare,
            text=self.ruler.text,
            mentions=mentions,
            events=events,
            relations=tuple(ends.relations),
            labels=tuple(self._labels),
            extra=(*bare.extra, *self._extra),
            entities=ends.things.entities(mentions, self._names),
            event_clusters=ends.happenings.clusters(events, self._names),
        )
        return traits.anchored(replace(found, status=stated(found)))

    def _ended(self) -> _Ends:
        """Return what the relations are: coreference, arguments of events, or relations."""
        found = _Ends()
        for relation in self._relations:
            first, second = (argument.ref or "" for argument in relation.args)
            alike = (first in self._events) == (second in self._events)
            if relation.type == self.task["coreference"] and alike:
                (found.happenings if first in self._events else found.things).join(first, second)
            elif first in self._events:
                argument = Argument(relation.type, ref=second, attrs=relation.attrs)
                found.args[first].append(argument)
            else:
                found.relations.append(replace(relation, id=self._names.new(None, "r")))
        return found


@dataclass(slots=True)
class _Ends:
    """What the relations of an annotation are: by which items are one, by event, and others."""

    things: Chains = field(default_factory=Chains)
    happenings: Chains = field(default_factory=Chains)
    args: dict[str, list[Argument]] = field(default_factory=lambda: defaultdict(list))
    relations: list[Relation] = field(default_factory=list)


def _region(result: Result) -> Region:
    """Return where a region is; raise `MalformedError` if it is none of plain text."""
    value = result.value
    if "labels" not in result.type and "labels" not in value:
        what = f"a result of type {result.type!r}; expected labels, choices or relation"
        raise MalformedError(what)
    if "startOffset" in value or isinstance(value.get("start"), str):
        what = "a region of HyperText or Paragraphs, which is placed by XPath or by turn"
        raise MalformedError(f"{what}; expected start and end of plain text")
    return converted(value, Region)


def _plain(value: object) -> str:
    """Return one value of a control as a string; the levels of a taxonomy are a path."""
    return "/".join(map(str, value)) if isinstance(value, list) else worded(value)
