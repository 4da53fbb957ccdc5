"""PHEE, re3d, DocRED and GAP: samples of ours, and the corpora with their own counts."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects

SAMPLES = Path(__file__).parent / "samples"
Data = Callable[[str], Path]


def read(path: Path) -> list[Document]:
    return list(table.recognised(path).read(path))


def words(found: Document, name: str | None) -> str:
    return next(m.text for m in found.mentions if m.id == name)


def damaged(folder: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of a sample with one place changed."""
    source = SAMPLES / name
    path = folder / source.name
    text = source.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


# --------------------------------------------------------------------------------------------
# PHEE
# --------------------------------------------------------------------------------------------


def test_phee_has_arguments_of_arguments() -> None:
    found = read(SAMPLES / "phee.json")[0]
    (combination, event) = found.events

    assert {(a.role, words(found, a.ref)) for a in event.args if a.ref != combination.id} == {
        ("Treatment", "une dose unique d’azaline par voie orale"),
        ("Treatment.Drug", "azaline"),
        ("Treatment.Route", "orale"),
        ("Effect", "fièvre et de frissons"),
        ("Subject", "un patient âgé"),
        ("Subject.Age", "âgé"),
        ("Speculated", "peut-être"),
        ("Severity", "sévère"),
    }
    below = next(a for a in event.args if a.role == "Subject.Age")
    assert [words(found, a.value) for a in below.attrs] == ["un patient âgé"]
    assert (event.modality, event.polarity) == ("Other", None)
    assert [a.role for a in event.args if a.ref == combination.id] == ["Treatment.Combination"]
    severity = next(a for a in event.args if a.role == "Severity")
    assert [(a.name, a.value) for a in severity.attrs] == [("value", "High")]


def test_phee_counts(data: Data) -> None:
    found = read(data("phee") / "test.json")
    events = [event for document in found for event in document.events]
    types = Counter(event.type for event in events)
    assert (len(found), len(events) - types["Combination"]) == (968, 1010)
    outer = [
        {a.role for a in e.args if "." not in a.role} for e in events if e.type != "Combination"
    ]
    assert sum(map(len, outer)) == 2608


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"start": [[0]]', '"start": [[1]]', "not 'Après'"),
        ('"start": [[0]]', '"start": [[0, 2]]', "1 pieces and 2 starts"),
        ('"event_type": "Adverse_event", ', "", "without event_type"),
    ],
)
def test_phee_that_is_wrong(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(GloseError, match=reason):
        read(damaged(tmp_path, "phee.json", old, new))


# --------------------------------------------------------------------------------------------
# re3d
# --------------------------------------------------------------------------------------------


def test_re3d_has_relations_with_the_words_that_state_them() -> None:
    (found,) = read(SAMPLES / "re3d")

    assert {(m.type, m.text) for m in found.mentions} == {
        ("Person", "colonel Kassa"), ("MENTION", "la garnison"), ("Location", "Gao"),
    }  # fmt: skip
    stated = [(r.type, r.triggers[0].text, r.attrs[0].value) for r in found.relations]
    assert stated == [("InChargeOf", "commande", "0.75"), ("CoLocated", "de", "0.75")]
    assert [words(found, a.ref) for a in found.relations[1].args] == ["la garnison", "Gao"]
    assert (found.meta.title, found.meta.source) == ("Gao", "Agence")


def test_re3d_counts(data: Data) -> None:
    """The five folders that are here; those of a licence that is not free are not."""
    found = read(data("re3d"))

    typed = sum(mention.type != "MENTION" for d in found for mention in d.mentions)
    assert (len(found), typed) == (23 + 22 + 26 + 13 + 4, 1439 + 720 + 945 + 641 + 70)
    assert sum(len(d.relations) for d in found) == 538 + 177 + 236 + 168 + 17


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("entities.json", '"colonel Kassa"', '"colonel Kasso"', "not 'colonel Kasso'"),
        ("entities.json", '"documentId": "D1"', '"documentId": "D2"', "document D2"),
        ("relations.json", '"sourceEnd": 18', '"sourceEnd": 999', "outside the text"),
    ],
)
def test_re3d_that_is_wrong(tmp_path: Path, name: str, old: str, new: str, reason: str) -> None:
    shutil.copytree(SAMPLES / "re3d", tmp_path / "re3d")
    path = tmp_path / "re3d" / "Agence" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    rejects = Rejects(tmp_path / "r")

    assert len(list(table.find("re3d").read(tmp_path, Task({}, rejects)))) == 1
    assert [reason in one.reason for one in rejects.found] == [True]


