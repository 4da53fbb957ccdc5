"""The scorer of spaCy pipelines, on stand-ins for `Example`, `Doc` and `Span`.

With spaCy 3.8.18 itself 200 random examples, with other tokens on either side and with tokens of
which gold says nothing, gave the figures of its own `get_ner_prf`.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from itertools import pairwise
from pathlib import Path

import pytest

from glose.corpus.errors import GloseError
from glose.evaluate.examples import figures, make_scorer

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "docs" / "python.md").read_text().partition("## Pipelines of spaCy")[2]


@dataclass
class Token:
    """A token: its place in the text, its length, and 0 where gold says nothing of it."""

    idx: int
    size: int
    ent_iob: int = 2

    def __len__(self) -> int:
        return self.size


@dataclass
class Span:
    """A span of tokens."""

    label_: str
    start: int
    end: int


@dataclass
class Doc:
    """A document of words; `~` joins a token to the one before, `?` stands before the unknown."""

    written: str
    ents: list[Span] = field(default_factory=list)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    annotated: bool = True

    def __post_init__(self) -> None:
        words = re.findall(r"(~?)(\??)(\S+)", self.written.replace("~", " ~"))
        self.text, self.tokens = "", []
        for joined, unknown, word in words:
            self.text += " " if self.text and not joined else ""
            self.tokens.append(Token(len(self.text), len(word), 0 if unknown else 2))
            self.text += word

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        return self.tokens[place]

    def has_annotation(self, name: str) -> bool:
        assert name == "ENT_IOB"
        return self.annotated


class Example:
    """Gold and prediction, aligned token to token by what they share of the text."""

    def __init__(self, gold: Doc, predicted: Doc) -> None:
        self.y, self.x, self.alignment = gold, predicted, self

    @property
    def x2y(self) -> Example:
        return self

    def __getitem__(self, places: slice) -> list[int]:
        tokens = self.x.tokens[places]
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        return [
            number
            for number, token in enumerate(self.y)
            if token.idx < end and start < token.idx + len(token)
        ]


WORDS = "Anna Berg vit à Hama"


def ents(written: str) -> list[Span]:
    """Return the spans that `PER 0-2, LOC 3-4` writes."""
    found = []
    for each in filter(None, written.split(", ")):
        label, place = each.split()
        found.append(Span(label, *map(int, place.split("-"))))
    return found


def example(
    gold: str, predicted: str, words: str = "Anna Berg vit à Hama", **other: str
) -> Example:
    """Return an example of entities on these words, `other` words for the prediction."""
    return Example(Doc(words, ents(gold)), Doc(other.get("other", words), ents(predicted)))


def prf(examples: list[Example], *protocols: str) -> tuple[object, object, object]:
    found = figures(examples, protocols or ("entity/strict",))
    return found["ents_p"], found["ents_r"], found["ents_f"]


@pytest.mark.parametrize(("given", "expected"), [
    pytest.param(example("PER 0-2, LOC 4-5", "PER 0-2, LOC 4-5"), (1.0, 1.0, 1.0), id="perfect"),
    pytest.param(example("PER 0-2, LOC 4-5", "PER 0-2, ORG 4-5"), (0.5, 0.5, 0.5), id="a type"),
    pytest.param(example("PER 0-2", "PER 0-1"), (0.0, 0.0, 0.0), id="a boundary"),
    pytest.param(example("PER 0-2", ""), (None, 0.0, 0.0), id="nothing predicted"),
    pytest.param(example("", "PER 0-2"), (0.0, None, 0.0), id="nothing in gold"),
    pytest.param(example("", ""), (None, None, None), id="nothing at all"),
    pytest.param(example("PER 0-2", "PER 0-3", other="An~na Berg vit à Hama"), (1.0, 1.0, 1.0),
                 id="other tokens"),
    pytest.param(example("PER 0-2", "PER 1-3", other="An~na Berg vit à Hama"), (1.0, 1.0, 1.0),
                 id="a part of a token is the token"),
    pytest.param(example("PER 0-2", "PER 0-2, LOC 4-5", "Anna Berg vit à ?Hama"), (1.0, 1.0, 1.0),
                 id="what gold says nothing of is left out"),
])  # fmt: skip
def test_entities(given: Example, expected: tuple[object, object, object]) -> None:
    assert prf([given]) == expected


def test_metrics_and_types_have_names() -> None:
    found = figures(
        [example("PER 0-2, LOC 4-5", "PER 0-1, LOC 4-5")], ["entity/partial", "entity/strict"]
    )

    assert (found["entity/partial_f"], found["entity/strict_f"]) == (0.75, 0.5)
    assert found["ents_f"] == 0.75, "of the first metric"
    assert found["entity/strict_per_type"] == {
        "LOC": {"p": 1.0, "r": 1.0, "f": 1.0}, "PER": {"p": 0.0, "r": 0.0, "f": 0.0},
    }  # fmt: skip


def test_tokens_of_gold_are_the_tokens() -> None:
    """A protocol that counts tokens counts those of gold."""
    found = figures([example("PER 0-2", "PER 0-2")], ["conll"])

    assert found["conll/chunk_f"] == 1.0


def test_examples_without_gold_are_left_out() -> None:
    bare = Example(Doc("Hama", annotated=False), Doc("Hama", ents("LOC 0-1")))

    assert prf([bare, example("PER 0-2", "PER 0-2")]) == (1.0, 1.0, 1.0)
    assert figures([bare], ["conll"]) == dict.fromkeys(
        ("ents_p", "ents_r", "ents_f", "ents_per_type")
    )


def test_spans_of_a_key_may_overlap() -> None:
    spans = ents("PER 0-2, PER 0-1, LOC 1-2")
    gold = Doc("Anna Berg", spans={"sc": spans}, annotated=False)
    found = figures(
        [Example(gold, Doc("Anna Berg", spans={"sc": spans[:2]}))], ["entity/strict"], "sc"
    )

    assert (found["spans_sc_p"], found["spans_sc_r"], found["spans_sc_f"]) == (1.0, 2 / 3, 0.8)
    assert figures([Example(gold, Doc("Anna Berg"))], ["entity/strict"], "sc")["spans_sc_r"] == 0.0


def test_many_examples_stay_apart() -> None:
    """Each is a document: what stands in another is not right here."""
    examples = [example("PER 0-2", "PER 0-2"), example("", "PER 0-2"), example("PER 0-2", "")]

    assert prf(examples) == (0.5, 0.5, 0.5)


def test_the_configuration_of_the_manual_works() -> None:
    """The block names the entry point and arguments that it takes, as spaCy reads it."""
    [block] = re.findall(r"```ini\n(.*?)```", SECTION, re.DOTALL)
    [shown] = re.findall(r"```json\n(.*?)```", SECTION, re.DOTALL)
    config = configparser.ConfigParser()
    config.read_string(block)
    section = config["components.ner.scorer"]
    arguments = {name: json.loads(value) for name, value in section.items() if name[0] != "@"}
    [point] = entry_points(group="spacy_scorers", name=json.loads(section["@scorers"]))
    scorer = point.load()(**arguments)
    weights = {name: json.loads(value) for name, value in config["training.score_weights"].items()}
    found = scorer(iter([example("PER 0-2, LOC 4-5", "PER 0-1, LOC 4-5")]), per_component=True)

    assert point.load() is make_scorer
    assert weights.keys() <= found.keys()
    assert json.loads(shown) == {
        name: value for name, value in found.items() if not name.endswith("per_type")
    }


def test_a_protocol_that_there_is_not_is_refused_at_once() -> None:
    with pytest.raises(GloseError, match="no protocol is called 'bogus'"):
        make_scorer(["bogus"])


def test_spacy_is_no_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["project"]["dependencies"]
    code = "import sys, glose.evaluate.examples; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert not [name for name in packages if "spacy" in name]
    assert done.stdout.strip() == "False", done.stderr


def test_tokens_of_the_stand_in_are_in_order() -> None:
    assert all(a.idx + len(a) <= b.idx for a, b in pairwise(Doc("An~na ?Berg").tokens))
    assert Doc("An~na ?Berg").text == "Anna Berg"
