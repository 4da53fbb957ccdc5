"""NewsML-G2: news items, alone or several in a message, with their text inline."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any, TypeAlias

from glose.corpus.building import fragments, trees
from glose.corpus.building.blocks import blocks
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, Lost, Skipped, flat
from glose.corpus.building.fragments import Walk, children
from glose.corpus.building.readers import nitf
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.readers.texts import media
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.building.vocabularies import HTML, NITF
from glose.corpus.formats.markup import Element, local

_ROOTS = frozenset(("newsMessage", "newsItem", "packageItem", "knowledgeItem", "conceptItem"))
#: Items that hold no text: they refer to others, or define terms.
_NO_TEXT = frozenset(
    ("packageItem", "knowledgeItem", "conceptItem", "planningItem", "catalogItem")
)
#: Where an item says what: path, field of `meta` or name in `extra`.
_STATED = (
    (("contentMeta", "headline"), "title"),
    (("itemMeta", "title"), "title"),
    (("contentMeta", "by"), "author"),
    (("contentMeta", "creator", "name"), "author"),
    (("contentMeta", "located", "name"), "place"),
    (("itemMeta", "provider", "name"), "agency"),
    (("contentMeta", "infoSource", "name"), "source"),
    (("contentMeta", "creditline"), "creditline"),
    (("rightsInfo", "copyrightNotice"), "rights"),
    (("rightsInfo", "usageTerms"), "usageTerms"),
    (("contentMeta", "dateline"), "dateline"),
    (("contentMeta", "slugline"), "slugline"),
    (("contentMeta", "urgency"), "urgency"),
    (("contentMeta", "keyword"), "keyword"),
    (("contentMeta", "description"), "description"),
    (("itemMeta", "edNote"), "edNote"),
)
_DATES = (
    ("contentMeta", "contentCreated"), ("itemMeta", "firstCreated"), ("itemMeta", "versionCreated")
)  # fmt: skip
#: What is stated by a code: path to the element.
_CODES = (
    ("contentMeta", "located"), ("contentMeta", "subject"), ("contentMeta", "genre"),
    ("itemMeta", "provider"), ("itemMeta", "pubStatus"), ("itemMeta", "service"),
)  # fmt: skip


#: An element, of lxml, and its XPath.
Placed: TypeAlias = tuple[Any, str]


def detect(content: Content) -> bool:
    """Say if a source is NewsML-G2: its root is one of its items, or a message."""
    return content.root[0] in _ROOTS


def read(content: Content, _rules: Rules) -> Iterator[Draft | Lost | Skipped]:
    """Yield the documents of the items in a file; what refers to others only is skipped."""
    root, encoding = trees.root(content)
    items = list(_items(root))
    several = sum(local(item) == "newsItem" for item, _ in items) > 1
    for number, (item, path) in enumerate(items, start=1):
        name = local(item)
        if name in _NO_TEXT:
            yield Skipped(name)
            continue
        place = f"item {number}" + (f" {flat(item.get('guid'))}" if item.get("guid") else "")
        try:
            found = _document(item, path)
        except RejectError as error:
            yield Lost(place, str(error))
            continue
        if isinstance(found, Draft):
            found.id = item.get("guid") if several else None
            found.place, found.media = place, media(found.media or READER.media, encoding)
        yield found


def _items(root: Element) -> Iterator[Placed]:
    """Yield the items of a file with their XPaths: those of a message, or the one that it is."""
    top = f"/{local(root)}"
    if local(root) != "newsMessage":
        yield root, top
        return
    for itemset, path in children(root, top):
        if local(itemset) == "itemSet":
            yield from ((item, below) for item, below in children(itemset, path) if local(item))


def _document(item: Element, path: str) -> Draft | Skipped:
    """Return the draft of an item; pictures and the like, which have no text, are skipped."""
    found = [
        (content, place)
        for contents, below in children(item, path)
        if local(contents) == "contentSet"
        for content, place in children(contents, below)
        if local(content)
    ]
    left = list[str]()
    body, kind = _body(found, left)
    if body is None:
        classes = [c.get("qcode") or "" for c in trees.below(item, "itemMeta", "itemClass")]
        if classes and classes[0].rsplit(":", 1)[-1] != "text":
            return Skipped(f"newsItem {classes[0]}")
        raise RejectError("no text in its contentSet; expected inlineXML or inlineData")
    headline = trees.first(item, "contentMeta", "headline")
    draft = _headed(body, headline, path).draft()
    draft.left, draft.media = left, f"{READER.media}; content={kind}"
    for content, _ in found:
        if local(content) == "inlineXML":
            for story in trees.below(content, "nitf"):
                nitf.describe(draft, story)
    _describe(draft, item)
    return draft


def _body(contents: list[Placed], left: list[str]) -> tuple[Blocks | None, str]:
    """Return the blocks of the first content that has text, with its type; others are left."""
    body, kind = None, ""
    for content, path in contents:
        name = local(content)
        if body is None and name == "inlineXML":
            body, kind = _marked(content, path, left)
        elif body is None and name == "inlineData":
            body, kind = _plain(content, path, left)
        else:
            left.append(f"{name} {content.get('contenttype') or ''}".strip())
    return body, kind


def _marked(content: Element, path: str, left: list[str]) -> tuple[Blocks | None, str]:
    """Return the blocks of NITF or XHTML that stands inline."""
    story = any(local(child) == "nitf" for child in content)
    walk = Walk(NITF if story else HTML)
    walk.take(content, path)
    left += walk.left
    return walk.blocks or None, "nitf" if story else "xhtml"


def _plain(content: Element, path: str, left: list[str]) -> tuple[Blocks | None, str]:
    """Return the blocks of text or HTML that stands inline as characters."""
    kind = (content.get("contenttype") or "text/plain").split(";")[0].strip().lower()
    text = "".join(content.itertext())
    if not kind.startswith("text/"):
        left.append(f"inlineData {kind}")
        return None, kind
    if content.get("encoding"):
        text = _unpacked(text, content.get("encoding"))
    if kind == "text/html" or fragments.BLOCKS.match(text):
        walk = fragments.walked(text, f"xpath={path}")
        left += walk.left
        return walk.blocks or None, kind
    found = Blocks()
    for start, end in blocks(text):
        found.add("paragraph", text[start:end], f"xpath={path}")
    return found or None, kind


def _unpacked(text: str, encoding: str) -> str:
    try:
        if "base64" not in encoding.lower():
            raise RejectError(f"inlineData in {encoding}; expected text, plain or in base64")
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise RejectError(f"inlineData is no UTF-8 in base64 ({error})") from error


def _headed(body: Blocks, headline: str, path: str) -> Blocks:
    """Return the blocks with the headline of the item in front, unless they have it already."""
    first = body.parts[0]
    own = flat(body.text[first.start : first.end])
    if not headline or any(part.type == "title" for part in body.parts):
        return body
    repeated = own == headline
    found = Blocks()
    found.add("title", headline, first.src if repeated else f"xpath={path}/contentMeta/headline")
    found.extend(body, int(repeated))
    return found


def _describe(draft: Draft, item: Element) -> None:
    """State what the item says about its content."""
    for names, field in _STATED:
        for element in trees.below(item, *names):
            draft.tell(field, trees.words(element), names[-1] if len(names) < 3 else names[1])
    for names in _DATES:
        for element in trees.below(item, *names):
            draft.tell("date", trees.words(element), names[1])
    for language in trees.below(item, "contentMeta", "language"):
        draft.tell("language", language.get("tag"))
    for names in _CODES:
        for element in trees.below(item, *names):
            draft.tell(f"{names[1]} code", element.get("qcode") or element.get("uri"))
    draft.tell("guid", item.get("guid"))
    draft.tell("version", item.get("version"))
    if "language" not in draft.meta:
        draft.tell("language", trees.language(item), "xml:lang")


READER = Reader(
    "NewsML-G2", "application/vnd.iptc.g2.newsitem+xml", (".newsml", ".xml"), detect, read
)
