"""Where the real corpora stand that formats are tried on; they are no part of the repository."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def data() -> Callable[[str], Path]:
    """Return a function from the name of a corpus to its folder; without it, a test is skipped."""

    def find(name: str) -> Path:
        folder = DATA / name
        if not folder.is_dir():
            if os.environ.get("CI"):
                pytest.fail(f"no {folder}, which CI reads")
            pytest.skip(f"the corpus {name} is not here: it is no part of the project")
        return folder

    return find
