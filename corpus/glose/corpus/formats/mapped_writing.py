"""From a document to an object of the shape that a mapping says."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from glose.corpus.document import Document, Mention, Meta, Pair, Relation
from glose.corpus.formats import pruning
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.mapping import Mapping, Relations, Spans, Where, put
from glose.corpus.rulers import MisplacedError, Ruler


def written(document: Document, shape: Mapping, losses: Losses) -> dict[str, Any]:
    """Return a document as an object, and account for what the mapping has no place for."""
    ruler = Ruler(document.text or "", shape.unit)
    document = _fitted(document, shape, ruler, losses)
    found: dict[str, Any] = {}
    put(found, shape.text, document.text)
    _put(found, shape.id, document.id)
    _put(found, shape.language, document.language)
    for name, where in shape.meta.items():
        put(found, where, getattr(document.meta, name))
    for scheme, where in shape.labels.items():
        values = [label.value for label in document.labels if label.scheme == scheme]
        none: list[str] | None = [] if "labels" in document.status.annotated else None
        put(found, where, values[0] if len(values) == 1 else values or none)
    numbers = _put_spans(found, document, shape, ruler)
    _put_relations(found, document, shape, numbers)
    return found


def _put(found: Any, where: Where | None, value: object) -> None:  # noqa: ANN401  # dict or list
    """Put a value where the mapping has a place for it."""
    if where is not None:
        put(found, where, value)


def _fitted(document: Document, shape: Mapping, ruler: Ruler, losses: Losses) -> Document:
    """Return what of a document has a place."""
    names = {m.id for m in document.mentions if not _fits(m, shape, ruler)}
    unheld = {r.id for r in document.relations if _home(r, shape) is None}
    return losses.steps(
        document,
        (
            (
                lambda d: pruning.without(d, names),
                "the mapping has no place for them, or its unit",
            ),
            (lambda d: pruning.without(d, unheld), "the mapping has no place for their roles"),
            (lambda d: _stated(d, shape), "the mapping does not name it"),
        ),
    )


def _stated(document: Document, shape: Mapping) -> Document:
    """Return a document with those attributes, labels and metadata that the mapping names."""
    return replace(
        document,
        language=document.language if shape.language is not None else None,
        meta=Meta(**{name: getattr(document.meta, name) for name in shape.meta}),
        mentions=tuple(_described(mention, shape) for mention in document.mentions),
        labels=tuple(label for label in document.labels if label.scheme in shape.labels),
        extra=(),
    )


def _described(mention: Mention, shape: Mapping) -> Mention:
    """Return a mention with the attributes that its list names."""
    spans = _list_of(mention, shape)
    named = spans.attributes if spans else ()
    # An object has one value under a key: the first.
    firsts = {a.name: a for a in reversed(mention.attrs) if a.name in named}
    return replace(mention, attrs=tuple(a for a in mention.attrs if firsts.get(a.name) is a))


def _list_of(mention: Mention, shape: Mapping) -> Spans | None:
    """Return the list that a mention belongs to: that of its type, or else of any."""
    fitting = [s for s in shape.spans if s.pieces is not None or not mention.fragments]
    fixed = (s for s in fitting if s.fixed == mention.type)
    return next(fixed, None) or next((s for s in fitting if s.fixed is None), None)


def _fits(mention: Mention, shape: Mapping, ruler: Ruler) -> bool:
    """Whether there is a list for a mention, and its borders are places in the unit."""
    if _list_of(mention, shape) is None:
        return False
    try:
        offsets = tuple((ruler.offset(a), ruler.offset(b)) for a, b in _pieces(mention))
        return ruler.spans(offsets) == _pieces(mention)
    except MisplacedError:
        return False


def _pieces(mention: Mention) -> tuple[Pair, ...]:
    return mention.fragments or ((mention.start, mention.end),)


def _home(relation: Relation, shape: Mapping) -> Relations | None:
    """Return the list that a relation belongs to: of its type or of any, with all its roles."""
    roles = [argument.role for argument in relation.args]
    for relations in shape.relations:
        typed = relations.fixed == relation.type or relations.fixed is None
        if typed and len(set(roles)) == len(roles) and set(roles) <= relations.args.keys():
            return relations
    return None


def _put_spans(
    found: dict[str, Any], document: Document, shape: Mapping, ruler: Ruler
) -> dict[str, int]:
    """Let the spans stand in their lists; return the number of each mention over all lists."""
    numbers: dict[str, int] = {}
    for spans in shape.spans:
        listed = []
        for mention in document.mentions:
            if _list_of(mention, shape) is spans:
                numbers[mention.id] = len(numbers)
                listed.append(_item(mention, spans, ruler))
        put(found, spans.list, listed)
    return numbers


def _item(mention: Mention, spans: Spans, ruler: Ruler) -> Any:  # noqa: ANN401  # dict or list
    places = {spans.start, spans.end, spans.type} - {None}
    item: Any = [] if all(isinstance(where, int) for where in places) else {}
    last = 1 if spans.inclusive else 0
    pairs = [(ruler.offset(a), ruler.offset(b)) for a, b in _pieces(mention)]
    start, end = pairs[0][0], pairs[-1][1]
    _put(item, spans.pieces, [[a, b - last] for a, b in pairs])
    _put(item, spans.start, start)
    _put(item, spans.end, end - last)
    _put(item, spans.length, end - start)
    _put(item, spans.type, mention.type)
    _put(item, spans.id, mention.id)
    _put(item, spans.text, mention.text)
    for attribute in mention.attrs:
        put(item, attribute.name, attribute.value)
    return item


def _put_relations(
    found: dict[str, Any], document: Document, shape: Mapping, numbers: dict[str, int]
) -> None:
    for relations in shape.relations:
        own = (r for r in document.relations if _home(r, shape) is relations)
        put(found, relations.list, [_arrow(relation, relations, numbers) for relation in own])


def _arrow(relation: Relation, shape: Relations, numbers: dict[str, int]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    _put(item, shape.id, relation.id)
    _put(item, shape.type, relation.type)
    for argument in relation.args:
        ref = argument.ref or ""
        put(item, shape.args[argument.role], ref if shape.by == "id" else numbers[ref])
    return item
