"""A real `glose annotate serve` in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

#: The command beside the Python that runs the tests.
GLOSE = Path(sys.executable).with_name("glose")


def glose(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command of glose to its end."""
    command = [str(GLOSE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Server:
    """The app served on a port that stays the same when it is started again."""

    def __init__(self, corpus: Path, store: str, *options: object) -> None:
        self.store = store
        self.port = 0
        #: The address with a token, which lets in once.
        self.address = ""
        self._command = [corpus, "--store", store, "--user", "ana", "--no-open", *options]
        self._process: subprocess.Popen[str] | None = None
        self.start()

    @property
    def home(self) -> str:
        """The address without a token, for a browser that has been let in."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it, and wait until it says where it listens."""
        command = [GLOSE, "annotate", "serve", *self._command, "--port", self.port]
        self._process = subprocess.Popen(
            [str(word) for word in command], stderr=subprocess.PIPE, text=True
        )
        said = []
        assert self._process.stderr is not None
        for line in self._process.stderr:
            said.append(line)
            if line.startswith("open "):
                break
        else:
            raise RuntimeError(f"glose annotate serve ended: {''.join(said)}")
        self.address = said[-1].removeprefix("open ").strip()
        self.port = urlsplit(self.address).port or 0

    def kill(self) -> None:
        """Kill it as it stands (SIGKILL); nothing if it has ended."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stderr is not None
            self._process.stderr.close()
            self._process = None
