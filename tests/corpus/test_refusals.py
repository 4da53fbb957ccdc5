"""What a decoder refuses is told in our words, with its place and what was expected."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest

from glose.corpus.refusals import near, refusal


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    colour: str
    size: int | None = None
    pair: tuple[int, int] = (0, 0)
    many: tuple[str, ...] = ()


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    inner: Inner | None = None
    items: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}
    mood: Literal["warning", "error"] = "warning"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        pytest.param([], "found a list; expected an object", id="not an object"),
        pytest.param(
            {"iner": 1}, "unknown key 'iner'; did you mean 'inner'?", id="a typo at the top"
        ),
        pytest.param(
            {"x": 1}, "unknown key 'x'; expected some of inner, items, mood, named", id="no typo"
        ),
        pytest.param(
            {"inner": {"colour": "", "siz": 1}},
            "inner: unknown key 'siz'; did you mean 'size'?",
            id="a typo inside",
        ),
        pytest.param({"items": [{}]}, "items[0]: required key 'colour' is missing", id="missing"),
        pytest.param(
            {"items": [{"colour": "", "size": "1"}]},
            "items[0].size: found a string; expected a whole number or null",
            id="another type",
        ),
        pytest.param(
            {"named": {"a": {"colour": 1}}},
            "named[...].colour: found a whole number; expected a string",
            id="in a table of tables",
        ),
        pytest.param(
            {"named": {"a": {"color": ""}}},
            "named[...]: unknown key 'color'; did you mean 'colour'?",
            id="a typo in a table of tables",
        ),
        pytest.param({"mood": "sad"}, "mood: found 'sad'; expected error or warning", id="choice"),
        pytest.param(
            {"inner": {"colour": "", "pair": [1]}},
            "inner.pair: expected a list of length 2, got 1",
            id="a pair of one",
        ),
        pytest.param(
            {"inner": {"colour": "", "many": "a"}},
            "inner.many: found a string; expected a list",
            id="a string for a list",
        ),
    ],
)
def test_refusal(value: object, line: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(value, Outer)

    assert refusal(caught.value, Outer) == line


def test_what_the_value_is_called_comes_first() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"inner": 1}, Outer)

    found = refusal(caught.value, Outer, "events.SAY", mapping="a table")

    assert found == "events.SAY.inner: found a whole number; expected a table or null"


def test_a_refusal_is_never_long() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"k" * 5000: 1}, Outer)

    assert len(refusal(caught.value, Outer)) <= 200


@pytest.mark.parametrize(
    ("names", "told"),
    [
        pytest.param(["colour", "key"], "did you mean 'colour'?", id="a close one"),
        pytest.param(["key"], "expected some of key", id="none close"),
        pytest.param([], "expected none", id="none at all"),
        pytest.param([f"x{n:02}" for n in range(14)], "x11 and 2 more", id="many"),
    ],
)
def test_near(names: list[str], told: str) -> None:
    assert near("color", names).endswith(told)
