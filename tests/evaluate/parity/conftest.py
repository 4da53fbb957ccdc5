"""Corpora of parity tests as files, and what glose scores them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.evaluate.parity.records import SEEDS, View, save

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score

Scored: TypeAlias = Callable[..., System]


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    """Give a function that scores one corpus by one protocol, without intervals.

    `scored("seed1", "textee")` or `scored("edge/crossing", "conll", "flat")`.
    """
    folder = tmp_path_factory.mktemp("parity")

    @cache
    def file(corpus: str, side: str, view: View) -> Path:
        return save(corpus, side, folder, view)

    @cache
    def found(corpus: str, protocol: str, view: View = "entities", samples: int = 0) -> System:
        gold, predicted = (file(corpus, side, view) for side in ("gold", "pred"))
        options = Options(protocols=(protocol,), sampling=Sampling(samples))
        return score(gold, [predicted], options=options).systems[0]

    return found
