"""GATE XML: text with nodes, and annotation sets over them (GateDocument, version 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Mention, Pair, Provenance, Segment, Status
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import Inline, text_of
from glose.corpus.formats.markup import Element
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, span
from glose.corpus.forms import shown

#: What the markup that a document was made from is called; it is not read unless it is named.
ORIGINAL = "Original markups"
#: The attribute that says which set a mention is of.
SET = "set"
#: Types that are no mentions.
_TOKEN, _SENTENCE = "Token", "Sentence"
_PARTS = {"Sentence": "sentence", "Paragraph": "paragraph", "paragraph": "paragraph"}
_BETWEEN = frozenset({"SpaceToken", "Split"})


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far."""

    task: Task
    source: str
    text: str
    nodes: dict[str, int]
    names: Names = field(default_factory=Names)
    tokens: set[Pair] = field(default_factory=set)
    parts: dict[tuple[str, int, int], Segment] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".xml", ".gate"):
        root = markup.root(inputs.content(file), Place(str(file)))
        found = _document(root, str(file), task)
        yield replace(found, id=inputs.identifier(file, path))


def _document(root: Element, source: str, task: Task) -> Document:
    text, nodes = _text(root, source)
    sheet = Sheet(task, source, text, nodes)
    for group in root.iterfind("AnnotationSet"):
        name = group.get("Name") or ""
        if _is_wanted(name, task["set"]):
            for element in group.iterfind("Annotation"):
                with task.rejects.aside(_place(sheet, element), element.get("Id")):
                    _annotation(sheet, element, name)
    relations = root.findall("RelationSet/Relation")
    if relations:
        task.losses.unread("relations of GATE", "only annotations are read", len(relations))
    features = root.find("GateDocumentFeatures")
    return Document(
        text=text,
        segments=tuple(sheet.parts.values()),
        tokens=tuple(_apart(sheet)),
        mentions=tuple(sheet.mentions),
        status=Status(annotated=("mentions",)),
        provenance=Provenance(file=source, format="gate"),
        extra=() if features is None else tuple(_features(features)),
    )


def _is_wanted(group: str, sets: str | None) -> bool:
    """Whether an annotation set is one of those that an option names; else all but the markup."""
    if sets is None:
        return group != ORIGINAL
    return group in {name.strip() for name in sets.split(",")}


def _place(sheet: Sheet, element: Element) -> Place:
    return Place(sheet.source, element.sourceline, element.get("Id"))


def _text(root: Element, source: str) -> tuple[str, dict[str, int]]:
    """Return the text and where its nodes stand: their ids are offsets, but need not be ours."""
    found = root.find("TextWithNodes")
    if found is None:
        raise InputError(Place(source), "no TextWithNodes; expected the text of a GateDocument")
    inline, nodes = Inline(), {}
    inline.add(found.text)
    for node in found:
        nodes[node.get("id", "") if isinstance(node.tag, str) else ""] = inline.size
        inline.add(node.tail)
    return inline.text, nodes


def _annotation(sheet: Sheet, element: Element, group: str) -> None:
    start, end = (_node(sheet, element.get(name, "")) for name in ("StartNode", "EndNode"))
    type_ = element.get("Type") or UNTYPED
    if start > end:
        raise MalformedError(f"a {type_} ends before it begins")
    if type_ in _BETWEEN:
        return
    if start == end:
        sheet.task.losses.unread("annotations without words", "a mention is a span of the text")
    elif type_ == _TOKEN:
        sheet.tokens.add((start, end))
    elif type_ in _PARTS:
        key = _PARTS[type_], start, end
        if key not in sheet.parts:
            sheet.parts[key] = Segment(sheet.names.new(None, "g"), *key)
    else:
        _mention(sheet, element, type_, (start, end), group)


def _mention(
    sheet: Sheet,
    element: Element,
    type_: str,
    pair: Pair,
    group: str,
) -> None:
    """Take a mention; where all sets are read, an attribute says which one it is of."""
    attrs = [*_features(element)]
    if group and sheet.task["set"] is None:
        attrs.append(Attribute(SET, group))
    own = element.get("Id")
    name = sheet.names.new(f"a{own}" if own else None, "m")
    place = span(sheet.text, [pair])
    sheet.mentions.append(Mention(name, type_, **place, attrs=tuple(attrs)))


def _node(sheet: Sheet, name: str) -> int:
    if name not in sheet.nodes:
        raise MalformedError(f"no node is called {shown(name)}; expected one of the text")
    return sheet.nodes[name]


def _features(element: Element) -> Iterator[Attribute]:
    for feature in element.iterfind("Feature"):
        name, value = feature.find("Name"), feature.find("Value")
        if name is not None and value is not None:
            yield Attribute(text_of(name), text_of(value))


def _apart(sheet: Sheet) -> Iterator[Pair]:
    """Yield the tokens that do not overlap: two sets may have two ways of cutting words."""
    end = 0
    for token in sorted(sheet.tokens, key=lambda pair: (pair[0], -pair[1])):
        if token[0] >= end:
            yield token
            end = token[1]
        else:
            sheet.task.losses.unread("tokens that overlap", "tokens are one after the other")


def _detect(path: Path, head: bytes) -> bool:
    return opening.root(opening.within(path, head, ".xml", ".gate")) == "GateDocument"


FORMAT = Format(
    "GATE XML: annotation sets over text with nodes",
    (".gate.xml", ".gatexml"),
    _read,
    None,
    _detect,
    holds=frozenset({
        "texts", "metadata", "tokens", "sentences", "segments", "mentions", "nested mentions",
        "crossing mentions", "types of mentions", "attributes of mentions",
    }),
    offsets="utf16",
    options=(Option("set", "which annotation sets are read, with commas; else all"),),
)  # fmt: skip
