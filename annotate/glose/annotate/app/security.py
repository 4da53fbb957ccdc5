"""What a request must be to be answered at all, and the headers that every answer carries.

A server on 127.0.0.1 is open to every page that the browser shows: pages may send it requests, and
names that others own may be made to lead to it. So the name it is called by is checked (DNS
rebinding), and who asks (`Sec-Fetch-Site`, `Origin`); a write needs a header that no foreign page
can set without asking first. Sessions are those of glose.annotate.app.sessions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glose.annotate.app.access import Access

#: Nothing but our own modules and styles; no frames, no forms, no inline script, no other host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_READS = ("GET", "HEAD")
#: Who may ask: the app itself, or the user who typed the address.
_OWN = ("same-origin", "none")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: an HTTP status and one line."""

    status: int
    what: str


def refusal(method: str, path: str, headers: Mapping[str, str], access: Access) -> Refusal | None:
    """Return why a request is refused whoever sends it, or `None`; headers in lower case."""
    if headers.get("host", "").lower() not in access.hosts:
        return Refusal(403, f"this server answers to {access.origin} only")
    if _foreign(path, headers):
        return Refusal(403, "this request comes from another site")
    if method not in _READS:
        return _write_refusal(headers, access)
    return None


def _foreign(path: str, headers: Mapping[str, str]) -> bool:
    """Whether another page sent the request; it may lead to the app, and to nothing below it."""
    site = headers.get("sec-fetch-site", "none")
    if path == "/" and headers.get("sec-fetch-mode", "navigate") == "navigate":
        return False
    return site not in _OWN


def _write_refusal(headers: Mapping[str, str], access: Access) -> Refusal | None:
    """Return why something that changes the project is refused, or `None`."""
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{headers['host'].lower()}":
        return Refusal(403, f"found origin {origin[:80]!r}; expected {access.origin}")
    if not headers.get("x-glose"):
        return Refusal(403, "the header X-Glose is missing; expected X-Glose: 1")
    if headers["x-glose"] not in {"1", access.project}:
        # A page that was left open while another project came to be served at its address.
        return Refusal(401, "this page is of another project; load it again")
    if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return Refusal(415, "expected content-type: application/json")
    return None
