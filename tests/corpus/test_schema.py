"""Schemas are read, and what no schema may say is told in one line."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from glose.corpus.errors import GloseError
from glose.corpus.schema import Role, Schema, load, parse, shipped, within

HEAD = """
name = "small"
version = "1"
description = "for tests"
"""
BODY = """
[mentions.PER]
description = "a person"
colour = "#c2410c"
key = "p"
levels = ["NAM"]
subtypes.Group = "several persons"

[mentions.NUM]
description = "a number"
colour = "#475569"
key = "n"
values = ["number"]
entity = false

[entities.IDEA]
description = "what is never mentioned"
colour = "#000000"
key = "i"

[roles.Actor]
description = "who"
fillers = ["PER"]

[roles.Size]
description = "how many"
fillers = ["NUM", "value"]
values = ["few", "many"]
max = 1
common = true

[events.MEET]
description = "a meeting"
colour = "#0e7490"
key = "m"
roles = ["Actor"]

[events.SAY]
description = "speech"
colour = "#0e7491"
key = "s"
[events.SAY.roles]
Actor = { fillers = ["PER", "event"], min = 1 }

[relations.KIN]
description = "family"
colour = "#0e7492"
key = "k"
roles.Actor = ["PER.Group"]

[attributes.polarity]
description = "whether it is denied"
on = ["events"]
values.Positive = "no"
values.Negative = "yes"

