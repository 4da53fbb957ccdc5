"""Modules and styles: what is served, and what is out of reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from glose.annotate.app import static


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A browser part, with things beside it that are nobody's business."""
    web = tmp_path / "web"
    (web / "core").mkdir(parents=True)
    (web / "core" / "ids.js").write_text("export const one = 1;\n")
    (web / "app.css").write_text("body { color: black }\n")
    (web / "jsconfig.json").write_text("{}")
    (web / ".hidden.js").write_text("secret")
    (tmp_path / "secret.js").write_text("secret")
    (web / "core" / "way.js").symlink_to(tmp_path / "secret.js")
    return web


@pytest.mark.parametrize(
    ("name", "type_"),
    [("core/ids.js", "text/javascript; charset=utf-8"), ("app.css", "text/css; charset=utf-8")],
)
def test_a_file_comes_under_its_type(root: Path, name: str, type_: str) -> None:
    answer = static.served(root, name)
    assert (answer.body, answer.headers["content-type"]) == ((root / name).read_bytes(), type_)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("core/none.js", id="what is not there"),
        pytest.param("core", id="a folder"),
        pytest.param("", id="the folder itself"),
        pytest.param("../secret.js", id="the folder above"),
        pytest.param("core/../../secret.js", id="the folder above, by way of another"),
        pytest.param("..\\secret.js", id="the folder above, as Windows writes it"),
        pytest.param("/etc/passwd", id="an absolute path"),
        pytest.param("C:/secret.js", id="another disk"),
        pytest.param("core//ids.js", id="an empty part"),
        pytest.param("./app.css", id="a dot"),
        pytest.param(".hidden.js", id="a hidden file"),
        pytest.param("core/way.js", id="a link that leads out"),
        pytest.param("jsconfig.json", id="a type that browsers need not have"),
        pytest.param("app.css\0.js", id="a NUL"),
        pytest.param("APP.CSS", id="another case"),
    ],
)
def test_nothing_else_is_served(root: Path, name: str) -> None:
    with pytest.raises(HTTPException) as error:
        static.served(root, name)
    assert error.value.status_code == 404


@given(
    st.lists(st.sampled_from(["..", ".", "/", "\\", "core", "ids.js", "secret.js", "%2e", "~"]))
)
def test_no_path_leads_out(parts: list[str]) -> None:
    """Whatever it is made of, it is a file inside or nothing."""
    root = static.folder()
    for name in ("/".join(parts), "".join(parts)):
        found = static._found(root, name)
        assert found is None or found.is_relative_to(root.resolve())


def test_a_browser_asks_again_each_time(root: Path) -> None:
    assert static.served(root, "app.css").headers["cache-control"] == "no-cache"


def test_what_a_browser_has_is_not_sent_again(root: Path) -> None:
    tag = static.served(root, "app.css").headers["etag"]
    answer = static.served(root, "app.css", tag)
    assert (answer.status_code, answer.body) == (304, b"")


def test_what_has_changed_is_sent_again(root: Path) -> None:
    tag = static.served(root, "app.css").headers["etag"]
    (root / "app.css").write_text("body { color: white; }\n")
    assert static.served(root, "app.css", tag).status_code == 200


def test_the_browser_part_is_found() -> None:
    assert (static.folder() / "index.html").is_file()
