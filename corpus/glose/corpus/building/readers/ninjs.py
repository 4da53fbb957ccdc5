"""ninjs, news in JSON: versions 1 to 3, one item or several in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from glose.corpus.building import charset, fragments, objects
from glose.corpus.building.blocks import blocks
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, Lost, Skipped, flat
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

_OPENS = re.compile(rb"\s*(?:\[\s*)?\{")
_URI = re.compile(rb'"(?:uri|guid)"\s*:')
_MARKS = re.compile(
    rb'"(?:versioncreated|body_text|body_html|body_xhtml|bodies|headlines|contentcreated)"\s*:',
    re.IGNORECASE,
)
#: Keys of version 1 that hold a text, the best first, and in what it is.
_BODIES = (
    ("body_xhtml", "text/html"), ("body_html", "text/html"), ("body_text", "text/plain"),
)  # fmt: skip
#: Keys that state something, and the field of `meta`; those that state nothing new are `extra`.
_STATED = {
    "byline": "author", "by": "author", "located": "place", "language": "language",
    "copyrightnotice": "rights", "copyrightholder": "rights", "firstcreated": "date",
    "contentcreated": "date", "versioncreated": "date", "usageterms": "usageterms",
    "urgency": "urgency", "slugline": "slugline", "version": "version", "uri": "uri",
    "guid": "guid",
    "pubstatus": "pubstatus", "ednote": "ednote", "embargoed": "embargoed",
    "profile": "profile", "genre": "genre", "copyrightyear": "copyrightyear",
}  # fmt: skip
#: Keys that hold a list of things with a name or a code.
_LISTED = {
    "place": "place", "infosource": "source", "infosources": "source", "subject": "subject",
    "subjects": "subject", "person": "person", "people": "person", "organisation": "organisation",
    "organisations": "organisation", "object": "object", "event": "event", "events": "event",
    "genres": "genre",
}  # fmt: skip
#: Types of items that have no text of their own.
_OTHERS = frozenset(
    ("picture", "graphic", "audio", "video", "composite", "component", "planning", "event")
)


def detect(content: Content) -> bool:
    """Say if a source is ninjs: JSON with `uri` (or `guid`) and a key of news."""
    head = charset.legible(content.head)
    return bool(_OPENS.match(head) and _URI.search(head) and _MARKS.search(head))


def read(content: Content, _rules: Rules) -> Iterator[Draft | Lost | Skipped]:
    """Yield the documents of the items in a file."""
    for found in objects.records(content):
        if isinstance(found, Lost):
            yield found
            continue
        kind, number, value = found
        place = "" if number is None else f"{kind} {number}"
        try:
            made = _document(value, "" if number is None else f"{kind}={number}; ")
        except RejectError as error:
            yield Lost(place, str(error))
            continue
        if isinstance(made, Draft):
            made.place = place
            made.id = (
                None
                if number is None
                else _text(value.get("uri")) or _text(value.get("guid")) or None
            )
        yield made


def _document(item: Any, before: str) -> Draft | Skipped:  # noqa: ANN401  # any value of JSON
    if not isinstance(item, dict):
        raise RejectError(f"a value of the type {type(item).__name__}; expected an object")
    item = _lowered(item)
    left = list[str]()
    body = _body(item, before, left)
    headline, key = _headline(item)
    kind = _text(item.get("type"))
    if not body:
        if kind in _OTHERS:
            return Skipped(f"item of type {kind}")
        raise RejectError("no text; expected body_text, body_html, body_xhtml or bodies")
    found = Blocks()
    found.add("title", headline, f"{before}key={key}")
    first = body.parts[0]
    repeated = len(body) > 1 and flat(body.text[first.start : first.end]) == headline
    found.extend(body, int(repeated))
    draft = found.draft()
    draft.left = left + [f"association {name}" for name in _object(item.get("associations"))]
    _describe(draft, item, headline)
    return draft


def _headline(item: Mapping[str, Any]) -> tuple[str, str]:
    """Return the headline of an item, and the key that has it."""
    for number, one in enumerate(_objects(item.get("headlines"))):
        if headline := _flattened(_text(one.get("value"))):
            return headline, f"headlines[{number}]"
    for key in ("headline", "title"):
        if headline := _flattened(_text(item.get(key))):
            return headline, key
    return "", ""


def _flattened(text: str) -> str:
    """Return a text on one line, without the HTML that may be in it."""
    if fragments.is_markup(text):
        text = fragments.walked(text).blocks.text
    return flat(text.replace("\n", " "))


def _body(item: Mapping[str, Any], before: str, left: list[str]) -> Blocks:
    """Return the text of an item, of several bodies the first that has some."""
    bodies = [(key, kind, _text(item.get(key))) for key, kind in _BODIES]
    bodies += [
        (
            f"bodies[{number}]",
            _text(one.get("contenttype")) or "text/plain",
            _text(one.get("value")),
        )
        for number, one in enumerate(_objects(item.get("bodies")))
    ]
    text = Blocks()
    for key, kind, value in bodies:
        if not value.strip():
            continue
        if text:
            left.append("other rendition of a body")
        elif "html" in kind or (kind not in {"text/plain", "text"} and fragments.is_markup(value)):
            walk = fragments.walked(value, f"{before}key={key}")
            left += walk.left
            text = walk.blocks
        else:
            for start, end in blocks(value):
                text.add("paragraph", value[start:end], f"{before}key={key}")
    return text


def _describe(draft: Draft, item: Mapping[str, Any], headline: str) -> None:
    draft.tell("title", headline, "headline")
    for key, field in _STATED.items():
        draft.tell(field, _text(item.get(key)), key)
    for key, field in _LISTED.items():
        for one in _objects(item.get(key)):
            draft.tell(field, _text(one.get("name")) or _text(one.get("code")), key)
    for key in ("description_text", "description_html", "description_xhtml"):
        draft.tell("description", _flattened(_text(item.get(key))), key)
    for one in _objects(item.get("descriptions")):
        draft.tell("description", _flattened(_text(one.get("value"))))
    for one in _objects(item.get("headlines"))[1:]:
        draft.tell(f"headline {_text(one.get('role'))}".strip(), _text(one.get("value")))


def _text(value: Any) -> str:  # noqa: ANN401  # any value of JSON
    """Return a string or a number as a string; `""` of all else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _object(value: Any) -> Mapping[str, Any]:  # noqa: ANN401  # as above
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401  # as above
    """Return the objects of a list; one that stands alone is a list of one."""
    if isinstance(value, dict):
        return [_lowered(value)]
    found = value if isinstance(value, list) else []
    return [_lowered(one) for one in found if isinstance(one, dict)]


def _lowered(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an object with its keys in small letters, as they were before version 3."""
    return {key.lower(): one for key, one in value.items()}


READER = Reader("ninjs", "application/ninjs+json", (".ninjs",), detect, read)
