"""How a browser gets in, and what it gets if it does not."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest
from httpx2 import Response
from starlette.websockets import WebSocketDisconnect

from glose.annotate.app.sessions import Door

if TYPE_CHECKING:
    from tests.annotate.app.conftest import App


def entered(app: App, **headers: str) -> Response:
    """Return the answer to a browser that opens the address."""
    return app.browser().get(path(app.door), headers=headers)


def path(door: Door) -> str:
    """Return the address without the server."""
    return "/?" + door.address.partition("?")[2]


def morsel(answer: Response) -> dict[str, str]:
    """Return the cookie that an answer sets: its attributes, its name and its value."""
    jar = SimpleCookie(answer.headers["set-cookie"])
    ((name, found),) = jar.items()
    return {**found, "name": name, "secret": found.value}


def test_the_address_leads_to_the_app_without_its_token(app: App) -> None:
    answer = entered(app)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("name", "glose-8000"),
        ("httponly", True),
        ("samesite", "Strict"),
        ("path", "/"),
        ("domain", ""),
    ],
)
def test_the_session_is_a_cookie_that_no_script_and_no_other_site_has(
    app: App, attribute: str, value: str
) -> None:
    assert morsel(entered(app))[attribute] == value


def test_a_browser_stays_in(app: App) -> None:
    browser = app.browser()
    browser.get(path(app.door))
    assert browser.get("/api/project").status_code == 200


def test_the_address_works_once(app: App) -> None:
    used = path(app.door)
    answers = [app.browser().get(used) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 401]


def test_who_comes_late_is_sent_to_the_terminal(app: App) -> None:
    used = path(app.door)
    app.browser().get(used)
    assert "Look at the terminal" in app.browser().get(used).text


def test_the_terminal_shows_a_new_address(app: App) -> None:
    used = path(app.door)
    app.browser().get(used)
    app.browser().get(used)
    (printed,) = app.printed
    assert app.browser().get(printed).status_code == 303


def test_who_is_in_needs_no_token(app: App) -> None:
    assert app.client.get("/").status_code == 200


def test_who_is_in_may_open_an_old_address_again(app: App) -> None:
    answer = app.client.get("/?token=old")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_address_is_spent_by_who_is_in_too(app: App) -> None:
    used = path(app.door)
    app.client.get(used)
    assert app.browser().get(used).status_code == 401


def test_a_session_outlives_the_server(app: App) -> None:
    browser = app.browser()
    browser.get(path(app.door))
    again = type(app)(app.project, app.access)
    again.client.cookies = browser.cookies
    assert again.client.get("/api/project").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_who_follows_a_link_elsewhere_is_led_on_by_our_own_page(app: App, site: str) -> None:
    """Where a redirect would go without the cookie, since another page began it."""
    headers = {"sec-fetch-site": site, "sec-fetch-mode": "navigate"}
    answer = app.browser().get(path(app.door), headers=headers)
    assert answer.status_code == 200
    assert 'content="0; url=/"' in answer.text
    assert morsel(answer)["name"] == "glose-8000"


def test_our_own_pages_run_no_script(app: App) -> None:
    policy = app.browser().get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "where",
    ["/api/project", "/api/document?id=d0", "/web/app.js", "/docs", "/openapi.json", "/none"],
)
def test_without_a_session_there_is_nothing(app: App, where: str) -> None:
    answer = app.browser().get(where)
    assert (answer.status_code, list(answer.json())) == (401, ["error"])


@pytest.mark.parametrize("secret", ["", "x", "' OR '1'='1", "x" * 10_000])
def test_a_made_up_session_does_not_let_in(app: App, secret: str) -> None:
    browser = app.browser()
    browser.cookies.set("glose-8000", secret)
    assert browser.get("/api/project").status_code == 401


def test_the_cookie_of_another_port_does_not_let_in(app: App) -> None:
    browser = app.browser()
    browser.cookies.set("glose-8001", app.client.cookies["glose-8000"])
    assert browser.get("/api/project").status_code == 401


def test_head_spends_no_token(app: App) -> None:
    """What looks at links before they are opened does not use them up."""
    used = path(app.door)
    app.browser().head(used)
    assert app.browser().get(used).status_code == 303


def test_a_websocket_is_refused(app: App) -> None:
    with pytest.raises(WebSocketDisconnect) as error, app.client.websocket_connect("/"):
        pass
    assert error.value.code == 1008
