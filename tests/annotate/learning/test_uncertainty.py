"""How unsure taggers are of a document."""

from __future__ import annotations

from math import log
from pathlib import Path

import pytest

from glose.annotate.extractors.protocol import Extractor
from glose.annotate.extractors.table import find
from glose.annotate.learning.stack import Tagged
from glose.annotate.learning.uncertainty import uncertainty
from glose.annotate.training import train
from glose.corpus.document import Document

HALF = log(0.5)


@pytest.mark.parametrize(("rows", "expected"), [
    pytest.param([], "0.0000", id="a document without words holds nothing to be unsure of"),
    pytest.param([(3, (0.0, 0.0))], "0.0000", id="certain of every label"),
    pytest.param([(1, (HALF,))], "0.5000", id="one label that is as likely as not"),
    pytest.param([(2, (HALF,))], "0.2929", id="the same over two words is less a label"),
    pytest.param([(1, (HALF, 0.0))], "0.2929", id="and so it is over two layers"),
    pytest.param([(1, (HALF,)), (1, (HALF,))], "0.5000", id="twice as much of it is no more"),
    pytest.param([(1, (-708.0,))], "1.0000", id="nothing is believed"),
])  # fmt: skip
def test_uncertainty(rows: list[tuple[int, tuple[float, ...]]], expected: str) -> None:
    assert uncertainty(Tagged({}, words, logs) for words, logs in rows) == expected


@pytest.fixture
def crf(gold: list[Document], tmp_path: Path) -> Extractor:
    train("crf", gold, "gold.jsonl", None, tmp_path / "model")
    return find(f"crf:{tmp_path / 'model'}")


def told(extractor: Extractor, text: str) -> float:
    extra = extractor.annotate(Document(id="x", text=text)).extra
    assert [one.name for one in extra] == ["uncertainty"]
    return float(extra[0].value)


def test_what_was_learnt_is_surer_than_what_was_never_seen(
    crf: Extractor, gold: list[Document]
) -> None:
    assert told(crf, gold[0].text or "") < told(crf, "Zut alors, Kibo frappe Anvo : Miro a fui !")


def test_a_long_text_without_a_stop_has_a_figure(crf: Extractor) -> None:
    assert 0 <= told(crf, "Kibo frappe Anvo Miro " * 500) <= 1


def test_a_text_without_words_has_a_figure(crf: Extractor) -> None:
    assert told(crf, " ") == 0
