"""CASIE, DocEE and the answer keys of MUC-4, on samples of ours."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from glose.corpus import jsonl, rules
from glose.corpus.document import Argument, Attribute, Date, Document, Link
from glose.corpus.errors import GloseError
from glose.corpus.formats import muc_keys, table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.muc_keys import Fill
from glose.corpus.formats.rejects import MalformedError, Rejects

SAMPLES = Path(__file__).parent / "samples"


def read(path: Path, task: Task | None = None) -> list[Document]:
    return list(table.recognised(path).read(path, task))


def words(found: Document) -> dict[str, str]:
    """Return the words of mentions, events and entities by id."""
    return (
        {m.id: m.text for m in found.mentions}
        | {e.id: e.triggers[0].text for e in found.events if e.triggers}
        | {e.id: e.name or "" for e in found.entities}
    )


def filled(found: Document, args: tuple[Argument, ...]) -> list[tuple[str, str]]:
    said = words(found)
    return [(a.role, said[a.ref] if a.ref else f"={a.value}") for a in args]


def attributes(given: tuple[Attribute, ...]) -> list[str]:
    return [f"{attribute.name}={attribute.value}" for attribute in given]


@pytest.fixture
def casie(tmp_path: Path) -> Path:
    """Return the article of CASIE, to be made wrong."""
    return Path(shutil.copy(SAMPLES / "casie" / "10.json", tmp_path))


@pytest.fixture
def docee(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "docee.json", tmp_path))


@pytest.fixture
def muc(tmp_path: Path) -> Path:
    """Return the folder of keys and texts, to be made wrong."""
    return Path(shutil.copytree(SAMPLES / "muc", tmp_path / "muc"))


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


# --------------------------------------------------------------------------------------------
# CASIE
# --------------------------------------------------------------------------------------------


def test_casie_has_events_with_arguments() -> None:
    found, empty = read(SAMPLES / "casie")

    assert [(e.type, e.modality, filled(found, e.args)) for e in found.events] == [
        (
            "Attack.Databreach",
            "Actual",
            [
                ("Attacker", "pirates"),
                ("Compromised-Data", "mille mots de passe"),
                ("Victim", "la mairie de Gao"),
            ],
        ),
        ("Attack.Databreach", "Actual", [("Time", "mardi"), ("Victim", "la mairie de Gao")]),
        ("Attack.Phishing", "Other", []),
    ]
    assert (empty.id, empty.events) == ("11", ())


def test_casie_puts_events_of_a_hopper_together() -> None:
    found = read(SAMPLES / "casie")[0]

    assert [c.events for c in found.event_clusters] == [("E1", "E2")]


def test_casie_keeps_links_and_what_is_said_of_a_role() -> None:
    found = read(SAMPLES / "casie")[0]
    city = next(m for m in found.mentions if m.id == "T4")

    assert city.links == (
        Link("wikidata", "Q1"),
        Link("dbpedia", "http://dbpedia.org/resource/Gao"),
    )
    assert attributes(found.events[0].args[1].attrs) == ["confidence=0.5"]


def test_casie_says_when_and_where() -> None:
    found, empty = read(SAMPLES / "casie")

    assert (found.meta.title, found.meta.date) == ("Vol à Gao", Date(2031, 3, 14))
    assert empty.meta.date is None, "30 February is no date"


def test_casie_that_is_off_by_one_is_told(casie: Path) -> None:
    changed(casie, '"startOffset": 16, "endOffset": 20', '"startOffset": 17, "endOffset": 21')

    with pytest.raises(GloseError, match=r"stand at -1 \(--option slack=1 moves it there\)"):
        read(casie)


def test_casie_that_is_off_by_one_is_moved_on_demand(casie: Path) -> None:
    changed(casie, '"startOffset": 16, "endOffset": 20', '"startOffset": 17, "endOffset": 21')
    task = Task({"slack": "1"})
    [found] = read(casie, task)
    task.losses.begin(found)
    rows = {row.kind: row for row in task.losses.rows()}

    assert found.events[0].triggers[0].text == "volé"
    assert rows["events"].changed == 1
    assert rows["events"].reasons[0].reason == "moved by -1 to the words that they state"


def test_casie_leaves_out_an_event_that_is_wrong(casie: Path, tmp_path: Path) -> None:
    changed(casie, '"text": "mardi"', '"text": "lundi"')
    task = Task({}, Rejects(tmp_path / "rejects.jsonl"))
    [found] = read(casie, task)

    assert [e.id for e in found.events] == ["E1", "E3"]
    assert found.event_clusters == ()
    assert [r.reason for r in task.rejects.found] == ["the text has 'mardi' there, not 'lundi'"]


# --------------------------------------------------------------------------------------------
# DocEE
# --------------------------------------------------------------------------------------------


def test_docee_has_one_event_a_document() -> None:
    found, empty = read(SAMPLES / "docee.json")

    assert (found.id, found.meta.title) == ("docee-1", "Incendie à Gao")
    assert [(e.type, e.triggers, filled(found, e.args)) for e in found.events] == [
        (
            "Fire",
            (),
            [
                ("Location", "marché de Gao"),
                ("Date", "mardi"),
                ("Casualties and Losses", "Trois marchands"),
                ("Damaged Property", "marché de Gao"),
            ],
        )
    ]
    assert len(found.mentions) == 3, "a span that fills two roles is one mention"
    assert [(e.type, e.args) for e in empty.events] == [("Strike", ())]
    assert found.status.annotated == ("events",)


def test_docee_leaves_out_an_argument_that_is_wrong(docee: Path, tmp_path: Path) -> None:
    changed(docee, '\\"end\\": 46', '\\"end\\": 460')
    task = Task({}, Rejects(tmp_path / "rejects.jsonl"))
    found = read(docee, task)[0]

    assert len(found.events[0].args) == 3
    assert [r.reason for r in task.rejects.found] == ["offset 460 is outside the text (0 to 77)"]
    assert task.rejects.found[0].line == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('"Fire"', '""', "without type of event", id="no type"),
        pytest.param('"Fire"', "3", r"Expected `str`, got `int` - at `\$\[2\]`", id="a number"),
        pytest.param('"[]"', '"{}"', "Expected `array`", id="arguments that are no list"),
        pytest.param('"Calme"', '"Calme', "expected a JSON list of articles", id="no JSON"),
        pytest.param('\\"type\\": \\"Date\\"', '\\"type\\": \\"\\"', "its role", id="no role"),
    ],
)
def test_docee_that_is_wrong_is_one_line(docee: Path, old: str, new: str, message: str) -> None:
    changed(docee, old, new)

    with pytest.raises(GloseError, match=message):
        list(table.find("docee").read(docee))


# --------------------------------------------------------------------------------------------
# MUC
# --------------------------------------------------------------------------------------------


def test_muc_has_templates_with_the_roles_of_the_schema() -> None:
    found, nothing = read(SAMPLES / "muc")

    assert [(t.type, filled(found, t.args)) for t in found.templates] == [
        (
            "Incident.Kidnapping",
            [
                ("Date", "=- 14 MAR 91"),
                ("Location", "=MALI: GAO (CITY / REGION)"),
                ("Stage", "=ACCOMPLISHED"),
                ("PerpetratorCategory", "=TERRORIST ACT"),
                ("PerpetratorIndividual", "REBELS"),
                ("PerpetratorOrganisation", "NORTHERN FRONT"),
                ("PerpetratorConfidence", "=REPORTED AS FACT"),
                ("Victim", "ALI KEITA"),
                ("VictimDescription", "MAYOR"),
                ("VictimDescription", "SENATOR"),
                ("VictimType", "=GOVERNMENT OFFICIAL"),
                ("VictimNumber", "=1"),
            ],
        ),
        (
            "Incident.Bombing",
            [
                ("Stage", "=ACCOMPLISHED"),
                ("Weapon", "BOMB"),
                ("WeaponType", "=BOMB"),
                ("WeaponType", "=GUN"),
                ("PerpetratorCategory", "=TERRORIST ACT"),
                ("PerpetratorOrganisation", "NORTHERN FRONT"),
                ("Target", '"POST OFFICE"'),
                ("TargetNumber", "=1"),
                ("TargetTotal", "=3-"),
            ],
        ),
    ]
    assert (nothing.id, nothing.templates) == ("DEV-MUC3-0002", ())
    assert nothing.status.annotated == ("templates",)


def test_muc_keeps_alternatives_options_and_cross_references() -> None:
    kidnapping, bombing = read(SAMPLES / "muc")[0].templates
    said = {a.role: attributes(a.attrs) for a in kidnapping.args if a.attrs}

    assert said == {
        "Date": ["alternative=13 MAR 91 - 14 MAR 91"],
        "PerpetratorConfidence": ["alternative=POSSIBLE", "of=NORTHERN FRONT", "of=FN"],
        "VictimDescription": ["optional=yes"],
        "VictimType": ["of=ALI KEITA"],
        "VictimNumber": ["of=ALI KEITA"],
    }
    assert attributes(kidnapping.args[8].attrs) == ["of=ALI KEITA"]
    assert attributes(bombing.attrs) == ["optional=yes", "alternative=Incident.ForcedWorkStoppage"]


def test_muc_finds_the_strings_where_they_stand_first() -> None:
    """A line end counts as a blank; what is not there has a name and no mention."""
    found = read(SAMPLES / "muc")[0]
    places = {m.id: (m.text, m.start) for m in found.mentions}
    entities = {e.name: [places[m] for m in e.mentions] for e in found.entities}

    assert entities["NORTHERN FRONT"] == [("NORTHERN\nFRONT", 63), ("FN", 79)]
    assert entities["MAYOR"] == [("MAYOR", 97), ("MAYOR OF GAO", 97)]
    assert entities["SENATOR"] == []


def test_muc_has_an_entity_for_the_same_names_in_two_templates() -> None:
    found = read(SAMPLES / "muc")[0]
    one, other = (
        next(a.ref for a in t.args if a.role == "PerpetratorOrganisation") for t in found.templates
    )

    assert one == other
    assert [attributes(e.attrs) for e in found.entities if e.id == one] == [["alias=FN"]]


def test_muc_without_places_has_names_alone() -> None:
    found = read(SAMPLES / "muc", Task({"find": "no"}))[0]

    assert found.mentions == ()
    assert len(found.entities) == 7


def test_muc_says_what_a_dateline_says() -> None:
    found, undated = read(SAMPLES / "muc")
    text = found.text or ""

    assert [text[s.start : s.end] for s in found.segments] == ["GAO, 14 MAR 91 (RADIO GAO)"]
    assert (found.meta.date, undated.meta.date) == (Date(1991, 3, 14), None)
    assert attributes(found.extra) == ["site=GLOSE"]


def test_muc_is_read_from_a_file_of_keys_with_texts_elsewhere(muc: Path, tmp_path: Path) -> None:
    (muc / "dev-muc3-0001-0003").rename(tmp_path / "texts")
    key = muc / "key-dev-0001.muc4"

    with pytest.raises(GloseError, match=r"no text of DEV-MUC3-0001 in .*; --option texts=PLACE"):
        read(key)
    assert len(read(key, Task({"texts": str(tmp_path / "texts")}))) == 2


def test_muc_takes_the_first_of_two_texts(muc: Path) -> None:
    """TST4 stands there in capitals, and as it came from the agencies."""
    text = (muc / "dev-muc3-0001-0003").read_text()
    (muc / "dev-muc3-0001-0003.mixed-case").write_text(text.replace("REBELS", "Rebels"))
    task = Task()

    assert "REBELS" in (read(muc, task)[0].text or "")
    assert dict(task.losses.notes)["texts that stand in two files; the first one is read"] == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('"REBELS"', '"REBELS', "1:.*quotation mark too few", id="a quotation mark"),
        pytest.param("9.  PERP: INDI", "9.PERP: INDI", "no slot", id="a slot that is none"),
        pytest.param("0.  MESSAGE: ID", "0.  MESSAGE", "no slot", id="no message"),
    ],
)
def test_muc_that_is_wrong_is_one_line(muc: Path, old: str, new: str, message: str) -> None:
    changed(muc / "key-dev-0001.muc4", old, new)

    with pytest.raises(GloseError, match=message):
        list(table.find("muc").read(muc))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('"A"', Fill(False, ("A",))),
        ('?"A" / "B/C"', Fill(True, ("A", "B/C"))),
        ('"A \\"B\\""', Fill(False, ('A "B"',))),
        ('X Y: "A" / "B: C"', Fill(False, ("X Y",), ("A", "B: C"))),
        ('("A" / "B"): "C"', Fill(False, ("A", "B"), ("C",))),
        ("GUN: -", Fill(False, ("GUN",))),
        ('-: "A"', Fill(False, ("-",), ("A",))),
        ("3- / PLURAL", Fill(False, ("3-", "PLURAL"))),
        ("A/B", Fill(False, ("A", "B"))),
        ('"A (B) C"', Fill(False, ("A (B) C",))),
    ],
)
def test_what_a_line_of_a_key_says(content: str, expected: Fill) -> None:
    assert muc_keys.fill(content, related=True) == expected


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("MALI: GAO (CITY)", ("MALI: GAO (CITY)",)),
        ("(MALI: GAO (CITY)) / (MALI)", ("MALI: GAO (CITY)", "MALI")),
        ("MALI: GAO (CITY / REGION)", ("MALI: GAO (CITY / REGION)",)),
        ("(MALI: A (TOWN) - B (TOWN)) / MALI", ("MALI: A (TOWN) - B (TOWN)", "MALI")),
        ("- 08 JAN 90", ("- 08 JAN 90",)),
        ("? MALI", ("MALI",)),
    ],
)
def test_what_a_place_or_date_says(content: str, names: tuple[str, ...]) -> None:
    assert muc_keys.fill(content, related=False).names == names


@pytest.mark.parametrize("content", ['"A', 'A"', '"A" "B', '""A"'])
def test_a_quotation_mark_too_few_is_told(content: str) -> None:
    with pytest.raises(MalformedError, match="a quotation mark too few or too many"):
        muc_keys.fill(content, related=True)


@pytest.mark.parametrize("name", ["casie", "docee.json", "muc"])
def test_all_of_them_are_told_apart_and_keep_the_rules(name: str) -> None:
    assert table.name_of(SAMPLES / name) == name.removesuffix(".json")
    for document in read(SAMPLES / name):
        assert list(rules.faults(document)) == []
        assert json.loads(jsonl.encode(document))["text"]
