"""How a browser gets in: an address that works once, and the session that it is exchanged for.

The address carries a token of 256 bits. Whoever opens it gets a cookie, and the token is spent.
The project keeps the SHA-256 of the cookie, so that a session outlives a restart of the server and
a copy of the project lets nobody in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Protocol

from glose.annotate.app.access import Access

#: Seconds between two addresses that are printed because somebody without a session came.
PAUSE = 10.0


class Sessions(Protocol):
    """What keeps sessions: a project, or a table in a test."""

    def session(self, token_sha256: str, /) -> str | None:
        """Return whose session it is, `None` if it is none."""

    def remember(self, token_sha256: str, user: str, /) -> None:
        """Keep a session of a user."""


class Door:
    """Lets in who has a token or a session; prints another address where somebody needs one."""

    def __init__(
        self,
        sessions: Sessions,
        access: Access,
        announce: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions = sessions
        self._access = access
        self._announce = announce
        self._clock = clock
        self._token: str | None = token_urlsafe(32)
        self._known: set[str] = set()
        self._announced: float | None = None

    @property
    def address(self) -> str:
        """The address to open; a new one if that before it was opened."""
        if self._token is None:
            self._token = token_urlsafe(32)
        return f"{self._access.origin}/?token={self._token}"

    def spend(self, token: str) -> bool:
        """Whether it is the token of the address; it is no token from then on."""
        if self._token is None or not compare_digest(token.encode(), self._token.encode()):
            return False
        self._token = None
        return True

    def admit(self) -> str:
        """Return the secret of a new session, which the project keeps as a hash."""
        secret = token_urlsafe(32)
        self._sessions.remember(_digest(secret), self._access.user)
        self._known.add(_digest(secret))
        return secret

    def met(self, secret: str) -> bool:
        """Whether the session was seen since the server began, so that nothing is to be read."""
        # What is looked up is a hash, so that the time it takes tells nothing of the secret.
        return _digest(secret) in self._known

    def known(self, secret: str) -> bool:
        """Whether it is the secret of a session of the user that is served."""
        digest = _digest(secret)
        if self._sessions.session(digest) != self._access.user:
            return False
        self._known.add(digest)
        return True

    def call(self) -> None:
        """Print the address anew, unless that was done a moment ago."""
        now = self._clock()
        if self._announced is None or now - self._announced >= PAUSE:
            self._announced = now
            self._announce(self.address)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
