"""Mentions as the columns of HIPE: coarse and fine, literal and metonymic, components, nested.

A mention without an attribute `column` is literal, in the coarse and in the fine column, or nested
in one that is. `column` says where any other stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Link, Mention, Pair
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.tagging import OUTSIDE, Chunk, Chunker, tags
from glose.corpus.formats.words import Words

TOKEN, MISC = "TOKEN", "MISC"
LITERAL = ("NE-COARSE-LIT", "NE-FINE-LIT")
METONYMIC = ("NE-COARSE-METO", "NE-FINE-METO")
COMPONENT, NESTED = "NE-FINE-COMP", "NE-NESTED"
#: The column of links for each column of coarse types.
LINKS = {"NE-COARSE-LIT": "NEL-LIT", "NE-COARSE-METO": "NEL-METO"}
HEADER = (
    TOKEN, "NE-COARSE-LIT", "NE-COARSE-METO", "NE-FINE-LIT", "NE-FINE-METO", COMPONENT, NESTED,
    "NEL-LIT", "NEL-METO", MISC,
)  # fmt: skip
#: The attribute that says where a mention stands, and in which columns that is.
COLUMN = "column"
PLACES: Mapping[str, tuple[str, ...]] = {
    "": LITERAL,
    "coarse": LITERAL[:1],
    "fine": LITERAL[1:],
    "metonymic": METONYMIC,
    "metonymic coarse": METONYMIC[:1],
    "metonymic fine": METONYMIC[1:],
    "component": (COMPONENT,),
    "nested": (NESTED,),
}
NIL, WIKIDATA = "NIL", "wikidata"

_BLANK = re.compile(r"\s+")
_ENTRY = re.compile(r"[^\s_|][^\s|]*")


def coarse(type_: str) -> str:
    """Return the type of the coarse column: what stands before the first full stop."""
    return type_.partition(".")[0] or type_


def place(mention: Mention) -> str:
    """Return where a mention says that it stands."""
    return next((a.value for a in mention.attrs if a.name == COLUMN), "")


# --------------------------------------------------------------------------------------------
# Reading
# --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """A mention as the columns have it, by the numbers of its words."""

    type: str
    start: int
    end: int
    place: str
    links: tuple[Link, ...] = ()


def found(columns: Mapping[str, Sequence[str]], chunker: Chunker) -> list[Found]:
    """Return the mentions of columns of tags, sorted."""
    chunks = {
        name: list(chunker.chunks([OUTSIDE if tag in ("_", "") else tag for tag in column]))
        for name, column in columns.items()
        if name.startswith("NE-")
    }
    literal = list(_merged(chunks, LITERAL, ("", "coarse", "fine"), columns))
    places = ("metonymic", "metonymic coarse", "metonymic fine")
    others = list(_merged(chunks, METONYMIC, places, columns))
    others += [Found(c.type, c.start, c.end, "component") for c in chunks.get(COMPONENT, ())]
    others += [_nested(chunk, literal) for chunk in chunks.get(NESTED, ())]
    return sorted(literal + others, key=lambda f: (f.start, -f.end, f.type, f.place))


def _nested(chunk: Chunk, literal: list[Found]) -> Found:
    """Return a nested mention; one that is in no literal one says where it stands."""
    inside = any(f.start <= chunk.start and chunk.end <= f.end for f in literal)
    return Found(chunk.type, chunk.start, chunk.end, "" if inside else "nested")


def _merged(
    chunks: Mapping[str, list[Chunk]],
    names: tuple[str, str],
    places: tuple[str, str, str],
    columns: Mapping[str, Sequence[str]],
) -> Iterator[Found]:
    """Yield the mentions of a coarse and a fine column; where both agree there is one."""
    fine = {(chunk.start, chunk.end): chunk.type for chunk in chunks.get(names[1], ())}
    links = columns.get(LINKS[names[0]], ())
    for chunk in chunks.get(names[0], ()):
        span = chunk.start, chunk.end
        both = span in fine and coarse(fine[span]) == coarse(chunk.type)
        type_ = fine.pop(span) if both else chunk.type
        entries = _links(links[chunk.start]) if links else ()
        yield Found(type_, *span, places[0 if both else 1], entries)
    yield from (Found(type_, *span, places[2]) for span, type_ in fine.items())


def _links(text: str) -> tuple[Link, ...]:
    entries = (entry for entry in text.strip().split("|") if entry not in ("", "_", "O"))
    return tuple(Link(NIL if entry == NIL else WIKIDATA, entry) for entry in entries)


# --------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Columns:
    """The columns of a document as they are filled."""

    words: Words
    chunks: dict[str, list[Chunk]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))

    def free(self, name: str, start: int, end: int) -> bool:
        """Whether no mention of a column has one of these words."""
        return all(chunk.end <= start or end <= chunk.start for chunk in self.chunks[name])

    def take(self, mention: Mention) -> Mention | None:
        """Take a mention if there is room for it; return it as it will be read."""
        pair = self.words.range(mention.start, mention.end)
        stated = self._stated(mention, pair)
        names = self._room(stated, pair)
        if not names or self._twin(names, mention.type, *pair):
            return None
        links = self._put(mention, names, *pair)
        attrs = (Attribute(COLUMN, stated),) if stated else ()
        return replace(mention, attrs=attrs, links=links)

    def _nested(self, pair: Pair) -> bool:
        """Whether some words are inside a literal mention."""
        literal = (chunk for name in LITERAL for chunk in self.chunks[name])
        return any(chunk.start <= pair[0] and pair[1] <= chunk.end for chunk in literal)

    def _stated(self, mention: Mention, pair: Pair) -> str:
        """Return where a mention has to say that it stands."""
        stated = place(mention)
        understood = stated not in PLACES or (stated == "nested" and self._nested(pair))
        return "" if understood else stated

    def _room(self, stated: str, pair: Pair) -> tuple[str, ...]:
        """Return the columns of a mention; none if another has one of its words there."""
        names = PLACES[stated]
        if not stated and self._nested(pair):
            names = (NESTED,)
        return names if all(self.free(name, *pair) for name in names) else ()

    def _twin(self, names: tuple[str, ...], type_: str, start: int, end: int) -> bool:
        """Whether the other of two columns has what would be read as one with this."""
        pairs = (pair for pair in (LITERAL, METONYMIC) if len({*names} & {*pair}) == 1)
        return any(
            (chunk.start, chunk.end, coarse(chunk.type)) == (start, end, coarse(type_))
            for pair in pairs
            for name in pair
            for chunk in self.chunks[name]
        )

    def _put(
        self, mention: Mention, names: tuple[str, ...], start: int, end: int
    ) -> tuple[Link, ...]:
        """Put a mention in some columns; return the links that it keeps there."""
        links: tuple[Link, ...] = ()
        for name in names:
            both = len(names) > 1 and name in LINKS
            type_ = coarse(mention.type) if both else mention.type
            self.chunks[name].append(Chunk(start, end, type_))
            if name in LINKS:
                links = tuple(Link(k.kb, k.id) for k in mention.links if _writable(k))
                self._link(LINKS[name], links, range(start, end))
        return links

    def _link(self, column: str, links: tuple[Link, ...], words: range) -> None:
        entries = "|".join(link.id for link in links) or "_"
        self.links[column].update(dict.fromkeys(words, entries))

    def rows(self, size: int) -> Iterator[list[str]]:
        """Yield what stands between token and remarks, for each word."""
        filled = [self._column(name, size) for name in HEADER[1:-1]]
        for number in range(size):
            yield [column[number] for column in filled]

    def _column(self, name: str, size: int) -> list[str]:
        if name in LINKS.values():
            return [self.links[name].get(n, "_") for n in range(size)]
        return tags(size, self.chunks[name], "IOB2")


def _writable(link: Link) -> bool:
    if link.kb == NIL:
        return link.id == NIL
    return link.kb == WIKIDATA and link.id != "O" != NIL and _ENTRY.fullmatch(link.id) is not None


def filled(document: Document, losses: Losses) -> tuple[Document, Columns]:
    """Return a document with the mentions that find room in the columns, and these."""
    spelled = replace(document, mentions=tuple(map(_spelled, document.mentions)))
    document = losses.changed(document, spelled, "types have no white space")
    columns = Columns(Words(document))
    ordered = sorted(document.mentions, key=lambda m: (_rank(m), m.start, -m.end, m.type))
    taken = {mention.id: columns.take(mention) for mention in ordered}
    fewer = without(document, {name for name, mention in taken.items() if mention is None})
    document = losses.changed(document, fewer, "no column is left for what overlaps so")
    kept = tuple(own for mention in document.mentions if (own := taken[mention.id]) is not None)
    why = "links are NIL or of wikidata, of coarse types, and without score; attributes `column`"
    return losses.changed(document, replace(document, mentions=kept), why), columns


def _rank(mention: Mention) -> bool:
    """Return whether a mention comes late: what may be nested in others, after those."""
    return place(mention) not in PLACES.keys() - {"", "nested"}


def _spelled(mention: Mention) -> Mention:
    return replace(mention, type=_BLANK.sub("_", mention.type) or "_")
