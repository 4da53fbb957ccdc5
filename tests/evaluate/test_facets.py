"""What stands beside what in each facet of a document, by hand and as properties."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from tests.evaluate.invented import Maker

from glose.corpus.document import Document
from glose.corpus.jsonl import decode
from glose.evaluate.beside import Beside, Shown
from glose.evaluate.facets import LISTS, annotated, facets
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

TEXT = "Anna Berg a vu Carl Dahl à Hama ; elle est partie"
WORDS = {
    "anna": (0, 9), "berg": (5, 9), "vu": (12, 14), "carl": (15, 24), "dahl": (20, 24),
    "hama": (27, 31), "elle": (34, 38), "partie": (43, 49),
}  # fmt: skip


def document(**lists: list[dict[str, Any]]) -> Document:
    """Return a document with a mention for each word, and these lists."""
    mentions = [
        {"id": name, "type": "PER", "start": start, "end": end}
        for name, (start, end) in WORDS.items()
    ]
    record = {"id": "d", "text": TEXT, "mentions": mentions, **lists}
    return decode(json.dumps(record).encode())


def found(gold: Document, predicted: Document, facet: str) -> list[Beside]:
    """Return the items of one facet."""
    return [each for each in facets(View(gold), View(predicted)) if each.facet == facet]


def told(items: list[Beside]) -> list[str]:
    """Return items in short: `type anna #1 / +1`."""
    rows = []
    for each in items:
        names = (side.name if side else "-" for side in (each.gold, each.predicted))
        rows.append(f"{each.kind} {word(each.gold or each.predicted)} {' / '.join(names)}")
    return rows


def word(shown: Shown | None) -> str:
    """Return the word at which an item begins."""
    assert shown
    return next((name for name, place in WORDS.items() if place in shown.pieces), "nowhere")


def entities(*clusters: str) -> Document:
    """Return a document with entities, each written as the names of its mentions."""
    return document(entities=[
        {"id": f"e{n}", "type": "PER", "mentions": names.split()}
        for n, names in enumerate(clusters)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(
            ["anna elle", "hama"], ["hama", "anna elle"],
            ["correct anna #1 / #1", "correct hama #2 / #2", "correct elle #1 / #1"],
            id="clusters have the numbers of gold, whatever their order",
        ),
        pytest.param(
            ["anna elle", "carl"], ["anna", "carl elle"],
            ["correct anna #1 / #1", "correct carl #2 / #2", "type elle #1 / #2"],
            id="a mention of another cluster is in the wrong one",
        ),
        pytest.param(
            ["anna elle carl"], ["anna elle", "carl"],
            ["correct anna #1 / #1", "type carl #1 / +1", "correct elle #1 / #1"],
            id="a cluster that no gold cluster is has a number of its own",
        ),
        pytest.param(
            ["anna elle"], ["elle hama"],
            ["missed anna #1 / -", "spurious hama - / #1", "correct elle #1 / #1"],
            id="what gold does not have is spurious in the cluster that it is in",
        ),
        pytest.param(
            ["anna elle"], ["berg elle"],
            ["boundary anna #1 / #1", "correct elle #1 / #1"],
            id="other bounds in the right cluster",
        ),
        pytest.param(
            ["anna elle", "carl"], ["elle", "carl berg"],
            ["both anna #1 / #2", "correct carl #2 / #2", "correct elle #1 / #1"],
            id="other bounds in the wrong cluster",
        ),
        pytest.param(["anna"], [], ["missed anna #1 / -"], id="nothing predicted"),
        pytest.param([], ["anna"], ["spurious anna - / +1"], id="nothing in gold"),
    ],
)  # fmt: skip
def test_clusters(gold: list[str], predicted: list[str], wanted: list[str]) -> None:
    assert told(found(entities(*gold), entities(*predicted), "coreference")) == wanted


def happenings(*clusters: str) -> Document:
    """Return a document of three events, of which some are in clusters."""
    events = [
        {
            "id": name,
            "type": "Event",
            "triggers": [{"start": WORDS[name][0], "end": WORDS[name][1]}],
        }
        for name in ("vu", "elle", "partie")
    ]
    made = [{"id": f"h{n}", "events": names.split()} for n, names in enumerate(clusters)]
    return document(
        mentions=[], events=json.loads(json.dumps(events).replace('"id": "', '"id": "v-')),
        event_clusters=[{**each, "events": [f"v-{name}" for name in each["events"]]}
                        for each in made],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(
            ["vu partie"], ["vu partie"],
            ["correct vu #1 / #1", "correct elle #2 / #2", "correct partie #1 / #1"],
            id="an event in no cluster is one of its own",
        ),
        pytest.param(
            ["vu partie"], ["vu elle"],
            ["type vu #1 / #2", "correct elle #2 / #2", "correct partie #1 / #1"],
            id="clusters are paired so that most are right",
        ),
    ],
)  # fmt: skip
def test_event_clusters(gold: list[str], predicted: list[str], wanted: list[str]) -> None:
    sides = happenings(*gold), happenings(*predicted)

    assert told(found(*sides, "event coreference")) == wanted


def test_a_cluster_is_listed_under_its_number_and_first_mention() -> None:
    gold = entities("carl elle")
    shown = [each.gold for each in found(gold, gold, "coreference")]

    assert {each and each.group for each in shown} == {"#1 Carl Dahl"}


def relations(*written: str) -> Document:
    """Return a document with relations, written as `near a=anna b=hama`."""
    return document(relations=[
        {"id": f"r{n}", "type": type_, "args": [
            dict(zip(("role", "ref"), arg.split("="), strict=True)) for arg in args
        ]}
        for n, (type_, *args) in enumerate(each.split() for each in written)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param("near a=anna b=hama", "near b=hama a=anna",
                     ["correct anna #1 near / #1 near"], id="the order makes no difference"),
        pytest.param("near a=anna b=hama", "in a=anna b=hama",
                     ["type anna #1 near / #1 in"], id="another type"),
        pytest.param("near a=anna b=hama", "near a=hama b=anna",
                     ["role anna #1 near / #1 near"], id="the other way round"),
        pytest.param("near a=anna b=hama", "near a=berg b=hama",
                     ["boundary anna #1 near / #1 near"], id="other bounds"),
        pytest.param("near a=anna b=hama", "near a=carl b=hama",
                     ["missed anna #1 near / -", "spurious carl - / +1 near"], id="another one"),
        pytest.param("near a=anna b=hama", "near a=anna",
                     ["spurious anna - / +1 near", "missed anna #1 near / -"], id="fewer fillers"),
    ],
)  # fmt: skip
def test_relations(gold: str, predicted: str, wanted: list[str]) -> None:
    assert told(found(relations(gold), relations(predicted), "relation")) == wanted


def test_a_relation_predicted_twice_is_spurious_once() -> None:
    gold, twice = relations("near a=anna b=hama"), relations(*["near a=anna b=hama"] * 2)

    assert [each.kind for each in found(gold, twice, "relation")] == ["correct", "spurious"]


def test_the_pieces_of_a_relation_have_its_roles() -> None:
    gold = relations("near a=carl b=anna")
    (each,) = found(gold, gold, "relation")

    assert each.gold == Shown(
        "#1 near", "near", (WORDS["carl"], WORDS["anna"]), "#1 near",
        "a: Carl Dahl, b: Anna Berg", ("a", "b"),
    )  # fmt: skip


def saying(**said: object) -> Document:
    """Return a document of one mention of which something is said."""
    return document(mentions=[{"id": "m", "type": "PER", "start": 0, "end": 9, **said}])


def link(name: str) -> list[dict[str, str]]:
    """Return a link to an entry of a knowledge base."""
    return [{"kb": "kb", "id": name}]


@pytest.mark.parametrize(
    ("facet", "gold", "predicted", "wanted"),
    [
        ("link", {"links": link("Q1")}, {"links": link("Q1")}, ["correct anna kb:Q1 / kb:Q1"]),
        ("link", {"links": link("Q1")}, {"links": link("Q2")}, ["type anna kb:Q1 / kb:Q2"]),
        ("link", {"links": link("Q1")}, {"links": link("NIL")}, ["type anna kb:Q1 / NIL"]),
        ("link", {"links": link("Q1")}, {}, ["missed anna kb:Q1 / -"]),
        ("link", {}, {}, []),
        ("value", {"value": {"norm": "date:2031"}}, {"value": {"norm": "date:2031"}},
         ["correct anna date:2031 / date:2031"]),
        ("value", {"value": {"norm": "date:2031"}}, {"value": {"norm": "date:2030"}},
         ["type anna date:2031 / date:2030"]),
        ("value", {}, {"value": {"norm": "date:2030"}}, ["spurious anna - / date:2030"]),
    ],
)  # fmt: skip
def test_links_and_values(
    facet: str, gold: dict[str, Any], predicted: dict[str, Any], wanted: list[str]
) -> None:
    assert told(found(saying(**gold), saying(**predicted), facet)) == wanted


def forms(*written: str) -> Document:
    """Return a document with templates, each written as its type, then `role=filler` each.

    A filler is the name of a mention or, in capitals, a value.
    """

    def filler(words: str) -> dict[str, str]:
        role, _, what = words.partition("=")
        return {"role": role, "value" if what.isupper() else "ref": what}

    return document(templates=[
        {"id": f"f{n}", "type": each.split()[0], "args": list(map(filler, each.split()[1:]))}
        for n, each in enumerate(written)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(
            ["Attack Target=hama Perp=anna"], ["Attack Target=hama Perp=carl"],
            ["correct #1 Attack: template", "correct #1 Attack: Target",
             "missed #1 Attack: Perp", "spurious #1 Attack: Perp"],
            id="what fills a role is right or wrong under its template",
        ),
        pytest.param(
            ["Attack Target=hama", "Attack Target=anna"], ["Attack Target=anna Time=NOON"],
            ["correct #2 Attack: template", "correct #2 Attack: Target",
             "missed #1 Attack: template", "missed #1 Attack: Target",
             "spurious #2 Attack: Time"],
            id="templates are paired so that the most fillers are shared",
        ),
        pytest.param(
            ["Attack Target=hama"], ["Arrest Target=hama"],
            ["missed #1 Attack: template", "missed #1 Attack: Target",
             "spurious +1 Arrest: template", "spurious +1 Arrest: Target"],
            id="templates of two types are not paired",
        ),
    ],
)  # fmt: skip
def test_templates(gold: list[str], predicted: list[str], wanted: list[str]) -> None:
    rows = [
        (each.kind, each.gold or each.predicted)
        for each in found(forms(*gold), forms(*predicted), "template")
    ]
    said = [f"{kind} {shown.group.split()[0]} {shown.name}" for kind, shown in rows if shown]

    assert sorted(said) == sorted(wanted)


def test_a_filler_stands_where_its_mention_does_and_a_value_is_said() -> None:
    gold = forms("Attack Target=hama Time=NOON")
    shown = {each.gold.name: each.gold for each in found(gold, gold, "template") if each.gold}

    assert shown["Attack: Target"] == Shown(
        "Attack: Target", "Attack", (WORDS["hama"],), "#1 Attack", "Hama"
    )
    assert shown["Attack: Time"] == Shown("Attack: Time", "Attack", (), "#1 Attack", "NOON")


def labelled(*pairs: str) -> Document:
    """Return a document with labels, each written `scheme=value`; `@` is one of a mention."""
    labels = [dict(zip(("scheme", "value"), each.strip("@").split("="), strict=True))
              for each in pairs]  # fmt: skip
    made = [{**a, "target": "anna"} if "@" in b else a for a, b in zip(labels, pairs, strict=True)]
    return document(labels=made)


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        (["topic=war"], ["topic=war"], ["correct topic=war / topic=war"]),
        (["topic=war"], ["topic=sport"], ["type topic=war / topic=sport"]),
        (
            ["topic=war", "topic=law"], ["topic=sport", "topic=war"],
            ["correct topic=war / topic=war", "type topic=law / topic=sport"],
        ),
        (
            ["topic=war", "topic=law"], ["topic=sport"],
            ["missed topic=law / -", "missed topic=war / -", "spurious - / topic=sport"],
        ),
        (["topic=war"], ["tone=calm"], ["missed topic=war / -", "spurious - / tone=calm"]),
        (["topic=war"] * 2, ["topic=war", "tone=calm@"], ["correct topic=war / topic=war"]),
    ],
)  # fmt: skip
def test_labels(gold: list[str], predicted: list[str], wanted: list[str]) -> None:
    rows = found(labelled(*gold), labelled(*predicted), "label")
    said = [
        " ".join(
            [x.kind, " / ".join(side.name if side else "-" for side in (x.gold, x.predicted))]
        )
        for x in rows
    ]

    assert sorted(said) == sorted(wanted)


@pytest.mark.parametrize(
    ("facet", "metric"), [("template", "template/slots"), ("label", "label/value")]
)
def test_what_is_correct_is_what_the_metric_counts(facet: str, metric: str) -> None:
    statistic = METRICS[metric].statistic
    seen = 0.0
    for gold, predicted in DRAWN:
        if facet not in annotated(gold, predicted):
            continue
        rows = Counter(each.kind for each in found(gold, predicted, facet))
        correct, *_ = statistic.tally(View(gold), View(predicted)).get(None) or (0,)
        assert rows["correct"] == correct
        seen += correct
    assert seen


def test_only_what_both_annotated_is_shown() -> None:
    gold = entities("anna")

    assert annotated(gold, document()) == ("entity", "link", "value")
    assert set(annotated(gold, gold)) <= set(LISTS)


DRAWN = [tuple(decode(json.dumps(each).encode()) for each in Maker(n).pair(n)) for n in range(120)]


@pytest.mark.parametrize("facet", ["coreference", "event coreference"])
def test_what_is_correct_is_what_ceafm_counts(facet: str) -> None:
    metric = METRICS[f"{facet.replace(' ', '_')}/ceafm"]
    for gold, predicted in DRAWN:
        if facet not in annotated(gold, predicted):
            continue
        row = metric.statistic.tally(View(gold), View(predicted)).get(None)
        correct = metric.ratio(metric.statistic.columns(*row))[0] if row else 0
        counts = Counter(each.kind for each in found(gold, predicted, facet))
        assert counts["correct"] == correct


def test_gold_beside_itself_is_correct() -> None:
    for gold, _ in DRAWN:
        assert {each.kind for each in facets(View(gold), View(gold))} <= {"correct"}


def test_the_other_side_misses_what_is_spurious_here() -> None:
    turned = {"missed": "spurious", "spurious": "missed"}
    for gold, predicted in DRAWN:
        there = Counter((x.facet, x.kind) for x in facets(View(gold), View(predicted)))
        back = Counter(
            (x.facet, turned.get(x.kind, x.kind)) for x in facets(View(predicted), View(gold))
        )
        for facet in ("entity", "trigger", "link", "value"):
            assert {k: n for k, n in there.items() if k[0] == facet} == {
                k: n for k, n in back.items() if k[0] == facet
            }
