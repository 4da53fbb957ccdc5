"""Where a document departs from its schema, one case a kind of departure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
    Segment,
    Template,
    Value,
)
from glose.corpus.schema import Schema, load, parse
from glose.corpus.violations import Violation, violations

SCHEMA = parse(
    b"""
name = "small"
version = "1"
description = "for tests"
mentions.PER = { description = "a person", colour = "#c2410c", key = "p", levels = ["NAM", "NOM"] }
mentions.NUM = { description = "a number", colour = "#475569", key = "n", values = ["number"] }
roles.Actor = { description = "who", fillers = ["PER", "event"], min = 1, max = 2 }
roles.Size = { description = "how many", fillers = ["NUM", "value"], values = ["few", "many"] }
roles.Place = { description = "where", fillers = ["segment"] }
events.MEET = { description = "meeting", colour = "#000000", key = "m", roles = ["Actor", "Size"] }
relations.KIN = { description = "family", colour = "#000000", key = "k", roles = ["Size"] }
templates.Visit = { description = "a visit", colour = "#000000", key = "v", roles = ["Place"] }
attributes.polarity = { description = "denied", on = ["events"], values = { Positive = "no" } }
attributes.sure = { description = "sure", on = ["arguments", "values"] }
labels.topic = { description = "what of", values = { war = "war" } }
""",
    "small.toml",
)
ACTOR = Argument("Actor", "m1")
MEETING = Event("v1", "MEET", args=(ACTOR,), polarity="Positive")
RIGHT = Document(
    id="d",
    segments=(Segment("g1", "title", 0, 1),),
    mentions=(
        Mention("m1", "PER", 0, 1, level="NAM"),
        Mention("m2", "NUM", 0, 1, value=Value("number:2")),
    ),
    entities=(Entity("e1", "PER", mentions=("m1",)),),
    relations=(Relation("r1", "KIN", (Argument("Size", "m2"),)),),
    events=(MEETING,),
    templates=(Template("t1", "Visit", (Argument("Place", "g1"),)),),
    labels=(Label("topic", "war"),),
)


def found(schema: Schema = SCHEMA, **changes: object) -> list[str]:
    """Return the departures of the right document with some lists changed, with their levels."""
    document = replace(RIGHT, **changes)
    return [f"{violation.level}: {violation}" for violation in violations(document, schema)]


def test_the_right_document_keeps_to_the_schema() -> None:
    assert found() == []


CASES = [
    pytest.param(
        {"mentions": (*RIGHT.mentions, Mention("m3", "PRE", 0, 1))},
        "error: mention m3: the type PRE is not in the schema; did you mean 'PER'?",
        id="an unknown type of mention",
    ),
    pytest.param(
        {"mentions": (*RIGHT.mentions, Mention("m3", "PER", 0, 1, level="PRO"))},
        "error: mention m3: level PRO of a PER; expected NAM, NOM",
        id="an undeclared level",
    ),
    pytest.param(
        {"mentions": (*RIGHT.mentions, Mention("m3", "NUM", 0, 1, value=Value("date:2030")))},
        "error: mention m3: a value of kind date of a NUM; expected number",
        id="a value of another kind",
    ),
    pytest.param(
        {"mentions": (*RIGHT.mentions, Mention("m3", "NUM", 0, 1, value=Value("number:1", "X")))},
        "warning: mention m3: value: the attribute mod is not declared for values; "
        "expected one of sure",
        id="a modifier that is not declared",
    ),
    pytest.param(
        {"mentions": (*RIGHT.mentions, Mention("m3", "PER", 0, 1, attrs=(Attribute("a", "b"),)))},
        "warning: mention m3: the attribute a is not declared for mentions; it has none",
        id="an attribute that is not declared",
    ),
    pytest.param(
        {"entities": (Entity("e2", "ORG", "ONU"),)},
        "error: entity e2: the type ORG is not in the schema; expected one of PER, NUM",
        id="an unknown type of entity",
    ),
    pytest.param(
        {"events": (replace(MEETING, type="MEETS"),)},
        "error: event v1: the type MEETS is not in the schema; did you mean 'MEET'?",
        id="an unknown type of event",
    ),
    pytest.param(
        {"relations": (Relation("r1", "KINS"),)},
        "error: relation r1: the type KINS is not in the schema; did you mean 'KIN'?",
        id="an unknown type of relation",
    ),
    pytest.param(
        {"templates": (Template("t1", "Visits"),)},
        "error: template t1: the type Visits is not in the schema; did you mean 'Visit'?",
        id="an unknown type of template",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=(ACTOR, Argument("Actr", "m1"))),)},
        "error: event v1: the role Actr is not in the schema; did you mean 'Actor'?",
        id="an unknown role",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=(Argument("Actor", "m2"),)),)},
        "error: event v1: role Actor is filled by m2 (NUM); expected PER, event",
        id="a filler of the wrong type",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=(Argument("Actor", "g1"),)),)},
        "error: event v1: role Actor is filled by g1 (segment); expected PER, event",
        id="a segment where none is allowed",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=(Argument("Actor", value="he"),)),)},
        "error: event v1: role Actor is filled by the string he; expected PER, event",
        id="a string where none is allowed",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=(ACTOR, Argument("Size", value="manny"))),)},
        "error: event v1: role Size is manny; did you mean 'many'?",
        id="a string that is no choice",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=()),)},
        "warning: event v1: role Actor has 0 fillers; expected at least 1",
        id="too few fillers are a warning",
    ),
    pytest.param(
        {"events": (replace(MEETING, args=(ACTOR, Argument("Actor", "e1"), ACTOR)),)},
        "error: event v1: role Actor has 3 fillers; expected at most 2",
        id="too many fillers",
    ),
    pytest.param(
        {"events": (replace(MEETING, polarity="Positif"),)},
        "error: event v1: polarity is Positif; did you mean 'Positive'?",
        id="an undeclared value of a field",
    ),
    pytest.param(
        {"events": (replace(MEETING, tense="Past"),)},
        "warning: event v1: the attribute tense is not declared for events; "
        "expected one of polarity",
        id="a field that is not declared",
    ),
    pytest.param(
        {"event_clusters": (EventCluster("h1", ("v1",), (Attribute("polarity", "x"),)),)},
        "warning: cluster h1: the attribute polarity is not declared for event_clusters; "
        "it has none",
        id="an attribute of another list",
    ),
    pytest.param(
        {"labels": (Label("topics", "war"),)},
        "warning: label war: the scheme topics is not declared; did you mean 'topic'?",
        id="a scheme that is not declared",
    ),
    pytest.param(
        {"labels": (Label("topic", "peace"),)},
        "error: label peace: unknown in topic; expected one of war",
        id="a label that its scheme does not have",
    ),
]


@pytest.mark.parametrize(("changes", "violation"), CASES)
def test_violation(changes: dict[str, Any], violation: str) -> None:
    assert found(**changes) == [violation]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"events": (replace(MEETING, args=(ACTOR, Argument("Actor", "v1"))),)},
            id="an event fills a role that allows events",
        ),
        pytest.param(
            {"events": (replace(MEETING, args=(Argument("Actor", "e1"),)),)},
            id="an entity fills a role that allows its type",
        ),
        pytest.param(
            {"events": (replace(MEETING, args=(ACTOR, Argument("Size", value="few"))),)},
            id="a choice fills a role that offers it",
        ),
        pytest.param(
            {"relations": (Relation("r1", "KIN", (Argument("Size", "m2", attrs=(
                Attribute("sure", "yes"),)),)),)},
            id="an attribute without choices takes any string",
        ),
    ],
)  # fmt: skip
def test_no_violation(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


def test_too_few_fillers_are_an_error_where_the_schema_says_so() -> None:
    strict = replace(SCHEMA, required="error")

    assert found(strict, events=(Event("v1", "MEET"),)) == [
        "error: event v1: role Actor has 0 fillers; expected at least 1"
    ]


def test_a_subtype_fills_the_role_of_its_type() -> None:
    mentions = (Mention("m1", "PER.Group", 0, 1),)
    died = Event("v1", "Life.Die", args=(Argument("Victim", "m1"),))
    document = Document(id="d", mentions=mentions, events=(died,))

    assert list(violations(document, load("ace2005"))) == []


def test_the_example_departs_from_plover_in_every_type() -> None:
    [document] = jsonl.read(Path(__file__).parent / "data" / "example.jsonl")

    departures = list(violations(document, load("plover")))

    unknown = {str(found).split(":")[0] for found in departures if "the type" in str(found)}
    assert {
        f"mention {mention.id}" for mention in document.mentions if "." in mention.type
    } <= unknown


def test_of_many_types_some_are_named() -> None:
    document = Document(id="d", mentions=(Mention("m1", "ZZZ", 0, 1),))

    [found] = violations(document, load("ace2005"))

    assert str(found).endswith(" and 51 more")


def test_a_violation_reads_as_what_it_says() -> None:
    assert str(Violation("error", "event v1: no")) == "event v1: no"