[labels.topic]
description = "what it is about"
values.war = "war"
"""


@pytest.fixture
def small() -> Schema:
    """Return a schema that uses every part of the format."""
    return parse((HEAD + BODY).encode(), "small.toml")


def fault(text: str) -> str:
    """Return the one line that says what is wrong with a schema."""
    with pytest.raises(GloseError) as caught:
        parse(text.encode(), "s.toml")
    return str(caught.value)


class TestWhatItSays:
    def test_a_subtype_has_all_of_its_type_but_the_description(self, small: Schema) -> None:
        group = small.mentions["PER.Group"]

        assert (group.description, group.levels, group.key) == ("several persons", ("NAM",), "p")

    def test_entities_are_the_mention_types_that_may_be_one_and_those_declared(
        self, small: Schema
    ) -> None:
        assert list(small.entities) == ["PER", "PER.Group", "IDEA"]

    def test_a_common_role_is_one_of_every_event_type(self, small: Schema) -> None:
        assert [list(event.roles) for event in small.events.values()] == [
            ["Size", "Actor"], ["Size", "Actor"],
        ]  # fmt: skip

    def test_a_common_role_is_none_of_a_relation(self, small: Schema) -> None:
        assert list(small.relations["KIN"].roles) == ["Actor"]

    def test_a_named_role_is_as_described(self, small: Schema) -> None:
        assert small.events["MEET"].roles["Actor"] == Role("who", fillers=("PER",))

    def test_an_event_type_may_change_a_part_of_a_role(self, small: Schema) -> None:
        changed = Role("who", fillers=("PER", "event"), min=1)

        assert small.events["SAY"].roles["Actor"] == changed

    def test_a_list_changes_the_fillers(self, small: Schema) -> None:
        assert small.relations["KIN"].roles["Actor"] == Role("who", fillers=("PER.Group",))

    def test_its_hash_is_that_of_its_file(self, small: Schema) -> None:
        assert small.sha256 == sha256((HEAD + BODY).encode()).hexdigest()

    def test_required_roles_give_warnings_unless_it_says_otherwise(self, small: Schema) -> None:
        strict = parse((HEAD + 'required = "error"\n' + BODY).encode(), "s.toml")

        assert (small.required, strict.required) == ("warning", "error")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(
            ('key = "p"', ""),
            "mentions.PER: required key 'key' is missing",
            id="a type without a key",
        ),
        pytest.param(
            ('colour = "#c2410c"', 'colour = "red"'),
            "mentions.PER.colour: found red; expected #rrggbb",
            id="a colour by name",
        ),
        pytest.param(
            ('description = "a person"', 'description = " "'),
            "mentions.PER.description: empty; expected a sentence",
            id="an empty description",
        ),
        pytest.param(
            ('key = "n"', 'key = "p"'),
            "mentions.NUM.key: p is that of PER too",
            id="a key used twice",
        ),
        pytest.param(
            ('levels = ["NAM"]', 'level = ["NAM"]'),
            "mentions.PER: unknown key 'level'; did you mean 'levels'?",
            id="a misspelt name",
        ),
        pytest.param(
            ('levels = ["NAM"]', "levels = 3"),
            "mentions.PER.levels: found a whole number; expected a list",
            id="a number where a list is expected",
        ),
        pytest.param(
            ('fillers = ["PER"]', 'fillers = ["PERS"]'),
            "events.MEET.roles.Actor.fillers: PERS is no declared type; did you mean 'PER'?",
            id="a filler that is no type",
        ),
        pytest.param(
            ('fillers = ["PER"]', ""),
            "events.MEET.roles.Actor.fillers: empty; "
            "expected types, or event, segment or value",
            id="a role that nothing can fill",
        ),
        pytest.param(
            ("min = 1", "min = 2, max = 1"),
            "events.SAY.roles.Actor: min 2, max 1; expected 0 <= min <= max, and max >= 1",
            id="a least number above the greatest",
        ),
        pytest.param(
            ("min = 1", 'min = "1"'),
            "events.SAY.roles.Actor.min: found a string; expected a whole number",
            id="a number in quotation marks",
        ),
        pytest.param(
            ('roles = ["Actor"]', 'roles = ["Actr"]'),
            "events.MEET.roles.Actr: not described; expected a section [roles.Actr]",
            id="a role without a section",
        ),
        pytest.param(
            ('values = ["number"]', 'values = ["numbers"]'),
            "mentions.NUM.values: found numbers; expected some of date, time, duration, set, "
            "number, money, percent, quantity, age",
            id="an unknown kind of value",
        ),
        pytest.param(
            ('on = ["events"]', 'on = ["event"]'),
            "attributes.polarity.on: found event; expected some of mentions, entities, "
            "relations, events, event_clusters, templates, arguments, values",
            id="an attribute of an unknown list",
        ),
        pytest.param(
            ("[labels.topic]", "[label.topic]"),
            "[top level]: unknown key 'label'; did you mean 'labels'?",
            id="a misspelt section",
        ),
        pytest.param(
            ("[labels.topic]", "[labels]"),
            "labels.description: found a string; expected a table",
            id="a section without a name",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_one_line(changes: tuple[str, str], line: str) -> None:
    assert fault((HEAD + BODY).replace(*changes, 1)) == f"s.toml: {line}"


def test_a_schema_has_a_name() -> None:
    assert fault(BODY) == "s.toml: [top level]: required key 'name' is missing"


def test_a_section_is_a_table() -> None:
    assert fault(HEAD + "mentions = 3") == "s.toml: mentions: found int; expected a table"


def test_what_is_not_toml_is_told_with_its_line() -> None:
    assert re.fullmatch(r"s\.toml: not TOML: .*line 1.*", fault("name = x"))


def test_bytes_that_are_not_utf8_are_told() -> None:
    with pytest.raises(GloseError, match=r"s\.toml: byte 1 is not UTF-8; expected TOML"):
        parse(b"#\xff", "s.toml")


class TestFinding:
    def test_by_path(self, tmp_path: Path) -> None:
        path = tmp_path / "own.toml"
        path.write_text(HEAD)

        assert load(path).name == "small"

    def test_a_misspelt_name_is_guessed(self) -> None:
        with pytest.raises(GloseError, match="no schema is called 'plovr'; did you mean 'plover'"):
            load("plovr")

    def test_the_names_there_are_are_told(self) -> None:
        with pytest.raises(GloseError, match=r"there are: ace2005, muc4, plover; or a \.toml"):
            load("zzz")

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match=r"no\.toml: no such file; expected a schema"):
            load(tmp_path / "no.toml")


@pytest.mark.parametrize("name", ["plover", "ace2005", "muc4"])
class TestShipped:
    def test_it_loads(self, name: str) -> None:
        assert load(name).name == name

    def test_every_role_of_every_event_type_says_what_it_is(self, name: str) -> None:
        schema = load(name)
        frames = {**schema.events, **schema.relations, **schema.templates}

        assert all(role.description for frame in frames.values() for role in frame.roles.values())


def test_nothing_else_is_shipped() -> None:
    assert sorted(shipped()) == ["ace2005", "muc4", "plover"]


class TestPlover:
    def test_it_has_the_mention_types_of_the_guidelines(self) -> None:
        types = "PER ORG GPE LOC FAC WEA DATE TIME DUR SET NUM"

        assert list(load("plover").mentions) == types.split()

    def test_it_has_the_sixteen_event_types(self) -> None:
        types = (
            "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
            "PROTEST SANCTION MOBILIZE COERCE ASSAULT"
        )

        assert list(load("plover").events) == types.split()

    def test_every_event_type_has_the_four_roles(self) -> None:
        roles = {tuple(event.roles) for event in load("plover").events.values()}

        assert roles == {("Actor", "Recipient", "Location", "Date")}

    def test_an_event_may_be_a_recipient_and_nothing_else(self) -> None:
        roles = load("plover").roles

        assert [name for name, role in roles.items() if "event" in role.fillers] == ["Recipient"]

    def test_its_chains_are_of_six_types(self) -> None:
        assert list(load("plover").entities) == ["PER", "ORG", "GPE", "LOC", "FAC", "WEA"]


class TestAce:
    def test_it_has_33_event_types(self) -> None:
        assert len(load("ace2005").events) == 33

    def test_it_has_18_relation_types(self) -> None:
        assert len(load("ace2005").relations) == 18

    def test_it_has_7_entity_types(self) -> None:
        types = {name for name in load("ace2005").entities if "." not in name}

        assert types == {"PER", "ORG", "GPE", "LOC", "FAC", "VEH", "WEA"}

    def test_it_has_45_entity_subtypes(self) -> None:
        assert sum("." in name for name in load("ace2005").entities) == 45

    def test_an_attack_has_its_roles(self) -> None:
        roles = load("ace2005").events["Conflict.Attack"].roles

        assert [role for role in roles if not role.startswith("Time")] == [
            "Attacker", "Target", "Instrument", "Place",
        ]  # fmt: skip


class TestMuc:
    def test_it_has_templates_and_no_events(self) -> None:
        schema = load("muc4")

        assert (len(schema.templates), len(schema.events)) == (7, 0)

    def test_a_confidence_is_one_of_its_fixed_choices(self) -> None:
        role = load("muc4").templates["Incident.Bombing"].roles["PerpetratorConfidence"]

        assert "REPORTED AS FACT" in role.values


@pytest.mark.parametrize(
    ("name", "types", "inside"),
    [
        pytest.param("PER", ("PER",), True, id="a type is within itself"),
        pytest.param("PER.Group.Army", ("PER",), True, id="any level below"),
        pytest.param("PERSON", ("PER",), False, id="a longer word is another type"),
        pytest.param("PER", ("PER.Group",), False, id="a type is not within its subtype"),
        pytest.param("PER", (), False, id="nothing is within nothing"),
    ],
)
def test_within(name: str, types: tuple[str, ...], inside: bool) -> None:
    assert within(name, types) is inside


def test_the_example_of_the_manual_is_a_schema() -> None:
    page = (Path(__file__).parents[2] / "docs" / "schema.md").read_text()
    [example] = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)

    assert parse(example.encode(), "docs/schema.md").name == "football"


def test_schemas_stand_in_the_wheel() -> None:
    root = Path(__file__).parents[2]
    target = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"][
        "targets"
    ]

    assert target["wheel"]["force-include"]["corpus/schemas"] == "glose/corpus/schemas"
