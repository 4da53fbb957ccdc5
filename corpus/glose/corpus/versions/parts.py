"""A document as a flat table of the parts that are merged one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec.structs import asdict, replace

from glose.corpus.document import Document, Label, Meta, Provenance, Status
from glose.corpus.rules import KINDS

#: Which part: a field, a field of a field, or a list and what names an item in it.
Key: TypeAlias = tuple[str, ...]
#: The parts of a document, those of a list in its order; what is not there has no key.
Parts: TypeAlias = dict[Key, Any]
#: A scheme, and the item that it is of ("" for the document).
Slot: TypeAlias = tuple[str, str]

_FIELDS = ("language", "text", "text_sha256", "tokens")


def several(documents: Iterable[Document]) -> set[Slot]:
    """Return the schemes of which some item has several labels in one of the documents."""
    found: set[Slot] = set()
    for document in documents:
        counts = Counter(map(_slot, document.labels))
        found.update(slot for slot, count in counts.items() if count > 1)
    return found


def of(document: Document, many: Collection[Slot] = ()) -> Parts:
    """Return the parts of a document.

    A label is a part by its scheme, with its value where the scheme is among `many`.
    """
    found: Parts = {(name,): getattr(document, name) for name in _FIELDS}
    for name in ("meta", "provenance"):
        found |= {(name, field): value for field, value in asdict(getattr(document, name)).items()}
    status = document.status
    found["status", "state"], found["status", "guideline"] = status.state, status.guideline
    found |= {("annotated", name): name for name in status.annotated}
    for name in KINDS:
        found |= {(name, item.id): item for item in getattr(document, name)}
    found |= dict(_numbered("labels", ((_label(label, many), label) for label in document.labels)))
    return found | dict(_numbered("extra", (((a.name,), a) for a in document.extra)))


def _numbered(name: str, given: Iterable[tuple[Key, object]]) -> Iterator[tuple[Key, object]]:
    """Yield items that may have the same key, told apart by which of them it is."""
    counts: Counter[Key] = Counter()
    for key, item in given:
        yield (name, *key, str(counts[key])), item
        counts[key] += 1


def _slot(label: Label) -> Slot:
    return label.scheme, label.target or ""


def _label(label: Label, many: Collection[Slot]) -> Key:
    slot = _slot(label)
    return (*slot, label.value) if slot in many else slot


def document(like: Document, found: Mapping[Key, Any]) -> Document:
    """Return the document of parts; `like` is one of the same id and layer."""
    lists: dict[str, list[Any]] = {name: [] for name in (*KINDS, "labels", "extra", "annotated")}
    for key, value in found.items():
        if key[0] in lists:
            lists[key[0]].append(value)
    annotated = tuple(lists.pop("annotated"))
    return replace(
        like,
        **{name: found[name,] for name in _FIELDS},
        **{name: tuple(items) for name, items in lists.items()},
        meta=Meta(**_below(found, "meta")),
        status=Status(**_below(found, "status"), annotated=annotated),
        provenance=Provenance(**_below(found, "provenance")),
    )


def _below(found: Mapping[Key, Any], name: str) -> dict[str, Any]:
    return {key[1]: value for key, value in found.items() if key[0] == name}
