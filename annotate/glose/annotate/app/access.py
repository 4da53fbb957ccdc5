"""Who works where: the user and the layer of a server, and the addresses it answers to."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from uuid import uuid4

from glose.corpus.errors import GloseError

if TYPE_CHECKING:
    from glose.annotate.store.project import Project


@dataclass(frozen=True, slots=True)
class Access:
    """One person on this machine: whose edits they are, and in which layer they are made.

    `host` is the address listened on, `port` its TCP port; `project` is the project's identity.
    """

    user: str
    layer: str
    host: str = "127.0.0.1"
    port: int = 8000
    project: str = ""

    @property
    def hosts(self) -> frozenset[str]:
        """What the Host header may say; any other name was made to lead here by somebody else."""
        names = ("127.0.0.1", "localhost", "[::1]", _bracketed(self.host))
        with_port = {f"{name}:{self.port}" for name in names}
        return frozenset(with_port | set(names) if self.port == 80 else with_port)

    @property
    def origin(self) -> str:
        """The address of the app, without a path: `http://127.0.0.1:8000`."""
        return f"http://{_bracketed(self.host)}:{self.port}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies know no ports, so that it carries the port itself."""
        return f"glose-{self.port}"


def identity(project: Project) -> str:
    """Return what tells a project from another of the same name: made once, and kept in it."""
    known = project.setting("id")
    if known is None:
        known = uuid4().hex
        project.set("id", known)
    return known


def loopback(host: str) -> str:
    """Return a host that only this machine can reach; raise `GloseError` for any other.

    >>> loopback("127.0.0.1")
    '127.0.0.1'
    """
    if host == "localhost":
        return "127.0.0.1"
    try:
        if ip_address(host.strip("[]")).is_loopback:
            return host.strip("[]")
    except ValueError:
        pass
    raise GloseError(
        f"--host {host}: there are no accounts yet, so glose listens on this machine only; "
        "expected 127.0.0.1"
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
