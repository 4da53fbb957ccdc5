"""ODT: text documents of LibreOffice and OpenOffice."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.building import creation, trees
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.moments import iso
from glose.corpus.building.office.flow import Flow, entitle
from glose.corpus.building.office.odt import Walk
from glose.corpus.building.office.odt_styles import Styles
from glose.corpus.building.office.packages import Package
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.formats.markup import Element, local

_MEDIA = "application/vnd.oasis.opendocument."
#: Of what is stated in meta.xml: element, field of `meta` or name in `extra`.
_STATED = (
    ("title", "title"), ("initial-creator", "author"), ("creator", "author"),
    ("language", "dc:language"), ("subject", "subject"), ("keyword", "keyword"),
    ("description", "description"), ("date", "dc:date"),
)  # fmt: skip


def detect(content: Content) -> bool:
    """Say if a source is a file of OpenDocument, packed or as plain XML, of whatever kind."""
    packed = "content.xml" in content.members and "mimetype" in content.members
    name, tag = content.root
    return packed or (name == "document" and "opendocument" in tag)


def read(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a file."""
    if content.members:
        package = Package(content)
        media = package.data("mimetype").decode("ascii", "replace").strip()
        _refuse_encrypted(package)
        root = package.root("content.xml")
        others = [found for name in ("styles.xml", "meta.xml") if (found := package.found(name))
                  is not None]  # fmt: skip
    else:
        root, _ = trees.root(content)
        media = root.get("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}mimetype", "")
        others = []
    yield _document(root, others, media)


def _document(root: Element, others: list[Element], media: str) -> Draft:
    kind = media.removeprefix(_MEDIA)
    if not kind.startswith("text"):
        raise RejectError(f"OpenDocument of the kind {kind or 'unknown'}; expected a text (ODT)")
    flow = Flow()
    walk = Walk(flow, Styles(*others, root))
    for body in trees.below(root, "body", "text"):
        walk.take(body, f"/{local(root)}/body/text")
    draft = flow.draft()
    if not draft.text:
        raise RejectError("no text in its body; expected paragraphs")
    for tree in (root, *others):
        for stated in trees.below(tree, "meta"):
            _state(draft, stated)
    entitle(draft)
    return draft


def _refuse_encrypted(package: Package) -> None:
    manifest = package.found("META-INF/manifest.xml")
    if manifest is not None and any(local(e) == "encryption-data" for e in manifest.iter()):
        raise RejectError("the file asks for a password; save it without one")


def _state(draft: Draft, stated: Element) -> None:
    """State what an element `meta` says."""
    for name, field in _STATED:
        if name != "creator" or "author" not in draft.meta:
            draft.tell(field, trees.first(stated, name))
    creation.state(draft, iso(trees.first(stated, "creation-date")), "creation-date")


READER = Reader("an ODT file", f"{_MEDIA}text", (".odt", ".fodt", ".ott"), detect, read)
