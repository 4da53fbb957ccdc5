"""Dataset folders of the Hub as a format; where their files are tests/corpus/publishing tells."""

from __future__ import annotations

from pathlib import Path

import datasets
import pytest

from glose.corpus import arrow
from glose.corpus.document import Document, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task

FORMAT = table.FORMATS["huggingface"]
CARD = """---
configs:
- config_name: gold
  default: true
  data_files:
  - {split: train, path: data/gold/train-*.parquet}
  - {split: test, path: data/gold/test-*.parquet}
- config_name: second
  data_files: data/second/*.parquet
---
"""


def made(ident: str) -> Document:
    return Document(id=ident, layer="gold", text="a", text_sha256=fingerprint("a"))


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """Return a folder as `publish` writes it, a document in each file, called after the file."""
    for name in ("gold/train-0", "gold/train-1", "gold/test-0", "second/train-0"):
        path = tmp_path / "hub" / "data" / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        arrow.to_parquet(path, [made(name)])
    (tmp_path / "hub" / "README.md").write_text(CARD)
    return tmp_path / "hub"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["gold/train-0", "gold/train-1", "gold/test-0"]),
        ({"split": "test"}, ["gold/test-0"]),
        ({"config": "second"}, ["second/train-0"]),
        ({"config": "second", "split": "train"}, ["second/train-0"]),
    ],
)
def test_what_is_read(hub: Path, options: dict[str, str], found: list[str]) -> None:
    assert [one.id for one in FORMAT.read(hub, Task(options))] == found
    assert table.name_of(hub) == "huggingface"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"split": "dev"}, r"gold: no split dev \(there are: train, test\)"),
        ({"config": "third"}, r"no configuration third \(there are: gold, second\)"),
    ],
)
def test_what_is_not_there_is_told(hub: Path, options: dict[str, str], message: str) -> None:
    with pytest.raises(GloseError, match=message):
        list(FORMAT.read(hub, Task(options)))


@pytest.mark.parametrize(
    ("options", "file"),
    [
        ({}, "data/train-00000-of-00001.parquet"),
        ({"split": "dev"}, "data/dev-00000-of-00001.parquet"),
        ({"config": "gold", "split": "dev"}, "data/gold/dev-00000-of-00001.parquet"),
    ],
)
def test_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], file: str
) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    FORMAT.write(tmp_path / "hub", [made("a")], Task(options))
    found = datasets.load_dataset(str(tmp_path / "hub"), split=options.get("split", "train"))

    assert (tmp_path / "hub" / file).is_file()
    assert list(arrow.from_dataset(found)) == [made("a")]


@pytest.mark.parametrize("file", ["train.parquet", "data/train.parquet", "data/x/0.parquet"])
def test_a_folder_of_parquet_is_recognised(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    arrow.to_parquet(tmp_path / file, [made("a")])

    assert table.name_of(tmp_path) == "huggingface"
    assert [one.id for one in table.load(tmp_path)] == ["a"]


def test_a_split_is_loaded(hub: Path) -> None:
    assert [one.id for one in table.load(hub, "test")] == ["gold/test-0"]


def test_another_table_is_refused(tmp_path: Path) -> None:
    datasets.disable_progress_bars()
    datasets.Dataset.from_dict({"tags": [["a"]]}).to_parquet(tmp_path / "train.parquet")

    with pytest.raises(GloseError, match=r"train\.parquet:1: unknown key 'tags'"):
        list(FORMAT.read(tmp_path))
