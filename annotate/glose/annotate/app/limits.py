"""How much a request may bring."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

#: The longest body (bytes) that is read: an operation that drops 20,000 mentions has half of it.
LONGEST = 8 * 1024 * 1024


async def body(request: Request, longest: int = LONGEST) -> bytes:
    """Return the body of a request; raise an answer of 413 as soon as it is too long."""
    if _stated(request) > longest:
        raise _too_long(longest)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > longest:
            raise _too_long(longest)
        parts.append(part)
    return b"".join(parts)


def _stated(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 20 else 0


def _too_long(longest: int) -> HTTPException:
    # What comes after the answer is not read, so the connection cannot be used again.
    what = f"a body of more than {longest >> 20} MiB; send less at once"
    return HTTPException(413, what, {"connection": "close"})
