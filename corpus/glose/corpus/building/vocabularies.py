"""Which elements of a markup are blocks of text, of what type, and which are no text at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The elements of a markup that matter to its text, by local names; all others run on.

    `blocks` are elements that stand apart, each with the type of what is in it; `""` leaves it to
    what it stands in. `aside` has no text; `left` has none either, and is told under a name.
    """

    blocks: Mapping[str, str]
    aside: frozenset[str]
    left: Mapping[str, str] = field(default_factory=dict)
    breaks: frozenset[str] = frozenset(("br",))
    verbatim: frozenset[str] = frozenset(("pre",))
    tables: frozenset[str] = frozenset(("table",))
    rows: frozenset[str] = frozenset(("tr",))
    cells: frozenset[str] = frozenset(("td", "th"))


_SHARED = {
    "p": "paragraph", "li": "item", "dt": "item", "dd": "item", "blockquote": "quote",
    "caption": "caption", "ol": "", "ul": "", "dl": "", "hr": "", "table": "", "tbody": "",
    "thead": "", "tfoot": "", "tr": "", "td": "", "th": "",
}  # fmt: skip

HTML = Vocabulary(
    blocks=_SHARED
    | {f"h{rank}": "heading" for rank in range(1, 7)}
    | {
        "figcaption": "caption", "summary": "heading", "legend": "caption", "address": "",
        "article": "", "aside": "", "body": "", "center": "", "details": "", "dialog": "",
        "dir": "", "div": "", "fieldset": "", "figure": "", "footer": "", "form": "", "header": "",
        "hgroup": "", "html": "", "main": "", "menu": "", "nav": "", "search": "", "section": "",
    },
    aside=frozenset(
        (
            "button", "datalist", "head", "input", "link", "meta", "noframes", "noscript",
            "option", "rp", "rt", "script", "select", "style", "template", "textarea", "title",
        )
    ),
    left={
        "img": "image", "svg": "image", "canvas": "image", "video": "video", "audio": "audio",
        "iframe": "embedded page", "object": "embedded object", "embed": "embedded object",
    },
)  # fmt: skip

NITF = Vocabulary(
    blocks=_SHARED
    | {
        "hl1": "title", "hl2": "heading", "hl3": "heading", "bq": "quote", "fn": "note",
        "media-caption": "caption", "abstract": "lead", "byline": "byline", "byttl": "byline",
        "dateline": "dateline", "note": "note", "credit": "byline",
        "tagline": "byline", "bibliography": "note", "body.content": "", "block": "", "media": "",
        "hedline": "", "body.head": "", "body.end": "", "body": "", "nitf-table": "",
        "nitf-table-summary": "caption", "media-producer": "byline",
    },
    aside=frozenset(
        (
            "head", "distributor", "media-metadata", "media-object", "nitf-table-metadata",
            "rights",
        )
    ),
    left={"media-reference": "media"},
)  # fmt: skip
