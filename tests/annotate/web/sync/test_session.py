"""Nothing that a person did is lost on its way to the server, and nothing comes twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext
    from tests.annotate.web.sync.conftest import Desk, Fake

Item = dict[str, Any]


def mention(key: str, **fields: object) -> Item:
    head = {"id": key, "type": "PER", "start": 4, "end": 12, "fragments": [], "text": "rebelles"}
    return {**head, "head": [], "level": None, "value": None, "links": [], "attrs": [], **fields}


def change(before: Item | None, after: Item | None) -> Item:
    key = (before or after or {})["id"]
    return {"list": "mentions", "id": key, "before": before, "after": after}


def mentions(fake: Fake) -> list[str]:
    return list(fake.record().items["mentions"])


def verbs(fake: Fake) -> list[str]:
    return [entry["verb"] for entry in fake.record().entries]


def test_an_edit_shows_at_once_and_reaches_the_server(desk: Desk, fake: Fake) -> None:
    assert desk.run("add('m1'); return ids();") == ["m1"]
    desk.saved()
    assert mentions(fake) == ["m1"]
    assert desk.text == "All saved"


def test_an_edit_is_kept_before_it_is_sent(desk: Desk, fake: Fake) -> None:
    kept = """
      const { Outbox } = await import("/web/sync/outbox.js");
      const outbox = await Outbox.open();
      const { send } = session.place.api;
      window.kept = [];
      session.place.api.send = async (...all) => {
        kept.push((await outbox.rows(session.record)).map((row) => row.operation.id));
        return send.apply(session.place.api, all);
      };
      await add("m1");
      await session.settled();
      return [kept, await outbox.rows(session.record), session.rec.all("mentions").length];
    """
    seen, left, count = desk.run(kept)
    assert seen == [[fake.record().entries[0]["id"]]]
    assert (left, count) == ([], 1)


def test_edits_keep_their_order(desk: Desk, fake: Fake) -> None:
    desk.run("for (let n = 0; n < 30; n += 1) add(`m${n}`);")
    desk.saved()
    assert mentions(fake) == [f"m{n}" for n in range(30)]


def test_an_answer_that_is_lost_makes_no_second_edit(desk: Desk, fake: Fake) -> None:
    fake.faults += ["drop", "drop"]
    desk.run("add('m1'); add('m2');")
    desk.saved()
    assert mentions(fake) == ["m1", "m2"]
    assert len(fake.posts) > 2


def test_a_request_that_is_lost_is_sent_again(desk: Desk, fake: Fake) -> None:
    fake.faults += ["lose"]
    desk.run("add('m1');")
    desk.saved()
    assert mentions(fake) == ["m1"]


def test_a_fault_of_the_server_is_waited_out(desk: Desk, fake: Fake) -> None:
    fake.faults += [(500, "the disk is full"), (503, "busy")]
    desk.run("add('m1');")
    desk.until("heard.some(({ name }) => name === 'offline')")
    desk.saved()
    assert mentions(fake) == ["m1"]


def test_the_app_goes_on_while_the_server_is_gone(desk: Desk, fake: Fake) -> None:
    fake.stop()
    desk.run("add('m1'); add('m2'); set('m1', { type: 'ORG' });")
    desk.until("session.state.state === 'offline'")
    assert desk.run("return ids();") == ["m1", "m2"]
    assert desk.text == "The server cannot be reached; 3 waiting"
    fake.start()
    desk.saved()
    assert verbs(fake) == ["mark", "mark", "retype"]
    assert desk.text == "All saved"


def test_a_reload_while_the_server_answers_loses_nothing(desk: Desk, fake: Fake) -> None:
    held = threading.Event()
    fake.faults.append(held)
    desk.run("add('m1'); add('m2');")
    desk.until("session.waiting === 2")
    desk.reload()
    held.set()
    assert desk.run("return ids();") == ["m1", "m2"]
    desk.saved()
    assert mentions(fake) == ["m1", "m2"]


def test_what_arrived_before_a_reload_is_not_made_twice(desk: Desk, fake: Fake) -> None:
    fake.faults += ["drop"]
    desk.run("add('m1'); await session.settled(); await add('m2', { start: 28, end: 35 });")
    desk.reload()
    desk.saved()
    assert sorted(desk.run("return ids();")) == ["m1", "m2"]
    assert mentions(fake) == ["m1", "m2"]


def test_what_waits_is_there_after_a_restart_and_a_reload(desk: Desk, fake: Fake) -> None:
    fake.faults += ["lose"] * 3
    desk.run("await add('m1'); await set('m1', { type: 'ORG' }); await session.settled();")
    fake.stop()
    fake.start()
    desk.reload()
    desk.saved()
    assert fake.record().items["mentions"]["m1"]["type"] == "ORG"


def test_edits_of_different_items_pass_by_themselves(desk: Desk, fake: Fake) -> None:
    fake.act(change(None, mention("mb", start=28, end=35, text="village")))
    desk.run("add('m1');")
    desk.saved()
    assert mentions(fake) == ["mb", "m1"]
    assert sorted(desk.run("return ids();")) == ["m1", "mb"]
    assert desk.run("return heard.filter(({ name }) => name === 'conflict');") == []


def test_edits_of_different_fields_pass_by_themselves(desk: Desk, fake: Fake) -> None:
    desk.run("add('m1');")
    desk.saved()
    fake.act(change(mention("m1"), mention("m1", level="NOM")))
    desk.run("set('m1', { type: 'ORG' });")
    desk.saved()
    assert fake.record().items["mentions"]["m1"] == mention("m1", type="ORG", level="NOM")


@pytest.fixture
def torn(desk: Desk, fake: Fake) -> Desk:
    """Both have given m1 another type."""
    desk.run("add('m1');")
    desk.saved()
    fake.act(change(mention("m1"), mention("m1", type="GPE")))
    desk.run("set('m1', { type: 'ORG' });")
    desk.until("session.conflicts.length === 1")
    return desk


def test_a_conflict_shows_both_sides(torn: Desk) -> None:
    [conflict] = torn.run("return heard.filter(({ name }) => name === 'conflict');")
    [clash] = conflict["clashes"]
    assert (clash["change"]["after"]["type"], clash["theirs"]["type"]) == ("ORG", "GPE")
    assert (clash["fields"], clash["why"]) == (["type"], "changed")
    assert torn.text == "1 edit needs your choice; 1 waiting"


def test_a_conflict_stays_through_a_reload(torn: Desk) -> None:
    torn.reload()
    assert torn.run("return session.conflicts.length;") == 1


def test_other_edits_pass_a_conflict(torn: Desk, fake: Fake) -> None:
    torn.run("add('m2', { start: 28, end: 35 });")
    torn.until("session.waiting === 1")
    assert mentions(fake) == ["m1", "m2"]


@pytest.mark.parametrize(
    ("choice", "types"),
    [
        pytest.param("mine", ["ORG"], id="mine takes the place of theirs"),
        pytest.param("theirs", ["GPE"], id="theirs stays"),
        pytest.param("both", ["GPE", "ORG"], id="both: mine is an item of its own"),
    ],
)
def test_a_choice_settles_a_conflict(
    torn: Desk, fake: Fake, choice: str, types: list[str]
) -> None:
    torn.run(f"await session.resolve(session.conflicts[0], '{choice}');")
    torn.saved()
    assert [item["type"] for item in fake.record().items["mentions"].values()] == types
    assert torn.run("return session.rec.all('mentions').map(({ type }) => type);") == types
    assert torn.text == "All saved"


def test_a_refused_edit_is_taken_back_and_set_aside(desk: Desk, fake: Fake) -> None:
    fake.faults += [(422, "PER is no type of this schema")]
    desk.run("add('m1'); set('m1', { type: 'ORG' }); add('m2', { start: 28, end: 35 });")
    desk.saved()
    assert desk.run("return ids();") == mentions(fake) == ["m2"]
    [refused] = desk.run("return heard.filter(({ name }) => name === 'refused');")
    assert refused["what"] == "PER is no type of this schema"
    assert [operation["verb"] for operation in refused["dependents"]] == ["retype"]
    assert desk.text == "2 refused"


def test_a_refused_edit_can_be_tried_again_after_a_reload(desk: Desk, fake: Fake) -> None:
    fake.faults += [(422, "not now")]
    desk.run("add('m1');")
    desk.saved()
    desk.reload()
    desk.run("await session.retry(session.refused[0]);")
    desk.saved()
    assert mentions(fake) == ["m1"]
    desk.reload()
    assert desk.run("return session.refused;") == []


def test_a_refused_edit_can_be_discarded(desk: Desk, fake: Fake) -> None:
    fake.faults += [(413, "too large")]
    desk.run("add('m1');")
    desk.saved()
    desk.run("await session.discard(session.refused[0]);")
    desk.reload()
    assert desk.run("return session.refused;") == []
    assert desk.text == "All saved"


def test_an_ended_session_asks_for_a_login_and_keeps_the_edits(desk: Desk, fake: Fake) -> None:
    fake.faults += [(401, "who are you?")]
    desk.run("add('m1');")
    desk.until("heard.some(({ name }) => name === 'login')")
    desk.saved()
    assert mentions(fake) == ["m1"]


def test_undo_and_redo_work_after_a_reload(desk: Desk, fake: Fake) -> None:
    desk.run("await add('m1'); await set('m1', { type: 'ORG' });")
    desk.saved()
    desk.reload()
    for _ in range(2):
        assert desk.run("return session.undo();") == {"done": True, "why": ""}
    assert desk.run("return [ids(), await session.undo()];") == [[], {"done": False, "why": ""}]
    desk.saved()
    desk.reload()
    desk.run("await session.redo(); await session.redo();")
    desk.saved()
    assert fake.record().items["mentions"]["m1"]["type"] == "ORG"
    assert verbs(fake) == ["mark", "retype", "undo", "undo", "redo", "redo"]


def test_undo_works_while_the_server_is_gone(desk: Desk, fake: Fake) -> None:
    desk.run("await session.stacks();")
    fake.stop()
    desk.run("add('m1'); add('m2'); await session.undo();")
    fake.start()
    desk.saved()
    assert mentions(fake) == desk.run("return ids();") == ["m1"]


def test_what_somebody_changed_since_is_not_undone(desk: Desk, fake: Fake) -> None:
    desk.run("add('m1');")
    desk.saved()
    fake.act(change(mention("m1"), mention("m1", type="GPE")))
    desk.run("await session.catchUp();")
    answer = desk.run("return session.undo();")
    assert answer == {"done": False, "why": "ben has changed m1 since"}


def test_one_tab_sees_what_another_saved(desk: Desk, another: Callable[..., Desk]) -> None:
    second = another()
    desk.run("add('m1');")
    second.until("session.rec.get('mentions', 'm1') !== null")


def test_two_tabs_at_once_lose_nothing(
    desk: Desk, another: Callable[..., Desk], fake: Fake
) -> None:
    second = another()
    edits = (
        "for (let n = 0; n < 15; n += 1) add(`m{tab}${{n}}`, {{ start: n, end: n + 30 + {tab} }});"
    )
    desk.run(edits.format(tab=1))
    second.run(edits.format(tab=2))
    desk.saved()
    second.saved()
    assert len(mentions(fake)) == 30
    for tab in (desk, second):
        tab.until("session.revision === 30")
        assert sorted(tab.run("return ids();")) == sorted(mentions(fake))


def test_a_tab_sends_what_a_closed_one_left(
    desk: Desk, another: Callable[..., Desk], fake: Fake
) -> None:
    second = another()
    fake.faults += ["lose"]
    second.run("await add('m1'); await session.settled();")
    second.page.close()
    desk.until("session.rec.get('mentions', 'm1') !== null && session.waiting === 0")
    assert mentions(fake) == ["m1"]


def test_what_waits_for_another_document_is_sent(desk: Desk, fake: Fake) -> None:
    fake.faults += ["lose"]
    desk.run("await add('m1'); await session.settled();")
    desk.document = "d2"
    desk.reload()
    desk.until("session.state.text === 'All saved'")
    assert mentions(fake) == ["m1"]


def test_a_closed_session_sends_what_it_has(desk: Desk, fake: Fake) -> None:
    fake.faults += ["lose"]
    desk.run("await add('m1'); await session.close();")
    desk.document = "d2"
    desk.open()
    assert desk.text == "1 waiting in other documents"
    desk.until("session.state.text === 'All saved'")
    assert mentions(fake) == ["m1"]


def test_a_document_that_is_opened_again_takes_its_edits_along(desk: Desk, fake: Fake) -> None:
    fake.faults += ["lose"]
    desk.run("await add('m1'); await session.settled(); await session.close();")
    desk.open()
    desk.saved()
    assert desk.run("return ids();") == mentions(fake) == ["m1"]


def test_another_user_does_not_send_what_waits(desk: Desk, fake: Fake) -> None:
    fake.faults += ["lose"]
    desk.run("await add('m1'); await session.settled();")
    fake.user = "eva"
    desk.reload()
    assert desk.run("return [session.waiting, ids()];") == [0, []]
    fake.user = "ana"
    desk.reload()
    desk.saved()
    assert mentions(fake) == ["m1"]


def test_a_browser_that_keeps_nothing_says_so_and_waits(
    context: BrowserContext, another: Callable[..., Desk], fake: Fake
) -> None:
    context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined });")
    desk = another()
    assert desk.text.startswith("This browser keeps nothing")
    held = threading.Event()
    fake.faults.append(held)
    desk.run("window.made = add('m1');")
    assert desk.run("return ids();") == []
    held.set()
    assert desk.run("return [await made, ids()];") == [True, ["m1"]]
    assert mentions(fake) == ["m1"]


def test_a_disk_that_is_full_is_said_and_nothing_is_lost(desk: Desk, fake: Fake) -> None:
    desk.run("""session.place.outbox.write = () =>
      Promise.reject(new DOMException("the disk is full", "QuotaExceededError"));""")
    desk.run("add('m1');")
    desk.until("heard.some(({ name }) => name === 'unsafe')")
    desk.saved()
    assert mentions(fake) == ["m1"]


def test_leaving_is_questioned_only_while_something_waits(desk: Desk, fake: Fake) -> None:
    leave = """const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event); return event.defaultPrevented;"""
    assert desk.run(leave) is False
    fake.faults += ["lose"]
    desk.run("add('m1');")
    assert desk.run(leave) is True
    desk.saved()
    assert desk.run(leave) is False


def test_a_server_that_went_back_in_time_gets_what_waits(desk: Desk, fake: Fake) -> None:
    desk.run("add('m1');")
    desk.saved()
    fake.records.clear()
    desk.run("add('m2', { start: 28, end: 35 });")
    desk.saved()
    assert desk.run("return ids();") == mentions(fake) == ["m2"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_befalls_every_edit_arrives_once(
    context: BrowserContext, another: Callable[..., Desk], fake: Fake, seed: int
) -> None:
    random = Random(seed)
    tabs = [another(), another()]
    made: list[str] = []
    for step in range(25):
        tab = random.choice(tabs)
        fault = random.choice(["drop", "lose", (500, "a fault"), (503, "busy"), None, None])
        fake.faults += [fault] if fault else []
        keys = [f"m{step}x{n}" for n in range(random.randint(1, 4))]
        tab.run("".join(f"add('{key}', {{ start: {step} }});" for key in keys))
        made += keys
        if random.random() < 0.2:
            tab.reload()
        if random.random() < 0.1:
            fake.stop()
            tab.run("await session.settled();")
            fake.start()
    for tab in tabs:
        tab.saved_at_last()
    arrived = [entry["changes"][0]["id"] for entry in fake.record().entries]
    assert sorted(arrived) == sorted(made)
