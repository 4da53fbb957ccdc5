"""The server itself: a port of this machine, the browser that is opened, a clean end."""

from __future__ import annotations

import os
import signal
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, SOMAXCONN, socket
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from glose.corpus.errors import GloseError

#: Seconds that requests under way have to end when the server is told to.
_GRACE = 10
#: Seconds that a connection stays open between two requests: people think, and pages poll.
_IDLE = 120


def listening(host: str, port: int) -> socket:
    """Return a socket that listens; port 0 is any that is free.

    Raises `GloseError` where the port is in use or not to be had.
    """
    found = socket(AF_INET6 if ":" in host else AF_INET)
    try:
        # On Windows this would let two servers have one port; elsewhere it frees what has ended.
        if os.name == "posix":
            found.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(SOMAXCONN)
    except (OSError, OverflowError) as error:
        found.close()
        raise GloseError(_unbound(host, port, error)) from error
    return found


def _unbound(host: str, port: int, error: OSError | OverflowError) -> str:
    if isinstance(error, OSError) and error.errno == EADDRINUSE:
        return f"port {port} is in use (by glose already?); end what uses it, or name a --port"
    return f"cannot listen on {host} port {port} ({getattr(error, 'strerror', None) or error})"


def serve(app: ASGIApp, listener: socket) -> None:
    """Answer requests until the process is told to end; what is under way is answered first."""
    config = uvicorn.Config(
        app,
        access_log=False,  # it would show the token
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=_IDLE,
        ws="none",
    )
    _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server for which to be told to end is nothing out of the way."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals while it runs, and do not raise them again after it."""
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def opened(address: str) -> None:
    """Show an address in the browser, if this machine has a screen."""
    if _has_screen():
        # Some browsers are waited for until they end.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _has_screen() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
