"""What an operation breaks: rules of the record, the schema, rules of comments.

Only what is new is held against it. What was wrong before, as a model's predictions may be, is
no reason to refuse a change of something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from sys import maxsize

import msgspec

from glose.annotate.store.neighbourhood import Part, parts, unlisted
from glose.annotate.store.operations import Change
from glose.annotate.store.remarks import comment_faults, decision_faults
from glose.annotate.store.state import State
from glose.corpus import cautions, rules
from glose.corpus.rules import KINDS
from glose.corpus.schema import Schema
from glose.corpus.violations import violations


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against an operation, and what it should be warned of: one line each."""

    refused: tuple[str, ...]
    warnings: tuple[str, ...]


def check(state: State, changes: tuple[Change, ...], schema: Schema | None) -> Verdict:
    """Return what changes to a state break that was not broken before.

    The cost is that of their neighbourhood, and of the hash of the text.
    """
    before, after = parts(state, changes)
    return compared(before, after, schema)


def compared(before: Part, after: Part, schema: Schema | None) -> Verdict:
    """Return what is wrong with a part of a record after a change, and was not before.

    Required roles are warned of only: no event can be born with them filled.
    """
    lenient = msgspec.structs.replace(schema, required="warning") if schema else None
    refused = Counter(_errors(after, lenient)) - Counter(_errors(before, lenient))
    warned = Counter(_cautions(after, lenient)) - Counter(_cautions(before, lenient))
    return Verdict(tuple(refused), tuple(warned))


def _errors(part: Part, schema: Schema | None) -> Iterator[str]:
    yield from rules.faults(part.document)
    yield from _remarks(part)
    if schema is not None:
        found = violations(part.document, schema)
        yield from (str(one) for one in found if one.level == "error")


def _cautions(part: Part, schema: Schema | None) -> Iterator[str]:
    yield from cautions.warnings(unlisted(part.document))
    if schema is not None:
        found = violations(part.document, schema)
        yield from (str(one) for one in found if one.level == "warning")


def _remarks(part: Part) -> Iterator[str]:
    document = part.document
    known = {item.id for name in KINDS for item in getattr(document, name)}
    size = maxsize if document.text is None else len(document.text)
    for comment in part.comments:
        yield from comment_faults(comment, known, size)
    for decision in part.decisions:
        yield from decision_faults(decision)
