"""Which requests are refused whoever sends them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.app.access import Access, loopback
from glose.annotate.app.security import HEADERS, refusal
from glose.corpus.errors import GloseError

OURS = {"host": "127.0.0.1:8000"}
WRITE = OURS | {
    "origin": "http://127.0.0.1:8000",
    "sec-fetch-site": "same-origin",
    "x-glose": "1",
    "content-type": "application/json",
}
ACCESS = Access("ana", "ana", project="p1")


def status(method: str, path: str, headers: dict[str, str], access: Access = ACCESS) -> int:
    """Return the status of the refusal, 200 if there is none."""
    found = refusal(method, path, headers, access)
    return found.status if found else 200


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("127.0.0.1:8000", 200, id="the address that was printed"),
        pytest.param("localhost:8000", 200, id="the name of this machine"),
        pytest.param("LocalHost:8000", 200, id="names have no case"),
        pytest.param("[::1]:8000", 200, id="IPv6"),
        pytest.param("evil.example:8000", 403, id="a name that was made to lead here"),
        pytest.param("127.0.0.1.evil.example:8000", 403, id="a name that begins like ours"),
        pytest.param("127.0.0.1:9000", 403, id="another port"),
        pytest.param("127.0.0.1", 403, id="no port"),
        pytest.param("", 403, id="no name at all"),
    ],
)
def test_host(host: str, expected: int) -> None:
    assert status("GET", "/api/project", {"host": host}) == expected


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=30))
def test_no_other_name_is_ours(host: str) -> None:
    """Whatever it is, unless it is one of three in any case."""
    known = {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}
    assert (status("GET", "/", {"host": host}) == 200) == (host.lower() in known)


@given(
    st.sampled_from(["POST", "PUT", "DELETE", "PATCH"]),
    st.dictionaries(st.sampled_from(sorted(WRITE)), st.sampled_from(["", "null", "x", "1"])),
)
def test_a_write_needs_everything_that_a_write_needs(method: str, found: dict[str, str]) -> None:
    """One header that is another, and it is refused."""
    headers = WRITE | found
    wrong = {name for name in found if headers[name] != WRITE[name]}
    assert (status(method, "/api/operations", headers) == 200) == (not wrong)


def test_port_80_needs_no_port_in_the_host() -> None:
    assert status("GET", "/", {"host": "127.0.0.1"}, Access("a", "a", port=80)) == 200


@pytest.mark.parametrize(
    ("path", "site", "mode", "expected"),
    [
        pytest.param("/api/document", "same-origin", "cors", 200, id="the app reads"),
        pytest.param("/api/document", "none", "navigate", 200, id="the user typed the address"),
        pytest.param("/api/document", "cross-site", "cors", 403, id="a foreign page reads"),
        pytest.param("/api/document", "same-site", "cors", 403, id="a page of another port reads"),
        pytest.param("/web/app.js", "same-site", "no-cors", 403, id="a foreign page loads code"),
        pytest.param("/", "cross-site", "navigate", 200, id="a link in another page leads here"),
        pytest.param("/", "cross-site", "no-cors", 403, id="a foreign page fetches the app"),
    ],
)
def test_who_asks(path: str, site: str, mode: str, expected: int) -> None:
    headers = OURS | {"sec-fetch-site": site, "sec-fetch-mode": mode}
    assert status("GET", path, headers) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, 200, id="the app writes"),
        pytest.param({"origin": "http://evil.example"}, 403, id="a foreign page writes"),
        pytest.param({"origin": "http://127.0.0.1:9000"}, 403, id="a page of another port writes"),
        pytest.param({"origin": "null"}, 403, id="a page without an origin writes"),
        pytest.param({"origin": "http://localhost:8000"}, 403, id="the origin is not the host"),
        pytest.param({"sec-fetch-site": "cross-site"}, 403, id="the browser says it is foreign"),
        pytest.param({"x-glose": ""}, 403, id="without the header that forms cannot send"),
        pytest.param({"x-glose": "p1"}, 200, id="a page of this project"),
        pytest.param({"x-glose": "p2"}, 401, id="a page that was left open, of another project"),
        pytest.param({"content-type": "text/plain"}, 415, id="a form in disguise"),
        pytest.param({"content-type": ""}, 415, id="no type"),
        pytest.param({"content-type": "application/json; charset=utf-8"}, 200, id="with charset"),
    ],
)
def test_writes(changed: dict[str, str], expected: int) -> None:
    assert status("POST", "/api/operations", WRITE | changed) == expected


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
def test_every_method_but_reads_needs_the_header(method: str) -> None:
    assert status(method, "/api/operations", OURS) == 403


def test_a_program_without_origin_may_write_with_a_session() -> None:
    headers = {name: value for name, value in WRITE.items() if "-" in name or name == "host"}
    assert status("POST", "/api/operations", headers) == 200


def test_no_inline_script_and_no_other_host_is_allowed() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback_is_served(host: str) -> None:
    assert "." in loopback(host) or ":" in loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "", "127.1"])
def test_elsewhere_is_refused_in_one_line(host: str) -> None:
    with pytest.raises(GloseError, match=r"no accounts yet.*this machine only") as error:
        loopback(host)
    assert "\n" not in str(error.value)


def test_the_address_of_ipv6_has_brackets() -> None:
    assert Access("a", "a", "::1", 8001).origin == "http://[::1]:8001"


def test_the_cookie_carries_the_port() -> None:
    assert Access("a", "a", port=8001).cookie == "glose-8001"
