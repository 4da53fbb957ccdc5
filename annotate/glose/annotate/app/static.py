"""The browser part: modules and styles of annotate/web, each under the type that it is of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
#: A part of a path: no `..`, nothing hidden, no separator of any system.
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")


def folder() -> Path:
    """Return the folder of the browser part."""
    here = Path(__file__)
    # In a wheel it stands in the package; in the repository, in annotate/web.
    inside = here.parents[1] / "web"
    return inside if inside.is_dir() else here.parents[3] / "web"


def served(root: Path, name: str, seen: str | None = None) -> Response:
    """Return a file below a folder, or 304 if the browser has `seen` it as it is (its ETag).

    Raises an answer of 404 for what is not there, is of no known type, or is outside.
    """
    path = _found(root, name)
    if path is None:
        raise HTTPException(404, "there is no such page")
    about = path.stat()
    tag = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    headers = {"cache-control": "no-cache", "etag": tag}
    if seen == tag:
        return Response(None, 304, headers)
    return Response(path.read_bytes(), 200, headers, TYPES[path.suffix])


def _found(root: Path, name: str) -> Path | None:
    parts = name.split("/")
    if not all(_PART.fullmatch(part) for part in parts):
        return None
    path = root.joinpath(*parts).resolve()
    allowed = path.suffix in TYPES and path.is_relative_to(root.resolve())
    return path if allowed and path.is_file() else None
