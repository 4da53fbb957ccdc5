"""The extractors that learn: what they find, that they are deterministic, what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from glose.annotate.extractors.prediction import bare
from glose.annotate.extractors.table import EXTRACTORS, find, kinds, trainer
from glose.annotate.running import Settings, run
from glose.annotate.training import train
from glose.corpus.document import Document, Status
from glose.corpus.errors import GloseError

LEARNERS = ("rules", "crf")
Fields = Callable[[Document], object]


@pytest.fixture(params=LEARNERS)
def learner(request: pytest.FixtureRequest) -> str:
    """The name of each extractor that can be trained."""
    return str(request.param)


def trained(name: str, gold: list[Document], folder: Path) -> str:
    """Train an extractor and return how it is named on the command line."""
    train(name, gold, "gold.jsonl", None, folder)
    return f"{name}:{folder}"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(lambda d: [(m.type, m.text, m.level) for m in d.mentions], id="mentions"),
        pytest.param(lambda d: [m.value for m in d.mentions], id="values"),
        pytest.param(lambda d: [(e.type, e.triggers) for e in d.events], id="triggers"),
        pytest.param(lambda d: [(e.polarity, e.tense) for e in d.events], id="attributes"),
    ],
)
def test_what_was_learnt_is_found_again(
    learner: str, gold: list[Document], tmp_path: Path, fields: Fields
) -> None:
    extractor = find(trained(learner, gold, tmp_path / "model"))

    assert [fields(extractor.annotate(bare(one))) for one in gold] == [fields(one) for one in gold]


def test_crf_finds_the_arguments_again(gold: list[Document], tmp_path: Path) -> None:
    extractor = find(trained("crf", gold, tmp_path / "model"))
    found = extractor.annotate(bare(gold[0])).events[0].args

    assert {arg.role for arg in found} == {"Actor", "Date", "Recipient"}


def test_a_name_that_was_not_seen_is_found_by_crf(gold: list[Document], tmp_path: Path) -> None:
    extractor = find(trained("crf", gold, tmp_path / "model"))
    unseen = Document(id="x", text="L'armée russe a bombardé Wadi vendredi.")

    assert ("GPE", "Wadi") in [(m.type, m.text) for m in extractor.annotate(unseen).mentions]


def test_two_trainings_give_the_same_model(
    learner: str, gold: list[Document], tmp_path: Path
) -> None:
    for name in ("a", "b"):
        trained(learner, gold[:: 1 if name == "a" else -1], tmp_path / name)
    files = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}

    assert files == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


def test_two_models_give_the_same_predictions(
    learner: str, gold: list[Document], tmp_path: Path
) -> None:
    for name in ("a", "b"):
        extractor = find(trained(learner, gold, tmp_path / name))
        run(extractor, gold, tmp_path / f"{name}.jsonl", Settings())

    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_a_model_holds_no_pickle(learner: str, gold: list[Document], tmp_path: Path) -> None:
    trained(learner, gold, tmp_path / "model")

    assert {path.suffix for path in (tmp_path / "model").iterdir()} <= {".json", ".crfsuite"}


def test_a_model_says_what_it_was_trained_on(gold: list[Document], tmp_path: Path) -> None:
    header = train("rules", gold, "gold.jsonl", "train", tmp_path / "model")

    assert (header.extractor, header.split, header.documents) == ("rules", "train", 12)


def test_a_new_model_replaces_an_old_one(gold: list[Document], tmp_path: Path) -> None:
    trained("rules", gold, tmp_path / "model")
    trained("rules", gold[:3], tmp_path / "model")

    assert b'"documents":3' in (tmp_path / "model" / "model.json").read_bytes()


def test_a_folder_that_is_no_model_is_not_replaced(gold: list[Document], tmp_path: Path) -> None:
    (tmp_path / "dear").mkdir()

    with pytest.raises(GloseError, match="exists and is no model"):
        trained("rules", gold, tmp_path / "dear")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda _: [], "has no documents to learn from", id="an empty corpus"),
        pytest.param(
            lambda gold: [msgspec.structs.replace(gold[0], text=None)], "d0: no text", id="no text"
        ),
        pytest.param(
            lambda gold: [msgspec.structs.replace(gold[0], status=Status())],
            "d0: mentions were not annotated",
            id="no gold",
        ),
    ],
)
def test_training_refuses(
    gold: list[Document],
    tmp_path: Path,
    change: Callable[[list[Document]], list[Document]],
    message: str,
) -> None:
    with pytest.raises(GloseError, match=message):
        train("rules", change(gold), "gold.jsonl", "train", tmp_path / "model")


def test_rules_without_a_model_find_times_and_numbers(gold: list[Document]) -> None:
    found = find("rules").annotate(bare(gold[0]))

    assert [(m.type, m.text) for m in found.mentions] == [("DATE", "lundi")]


def test_rules_without_a_model_annotate_mentions_only() -> None:
    assert find("rules").annotates == ("mentions",)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("crf", "crf needs a model: .*glose annotate train crf"),
        ("crf:/nowhere", "no such file; expected a model"),
        ("rule", "did you mean 'rules'"),
        ("xyzzy", r"there are: rules, crf, command"),
    ],
)
def test_an_extractor_that_cannot_be_had(name: str, message: str) -> None:
    with pytest.raises(GloseError, match=message):
        find(name)


def test_a_model_of_another_extractor_is_refused(gold: list[Document], tmp_path: Path) -> None:
    trained("rules", gold, tmp_path / "model")

    with pytest.raises(GloseError, match="a model of rules, not of crf"):
        find(f"crf:{tmp_path / 'model'}")


def test_a_model_with_other_features_is_refused(gold: list[Document], tmp_path: Path) -> None:
    trained("crf", gold, tmp_path / "model")
    header = tmp_path / "model" / "model.json"
    header.write_bytes(header.read_bytes().replace(b'"features":', b'"features":9'))

    with pytest.raises(GloseError, match="train it anew"):
        find(f"crf:{tmp_path / 'model'}")


@pytest.mark.parametrize("name", ["names.crfsuite", "arguments.json", "model.json"])
def test_a_model_with_a_spoilt_part_is_refused(
    gold: list[Document], tmp_path: Path, name: str
) -> None:
    trained("crf", gold, tmp_path / "model")
    (tmp_path / "model" / name).write_bytes(b"spoilt")

    with pytest.raises(GloseError, match=name):
        find(f"crf:{tmp_path / 'model'}")


def test_a_program_cannot_be_trained() -> None:
    with pytest.raises(
        GloseError, match="'command' cannot be trained; those that can: crf, rules"
    ):
        trainer("command")


def test_plug_ins_replace_no_extractor_of_ours() -> None:
    assert {name: kinds()[name] for name in EXTRACTORS} == dict(EXTRACTORS)
