"""From a document to the results of a Label Studio annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from glose.corpus.document import Argument, Document, Mention, Trigger, covered
from glose.corpus.formats import chains, traits
from glose.corpus.formats.declaration import Task
from glose.corpus.rulers import Ruler

#: The control that marks mentions.
MENTIONS = "label"


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
    text = document.text or ""
    control = (task["events"] or "").split(",")[0]
    for mention in document.mentions:
        place = _place(mention, ruler, text)
        yield _region(mention.id, MENTIONS, mention.type, place)
        yield from _said(mention.id, traits.of_mention(mention), place)
    for event in document.events:
        place = _place(event.triggers[0], ruler, text)
        yield _region(event.id, control, event.type, place)
        yield from _said(event.id, traits.of_event(event), place)
        for argument in event.args:
            yield _relation(event.id, argument.ref or "", argument.role)
    for relation in document.relations:
        first, second = (argument.ref or "" for argument in relation.args)
        yield _relation(first, second, relation.type)
    for first, second in chains.pairs(document):
        yield _relation(first, second, task["coreference"] or "")
    said = [(label.scheme, label.value) for label in document.labels]
    yield from _said(f"{document.id}#document", said, {})


def _place(span: Mention | Trigger, ruler: Ruler, text: str) -> dict[str, object]:
    start, end = ruler.offset(span.start), ruler.offset(span.end)
    return {"start": start, "end": end, "text": covered(text, span.start, span.end)}


def _region(name: str, control: str, type_: str, place: dict[str, object]) -> dict[str, object]:
    value = {**place, "labels": [type_]}
    return {"id": name, "from_name": control, "to_name": "text", "type": "labels", "value": value}


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


def _relation(first: str, second: str, type_: str) -> dict[str, object]:
    return {
        "type": "relation",
        "from_id": first,
        "to_id": second,
        "direction": "right",
        "labels": [type_],
    }
