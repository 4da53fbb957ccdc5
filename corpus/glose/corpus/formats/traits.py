"""Fields of a mention or event as pairs of strings: for formats that have attributes only.

`level`, `value`, `value.mod` (`.unit`, `.anchor`) and `link` are those of a mention; `polarity`,
`modality`, `tense` and `genericity` those of an event. A link is `kb:id`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Event, Link, Mention, Value
from glose.corpus.formats.brat_reading import LEVEL, PROPERTIES, VALUE
from glose.corpus.formats.losses import Losses
from glose.corpus.forms import norm_fault
from glose.corpus.rules import DOCUMENT_TIME

LINK = "link"
#: What an attribute of a mention cannot be called.
OF_MENTIONS = frozenset({LEVEL, LINK, *VALUE})

_ANCHOR = "value.anchor"


def of_mention(mention: Mention) -> Iterator[tuple[str, str]]:
    """Yield the fields and attributes of a mention."""
    if mention.level is not None:
        yield LEVEL, mention.level
    for name, part in VALUE.items():
        if (content := getattr(mention.value, part, None)) is not None:
            yield name, content
    for link in mention.links:
        yield LINK, f"{link.kb}:{link.id}"
    for attribute in mention.attrs:
        yield attribute.name, attribute.value


def of_event(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the properties and attributes of an event."""
    for name in PROPERTIES:
        if (content := getattr(event, name)) is not None:
            yield name, content
    for attribute in event.attrs:
        yield attribute.name, attribute.value


def on_mention(mention: Mention, pairs: Iterable[tuple[str, str]]) -> Mention:
    """Return a mention with its fields from pairs; what fits none is an attribute."""
    level, links, attrs = mention.level, list(mention.links), list(mention.attrs)
    parts: dict[str, str] = {}
    for name, value in pairs:
        if name == LEVEL and level is None:
            level = value
        elif name == LINK and (link := _link(value)):
            links.append(link)
        elif _is_part(name, value, parts):
            parts[name] = value
        else:
            attrs.append(Attribute(name, value))
    found = None
    if "value" in parts:
        found = Value(**{VALUE[name]: value for name, value in parts.items()})
    else:
        attrs += map(Attribute, parts.keys(), parts.values())
    return replace(mention, level=level, value=found, links=tuple(links), attrs=tuple(attrs))


def _link(text: str) -> Link | None:
    base, colon, entry = text.partition(":")
    return Link(base, entry) if base and colon and entry else None


def _is_part(name: str, value: str, parts: Mapping[str, str]) -> bool:
    """Whether a pair is a part of a value beside some others: a norm is of a form."""
    free = name in VALUE and name not in parts
    return free and not (name == "value" and norm_fault(value))


def on_event(event: Event, pairs: Iterable[tuple[str, str]]) -> Event:
    """Return an event with its properties from pairs; what is none is an attribute."""
    fields: dict[str, str] = {}
    attrs = list(event.attrs)
    for name, value in pairs:
        if name in PROPERTIES and name not in fields:
            fields[name] = value
        else:
            attrs.append(Attribute(name, value))
    return replace(event, attrs=tuple(attrs), **fields)


def anchored(document: Document) -> Document:
    """Return a document whose values hang on what is there; other anchors become attributes."""
    if all(_anchor(mention) is None for mention in document.mentions):
        return document
    mentions, events = (m.id for m in document.mentions), (e.id for e in document.events)
    known = {None, DOCUMENT_TIME, *mentions, *events}
    found = (m if _anchor(m) in known else _loosened(m) for m in document.mentions)
    return replace(document, mentions=tuple(found))


def _anchor(mention: Mention) -> str | None:
    return None if mention.value is None else mention.value.anchor


def _loosened(mention: Mention) -> Mention:
    """Return a mention whose value hangs on nothing; an attribute says on what it did."""
    value = mention.value and replace(mention.value, anchor=None)
    attrs = (*mention.attrs, Attribute(_ANCHOR, _anchor(mention) or ""))
    return replace(mention, value=value, attrs=attrs)


def distinct(document: Document, losses: Losses) -> Document:
    """Return a document whose attributes are called unlike fields, and whose links are `kb:id`."""
    found = replace(
        document,
        mentions=tuple(map(_plain, document.mentions)),
        events=tuple(replace(e, attrs=_named(e.attrs, PROPERTIES)) for e in document.events),
    )
    if found == document:
        return document
    why = "links have no scores and no colon before the id; names of fields are no attributes"
    return losses.step(found, why)


def _plain(mention: Mention) -> Mention:
    if not (mention.attrs or mention.links):
        return mention
    links = tuple(Link(link.kb.replace(":", "_") or "_", link.id) for link in mention.links)
    return replace(mention, links=links, attrs=_named(mention.attrs, OF_MENTIONS))


def _named(attrs: tuple[Attribute, ...], taken: Collection[str]) -> tuple[Attribute, ...]:
    return tuple(replace(a, name=f"{a.name}_") if a.name in taken else a for a in attrs)
