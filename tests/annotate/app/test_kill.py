"""The server is killed while fifty annotators write, again and again, and nothing is lost."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from socket import socket
from typing import Any, cast

import pytest

from glose.annotate.store.project import Project
from glose.annotate.store.replay import differences

CLIENTS = 50
#: A hundred times where the CI runs the tests, which takes some minutes; else ten.
TIMES = 100 if os.environ.get("CI") else 10
#: How many answers are waited for before the server is killed, and how long after the last (s).
ANSWERS, LATER = 150, 0.02
#: The exit code of a process that was killed, where there is SIGKILL.
KILLED = -9
#: What the process has loaded that the servers are forked from.
LOADED = ["glose.annotate.app.server", "glose.annotate.app.serving", "annotators"]


@pytest.fixture
def annotators(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401  # benchmarks have no types
    """The module of benchmarks that makes projects, serves them and annotates."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3] / "benchmarks"))
    return import_module("annotators")


class Server:
    """A server in a process of its own, that can be killed and started again on its port."""

    def __init__(self, target: Callable[[str, int], None], where: str) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(LOADED)
        self._target = target
        self._where = where
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = cast("int", free.getsockname()[1])
        self._process = self._started()

    def _started(self) -> multiprocessing.process.BaseProcess:
        process = self._context.Process(target=self._target, args=(self._where, self.port))
        process.daemon = True
        process.start()
        return process

    def kill(self) -> None:
        """Kill it as it stands (SIGKILL)."""
        self._process.kill()

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.is_alive()

    def end(self) -> int | None:
        """Wait until it has ended; return its exit code."""
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code

    def start(self) -> None:
        """Start it again."""
        self._process = self._started()


async def until_killed(crowd: Sequence[Any], server: Server, random: Random) -> None:
    """Let everybody write, and kill the server in the middle of it."""
    loop = asyncio.get_running_loop()
    left = random.randrange(1, ANSWERS)

    async def write(one: Any) -> None:  # noqa: ANN401
        nonlocal left
        while True:
            try:
                await one.edit()
            except ConnectionRefusedError:
                if left <= 0 or not server.runs:
                    return
                await asyncio.sleep(0.01)  # not up yet
            except (OSError, EOFError):
                return
            else:
                left -= 1
                if left == 0:
                    loop.call_later(random.uniform(0, LATER), server.kill)

    await asyncio.gather(*(write(one) for one in crowd))
    for one in crowd:
        await one.close()


async def once_more(crowd: Sequence[Any], server: Server) -> None:
    """Let everybody send again what had no answer, or something new."""

    async def retry(one: Any) -> None:  # noqa: ANN401
        while server.runs:
            try:
                await one.edit()
            except ConnectionRefusedError:
                await asyncio.sleep(0.01)
            else:
                break
        await one.close()

    await asyncio.gather(*map(retry, crowd))


@pytest.mark.skipif(os.name != "posix", reason="servers are forked, which POSIX has")
def test_nothing_that_was_acknowledged_is_lost(annotators: Any, stores: str) -> None:  # noqa: ANN401
    """After each kill every annotator goes on with a retry of what had no answer.

    A hundred kills where the CI runs the tests, ten elsewhere (`CI=1 pytest` does the hundred).
    An annotator's next edit is based on the number of those that were acknowledged, so the server
    would refuse it if one was lost or there twice. At the end the journal is read as a whole.
    """
    secret = annotators.project(stores, CLIENTS)
    server = Server(annotators.serve, stores)
    crowd = [annotators.Annotator(n, server.port, secret) for n in range(CLIENTS)]
    random = Random(CLIENTS)
    for _ in range(TIMES):
        asyncio.run(until_killed(crowd, server, random))
        assert server.end() == KILLED
        assert [one.refused for one in crowd if one.refused] == []
        server.start()
    asyncio.run(once_more(crowd, server))
    server.kill()
    assert server.end() == KILLED

    assert [one.refused for one in crowd if one.refused] == []
    assert not any(one.waits for one in crowd)
    assert annotators.lost(stores, crowd) == []
    with Project.open(stores) as project:
        assert list(differences(project)) == []
    assert sum(len(one.saved) for one in crowd) > TIMES
