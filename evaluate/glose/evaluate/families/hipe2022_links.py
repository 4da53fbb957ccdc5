"""Entity linking of CLEF HIPE as its scorer counts it (docs/metrics/links.md).

The protocol `hipe2022` has it beside the entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from glose.corpus.document import Document, Mention
from glose.evaluate.counts import Kinds, Statistic, Tally
from glose.evaluate.families import hipe2022
from glose.evaluate.families.hipe2022 import AVERAGES, greedy
from glose.evaluate.flat import Chunk, laid
from glose.evaluate.linked import NIL, best, is_nil
from glose.evaluate.projection import Cut, View
from glose.evaluate.protocol import Protocol
from glose.evaluate.traces import Trace
from glose.evaluate.words import Words

#: The row of a document without links.
_NONE = Kinds(*[0] * len(Kinds._fields))


class Page(NamedTuple):
    """A document, and the label in the column of links of each of its mentions, by their ids."""

    document: Document
    cut: Cut
    labels: Mapping[str, str]


def pages(document: Document, cut: Cut = str) -> Sequence[Page]:
    """Return the one page of a document; what the scorer does not read as a link has no label."""
    labels = {mention.id: _label(mention) for mention in document.mentions if mention.links}
    return [Page(document, cut, {ident: each for ident, each in labels.items() if each})]


def _label(mention: Mention) -> str:
    """Return what stands in the column: nothing without a link, `NIL`, or an id in capitals.

    The scorer takes the part after the last hyphen of a label for its type, and then finds no type
    for a label with a hyphen.
    """
    link = best(mention.links)
    if link is None:
        return ""
    label = NIL if is_nil(link) else link.id.upper().split("|")[0]
    return "" if "-" in label or label in {"_", "O"} else label


def count(gold: Sequence[Page], predicted: Sequence[Page]) -> Tally:
    """Return the counts of the links of two documents, `Kinds`, in which links are the types.

    What is wrong on the right place is no prediction of its own label: a label that is only ever
    given wrongly has no row, and does not count in a mean over labels.
    """
    (wanted,), (found,) = gold, predicted
    if not wanted.labels and not found.labels:
        return {None: _NONE}
    words = Words.of(wanted.document)
    tally = greedy(*([c[:3] for c in _linked(page, words)] for page in (wanted, found)))
    rows = {name: Kinds(*row) for name, row in tally.items()}
    return {
        name: tuple(row._replace(type_predicted=0, both_predicted=0)) for name, row in rows.items()
    }


def _linked(page: Page, words: Words) -> list[Chunk]:
    chunks = laid(page.document, page.cut).flat(words) if page.labels else ()
    return [c._replace(type=page.labels[c.id]) for c in chunks if c.id in page.labels]


def _traced(gold: View, predicted: View) -> Iterator[Trace]:
    (wanted,), (found,) = gold.items(pages), predicted.items(pages)
    words = Words.of(wanted.document)
    return hipe2022.traced(_linked(wanted, words), _linked(found, words))


LINKS = Statistic(
    "hipe2022 links",
    ("mentions",),
    Kinds,
    pages,
    count,
    reads=("mentions", "tokens"),
    trace=_traced,
)

#: Links are too many for a row of means for each.
METRICS = tuple(
    replace(metric, averages=tuple(replace(each, by_type=False) for each in AVERAGES))
    for metric in hipe2022.metrics("hipe2022/nel-", LINKS)
)
PROTOCOLS: tuple[Protocol, ...] = ()
