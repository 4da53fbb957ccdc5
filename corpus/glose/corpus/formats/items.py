"""Items of JSON files: one a line, those of a list, or one alone; as the type of a format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from glose.corpus.errors import InputError, Place
from glose.corpus.files import whole
from glose.corpus.formats import inputs
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import MalformedError

T = TypeVar("T")

_MARK = b"\xef\xbb\xbf"


class Shape(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What an object of a foreign format has; keys that it does not name are passed over."""


class Spot(Shape, frozen=True):
    """Tokens, half-open."""

    start: int
    end: int
    text: str | None = None


def items(path: Path, task: Task) -> Iterator[tuple[Place, bytes]]:
    """Yield the JSON objects of a file, each with its place; what is no object is rejected.

    A file of one object a line is streamed. A list, and an object over several lines, are held as
    a whole.
    """
    lines = inputs.lines(path)
    for number, line in lines:
        if line.strip():
            if not line.lstrip().startswith("{") or _fault(line.encode()):
                yield from _whole(path, task)
            else:
                yield Place(str(path), number), line.encode()
                yield from _rest(path, lines, task)
            return


def _rest(
    path: Path, lines: Iterator[tuple[int, str]], task: Task
) -> Iterator[tuple[Place, bytes]]:
    for number, line in lines:
        if line.strip():
            place = Place(str(path), number)
            fault = _fault(data := line.encode())
            if fault:
                task.rejects.add(place, fault, line)
            else:
                yield place, data


def _whole(path: Path, task: Task) -> Iterator[tuple[Place, bytes]]:
    data = inputs.content(path).removeprefix(_MARK)
    inputs.decoded(data, Place(str(path)))
    if not data.lstrip().startswith(b"["):
        fault = _fault(data)
        if not fault:
            yield Place(str(path), 1), data
        elif b"\n" in data.strip():
            # Lines of which the first is wrong; or one object that is: then the first is all.
            yield from _rest(path, inputs.lines(path), task)
        else:
            task.rejects.add(Place(str(path), 1), fault, data[:200].decode("utf-8", "replace"))
        return
    try:
        found = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InputError(Place(str(path)), f"is no JSON list: {_reason(error)}") from error
    yield from _placed(path, data, found, task)


def _placed(
    path: Path, data: bytes, found: list[msgspec.Raw], task: Task
) -> Iterator[tuple[Place, bytes]]:
    """Yield the items of a list, each with the line on which it begins."""
    at, line = 0, 1
    for raw in found:
        item = bytes(raw)
        start = data.index(item, at)
        line += data.count(b"\n", at, start)
        place = Place(str(path), line)
        fault = _fault(item)
        if fault:
            task.rejects.add(place, fault, item.decode("utf-8", "replace"))
        else:
            yield place, item
        at = start + len(item)
        line += item.count(b"\n")


def _fault(data: bytes) -> str | None:
    """Return why bytes are no JSON object, or `None` if they are one."""
    try:
        msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return f"no JSON object: {_reason(error)}"
    return None


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]


def decoded(data: bytes, kind: type[T]) -> T:
    """Return an item as a type; raise `MalformedError` with what is wrong and where."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedError(_reason(error)) from error


def others(data: bytes, known: Collection[str]) -> dict[str, object]:
    """Return the keys of an object that a format does not know, with their values."""
    found = decoded(data, dict[str, msgspec.Raw])
    return {key: decoded(bytes(raw), object) for key, raw in found.items() if key not in known}


def strings(found: Mapping[str, object]) -> dict[str, str]:
    """Return the keys of an object that have strings."""
    return {key: value for key, value in found.items() if isinstance(value, str)}


def text_key(
    found: Collection[str], wanted: str | None, aside: Collection[str] = ()
) -> str | None:
    """Return which of the keys that have strings has the text, if one has.

    It is the one that is wanted, or `text`, or the only one; `aside` are none of which the last
    is true.
    """
    lone = set(found) - set(aside)
    if not wanted and "text" not in found and len(lone) == 1:
        return lone.pop()
    key = wanted or "text"
    return key if key in found else None


def converted(value: object, kind: type[T]) -> T:
    """Return a decoded value as a type; raise `MalformedError` if it is none."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise MalformedError(_reason(error)) from error


def identified(given: object, path: Path, number: int, told: str | None = None) -> str:
    """Return the id of a document: the one that is given, or the name of its file and a number.

    `told` is what stands for the name of the file.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in str(given)).split())
    if given is None or not name:
        return f"{inputs.identifier(path, path, told)}-{number}"
    return name


def encoded(value: Any) -> bytes:  # noqa: ANN401  # any JSON value
    """Return a value as JSON on one line."""
    return msgspec.json.encode(value)


def worded(value: Any) -> str:  # noqa: ANN401  # any JSON value
    """Return a string as it is, and any other value as JSON."""
    return value if isinstance(value, str) else encoded(value).decode()


def write_lines(path: Path, objects: Iterable[object]) -> int:
    """Write objects, one a line; return how many."""
    number = 0
    with whole(path) as stream:
        for number, item in enumerate(objects, start=1):  # noqa: B007  # it is what is returned
            stream.write(encoded(item) + b"\n")
    return number


def write_list(path: Path, objects: Iterable[object]) -> int:
    """Write objects as a JSON list, one a line; return how many."""
    number = 0
    with whole(path) as stream:
        stream.write(b"[")
        for number, item in enumerate(objects, start=1):  # it is what is returned
            stream.write((b",\n" if number > 1 else b"\n") + encoded(item))
        stream.write(b"\n]\n")
    return number
