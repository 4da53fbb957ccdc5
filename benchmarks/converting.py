"""Gold and predictions in the formats that other scorers read.

    python -m benchmarks.converting GOLD PREDICTED FOLDER

Both are files of records with the same documents in the same order. Of each side it writes
`gold` or `predicted` with the suffix of each of `FORMATS`. A word is a token of the gold record
or, if it has none, what stands between white space; a span is the words that it touches.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document, Mention, Pair, Trigger
from glose.corpus.jsonl import read
from glose.evaluate.numbering import natural

SIDES = ("gold", "predicted")
HIPE = (
    "TOKEN", "NE-COARSE-LIT", "NE-COARSE-METO", "NE-FINE-LIT", "NE-FINE-METO", "NE-FINE-COMP",
    "NE-NESTED", "NEL-LIT", "NEL-METO", "MISC",
)  # fmt: skip


class Span(NamedTuple):
    """A mention by the numbers of its words, half-open."""

    type: str
    first: int
    last: int
    link: str = "_"


class Places:
    """Tells which words a span touches."""

    def __init__(self, words: Sequence[Pair]) -> None:
        self._starts = [start for start, _ in words]
        self._ends = [end for _, end in words]

    def __call__(self, span: Mention | Trigger) -> Pair:
        """Return the numbers of the words of a span, half-open."""
        return bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)


class Side(NamedTuple):
    """One side of a document: its words, its spans in file order, the bounds of either side."""

    document: Document
    words: Sequence[str]
    places: Places
    spans: Sequence[Span]
    bounds: Sequence[Pair]


Format: TypeAlias = Callable[[Side], str]


def linked(mention: Mention) -> str:
    """Return what a mention is linked to, as HIPE has it: an id, `NIL`, or `_` for nothing."""
    if not mention.links:
        return "_"
    first = mention.links[0]
    return "NIL" if first.kb == "NIL" else first.id


def flat(spans: Sequence[Span]) -> list[Span]:
    """Return what tags can hold: of spans that overlap the longest, the first, the first type."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.first - s.last, s.first, s.type)):
        if all(span.last <= other.first or other.last <= span.first for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.first)


def tags(spans: Sequence[Span], length: int) -> list[str]:
    """Return the BIO tags of so many words."""
    found = ["O"] * length
    for span in flat(spans):
        found[span.first] = f"B-{span.type}"
        found[span.first + 1 : span.last] = [f"I-{span.type}"] * (span.last - span.first - 1)
    return found


def conll(side: Side) -> str:
    """A word and its tag on a line, a blank line after each document."""
    lines = zip(side.words, tags(side.spans, len(side.words)), strict=True)
    return "".join(f"{token}\t{tag}\n" for token, tag in lines) + "\n"


def spans(side: Side) -> str:
    """A list of mentions in words, ends inclusive, as JSON: a line for each document."""
    found = [{"label": s.type, "start": s.first, "end": s.last - 1} for s in side.spans]
    return json.dumps(found) + "\n"


def hipe(side: Side) -> str:
    """The columns of HIPE-2022: coarse types, and links where a mention has one."""
    links = ["_"] * len(side.words)
    for span in flat(side.spans):
        links[span.first : span.last] = [span.link] * (span.last - span.first)
    rows = zip(side.words, tags(side.spans, len(side.words)), links, strict=True)
    lines = (f"{token}\t{tag}\tO\tO\tO\tO\tO\t{link}\t_\t_\n" for token, tag, link in rows)
    return f"# hipe2022:document_id = {side.document.id}\n{''.join(lines)}\n"


def chains(side: Side) -> str:
    """CoNLL-2012 with a line for each mention of either side, so that mentions may cross."""
    place = {mention.id: (mention.start, mention.end) for mention in side.document.mentions}
    owner: dict[Pair, int] = {}
    for number, entity in enumerate(side.document.entities):
        for name in entity.mentions:
            owner.setdefault(place[name], number)
    name = side.document.id
    lines = (
        f"{name}\t{number}\tw\t{f'({owner[bounds]})' if bounds in owner else '-'}\n"
        for number, bounds in enumerate(side.bounds)
    )
    return f"#begin document ({name}); part 000\n{''.join(lines)}\n#end document\n"


