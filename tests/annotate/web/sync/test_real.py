"""The same promises with the real server and its database, killed and started again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.annotate.conftest import dispatch
from tests.annotate.e2e.serving import Server
from tests.annotate.web.sync.conftest import Desk

from glose.corpus import jsonl

#: Marks words of « L'armée russe a bombardé … », as every document begins.
ARMY = "{ start: 2, end: 13, text: 'armée russe', type: 'ORG' }"
RUSSE = "{ start: 8, end: 13, text: 'russe', type: 'GPE' }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests here; each has a document of its own."""
    folder = tmp_path_factory.mktemp("real")
    jsonl.write(folder / "gold.jsonl", sorted(map(dispatch, range(10)), key=lambda one: one.id))
    options = ("--schema", "plover")
    server = Server(folder / "gold.jsonl", str(folder / "project.db"), *options)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def cookies(browser: Browser, server: Server) -> list[Any]:
    """What lets a browser in, again and again."""
    with browser.new_context() as context:
        context.new_page().goto(server.address)
        return context.cookies()


_documents = (f"d{number}" for number in count())


@pytest.fixture
def desk(server: Server, context: BrowserContext, cookies: list[Any]) -> Callable[[], Desk]:
    """What opens the document of a test in a tab of its own, without the rest of the app."""
    context.add_cookies(cookies)
    document = next(_documents)
    return lambda: Desk(context.new_page(), f"{server.home}web/style.css", document, "ana")


def verbs(desk: Desk) -> list[str]:
    path = "const { entries } = await session.place.api.history(session.document.id, 'ana');"
    return [entry["verb"] for entry in desk.run(f"{path} return entries;")]


def stored(desk: Desk) -> list[str]:
    path = "const { items } = await session.place.api.document(session.document.id, 'ana');"
    return sorted(mention["id"] for mention in desk.run(f"{path} return items.mentions;"))


def test_edits_made_while_the_server_is_killed_arrive_once(
    desk: Callable[[], Desk], server: Server
) -> None:
    tab = desk()
    tab.run(f"await add('m1', {ARMY}); await session.settled();")
    tab.run(f"for (let n = 2; n < 40; n += 1) add(`m${{n}}`, {RUSSE});")
    server.kill()
    tab.until("session.state.state === 'offline'")
    tab.run("await set('m1', { level: 'NAM' });")
    server.start()
    tab.saved()
    assert Counter(verbs(tab)) == {"mark": 39, "retype": 1}
    assert stored(tab) == sorted(f"m{n}" for n in range(1, 40))
    assert tab.text == "All saved"


def test_a_reload_in_the_middle_loses_nothing(desk: Callable[[], Desk]) -> None:
    tab = desk()
    tab.run(f"for (let n = 0; n < 20; n += 1) add(`m${{n}}`, {RUSSE});")
    tab.reload()
    tab.saved()
    assert Counter(verbs(tab)) == {"mark": 20}


def test_two_tabs_edit_one_record(desk: Callable[[], Desk]) -> None:
    first, second = desk(), desk()
    first.run(f"await add('m1', {ARMY}); await session.settled();")
    second.until("session.rec.get('mentions', 'm1') !== null")
    first.run("set('m1', { level: 'NAM' });")
    second.run("set('m1', { attrs: [{ name: 'sure', value: 'no' }] });")
    first.saved()
    second.saved()
    for tab in (first, second):
        tab.until("session.revision === 3")
        item = tab.run("return session.rec.get('mentions', 'm1');")
        assert (item["level"], item["attrs"]) == ("NAM", [{"name": "sure", "value": "no"}])


def test_two_types_for_one_mention_are_a_conflict_that_is_settled(
    desk: Callable[[], Desk],
) -> None:
    first, second = desk(), desk()
    first.run(f"await add('m1', {ARMY}); await session.settled();")
    second.until("session.rec.get('mentions', 'm1') !== null")
    second.run("session.place.api.send = async () => ({ kind: 'offline', what: 'cut off' });")
    second.run("set('m1', { type: 'GPE' });")
    first.run("await set('m1', { type: 'PER' }); await session.settled();")
    second.run("delete session.place.api.send;")
    second.until("session.conflicts.length === 1")
    second.run("await session.resolve(session.conflicts[0], 'both');")
    second.saved()
    types = "return session.rec.all('mentions').map(({ type }) => type).sort();"
    assert second.run(types) == ["GPE", "PER"]
    first.until("session.rec.all('mentions').length === 2")


def test_what_breaks_the_rules_is_set_aside_with_the_reason(desk: Callable[[], Desk]) -> None:
    tab = desk()
    tab.run(f"add('m1', {ARMY}); add('m2', {{ start: 0, end: 900, text: 'x' }});")
    tab.saved()
    [refused] = tab.run("return session.refused;")
    assert "past the end of the text" in refused["what"]
    assert stored(tab) == tab.run("return ids();") == ["m1"]


def test_all_is_undone_and_done_again_after_a_restart(
    desk: Callable[[], Desk], server: Server
) -> None:
    tab = desk()
    tab.run(
        f"await add('m1', {ARMY}); await set('m1', {{ level: 'NAM' }}); await add('m2', {RUSSE});"
    )
    tab.saved()
    server.kill()
    server.start()
    tab.reload()
    tab.run("for (let n = 0; n < 3; n += 1) await session.undo();")
    tab.saved()
    assert stored(tab) == []
    tab.reload()
    tab.run("for (let n = 0; n < 3; n += 1) await session.redo();")
    tab.saved()
    assert stored(tab) == ["m1", "m2"]
    assert tab.run("return session.rec.get('mentions', 'm1').level;") == "NAM"


def test_a_session_that_the_server_does_not_know_asks_for_a_login(
    desk: Callable[[], Desk], context: BrowserContext, cookies: list[Any]
) -> None:
    tab = desk()
    context.clear_cookies()
    tab.run(f"add('m1', {ARMY});")
    tab.until("session.state.state === 'login'")
    assert tab.text.startswith("Signed out")
    context.add_cookies(cookies)
    tab.saved()
    assert stored(tab) == ["m1"]
