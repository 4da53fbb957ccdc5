"""The two pages that the server writes itself: they need no script and no style of the app."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from starlette.responses import HTMLResponse

from glose.annotate.app.security import POLICY

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1a1a}}"
)
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = POLICY.replace("style-src 'self'", f"style-src 'sha256-{_HASH}'")


def shut() -> HTMLResponse:
    """Return what somebody without a session reads."""
    return _page(
        401,
        "Look at the terminal",
        "<h1>Look at the terminal</h1>"
        "<p>This address has been opened before, or it is not complete. The terminal in which "
        "<code>glose annotate serve</code> runs shows a new one: "
        "open that. If it does not, load this page again in ten seconds.</p>",
    )


def onward(cookie: str) -> HTMLResponse:
    """Return a page that goes on to the app by itself.

    Somebody who follows a link in another page is redirected without the cookie, which is sent
    only where our own page asks; this page is ours.
    """
    page = _page(
        200,
        "glose",
        '<p><a href="/">Go on to the documents</a></p>',
        '<meta http-equiv="refresh" content="0; url=/">',
    )
    page.headers["set-cookie"] = cookie
    return page


def _page(status: int, title: str, body: str, head: str = "") -> HTMLResponse:
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width">{head}<style>{_STYLE}</style>'
        f"</head><body>{body}</body></html>"
    )
    headers = {"content-security-policy": _POLICY, "cache-control": "no-store"}
    return HTMLResponse(html, status, headers)
