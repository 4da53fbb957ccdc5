"""Records of one document in several layers: which formats hold them, and `convert --layer`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.commands import group
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import layers, table, trial
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.specimens import SPECIMENS

WRITTEN = [name for name, found in table.FORMATS.items() if found.writer]
HOLDING = {"jsonl", "spread", "parquet", "arrow", "datasets", "huggingface"}


def records(*named: str) -> list[Document]:
    """Return a record for each `id/layer`."""
    pairs = (name.split("/") for name in named)
    return [replace(SPECIMENS["mentions"], id=id_, layer=layer) for id_, layer in pairs]


TWO = records("a/ana@x", "a/bob", "b/ana@x", "c/cleo")


def convert(*arguments: object) -> Result:
    """Run a conversion; what the user is to put right is raised."""
    done = CliRunner().invoke(group, ["convert", *map(str, arguments)])
    if isinstance(done.exception, GloseError):
        raise done.exception
    assert done.exception is None, done.exception
    return done


@pytest.mark.parametrize("name", WRITTEN)
def test_layers_come_back_or_nothing_is_written(tmp_path: Path, name: str) -> None:
    form = table.FORMATS[name]
    assert form.layers == (name in HOLDING)
    path = trial.place(form, tmp_path)
    if form.layers:
        trial.write(form, TWO, path, name)
        assert sorted((d.id, d.layer) for d in form.read(path)) == [(d.id, d.layer) for d in TWO]
        return
    with pytest.raises(GloseError) as caught:
        trial.write(form, TWO, path, name)
    assert str(caught.value) == (
        f"{path}: document a comes in several layers, and {name} holds one; choose it with "
        "--layer NAME (there are: 'ana@x', bob, cleo)"
    )
    assert list(tmp_path.iterdir()) == []


def test_layers_of_different_documents_are_no_reason_to_refuse() -> None:
    made = records("a/x", "b/y", "a/x")
    assert list(layers.single(made, "brat", Path("out"))) == made


def test_one_layer_is_chosen_and_the_others_are_told() -> None:
    losses = Losses()
    found = layers.chosen(TWO, "ana@x", Path("in"), losses)

    assert [document.id for document in found] == ["a", "b"]
    assert losses.notes == {
        "records of layer bob are left out": 1,
        "records of layer cleo are left out": 1,
    }


def test_a_layer_that_no_record_has_is_an_error() -> None:
    with pytest.raises(GloseError, match=r"^in: no record of layer dan \(there are: 'ana@x', bob"):
        list(layers.chosen(TWO, "dan", Path("in"), Losses()))


@pytest.mark.parametrize(("layer", "ids"), [("ana@x", ["a", "b"]), ("cleo", ["c"])])
def test_convert_takes_the_layer_that_it_is_told(
    tmp_path: Path, layer: str, ids: list[str]
) -> None:
    jsonl.write(tmp_path / "gold.jsonl", TWO)
    convert(tmp_path / "gold.jsonl", tmp_path / "c.spacy", "--layer", layer)

    assert [document.id for document in table.load(tmp_path / "c.spacy")] == ids


def test_two_annotators_of_a_task_are_chosen_of_and_not_mixed(tmp_path: Path) -> None:
    region = {"start": 0, "end": 3, "text": "Gao", "labels": ["GPE"]}
    result = [{"id": "r", "type": "labels", "from_name": "label", "value": region}]
    annotations = [{"completed_by": who, "result": result} for who in ("ana@x", 3)]
    task = {"id": 7, "data": {"text": "Gao"}, "annotations": annotations}
    (source := tmp_path / "export.json").write_text(json.dumps([task]))

    with pytest.raises(GloseError, match=r"conll holds one.*: 'ana@x', annotator-3\)$"):
        convert(source, tmp_path / "c.conll", "--strict")
    done = convert(source, tmp_path / "c.conll", "--layer", "annotator-3")
    assert "note: records of layer 'ana@x' are left out" in done.stdout
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["c.conll", "export.json"]
