"""What stands before every route: refusals, sessions, and the headers of every answer."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from glose.annotate.app import pages
from glose.annotate.app.access import Access
from glose.annotate.app.answers import failure
from glose.annotate.app.security import HEADERS, refusal
from glose.annotate.app.sessions import Door
from glose.corpus.errors import GloseError

#: How long a browser keeps a session (seconds): the longest that browsers allow.
_KEPT = 400 * 24 * 3600


class Guard:
    """Answers by itself whoever is not let in; hands on all else."""

    def __init__(self, app: ASGIApp, door: Door, access: Access) -> None:
        self._app = app
        self._door = door
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        try:
            answer = await self._stopped(Request(scope, receive))
        except GloseError as error:
            answer = failure(503, str(error))
        await (answer or self._app)(scope, receive, _with_headers(send))

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})

    async def _stopped(self, request: Request) -> Response | None:
        """Return the answer to a request that reaches no route, or `None`."""
        fault = refusal(request.method, request.url.path, request.headers, self._access)
        if fault is not None:
            return failure(fault.status, fault.what)
        # No name has a NUL, and PostgreSQL takes none.
        if b"%00" in request.scope["query_string"]:
            return failure(400, "a NUL in the address")
        known = await self._known(request.cookies.get(self._access.cookie, ""))
        if request.url.path == "/" and request.method == "GET":
            return await self._entrance(request, known)
        return None if known else failure(401, "no session; open the address in the terminal")

    async def _known(self, secret: str) -> bool:
        if not secret or self._door.met(secret):
            return bool(secret)
        return await run_in_threadpool(self._door.known, secret)

    async def _entrance(self, request: Request, known: bool) -> Response | None:
        """Return the answer to somebody who opens the address; `None`: the app itself."""
        token = request.query_params.get("token")
        if token is not None and self._door.spend(token):
            return await self._admitted(request, known)
        if known:
            return None if token is None else RedirectResponse("/", 303)
        self._door.call()
        return pages.shut()

    async def _admitted(self, request: Request, known: bool) -> Response:
        if known:
            return RedirectResponse("/", 303)
        cookie = self._cookie(await run_in_threadpool(self._door.admit))
        if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
            return pages.onward(cookie)
        return RedirectResponse("/", 303, {"set-cookie": cookie})

    def _cookie(self, secret: str) -> str:
        kept = f"Max-Age={_KEPT}; Path=/; HttpOnly; SameSite=Strict"
        return f"{self._access.cookie}={secret}; {kept}"


def _with_headers(send: Send) -> Send:
    """Return what sends the same with our headers; an answer may say otherwise itself."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent
