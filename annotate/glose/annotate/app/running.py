"""One run of the app: a project is prepared, its address printed, and requests answered."""

from __future__ import annotations

from socket import socket

import click

from glose.annotate.app.access import Access, identity
from glose.annotate.app.bringing import offered
from glose.annotate.app.preparing import Wishes, prepared
from glose.annotate.app.server import application
from glose.annotate.app.serving import opened, serve
from glose.annotate.app.sessions import Door


def run(wishes: Wishes, listener: socket, show: bool) -> None:
    """Serve what is wished for on a socket that listens, until the process is told to end."""
    project, user, layer = prepared(wishes)
    host, port = listener.getsockname()[:2]
    with project:
        access = Access(user, layer, host, port, identity(project))
        door = Door(project, access, _announce)
        click.echo(f"{project.name}: layer {layer}, in {project.address}", err=True)
        suggestions = offered(project)
        if suggestions:
            click.echo(f"suggestions: {suggestions}", err=True)
        _announce(door.address)
        click.echo("everything is saved as you work; Ctrl+C ends it", err=True)
        if show:
            opened(door.address)
        serve(application(project, access, door), listener)


def _announce(address: str) -> None:
    click.echo(f"open {address}", err=True)
