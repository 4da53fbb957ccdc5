"""The address that works once, and the sessions that outlive the server."""

from __future__ import annotations

from hashlib import sha256

import pytest

from glose.annotate.app.access import Access
from glose.annotate.app.sessions import PAUSE, Door

ACCESS = Access("ana", "ana")


class Kept:
    """Sessions in memory."""

    def __init__(self) -> None:
        self.users: dict[str, str] = {}
        self.asked = 0

    def session(self, token_sha256: str) -> str | None:
        self.asked += 1
        return self.users.get(token_sha256)

    def remember(self, token_sha256: str, user: str) -> None:
        self.users[token_sha256] = user


class Scene:
    """A door, what it printed, and a clock that the test sets."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.printed: list[str] = []
        self.now = 0.0
        self.door = self.another()

    def another(self, access: Access = ACCESS) -> Door:
        """Return the door of the server when it is started again."""
        return Door(self.kept, access, self.printed.append, lambda: self.now)

    def token(self) -> str:
        """Return the token of the address."""
        return self.door.address.partition("token=")[2]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_address_is_that_of_the_server(scene: Scene) -> None:
    assert scene.door.address.startswith("http://127.0.0.1:8000/?token=")


def test_a_token_has_256_bits(scene: Scene) -> None:
    assert len(scene.token()) == 43


def test_the_address_stays_until_it_is_opened(scene: Scene) -> None:
    assert scene.door.address == scene.door.address


def test_a_token_works_once(scene: Scene) -> None:
    token = scene.token()
    assert [scene.door.spend(token), scene.door.spend(token)] == [True, False]


@pytest.mark.parametrize("token", ["", "x", "é", "\ud7ff" * 43])
def test_another_token_does_not_work_and_spends_nothing(scene: Scene, token: str) -> None:
    before = scene.token()
    assert not scene.door.spend(token)
    assert scene.token() == before


def test_a_spent_address_is_followed_by_another(scene: Scene) -> None:
    first = scene.token()
    scene.door.spend(first)
    assert scene.token() != first


def test_a_session_lets_in(scene: Scene) -> None:
    assert scene.door.known(scene.door.admit())


def test_a_session_outlives_the_server(scene: Scene) -> None:
    secret = scene.door.admit()
    assert scene.another().known(secret)


def test_the_project_has_only_the_hash(scene: Scene) -> None:
    secret = scene.door.admit()
    assert scene.kept.users == {sha256(secret.encode()).hexdigest(): "ana"}


def test_the_hash_does_not_let_in(scene: Scene) -> None:
    scene.door.admit()
    assert not scene.door.known(next(iter(scene.kept.users)))


def test_the_session_of_another_user_does_not_let_in(scene: Scene) -> None:
    secret = scene.door.admit()
    assert not scene.another(Access("ben", "ben")).known(secret)


def test_a_session_is_read_from_the_project_once(scene: Scene) -> None:
    secret = scene.door.admit()
    door = scene.another()
    assert not door.met(secret)
    door.known(secret)
    assert door.met(secret)


def test_who_comes_without_a_session_gets_a_new_address_printed(scene: Scene) -> None:
    scene.door.spend(scene.token())
    scene.door.call()
    assert scene.printed == [scene.door.address]


def test_addresses_are_not_printed_faster_than_one_can_read(scene: Scene) -> None:
    for second in range(int(PAUSE) + 1):
        scene.now = float(second)
        scene.door.call()
    assert len(scene.printed) == 2


def test_an_address_that_was_not_opened_is_printed_again(scene: Scene) -> None:
    scene.door.call()
    scene.now = PAUSE
    scene.door.call()
    assert scene.printed[0] == scene.printed[1]
