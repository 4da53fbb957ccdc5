"""Relations with what they relate."""

from __future__ import annotations

import pytest

from glose.corpus.document import Argument, Document, Entity, Event, Mention, Relation, Segment
from glose.corpus.errors import InputError
from glose.evaluate.projection import cut
from glose.evaluate.relating import nets, of_mentions, relations

MENTIONS = (
    Mention("m1", "PER.Group", 0, 3),
    Mention("m2", "PER", 5, 8),
    Mention("m3", "GPE", 9, 12),
)
ENTITIES = (Entity("N1", "PER", mentions=("m2", "m1")), Entity("N2", "ORG", name="ONU"))


def document(*args: Argument) -> Document:
    return Document(
        mentions=MENTIONS,
        entities=ENTITIES,
        segments=(Segment("s1", "sentence", 0, 12),),
        events=(Event("E1", "AID"),),
        relations=(Relation("R1", "kin.close", args),),
    )


@pytest.mark.parametrize(
    ("argument", "type_", "what", "cluster"),
    [
        pytest.param(
            Argument("a", ref="m1"), "PER.Group", ((0, 3),), {((0, 3),), ((5, 8),)}, id="a mention"
        ),
        pytest.param(Argument("a", ref="m3"), "GPE", ((9, 12),), {((9, 12),)}, id="one alone"),
        pytest.param(
            Argument("a", ref="N1"), "PER", ((0, 3),), {((0, 3),), ((5, 8),)}, id="an entity"
        ),
        pytest.param(Argument("a", ref="N2"), "ORG", "ONU", set(), id="an entity by its name"),
        pytest.param(Argument("a", ref="s1"), "sentence", ((0, 12),), set(), id="a segment"),
        pytest.param(
            Argument("a", ref="E1"), "AID", "AID", set(), id="an event without a trigger"
        ),
        pytest.param(Argument("a", value="2018"), "", "2018", set(), id="a value"),
    ],
)
def test_what_fills_a_role(argument: Argument, type_: str, what: object, cluster: object) -> None:
    [found] = relations(document(argument))
    [related] = found.args
    assert (related.role, related.type, related.what, related.cluster) == (
        "a", type_, what, cluster,
    )  # fmt: skip


def test_types_are_cut() -> None:
    [found] = relations(document(Argument("a", ref="m1")), cut(1))
    assert (found.type, found.args[0].type) == ("kin", "PER")


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(InputError, match="relation R1: role 'a' refers to 'm9'"):
        relations(document(Argument("a", ref="m9")))


def test_only_two_mentions_are_a_relation_of_mentions() -> None:
    one, other = Argument("a", ref="m1"), Argument("b", ref="m2")
    found = [
        relations(document(*args))[0]
        for args in ((one, other), (one,), (one, Argument("b", ref="N1")))
    ]
    assert [of_mentions(each) for each in found] == [True, False, False]


def test_a_net_has_all_clusters_in_the_order_of_the_text() -> None:
    [net] = nets(document())
    assert net.clusters == [{((0, 3),), ((5, 8),)}, {((9, 12),)}]
