"""CoNLL-U with the coreference of CorefUD: `Entity=`, `Bridge=` and `SplitAnte=` in MISC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Argument, Document, Mention, Pair, Relation, fingerprint
from glose.corpus.files import whole
from glose.corpus.formats import conllu_comments, entity_fields, inputs, words
from glose.corpus.formats.brackets import tangled, written
from glose.corpus.formats.conllu_reading import BRIDGE, SPLIT, WIDTH, documents
from glose.corpus.formats.declaration import NAME, Format, Task
from glose.corpus.formats.entity_fields import escaped
from glose.corpus.formats.facts import ENDS, first
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.words import Words

_SUFFIXES = (".conllu", ".conllu.gz")
_BLANK = re.compile(r"\s+")
_SPACE = re.compile(r"[ \t\n|\\]")
_SPACES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "|": "\\p", "\\": "\\\\"}
_ROW = re.compile(r"\d+(?:[-.]\d+)?\t[^\t]+(?:\t[^\t]*){7}\t[^\t]*")


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, *_SUFFIXES):
        yield from documents(file, inputs.identifier(file, path, task[NAME.name]), task)


# --------------------------------------------------------------------------------------------
# What CoNLL-U cannot say
# --------------------------------------------------------------------------------------------


def _fitted(document: Document, losses: Losses) -> Document:
    fields = "fields are not empty, each is there once, and links have no score"
    bridges = "bridging and split antecedents go from a mention to entities"
    document = losses.steps(
        document,
        (
            (_blank, "a text without words"),
            (conllu_comments.plain, "comments are one line each, and name fields as we do"),
            (entity_fields.plain, fields),
        ),
    )
    document = words.fitted(document, losses, heads=True)
    why = "brackets cannot tell mentions of one entity that cross"
    document = losses.changed(document, without(document, tangled(document)), why)
    document = words.grouped(document, losses)
    names = "names of sentences are one line each"
    return losses.steps(document, ((_sourced, names), (_related, bridges)))


def _blank(document: Document) -> Document:
    """Return a document without the text that is nothing but white space."""
    if (document.text or "").strip() or not document.text:
        return document
    bare = without(document, {m.id for m in document.mentions} | {s.id for s in document.segments})
    return replace(bare, text="", text_sha256=fingerprint(""), tokens=())


def _sourced(document: Document) -> Document:
    return replace(
        document,
        segments=tuple(
            replace(s, src=_BLANK.sub(" ", s.src).strip() or None) if s.src else s
            for s in document.segments
        ),
    )


def _related(document: Document) -> Document:
    """Return a document with the relations that MISC can hold, as they will be read."""
    sources = _Sources(document)
    kept: list[Relation] = []
    split: set[str] = set()
    for relation in filter(_fits, document.relations):
        found = sources.related(relation)
        source = found.args[0].ref or ""
        # A mention has one row of split antecedents.
        if relation.type != SPLIT or source not in split:
            kept.append(found)
        if relation.type == SPLIT:
            split.add(source)
    gone = {r.id for r in document.relations} - {r.id for r in kept}
    return replace(without(document, gone), relations=tuple(kept))


class _Sources:
    """Where relations go from and to once MISC has them: from a mention to entities.

    Of the mentions of an entity that begin at one word, the first has all relations.
    """

    def __init__(self, document: Document) -> None:
        self._mentions = {m.id: m for m in document.mentions}
        self._owners = {name: e.id for e in document.entities for name in e.mentions}
        self._starts: dict[tuple[str, int], Mention] = {}
        for mention in sorted(document.mentions, key=_rank):
            self._starts.setdefault((self._owners[mention.id], mention.start), mention)
        firsts = ((entity.id, first(entity, self._mentions)) for entity in document.entities)
        self._heads = {name: mention for name, mention in firsts if mention}

    def related(self, relation: Relation) -> Relation:
        """Return a relation as it will be read."""
        left, *right = (argument.ref or "" for argument in relation.args)
        source = self._mentions.get(left) or self._heads[left]
        source = self._starts[self._owners[source.id], source.start]
        others = (Argument(ENDS[1], ref=self._owners.get(ref, ref)) for ref in right)
        return replace(relation, args=(Argument(ENDS[0], ref=source.id), *others))


def _rank(mention: Mention) -> tuple[int, int, int]:
    return mention.start, -mention.end, len(mention.fragments)


def _fits(relation: Relation) -> bool:
    if relation.type == SPLIT:
        return len(relation.args) > 1
    return len(relation.args) == 2 and (relation.type == BRIDGE or bool(_subtype(relation)))


def _subtype(relation: Relation) -> str:
    base, _, type_ = relation.type.partition(".")
    return type_ if base == BRIDGE else ""


# --------------------------------------------------------------------------------------------
# Rows
# --------------------------------------------------------------------------------------------


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    number = 0
    with whole(path) as stream:
        for number, document in enumerate(found, start=1):  # noqa: B007
            for line in _lines(_fitted(document, task.losses)):
                stream.write(f"{line}\n".encode())
    return number


def _lines(document: Document) -> Iterator[str]:
    names = entity_fields.declared(document)
    yield f"# newdoc id = {document.id}"
    yield f"# global.Entity = {'-'.join(map(escaped, names))}"
    yield from conllu_comments.lines(document)
    own = Words(document)
    misc = _misc(document, own, names)
    for number, (pair, sentence) in enumerate(words.sentences(document, own), start=1):
        if pair[0] < pair[1]:
            stated = sentence.src if sentence else None
            yield f"# sent_id = {stated or f'{document.id}-{number}'}"
            yield from _sentence(pair, own, misc)
            yield ""
    if not own.tokens:
        yield ""


def _sentence(pair: Pair, own: Words, misc: dict[int, list[str]]) -> Iterator[str]:
    """Yield the text of a sentence, and a row for each of its words."""
    start, end = own.tokens[pair[0]][0], own.tokens[pair[1] - 1][1]
    yield f"# text = {_BLANK.sub(' ', own.text[start:end])}"
    for place, at in enumerate(range(*pair), start=1):
        columns = [str(place), own.form(at), *"_" * (WIDTH - 3)]
        yield "\t".join([*columns, "|".join([*misc.get(at, []), *_spaces(own, at)]) or "_"])


def _spaces(own: Words, at: int) -> Iterator[str]:
    """Yield what says which white space is around a word."""
    if at == 0 and own.tokens[0][0]:
        yield f"SpacesBefore={_spelled(own.text[: own.tokens[0][0]])}"
    gap, last = own.gap(at), at == len(own.tokens) - 1
    # Nothing is said of one blank, nor of nothing at the end of the document.
    usual = "" if last else " "
    if gap != usual:
        yield f"SpacesAfter={_spelled(gap)}" if gap else "SpaceAfter=No"


def _spelled(text: str) -> str:
    return _SPACE.sub(lambda found: _SPACES[found[0]], text)


def _misc(document: Document, own: Words, names: tuple[str, ...]) -> dict[int, list[str]]:
    """Return what is said of mentions, by the number of a word."""
    eids = {name: f"e{number}" for name, number in words.numbered(document).items()}
    owners = {name: eids[e.id] for e in document.entities for name in e.mentions}
    spans = chain.from_iterable(
        _spans(mention, own, owners[mention.id], names) for mention in document.mentions
    )
    found = {at: [f"Entity={marks}"] for at, marks in written(spans).items()}
    places = {m.id: own.range(m.start, m.end)[0] for m in document.mentions}
    for (at, kind), pairs in _pairs(document, places, owners, eids).items():
        found.setdefault(at, []).append(f"{kind}={','.join(pairs)}")
    return found


def _spans(
    mention: Mention, own: Words, eid: str, names: tuple[str, ...]
) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield the brackets of the pieces of a mention."""
    ranges = own.ranges(mention)
    fields = entity_fields.fields(mention, _head(mention, own), names)
    for number, pair in enumerate(ranges, start=1):
        name = f"{eid}[{number}/{len(ranges)}]" if len(ranges) > 1 else eid
        yield pair, f"{name}-{fields}" if fields else name, name


