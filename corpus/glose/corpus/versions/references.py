"""What an item of a record refers to, and how its references are turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
    Template,
)

_OWNERS = (Relation, Event, Template)
_GROUPS = (EventCluster, Template)


def of(item: object) -> Iterator[str]:
    """Yield the ids that an item refers to; a name such as DCT, which is no id, among them."""
    if isinstance(item, _OWNERS):
        yield from (argument.ref for argument in item.args if argument.ref is not None)
    if isinstance(item, _GROUPS):
        yield from item.events
    if isinstance(item, Relation):
        yield from item.evidence
    elif isinstance(item, Entity):
        yield from item.mentions
    elif isinstance(item, Mention) and item.value is not None and item.value.anchor is not None:
        yield item.value.anchor
    elif isinstance(item, Label) and item.target is not None:
        yield item.target


def turned(item: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401  # any item of a list
    """Return an item whose references, and whose own id, are those that `names` gives."""
    fields: dict[str, Any] = {}
    if getattr(item, "id", None) in names:
        fields["id"] = names[item.id]
    if names.keys().isdisjoint(of(item)):
        return replace(item, **fields) if fields else item
    if isinstance(item, _OWNERS):
        fields["args"] = tuple(_argument(argument, names) for argument in item.args)
    for field in ("mentions", "events", "evidence"):
        if hasattr(item, field):
            fields[field] = tuple(names.get(name, name) for name in getattr(item, field))
    if isinstance(item, Mention) and item.value is not None:
        anchor = item.value.anchor or ""
        fields["value"] = replace(item.value, anchor=names.get(anchor, item.value.anchor))
    if isinstance(item, Label):
        fields["target"] = names.get(item.target or "", item.target)
    return replace(item, **fields)


def _argument(argument: Argument, names: Mapping[str, str]) -> Argument:
    return replace(argument, ref=names.get(argument.ref or "", argument.ref))
