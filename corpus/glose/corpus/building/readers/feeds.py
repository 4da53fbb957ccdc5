"""RSS 2.0, RSS 1.0 and Atom: each item of a feed is a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glose.corpus.building import fragments, trees
from glose.corpus.building.blocks import blocks
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, Lost, flat
from glose.corpus.building.fragments import Walk, children
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.readers.texts import media
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.building.vocabularies import HTML
from glose.corpus.formats.markup import Element, local

ATOM = "http://www.w3.org/2005/Atom"
RSS1 = "http://purl.org/rss/1.0/"
DUBLIN = "http://purl.org/dc/elements/1.1/"
NETSCAPE = "http://my.netscape.com/rdf/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
#: Namespaces of elements that are those of RSS itself.
_RSS = ("", RSS1, "http://backend.userland.com/rss2", f"{NETSCAPE}simple/0.9/")

#: What an item states: namespaces, local name, field of `meta` or name in `extra`.
_STATED = (
    (_RSS, "pubDate", "date"), ((DUBLIN,), "date", "date"), ((ATOM,), "published", "date"),
    ((ATOM,), "updated", "date"), (_RSS, "author", "author"), ((DUBLIN,), "creator", "author"),
    (_RSS, "source", "source"), ((DUBLIN,), "publisher", "source"),
    ((DUBLIN,), "language", "language"), ((DUBLIN,), "rights", "rights"),
    ((ATOM,), "rights", "rights"), (_RSS, "category", "category"),
    ((DUBLIN,), "subject", "subject"), (_RSS, "guid", "guid"), ((ATOM,), "id", "id"),
)  # fmt: skip
#: What a feed states of all its items.
_SHARED = (
    (_RSS, "language", "language"), ((DUBLIN,), "language", "language"),
    (_RSS, "copyright", "rights"), ((DUBLIN,), "rights", "rights"), ((ATOM,), "rights", "rights"),
)  # fmt: skip
_BODIES = (
    ((CONTENT,), "encoded"), ((ATOM,), "content"), ((ATOM,), "summary"), (_RSS, "description"),
)  # fmt: skip


def detect(content: Content) -> bool:
    """Say if a source is a feed, by its root and the namespaces that it names."""
    name, tag = content.root
    return name == "rss" or (
        (name == "RDF" and ("purl.org/rss" in tag or NETSCAPE in tag))
        or (name in {"feed", "entry"} and ATOM in tag)
    )


def read(content: Content, _rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the items of a feed."""
    root, encoding = trees.root(content)
    kind = "application/atom+xml" if local(root) in {"feed", "entry"} else READER.media
    channels = [child for child in root if local(child) == "channel"]
    feed = channels[0] if channels else root
    shared = {} if local(root) == "entry" else _shared(feed)
    for number, (item, path) in enumerate(_items(root), start=1):
        place = f"item {number}"
        try:
            draft = _document(item, path)
            _describe(draft, item, shared)
        except RejectError as error:
            yield Lost(place, str(error))
            continue
        draft.id = _id(item) if local(root) != "entry" else None
        draft.place, draft.media = place, media(kind, encoding)
        yield draft