def _head(mention: Mention, own: Words) -> str:
    """Return which words of a mention are its head, from 1."""
    if not mention.head:
        return ""
    inside = list(chain.from_iterable(range(*pair) for pair in own.ranges(mention)))
    taken = range(*own.range(mention.head[0], mention.head[1]))
    return ",".join(str(inside.index(number) + 1) for number in taken)


def _pairs(
    document: Document, places: dict[str, int], owners: dict[str, str], eids: dict[str, str]
) -> dict[tuple[int, str], list[str]]:
    """Return the relations by word and kind, each as `antecedent<anaphor`."""
    found: dict[tuple[int, str], list[str]] = {}
    for relation in document.relations:
        anaphor, *antecedents = (argument.ref or "" for argument in relation.args)
        kind = "SplitAnte" if relation.type == SPLIT else "Bridge"
        type_ = _subtype(relation)
        ending = f":{escaped(type_).replace(':', '%3A')}" if type_ else ""
        own = found.setdefault((places[anaphor], kind), [])
        own += [f"{eids[name]}<{owners[anaphor]}{ending}" for name in antecedents]
    return found


def _detect(path: Path, head: bytes) -> bool:
    """Whether the first line that is no comment is a number and nine columns more."""
    if path.is_dir():
        return bool(inputs.files(path, *_SUFFIXES))
    for line in head.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"):
        if line.startswith("# newdoc") or (line.strip() and not line.startswith("#")):
            return line.startswith("#") or bool(_ROW.fullmatch(line.rstrip("\r")))
    return False


FORMAT = Format(
    "CoNLL-U with coreference as in CorefUD and GUM",
    (".conllu",),
    _read,
    _write,
    _detect,
    holds=frozenset(
        {
            "texts", "mentions", "types of mentions", "heads", "levels", "discontinuous mentions",
            "nested mentions", "crossing mentions", "entities", "entities of one mention",
        }
    ),
    partly={
        "metadata": "as comments of one line",
        "links": "one of each base, without scores",
        "attributes of mentions": "one of each name, not empty",
        "tokens": "cut at white space and at the borders of mentions",
        "sentences": "that are whole words, do not overlap, and cut no mention",
        "sources of segments": "of sentences, as sent_id",
        "relations": "bridging and split antecedents, of a mention and entities",
        "relations of entities": "as what bridging goes to",
        "relations not of two": "split antecedents",
    },
    offsets="tokens",
    options=(NAME,),
)  # fmt: skip
