"""Chains of mentions and clusters of events: linked, taken out, split, merged, named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live


def chains(live: Live) -> list[list[str]]:
    """The words of the mentions of each chain."""
    record = live.record("d1")
    words = {one["id"]: one["text"] for one in record["mentions"]}
    return [[words[one] for one in entity["mentions"]] for entity in record["entities"]]


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """Two mentions of Sarmine in one chain, the second of them picked."""
    desk.mark("Sarmine", "g").mark("Sarmine", "g", 1).key("=", "Enter")
    return desk.saved()


def test_equals_links_to_another_mention(linked: Desk, live: Live) -> None:
    assert chains(live) == [["Sarmine", "Sarmine"]]


def test_typing_narrows_what_is_offered(desk: Desk, live: Live) -> None:
    desk.mark("OLL", "o").mark("Sarmine", "g").mark("armée valdore", "o", 1).key("=")
    desk.page.keyboard.type("oll")
    desk.key("Enter").saved()
    assert chains(live) == [["OLL", "armée valdore"]]


def test_a_digit_links_to_the_chain_of_that_number(linked: Desk, live: Live) -> None:
    linked.mark("valdore", "g").key("1").saved()
    assert chains(live) == [["valdore", "Sarmine", "Sarmine"]]


def test_it_is_said_that_the_types_of_a_chain_and_a_mention_differ(desk: Desk) -> None:
    desk.mark("OLL", "o").mark("armée valdore", "o", 1).key("=", "Enter")
    desk.mark("Sarmine", "g").key("1")
    assert desk.said.replace("\u00a0", " ") == "Sarmine joined « OLL » (ORG); the types differ"


def test_a_digit_without_a_chain_is_refused(linked: Desk) -> None:
    linked.key("7")
    assert linked.said == "There is no chain 7"


def test_minus_takes_the_mention_out(linked: Desk, live: Live) -> None:
    linked.mark("valdore", "g").key("1", "-").saved()
    assert chains(live) == [["Sarmine", "Sarmine"]]


def test_a_chain_has_a_name(linked: Desk, live: Live) -> None:
    linked.tab("chains").press("openChain")
    linked.page.fill(".chain input[type=text]", "the town of Sarmine")
    linked.page.press(".chain input[type=text]", "Enter")
    linked.saved()
    assert live.record("d1")["entities"][0]["name"] == "the town of Sarmine"


def test_mentions_are_split_off(linked: Desk, live: Live) -> None:
    linked.mark("valdore", "g").key("1").mark("valdore", "g", 1).key("1").saved()
    linked.tab("chains").press("openChain")
    for at in (0, 1):
        linked.see(".chain li input[type=checkbox]").nth(at).check()
    linked.press("split").saved()
    assert sorted(map(len, chains(live))) == [2, 2]


def test_chains_are_merged(linked: Desk, live: Live) -> None:
    linked.mark("armée valdore", "o").mark("armée valdore", "o", 1).key("=")
    linked.page.keyboard.type("armée")
    linked.key("Enter").saved().tab("chains").press("openChain").press("chooseMerge")
    linked.key("Enter").saved()
    assert [len(chain) for chain in chains(live)] == [4]


def test_a_date_is_in_no_chain(desk: Desk) -> None:
    desk.mark("vendredi", "d").key("=")
    assert desk.said == "Mentions of type DATE form no chains"


def test_events_are_one_happening(desk: Desk, live: Live) -> None:
    desk.event("frappes").event("tué").press("chooseCluster")
    desk.key("Enter").saved()
    assert len(live.record("d1")["event_clusters"][0]["events"]) == 2


def test_an_event_is_taken_out_of_its_cluster(desk: Desk, live: Live) -> None:
    desk.event("frappes").event("tué").press("chooseCluster")
    desk.key("Enter").tab("chains").press("openCluster")
    desk.press("uncluster").saved()
    assert live.record("d1")["event_clusters"] == []


def test_the_chain_used_last_is_the_first(linked: Desk) -> None:
    linked.mark("valdore", "g").mark("valdore", "g", 1).key("=")
    linked.page.keyboard.type("valdore")
    linked.key("Enter").tab("chains")
    expect(linked.see(".chain .quote").first).to_have_text("valdore")
