"""The seeds of parity tests, and what glose scores their corpora."""

from __future__ import annotations

import pytest
from tests.evaluate.parity.compared import Scored, scorer
from tests.evaluate.parity.records import SEEDS


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    """Give the function that scores a corpus: see `scorer`."""
    return scorer(tmp_path_factory.mktemp("parity"))
