"""TextEE, OneIE, DyGIE++ and SciERC: what their files have, and what ours become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from glose.corpus.document import Argument, Document, Relation, Segment
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS, document, mention
from glose.corpus.formats.windows import aligned

Json = dict[str, Any]


def write(folder: Path, *lines: Json) -> Path:
    path = folder / "train.json"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def read(path: Path, **options: str) -> list[Document]:
    return list(table.recognised(path).read(path, Task(options)))


def written(name: str, folder: Path, found: Document, **options: str) -> list[Json]:
    path = folder / "c"
    table.find(name).write(path, [found], Task(options))
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def words(found: Document, name: str | None) -> str:
    return next(m.text for m in found.mentions if m.id == name)


def window(number: int = 0, doc: str = "D1", **more: object) -> Json:
    """Return a window of TextEE with one event."""
    return {
        "doc_id": doc, "wnd_id": f"{doc}-{number}", "lang": "fr",
        "text": "L'armée a  attaqué Gao.",
        "tokens": ["L'", "armée", "a", "attaqué", "Gao", "."],
        "entity_mentions": [
            {"id": f"{doc}-E1", "text": "L'armée", "entity_type": "ORG", "start": 0, "end": 2},
            {"id": f"{doc}-E2", "text": "Gao", "entity_type": "GPE", "start": 4, "end": 5},
        ],
        "event_mentions": [{
            "id": f"{doc}-V1", "event_type": "Conflict:Attack",
            "trigger": {"start": 3, "end": 4, "text": "attaqué"},
            "arguments": [{"entity_id": f"{doc}-E2", "role": "Target", "text": "Gao"}],
        }],
        "relation_mentions": [],
    } | more  # fmt: skip


RELATION = {
    "id": "r", "relation_type": "GEN-AFF", "relation_subtype": "GEN-AFF:Org-Location",
    "arguments": [
        {"entity_id": "D1-E1", "role": "Arg-1", "text": "L'armée"},
        {"entity_id": "D1-E2", "role": "Arg-2", "text": "Gao"},
    ],
}  # fmt: skip


def test_windows_of_one_document_are_joined(tmp_path: Path) -> None:
    (first, second) = read(write(tmp_path, window(0), window(1), window(0, "D2")))

    assert (first.id, first.text) == ("D1", "L'armée a  attaqué Gao.\nL'armée a  attaqué Gao.")
    assert [e.triggers[0].start for e in first.events] == [11, 35]
    assert [e.type for e in first.events] == ["Conflict.Attack"] * 2
    assert [words(first, a.ref) for e in first.events for a in e.args] == ["Gao", "Gao"]
    assert (second.id, len(second.segments), second.language) == ("D2", 1, "fr")


def test_tokens_are_the_text_where_they_differ_from_it(tmp_path: Path) -> None:
    (found,) = read(write(tmp_path, window(text="L'armee a attaque Gao.")))

    assert found.text == "L' armée a attaqué Gao ."


def test_oneie_has_levels_and_another_name_of_the_text(tmp_path: Path) -> None:
    line = window(sent_id="D1-0", sentence="L'armée a attaqué Gao.", relation_mentions=[RELATION])
    del line["text"], line["wnd_id"]
    line["entity_mentions"][0]["mention_type"] = "NOM"
    (found,) = read(write(tmp_path, line))

    assert found.text == "L'armée a attaqué Gao."
    assert found.mentions[0].level == "NOM"
    (relation,) = found.relations
    assert relation.type == "GEN-AFF.Org-Location"
    assert [(a.role, words(found, a.ref)) for a in relation.args] == [
        ("Arg1", "L'armée"), ("Arg2", "Gao"),
    ]  # fmt: skip


def test_an_argument_without_a_mention_becomes_one(tmp_path: Path) -> None:
    line = window(entity_mentions=[])
    line["event_mentions"][0]["arguments"] = [
        {"entity_id": "x", "role": "Target", "text": "Gao", "start": 4, "end": 5}
    ]
    (found,) = read(write(tmp_path, line))

    assert [(m.type, m.text) for m in found.mentions] == [("MENTION", "Gao")]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param([window(tokens=["L'"])], "some of 0 to 1", id="past the end"),
        pytest.param(
            [window(entity_mentions=[{"id": "a", "text": "armée", "start": 0, "end": 1}])],
            "not 'armée'; the end is exclusive", id="off by one",
        ),
        pytest.param([window(entity_mentions=[])], "no mention here", id="an unknown mention"),
        pytest.param([window(), window(0, "D2"), window(1)], "one after another", id="mixed up"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(tmp_path: Path, lines: list[Json], reason: str) -> None:
    path = write(tmp_path, *lines)
    with pytest.raises(GloseError, match=reason):
        read(path)
    rejects = Rejects(tmp_path / "r")
    assert list(table.find("textee").read(path, Task({}, rejects)))
    assert any(reason in one.reason for one in rejects.found)


def _two_sentences() -> Document:
    text = "Kassa a fui. Il est à Gao."
    people = (mention("m1", "PER", "Kassa", text=text), mention("m2", "GPE", "Gao", text=text))
    near = Relation("r1", "At", (Argument("Arg1", ref="m1"), Argument("Arg2", ref="m2")))
    halves = (Segment("s1", "sentence", 0, 12), Segment("s2", "sentence", 13, len(text)))
    return replace(document("d1", text, mentions=people, relations=(near,)), segments=halves)


@pytest.mark.parametrize("name", ["textee", "dygie"])
def test_a_relation_across_windows_is_told_to_be_lost(tmp_path: Path, name: str) -> None:
    task = Task(counted=True)
    table.find(name).write(tmp_path / "c", [_two_sentences()], task)

    (row,) = [row for row in task.losses.rows() if row.kind == "relations"]
    assert row.dropped == 1
    assert "in one" in row.reasons[0].reason


def test_windows_count_tokens_from_their_beginning(tmp_path: Path) -> None:
    first, second = written("textee", tmp_path, _two_sentences())

    assert [m["text"] for m in first["entity_mentions"]] == ["Kassa"]
    (gao,) = second["entity_mentions"]
    assert second["tokens"][gao["start"] : gao["end"]] == ["Gao"]
    assert second["wnd_id"] == "d1-1"


def test_a_document_that_comes_twice_is_refused(tmp_path: Path) -> None:
    twice = [_two_sentences(), _two_sentences()]
    with pytest.raises(GloseError, match="comes twice"):
        table.find("textee").write(tmp_path / "c", twice)
    assert list(tmp_path.iterdir()) == []


def test_the_keys_of_oneie(tmp_path: Path) -> None:
    (line,) = written("textee", tmp_path, SPECIMENS["events"], form="oneie", separator="/")

    assert {"sent_id", "sentence"} <= line.keys()
    assert line["event_mentions"][0]["event_type"] == SPECIMENS["events"].events[0].type


@pytest.mark.parametrize(
    ("text", "tokens", "found"),
    [
        ("a  bc", ["a", "b", "c"], [(0, 1), (3, 4), (4, 5)]),
        ("a b", ["a"], None),
        ("a b", ["b"], None),
        (" a ", ["a"], [(1, 2)]),
    ],
)
def test_tokens_are_found_in_order(
    text: str, tokens: list[str], found: list[tuple[int, int]] | None
) -> None:
    assert aligned(text, tokens) == found


SCIERC = {
    "doc_key": "X96-1", "clusters": [[[0, 0], [7, 7]]],
    "sentences": [["Kassa", "a", "quitté", "la", "ville", "."], ["Hier", "Kassa", "est", "là"]],
    "ner": [[[0, 0, "PER"], [3, 4, "GPE"]], [[7, 7, "PER"]]],
    "relations": [[[0, 0, 3, 4, "LEFT", 0.5]], []],
    "events": [[[[2, "Move"], [0, 0, "Agent"], [5, 5, "End"]]], [[[6, 6, "Time"]]]],
}  # fmt: skip


def test_dygie_counts_from_the_document_and_includes_the_end(tmp_path: Path) -> None:
    (found,) = read(write(tmp_path, SCIERC))

    assert found.text == "Kassa a quitté la ville .\nHier Kassa est là"
    assert sorted((m.type, m.text) for m in found.mentions) == [
        ("GPE", "la ville"), ("MENTION", "."), ("PER", "Kassa"), ("PER", "Kassa"),
    ]  # fmt: skip
    (entity,) = found.entities
    assert (entity.type, [words(found, m) for m in entity.mentions]) == ("PER", ["Kassa"] * 2)
    assert [(e.type, e.triggers[0].text) for e in found.events] == [
        ("Move", "quitté"), ("Time", "Hier"),
    ]  # fmt: skip
    assert [words(found, a.ref) for a in found.relations[0].args] == ["Kassa", "la ville"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"ner": [[[3, 10, "X"]]]}, "some of 0 to 9"),
        ({"ner": [[[3, 2, "X"]]]}, "some of 0 to 9"),
        ({"events": [[[[2]]]]}, "Expected"),
        ({"clusters": [[3]]}, "Expected"),
    ],
)
def test_what_is_wrong_in_dygie_is_one_line(tmp_path: Path, more: Json, reason: str) -> None:
    with pytest.raises(GloseError, match=reason):
        read(write(tmp_path, SCIERC | more))


@pytest.mark.parametrize(("which", "word"), [("first", "en"), ("last", "est")])
def test_a_long_trigger_is_one_word(tmp_path: Path, which: str, word: str) -> None:
    found = SPECIMENS["events"]
    trigger = replace(found.events[0].triggers[0], start=51, end=57, text="en est")
    assert (found.text or "")[51:57] == "en est"
    found = replace(found, events=(replace(found.events[0], triggers=(trigger,)),))
    (line,) = written("dygie", tmp_path, found, trigger=which)

    tokens = [token for sentence in line["sentences"] for token in sentence]
    assert tokens[line["events"][0][0][0][0]] == word
