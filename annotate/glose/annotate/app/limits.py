"""How much a request may bring."""

from __future__ import annotations

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

#: The longest body (bytes) that is read: an operation that drops 20,000 mentions has half of it.
LONGEST = 8 * 1024 * 1024
#: How long (seconds) what is too long is read on, so that its sender comes to read the answer.
PATIENCE = 10


class Drained(Response):
    """An answer that is sent while the body still comes, which is read to its end and forgotten.

    Else a browser, which sends all before it reads, finds a broken connection and no answer.
    """

    @classmethod
    def of(cls, answer: Response) -> Drained:
        """Return the same answer, sent so."""
        return cls(answer.body, answer.status_code, dict(answer.headers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, then read what still comes."""
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        with anyio.move_on_after(PATIENCE):
            while (await receive()).get("more_body", False):
                pass
        await send({"type": "http.response.body", "body": b""})


async def body(request: Request, longest: int = LONGEST) -> bytes:
    """Return the body of a request; raise an answer of 413 as soon as it is too long.

    Who goes away before all is sent is answered too, though nobody reads it.
    """
    if _stated(request) > longest:
        raise _too_long(longest)
    try:
        return await _read(request, longest)
    except ClientDisconnect as error:
        raise HTTPException(400, "the body ends before it is whole") from error


async def _read(request: Request, longest: int) -> bytes:
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