def events(side: Side) -> str:
    """What TextEE's scorer is given of a document: triggers, types and arguments, in words."""
    mentions = {mention.id: mention for mention in side.document.mentions}
    found = [
        {
            "trigger": [*side.places(trigger), event.type],
            "arguments": [
                [*side.places(mentions[a.ref]), a.role] for a in event.args if a.ref in mentions
            ],
        }
        for event in side.document.events
        for trigger in event.triggers[:1]
    ]
    return json.dumps({"doc_id": side.document.id, "wnd_id": "0", "events": found}) + "\n"


def nuggets(side: Side) -> str:
    """TBF, the format of TAC KBP: an event with a trigger on a line, then clusters."""
    name, shown = side.document.id, set()
    lines = [f"#BeginOfDocument {name}\n"]
    for event in sorted(side.document.events, key=lambda event: natural(event.id)):
        for trigger in event.triggers[:1]:
            shown.add(event.id)
            pieces = trigger.fragments or ((trigger.start, trigger.end),)
            place = ";".join(f"{start},{end}" for start, end in pieces)
            realis = event.modality or "NOT_ANNOTATED"
            lines.append(f"glose\t{name}\t{event.id}\t{place}\tx\t{event.type}\t{realis}\n")
    for cluster in side.document.event_clusters:
        own = [each for each in cluster.events if each in shown]
        if len(own) > 1:
            lines.append(f"@Coreference\t{cluster.id}\t{','.join(own)}\n")
    return "".join((*lines, "#EndOfDocument\n"))


#: What is written, by the suffix of the file.
FORMATS: Mapping[str, Format] = {
    "conll": conll, "spans.jsonl": spans, "hipe.tsv": hipe, "chains": chains,
    "events.jsonl": events, "tbf": nuggets,
}  # fmt: skip


def sides(gold: Document, predicted: Document) -> tuple[Side, Side]:
    """Return both sides of a document over the words of gold."""
    text = gold.text or ""
    words = gold.tokens or [found.span() for found in re.finditer(r"\S+", text)]
    # Nothing that a file of columns would take for something else.
    shown = [re.sub(r"\s|^#", "_", text[start:end]) or "_" for start, end in words]
    places = Places(words)
    both = (*gold.mentions, *predicted.mentions)
    bounds = sorted({(mention.start, mention.end) for mention in both})
    one, other = (
        Side(document, shown, places, listed(document, places), bounds)
        for document in (gold, predicted)
    )
    return one, other


def listed(document: Document, places: Places) -> list[Span]:
    """Return the mentions in file order, that of their ids."""
    mentions = sorted(document.mentions, key=lambda mention: natural(mention.id))
    return [Span(m.type, *places(m), linked(m)) for m in mentions]


def paired(gold: Path, predicted: Path) -> Iterator[tuple[Document, Document]]:
    """Yield the documents of two files that have the same ones in the same order."""
    for one, other in zip(read(gold), read(predicted), strict=True):
        if one.id != other.id:
            raise SystemExit(f"{predicted}: expected document {one.id}, found {other.id}")
        yield one, other


def convert(gold: Path, predicted: Path, folder: Path) -> None:
    """Write both files in all formats to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {
            (side, suffix): stack.enter_context((folder / f"{side}.{suffix}").open("w"))
            for side in SIDES
            for suffix in FORMATS
        }
        for side in SIDES:
            files[side, "hipe.tsv"].write("\t".join(HIPE) + "\n")
        for pair in paired(gold, predicted):
            for name, found in zip(SIDES, sides(*pair), strict=True):
                for suffix, format_ in FORMATS.items():
                    files[name, suffix].write(format_(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "predicted", "folder"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    convert(options.gold, options.predicted, options.folder)


if __name__ == "__main__":
    main()
