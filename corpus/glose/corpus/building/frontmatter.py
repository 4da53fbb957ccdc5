"""YAML front matter, in the subset that needs no YAML parser: keys, scalars, lists of scalars.

No dependency of glose parses YAML by its own right, and front matter of documents is nearly
always this subset. Whatever else it holds is refused with its line, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from glose.corpus.building.rejections import RejectError

_FENCED = re.compile(r"\s*---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_PAIR = re.compile(r"([^\W\d_][\w .'’-]*?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*?)[ \t]*")
_COMMENT = re.compile(r"[ \t]+#.*$")
#: A plain scalar may not begin with these: YAML gives them a meaning that is not read here.
_INDICATORS = "&*!|>%@`{[]},"
_NULLS = frozenset(("", "~", "null"))


def split(text: str) -> tuple[str, str] | None:
    """Return the front matter and the text below it, or `None` where the text has none.

    A text that begins with a line `---` whose next line is no `key:` has none: it is a rule.
    """
    found = _FENCED.match(text)
    if found is None:
        return None
    first = next((line for line in found[1].split("\n") if line.strip()), "")
    if not (_PAIR.fullmatch(first) or first.startswith("#")):
        return None
    return found[1], text[found.end() :]


def pairs(block: str) -> Iterator[tuple[str, str]]:
    """Yield keys and values; the items of a list are joined by ", ", nulls left out.

    Raises `RejectError` for nested maps, block scalars, anchors and tags.
    """
    key, items = "", list[str]()
    for number, line in enumerate(block.split("\n"), start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, pair = _ITEM.fullmatch(line), _PAIR.fullmatch(line)
        if item and key:
            items.append(_scalar(item[1], number))
        elif pair:
            yield from _entry(key, items)
            key, items = pair[1], _values(pair[2] or "", number)
        else:
            raise _refusal(number, line)
    yield from _entry(key, items)


def _entry(key: str, items: list[str]) -> Iterator[tuple[str, str]]:
    value = ", ".join(item for item in items if item)
    if value:
        yield key, value


def _values(written: str, number: int) -> list[str]:
    """Return the values of what stands after a colon: one scalar, or a list in brackets."""
    written = written.strip()
    if written.startswith("[") and written.endswith("]"):
        return [_scalar(item.strip(), number) for item in written[1:-1].split(",")]
    return [_scalar(written, number)]


def _scalar(written: str, number: int) -> str:
    """Return a plain or quoted scalar without its quotes and comment."""
    quote = written[:1]
    if quote and quote in "\"'":
        return _quoted(written, quote, number)
    plain = _COMMENT.sub("", written)
    if plain.startswith("#") or plain.lower() in _NULLS:
        return ""
    if plain[0] in _INDICATORS or ": " in plain or plain.endswith(":"):
        raise _refusal(number, written)
    return plain


def _quoted(written: str, quote: str, number: int) -> str:
    pattern = r"'((?:[^']|'')*)'" if quote == "'" else r'("(?:[^"\\]|\\.)*")'
    found = re.fullmatch(rf"{pattern}(?:[ \t]+#.*)?", written)
    if found is None:
        raise _refusal(number, written)
    if quote == "'":
        return found[1].replace("''", "'")
    try:
        return str(json.loads(found[1]))
    except ValueError as error:
        raise _refusal(number, written) from error


def _refusal(number: int, line: str) -> RejectError:
    return RejectError(
        f"front matter, line {number}: {line.strip()[:60]!r} is not understood;"
        " expected `key: value`, quoted if it holds a colon, or a list of such values"
    )
