"""From a document to an object of the shape that a mapping says."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from glose.corpus.document import Document, Mention, Meta, Pair, Relation
from glose.corpus.formats import pruning
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.mapping import Mapping, Relations, Spans, put
from glose.corpus.rulers import MisplacedError, Ruler


def written(document: Document, shape: Mapping, losses: Losses) -> dict[str, Any]:
    """Return a document as an object, and account for what the mapping has no place for."""
    ruler = Ruler(document.text or "", shape.unit)
    document = _fitted(document, shape, ruler, losses)
    found: dict[str, Any] = {}
    put(found, shape.text, document.text)
    if shape.id is not None:
        put(found, shape.id, document.id)
    if shape.language is not None:
        put(found, shape.language, document.language)
    for name, where in shape.meta.items():
        put(found, where, getattr(document.meta, name))
    for scheme, where in shape.labels.items():
        values = [label.value for label in document.labels if label.scheme == scheme]
        put(found, where, values[0] if len(values) == 1 else values or None)
    numbers = _put_spans(found, document, shape, ruler)
    _put_relations(found, document, shape, numbers)
    return found


def _fitted(document: Document, shape: Mapping, ruler: Ruler, losses: Losses) -> Document:
    """Return what of a document has a place."""
    names = {m.id for m in document.mentions if not _fits(m, shape, ruler)}
    unheld = {r.id for r in document.relations if _home(r, shape) is None}
    steps = (
        (pruning.without(document, names), "the mapping has no place for them, or its unit"),
        (pruning.without(document, names | unheld), "the mapping has no place for their roles"),
    )
    for after, reason in steps:
        if after != document:
            document = losses.step(after, reason)
    after = _stated(document, shape)
    return document if after == document else losses.step(after, "the mapping does not name it")


def _stated(document: Document, shape: Mapping) -> Document:
    """Return a document with those attributes, labels and metadata that the mapping names."""
    meta = Meta(**{name: getattr(document.meta, name) for name in shape.meta})
    kept = {s.list: s.attributes for s in shape.spans}
    mentions = []
    for mention in document.mentions:
        spans = _list_of(mention, shape)
        named = kept[spans.list] if spans else ()
        # An object has one value under a key.
        attributes = {a.name: a for a in reversed(mention.attrs) if a.name in named}
        ordered = tuple(a for a in mention.attrs if attributes.get(a.name) is a)
        mentions.append(replace(mention, attrs=ordered))
    return replace(
        document,
        language=document.language if shape.language is not None else None,
        meta=meta,
        mentions=tuple(mentions),
        labels=tuple(label for label in document.labels if label.scheme in shape.labels),
        extra=(),
    )


def _list_of(mention: Mention, shape: Mapping) -> Spans | None:
    """Return the list that a mention belongs to: that of its type, or else of any."""
    fixed = [spans for spans in shape.spans if spans.fixed == mention.type]
    open_ = [spans for spans in shape.spans if spans.fixed is None]
    fitting = [s for s in (*fixed, *open_) if s.pieces is not None or not mention.fragments]
    return fitting[0] if fitting else None


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
    item: Any = {}
    if all(isinstance(w, int) for w in (spans.start, spans.end, spans.type) if w is not None):
        item = []
    last = 1 if spans.inclusive else 0
    pairs = [(ruler.offset(a), ruler.offset(b)) for a, b in _pieces(mention)]
    start, end = pairs[0][0], pairs[-1][1]
    fields = (
        (spans.pieces, [[a, b - last] for a, b in pairs]),
        (spans.start, start),
        (spans.end, end - last),
        (spans.length, end - start),
        (spans.type, mention.type),
        (spans.id, mention.id),
        (spans.text, mention.text),
        *((attribute.name, attribute.value) for attribute in mention.attrs),
    )
    for where, value in fields:
        if where is not None:
            put(item, where, value)
    return item


def _put_relations(
    found: dict[str, Any], document: Document, shape: Mapping, numbers: dict[str, int]
) -> None:
    for relations in shape.relations:
        listed = []
        for relation in document.relations:
            if _home(relation, shape) is relations:
                item: dict[str, Any] = {}
                if relations.id is not None:
                    put(item, relations.id, relation.id)
                if relations.type is not None:
                    put(item, relations.type, relation.type)
                for argument in relation.args:
                    ref = argument.ref or ""
                    named = ref if relations.by == "id" else numbers[ref]
                    put(item, relations.args[argument.role], named)
                listed.append(item)
        put(found, relations.list, listed)
