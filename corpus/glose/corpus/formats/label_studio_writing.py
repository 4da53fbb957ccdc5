"""From a document to the results of a Label Studio annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from glose.corpus.document import Argument, Document, Event, Mention, Trigger, covered
from glose.corpus.formats import chains, traits
from glose.corpus.formats.declaration import Task
from glose.corpus.rulers import Ruler

#: The control that marks mentions.
MENTIONS = "label"
#: The id of what is said of the whole text: no region has it, and nothing after a # is kept.
DOCUMENT = "_document"


def fitted(document: Document, task: Task) -> Document:
    """Return a document as results can say it, and account for what was changed or dropped."""
    found = chains.separate(document)
    if found != document:
        document = task.losses.step(found, "an event is in one cluster at most, of two or more")
    document = traits.distinct(document, task.losses)
    found = _respelt(document, task["coreference"] or "")
    if found != document:
        document = task.losses.step(found, "relations of that name are coreference")
    return document


def _respelt(document: Document, joining: str) -> Document:
    """Return a document in which only coreference has its name."""
    if not joining:
        return document

    def other(argument: Argument) -> Argument:
        same = argument.role == joining
        return replace(argument, role=f"{argument.role}_") if same else argument

    events = tuple(replace(e, args=tuple(map(other, e.args))) for e in document.events)
    relations = tuple(
        replace(r, type=f"{r.type}_") if r.type == joining else r for r in document.relations
    )
    return replace(document, events=events, relations=relations)


def results(document: Document, ruler: Ruler, task: Task) -> Iterator[dict[str, object]]:
    """Yield regions, what is said of them, relations, and what is said of the whole text."""
    for mention in document.mentions:
        said = traits.of_mention(mention)
        yield from _marked(mention, MENTIONS, _place(mention, ruler, document), said)
    control = (task["events"] or "").split(",")[0]
    for event in document.events:
        place = _place(event.triggers[0], ruler, document)
        yield from _marked(event, control, place, traits.of_event(event))
        for argument in event.args:
            yield _relation(event.id, argument.ref or "", argument.role)
    yield from _relations(document, task["coreference"] or "")
    labels = ((label.scheme, label.value) for label in document.labels)
    yield from _said(DOCUMENT, labels, {})


def _place(span: Mention | Trigger, ruler: Ruler, document: Document) -> dict[str, object]:
    start, end = ruler.offset(span.start), ruler.offset(span.end)
    text = covered(document.text or "", span.start, span.end)
    return {"start": start, "end": end, "text": text}


def _marked(
    item: Mention | Event, control: str, place: dict[str, object], said: Iterable[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    """Yield the region of an item, and what is said of it."""
    value = {**place, "labels": [item.type]}
    heads = {"id": item.id, "from_name": control, "to_name": "text"}
    yield {**heads, "type": "labels", "value": value}
    yield from _said(item.id, said, place)


def _said(
    name: str, pairs: Iterable[tuple[str, str]], place: dict[str, object]
) -> Iterator[dict[str, object]]:
    """Yield a choice for each control, with all that it says."""
    by_control: dict[str, list[str]] = {}
    for control, value in pairs:
        by_control.setdefault(control, []).append(value)
    for control, values in by_control.items():
        heads = {"id": name, "from_name": control, "to_name": "text"}
        yield {**heads, "type": "choices", "value": {**place, "choices": values}}


def _relations(document: Document, joining: str) -> Iterator[dict[str, object]]:
    """Yield relations, and coreference from each member of a chain to the next."""
    for relation in document.relations:
        first, second = (argument.ref or "" for argument in relation.args)
        yield _relation(first, second, relation.type)
    for first, second in chains.pairs(document):
        yield _relation(first, second, joining)


def _relation(first: str, second: str, type_: str) -> dict[str, object]:
    return {
        "type": "relation",
        "from_id": first,
        "to_id": second,
        "direction": "right",
        "labels": [type_],
    }