def _items(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the items of a feed with their XPaths; those of RSS 1.0 stand beside the channel."""
    top = f"/{local(root)}"
    if local(root) == "entry":
        yield root, top
        return
    for child, path in children(root, top):
        if local(child) in {"item", "entry"}:
            yield child, path
        elif local(child) == "channel":
            for item, below in children(child, path):
                if local(item) == "item":
                    yield item, below


def _named(element: Element, spaces: tuple[str, ...], name: str) -> Iterator[Element]:
    """Yield the children of that name in one of some namespaces."""
    for child in element:
        if local(child) == name and _space(child) in spaces:
            yield child


def _space(element: Element) -> str:
    return element.tag[1:].split("}")[0] if element.tag.startswith("{") else ""


def _document(item: Element, path: str) -> Draft:
    found, left = Blocks(), list[str]()
    title = _title(item)
    found.add("title", title, f"xpath={path}/title")
    paths = dict(children(item, path))
    bodies = [
        _body(child, paths[child])
        for spaces, name in _BODIES
        for child in _named(item, spaces, name)
    ]
    bodies = [body for body in bodies if body.blocks]
    if bodies:
        found.extend(bodies[0].blocks, int(_opens_with(bodies[0].blocks, title)))
        left = bodies[0].left
    if not found:
        raise RejectError("neither title nor text; expected one of them")
    draft = found.draft()
    draft.left = left
    draft.tell("title", title)
    for other in bodies[1:]:
        summary = flat(other.blocks.text)
        if summary not in flat(draft.text):
            draft.tell("summary", summary)
    return draft


def _opens_with(found: Blocks, title: str) -> bool:
    first = found.parts[0]
    return len(found) > 1 and flat(found.text[first.start : first.end]) == title


def _title(item: Element) -> str:
    """Return the title of an item, without the HTML that may be in it."""
    for child in _named(item, (*_RSS, ATOM, DUBLIN), "title"):
        text = trees.words(child)
        if fragments.is_markup(text):
            text = flat(fragments.walked(text).blocks.text.replace("\n", " "))
        if text:
            return text
    return ""


def _body(element: Element, path: str) -> Walk:
    """Return the text of a body: text, HTML as characters, or elements of XHTML."""
    walk = Walk(HTML)
    if element.get("src"):
        walk.left.append("content elsewhere")
        return walk
    if any(local(child) for child in element):
        walk.take(element, path)
        return walk
    text = "".join(element.itertext())
    if element.get("type") not in {"text", "text/plain"} and fragments.is_markup(text):
        return fragments.walked(text, f"xpath={path}")
    for start, end in blocks(text):
        walk.blocks.add("paragraph", text[start:end], f"xpath={path}")
    return walk


def _describe(draft: Draft, item: Element, shared: Mapping[str, str]) -> None:
    """State what an item says, and what its feed says of all its items."""
    draft.tell("url", _link(item), "link")
    for author in _named(item, (ATOM,), "author"):
        draft.tell("author", trees.first(author, "name"))
    for spaces, name, field in _STATED:
        for child in _named(item, spaces, name):
            draft.tell(field, trees.words(child), name)
    for category in _named(item, (ATOM,), "category"):
        draft.tell("category", category.get("label") or category.get("term"))
    for enclosure in _named(item, _RSS, "enclosure"):
        draft.left.append(f"enclosure {enclosure.get('type') or ''}".strip())
    for field, value in shared.items():
        if field not in draft.meta:
            draft.tell(field, value)
    if "language" not in draft.meta:
        draft.tell("language", trees.language(item), "xml:lang")


def _shared(feed: Element) -> dict[str, str]:
    """Return what a feed states of all its items."""
    found = {"source": _title(feed)}
    for spaces, name, field in _SHARED:
        for child in _named(feed, spaces, name):
            found.setdefault(field, trees.words(child))
    return found


def _link(item: Element) -> str:
    """Return the address of an item: that of Atom is an attribute."""
    for child in _named(item, (*_RSS, ATOM), "link"):
        if (child.get("rel") or "alternate") == "alternate":
            return child.get("href") or trees.words(child)
    for child in _named(item, _RSS, "guid"):
        if child.get("isPermaLink") != "false" and trees.words(child).startswith("http"):
            return trees.words(child)
    return ""


def _id(item: Element) -> str | None:
    for spaces, name in ((_RSS, "guid"), ((ATOM,), "id")):
        for child in _named(item, spaces, name):
            return trees.words(child) or None
    about: str | None = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return about or _link(item) or None


READER = Reader(
    "an RSS or Atom feed", "application/rss+xml", (".rss", ".atom", ".rdf", ".xml"), detect, read
)
