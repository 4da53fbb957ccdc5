"""Where the files of a dataset folder are, as its card states it or their names tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.corpus import arrow
from glose.corpus.document import Document, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.publishing import layout


def made(ident: str) -> Document:
    return Document(id=ident, layer="gold", text="a", text_sha256=fingerprint("a"))


def folder(path: Path, files: Iterable[str], card: str | None = None) -> Path:
    """Write files of one document each, which has the name of the file, and a card."""
    for name in files:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        arrow.to_parquet(path / name, [made(name)])
    if card is not None:
        (path / layout.CARD).write_text(f"---\n{card}\n---\n# a card\n")
    return path


def ids(config: layout.Config, split: str | None = None) -> list[str]:
    return [document.id for document in layout.documents(config, split)]


@pytest.mark.parametrize(
    ("files", "splits"),
    [
        pytest.param(
            ["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet",
             "data/test-00000-of-00001.parquet"],
            {"test": 1, "train": 2}, id="as the Hub writes them"),
        pytest.param(["train.parquet", "test.parquet"], {"test": 1, "train": 1}, id="no folder"),
        pytest.param(["data/0000.parquet"], {"train": 1}, id="a number alone"),
        pytest.param(["data/test/0000.parquet", "data/train/0000.parquet"],
                     {"test": 1, "train": 1}, id="a folder for each split"),
    ],
)  # fmt: skip
def test_names_tell_splits(tmp_path: Path, files: list[str], splits: dict[str, int]) -> None:
    [config] = layout.configs(folder(tmp_path, files))

    assert {name: len(paths) for name, paths in config.splits.items()} == splits


TWO = ["a/x.parquet", "a/y.parquet"]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        pytest.param("data_files: a/*.parquet", {"train": TWO}, id="a pattern"),
        pytest.param('data_files: ["a/x.parquet", "a/y.parquet"]', {"train": TWO}, id="a list"),
        pytest.param("data_files: {dev: a/x.parquet, test: [a/y.parquet]}",
                     {"dev": TWO[:1], "test": TWO[1:]}, id="by split"),
        pytest.param("data_files: [{split: dev, path: a/x.parquet}, {path: a/y.parquet}]",
                     {"dev": TWO[:1], "train": TWO[1:]}, id="a list of splits"),
        pytest.param('data_files: [{split: dev, path: ["a/x.parquet", "**/y.parquet"]}]',
                     {"dev": TWO}, id="several patterns"),
        pytest.param("data_dir: a\n  data_files: '*.parquet'", {"train": TWO}, id="a folder"),
    ],
)  # fmt: skip
def test_a_card_states_splits(tmp_path: Path, card: str, expected: dict[str, list[str]]) -> None:
    home = folder(tmp_path, TWO, f"configs:\n- config_name: one\n  {card}")
    [config] = layout.configs(home)

    assert config.name == "one"
    assert {name: ids(config, name) for name in config.splits} == expected
    assert ids(config) == [name for names in expected.values() for name in names]


CONFIGS = """configs:
- {config_name: one, data_files: a/x.parquet}
- {config_name: two, data_files: a/y.parquet%s}"""


@pytest.mark.parametrize(
    ("default", "name", "found"),
    [
        pytest.param("", "one", ["a/x.parquet"], id="named"),
        pytest.param(", default: true", None, ["a/y.parquet"], id="stated to be meant"),
    ],
)
def test_which_configuration(
    tmp_path: Path, default: str, name: str | None, found: list[str]
) -> None:
    home = folder(tmp_path, TWO, CONFIGS % default)

    assert ids(layout.chosen(home, name)) == found


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (None, "several configurations (there are: one, two); name one"),
        ("three", "no configuration three (there are: one, two)"),
    ],
)
def test_which_configuration_must_be_known(tmp_path: Path, name: str | None, message: str) -> None:
    home = folder(tmp_path, TWO, CONFIGS % "")

    with pytest.raises(GloseError) as raised:
        layout.chosen(home, name)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("card", "message"),
    [
        pytest.param("configs: [{data_files: /etc/x.parquet}]", "leads out", id="a root"),
        pytest.param("configs: [{data_files: ../x.parquet}]", "leads out", id="above"),
        pytest.param(
            "configs: [{data_dir: a/.., data_files: x}]", "leads out", id="in the middle"
        ),
        pytest.param(
            "configs: [{data_files: b/*.parquet}]", "names no Parquet", id="no such file"
        ),
        pytest.param("configs: [{data_files: null}]", "names no Parquet", id="nothing"),
        pytest.param("configs: [{data_files: 'a**b/**'}]", "", id="a strange pattern"),
        pytest.param("configs: [", "its top is not YAML", id="no YAML"),
        pytest.param("a: &a [*a]\nb: !!python/object:x 1", "its top is not YAML", id="objects"),
        pytest.param("x: 2031-99-99", "its top is not YAML", id="a date that is none"),
    ],
)
def test_a_hostile_card_is_one_line(tmp_path: Path, card: str, message: str) -> None:
    home = folder(tmp_path, TWO, card)

    with pytest.raises(GloseError) as raised:
        layout.configs(home)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("card", ["- a", "configs: 3", "configs: [3]", "configs: [{a: b}]", ""])
def test_a_card_that_states_nothing_leaves_it_to_the_names(tmp_path: Path, card: str) -> None:
    [config] = layout.configs(folder(tmp_path, ["data/dev.parquet"], card))

    assert list(config.splits) == ["dev"]


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


keys = st.sampled_from(("config_name", "data_files", "data_dir"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(keys, trees), max_size=3))
def test_whatever_a_card_states_is_no_crash(
    tmp_path_factory: pytest.TempPathFactory, configs: object
) -> None:
    home = tmp_path_factory.mktemp("card")
    folder(home, ["a.parquet"], json.dumps({"configs": configs}))
    try:
        layout.configs(home)
    except GloseError as error:
        assert "\n" not in str(error)  # noqa: PT017  # one line, as a person reads it


def test_a_folder_without_parquet_is_told(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="no Parquet file in it"):
        layout.configs(tmp_path)


def test_a_full_file_is_followed_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "FULL", 1)
    monkeypatch.setattr(arrow, "BATCH", 2)
    written = [made(f"d{number}") for number in range(5)]
    count = layout.write(tmp_path, "gold", "train", written)

    assert count == 5
    assert sorted(path.name for path in (tmp_path / "data/gold").iterdir()) == [
        f"train-0000{number}-of-00003.parquet" for number in range(3)
    ]
    assert ids(layout.chosen(tmp_path), "train") == [document.id for document in written]


@pytest.mark.parametrize(
    ("config", "split", "message"),
    [
        ("gold", "fold-1", "fold-1 cannot name a split on the Hub"),
        ("a/b", "train", "'a/b' cannot name a configuration"),
        ("*", "train", "cannot name a configuration"),
        ("gold", "", "cannot name a split"),
    ],
)
def test_names_that_the_hub_does_not_take(
    tmp_path: Path, config: str, split: str, message: str
) -> None:
    with pytest.raises(GloseError) as raised:
        layout.write(tmp_path, config, split, [made("a")])
    assert message in str(raised.value)


def test_an_unknown_split_is_told(tmp_path: Path) -> None:
    config = layout.chosen(folder(tmp_path, ["data/dev.parquet"]))

    with pytest.raises(GloseError, match=r"no split test \(there are: dev\)"):
        list(layout.documents(config, "test"))
