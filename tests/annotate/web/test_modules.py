"""The modules that need no page, tested in node; those of core/ are tested in test_core.py."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path for part in ("sync", "text", "ui") for path in HERE.glob(f"{part}/*.test.js"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_tests_of_a_module_pass(node: Path, path: Path) -> None:
    command = [str(node), "--test", "--test-reporter=tap", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
