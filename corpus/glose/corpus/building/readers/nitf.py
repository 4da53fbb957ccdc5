"""NITF: a story of an agency in XML, with headline, byline, dateline and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.building import trees
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.fragments import Walk
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.readers.texts import media
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.building.vocabularies import NITF
from glose.corpus.formats.markup import Element, local

#: What is stated in attributes of `docdata` and its like: element, attribute, field or `extra`.
_ATTRIBUTES = (
    ("date.issue", "norm", "date"),
    ("date.release", "norm", "date"),
    ("pubdata", "date.publication", "date"),
    ("pubdata", "name", "source"),
    ("doc.copyright", "holder", "rights"),
    ("doc-id", "id-string", "doc-id"),
    ("urgency", "ed-urg", "urgency"),
    ("du-key", "key", "du-key"),
    ("keyword", "key", "keyword"),
    ("evloc", "city", "evloc"),
)


def detect(content: Content) -> bool:
    """Say if a source is NITF: its root says so."""
    return content.root[0] == "nitf"


def read(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a story."""
    root, encoding = trees.root(content)
    draft = story(root, f"/{local(root)}")
    draft.media = media(READER.media, encoding)
    yield draft


def story(root: Element, path: str) -> Draft:
    """Return the draft of an element `nitf`; raise `RejectError` if it has no text."""
    walk = Walk(NITF)
    walk.take(root, path)
    if not walk.blocks:
        raise RejectError("no text in its body; expected hl1, abstract or body.content")
    draft = walk.blocks.draft()
    draft.left = walk.left
    describe(draft, root)
    return draft


def describe(draft: Draft, root: Element) -> None:
    """State what the head and the body of a story say about it."""
    body_head = ("body", "body.head")
    headline = trees.first(root, *body_head, "hedline", "hl1")
    draft.tell("title", headline or trees.first(root, "head", "title"))
    if headline and trees.first(root, "head", "title") != headline:
        draft.tell("head/title", trees.first(root, "head", "title"))
    draft.tell("agency", trees.first(root, *body_head, "distributor"), "distributor")
    for byline in trees.below(root, *body_head, "byline"):
        people = [trees.words(person) for person in trees.below(byline, "person")]
        draft.tell(
            "author", ", ".join(filter(None, people)) or " ".join(byline.itertext()), "byline"
        )
    draft.tell("place", trees.first(root, *body_head, "dateline", "location"), "dateline")
    draft.tell("language", trees.language(root), "xml:lang")
    draft.tell("rights", trees.first(root, *body_head, "rights"), "body.head/rights")
    _describe_head(draft, root)


def _describe_head(draft: Draft, root: Element) -> None:
    for head in trees.below(root, "head"):
        for name, attribute, field in _ATTRIBUTES:
            for element in head.iter(f"{{*}}{name}"):
                draft.tell(field, element.get(attribute), name)
        for meta in trees.below(head, "meta"):
            draft.tell(f"meta {meta.get('name') or ''}".strip(), meta.get("content"))
    for dated in root.iter("{*}story.date"):
        draft.tell("date", dated.get("norm"), "story.date")


READER = Reader("NITF", "application/nitf+xml", (".nitf",), detect, read)