# --------------------------------------------------------------------------------------------
# DocRED
# --------------------------------------------------------------------------------------------


def test_docred_has_relations_of_entities_with_evidence() -> None:
    (found,) = read(SAMPLES / "docred.json")

    assert found.text == "Kassa commande à Gao .\nLe colonel y vit ."
    assert [[words(found, m) for m in e.mentions] for e in found.entities] == [
        ["Kassa", "Le colonel"], ["Gao"],
    ]  # fmt: skip
    (relation,) = found.relations
    assert [a.ref for a in relation.args] == [e.id for e in found.entities]
    assert relation.evidence == tuple(segment.id for segment in found.segments)


def test_docred_counts(data: Data) -> None:
    found = read(data("redocred-dev150") / "dev150.json")
    lists = ("entities", "mentions", "relations")

    assert len(found) == 150
    assert [sum(len(getattr(d, name)) for d in found) for name in lists] == [2950, 4039, 5579]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"pos": [3, 4]', '"pos": [3, 6]', "some of 0 to 5"),
        ('"sent_id": 1', '"sent_id": 2', "sentence 2"),
        ('"h": 0', '"h": 7', "entity 7"),
        ('"evidence": [0, 1]', '"evidence": [2]', r"evidence \[2\]"),
    ],
)
def test_docred_that_is_wrong(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(GloseError, match=reason):
        read(damaged(tmp_path, "docred.json", old, new))


def test_sentences_without_tokens_do_not_shift_evidence(tmp_path: Path) -> None:
    (line,) = json.loads((SAMPLES / "docred.json").read_text("utf-8"))
    line["sents"].insert(1, [])
    line["vertexSet"][0][1]["sent_id"] = 2
    line["labels"][0]["evidence"] = [2]
    path = tmp_path / "docred.json"
    path.write_text(json.dumps([line]), "utf-8")
    (found,) = read(path)

    (relation,) = found.relations
    (segment,) = [s for s in found.segments if s.id in relation.evidence]
    assert (found.text or "")[segment.start : segment.end] == "Le colonel y vit ."


# --------------------------------------------------------------------------------------------
# GAP
# --------------------------------------------------------------------------------------------


def test_gap_has_the_name_that_the_pronoun_means() -> None:
    first, second = read(SAMPLES / "gap.tsv")

    assert [words(first, m) for m in first.entities[0].mentions] == ["elle", "Éva"]
    assert (second.entities, second.status.annotated) == ((), ("mentions", "entities"))
    assert {(m.level, m.text) for m in second.mentions} == {
        ("NAM", "Ana"), ("NAM", "Ida"), ("PRO", "lui"),
    }  # fmt: skip


def test_gap_counts(data: Data) -> None:
    path = data("gap") / "gap-validation.tsv"
    found = read(path)
    rows = [line.split("\t") for line in path.read_text("utf-8").split("\n")[1:] if line]
    same = Counter(tuple(row[column] == "TRUE" for column in (6, 9)) for row in rows)

    assert (len(found), len(rows)) == (454, 454)
    assert sum(len(d.entities) for d in found) == same[True, False] + same[False, True]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("elle\t22", "elle\t23", "not 'elle'"),
        ("elle\t22", "elle\tx", "expected a number"),
        ("TRUE", "YES", "expected TRUE or FALSE"),
        ("FALSE\tÉva", "Éva", "10 cells"),
        ("Pronoun-offset", "Offset", "expected the columns|not recognised"),
    ],
)
def test_gap_that_is_wrong(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = damaged(tmp_path, "gap.tsv", old, new)
    with pytest.raises(GloseError, match=reason):
        list(table.find("gap").read(path))
