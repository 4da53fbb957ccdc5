"""The modules of the page that need no page, tested in node."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "ui"
FILES = sorted(path.name for path in HERE.glob("*.test.js"))


@pytest.mark.parametrize("name", FILES)
def test_the_tests_of_a_module_pass(node: Path, name: str) -> None:
    ran = subprocess.run(
        [node, "--test", "--test-reporter=tap", HERE / name],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
