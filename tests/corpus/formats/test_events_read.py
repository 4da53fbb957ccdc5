"""RAMS, WikiEvents, the three of MAVEN, and MUC-4, on samples of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table

SAMPLES = Path(__file__).parent / "samples"


def read(path: Path) -> list[Document]:
    return list(table.recognised(path).read(path))


def words(found: Document, name: str | None) -> str:
    """Return the words of a mention, or those of the trigger of an event, by id."""
    spans = {m.id: m.text for m in found.mentions}
    spans |= {e.id: e.triggers[0].text for e in found.events}
    spans |= {e.id: spans[e.mentions[0]] for e in found.entities}
    return spans[name or ""]


def events(found: Document) -> list[tuple[str, str, set[tuple[str, str]]]]:
    return [
        (e.type, e.triggers[0].text, {(a.role, words(found, a.ref)) for a in e.args})
        for e in found.events
    ]


def test_rams_counts_from_the_document_and_includes_the_end() -> None:
    (found,) = read(SAMPLES / "rams.jsonl")

    arguments = {("attacker", "L' armée"), ("target", "Gao"), ("time", "mardi")}
    assert events(found) == [("conflict.attack.n/a", "attaqué", arguments)]
    assert [len(s) for s in (found.segments, found.mentions)] == [2, 3]
    assert found.meta.url == "https://example.org/1"


def test_wikievents_has_the_text_of_its_sentences() -> None:
    (found,) = read(SAMPLES / "wikievents.jsonl")

    assert found.text == "L'armée a attaqué Gao.\nL'assaut a duré mardi."
    arguments = {("Attacker", "L'armée"), ("Time", "mardi")}
    assert events(found) == [("Conflict.Attack.Unspecified", "attaqué", arguments)]


def test_maven_has_chains_of_events() -> None:
    found = read(SAMPLES / "maven.jsonl")[0]

    assert found.text == "L'armée a attaqué Gao.\nL'assaut a duré mardi."
    assert [(t, w) for t, w, _ in events(found)] == [
        ("Attack", "attaqué"), ("Attack", "assaut"), ("Lasting", "duré"),
    ]  # fmt: skip
    (cluster,) = found.event_clusters
    assert [words(found, name) for name in cluster.events] == ["attaqué", "assaut"]
    assert found.status.annotated == ("events", "event_clusters")


def test_maven_ere_has_relations_of_first_events_and_times() -> None:
    found = read(SAMPLES / "maven.jsonl")[1]

    assert [(r.type, *(words(found, a.ref) for a in r.args)) for r in found.relations] == [
        ("CONTAINS", "mardi", "attaqué"),
        ("CAUSE", "attaqué", "duré"),
        ("SUBEVENT", "attaqué", "duré"),
    ]
    assert [(m.type, m.text) for m in found.mentions] == [("DATE", "mardi")]
    assert "relations" in found.status.annotated


def test_maven_arg_counts_characters_and_has_entities_as_arguments() -> None:
    found = read(SAMPLES / "maven.jsonl")[2]

    assert events(found)[0] == ("Attack", "attaqué", {("Agent", "L' armée"), ("Patient", "Gao")})
    assert [a.ref for a in found.events[0].args if a.role == "Patient"] == [found.entities[0].id]
    assert found.events[1].args == ()


def test_what_is_kept_back_for_a_test_is_not_annotated() -> None:
    assert read(SAMPLES / "maven.jsonl")[3].status.annotated == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("rams.jsonl", "[[3, 3], [0, 1]", "[[2, 2], [0, 1]", "no trigger"),
        ("rams.jsonl", "[4, 4, ", "[4, 40, ", "some of 0 to 12"),
        ("wikievents.jsonl", '"end": 2', '"end": 3', 'not "L\'armée"'),
        ("wikievents.jsonl", '"entity_id": "wiki_1-T2"', '"entity_id": "x"', "no mention"),
        ("maven.jsonl", '"offset": [3, 4]', '"offset": [2, 3]', "not 'attaqué'"),
        ("maven.jsonl", '["TIME_1"', '["TIME_9"', "TIME_9, which was not read"),
        ("maven.jsonl", '"sent_id": 1', '"sent_id": 7', "sentence 7"),
        ("maven.jsonl", '"entity_id": "ENTITY_1"', '"entity_id": "x"', "x, which was not read"),
        ("maven.jsonl", '"content": [', '"contents": [', "expected one of them"),
    ],
)
def test_what_is_wrong_is_one_line(
    tmp_path: Path, name: str, old: str, new: str, reason: str
) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(GloseError, match=reason):
        list(table.find(name.removesuffix(".jsonl")).read(path))


def test_fillers_of_templates_are_entities_of_all_their_names() -> None:
    found, empty = read(SAMPLES / "gtt.json")

    names = {e.id: (e.name, len(e.mentions)) for e in found.entities}
    filled = [{(a.role, names[a.ref or ""]) for a in t.args} for t in found.templates]
    assert [t.type for t in found.templates] == ["kidnapping", "bombing"]
    assert filled == [
        {
            ("PerpInd", ("rebelles", 1)), ("PerpOrg", ("front", 2)),
            ("Victim", ("le maire de gao", 2)),
        },
        {("PerpInd", ("rebelles", 1)), ("PerpOrg", ("front", 1)), ("Weapon", ("bombe", 1))},
    ]  # fmt: skip
    assert len(found.entities) == 5
    assert (empty.templates, empty.status.annotated) == ((), ("templates",))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('["bombe", ', '["bombes", ', "Weapon: the text has"),
        ('"incident_type": "bombing", ', "", "without incident_type"),
        ('[["bombe", 81]]', "[]", "without names"),
        ('["bombe", 81]', '["bombe"]', "Expected"),
    ],
)
def test_a_template_that_is_wrong_is_one_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = (SAMPLES / "gtt.json").read_text("utf-8")
    assert old in text
    (tmp_path / "gtt.json").write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(GloseError, match=reason):
        read(tmp_path / "gtt.json")
