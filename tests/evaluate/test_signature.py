"""Fingerprints of documents add up in any order."""

from __future__ import annotations

from importlib.metadata import version

from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.signature import Print, sign

lines = st.lists(st.binary(max_size=5))


def fingerprint(documents: list[bytes]) -> Print:
    made = Print()
    for line in documents:
        made.add(line)
    return made


@given(lines, lines)
def test_prints_add_up(one: list[bytes], other: list[bytes]) -> None:
    made = fingerprint(one)
    made.merge(fingerprint(other))
    assert made == fingerprint([*other, *one])


def test_a_print_has_32_digits_even_of_nothing() -> None:
    assert str(Print()) == "0" * 32


def test_a_line_end_is_no_part_of_a_document() -> None:
    assert fingerprint([b"a\n"]) == fingerprint([b"a"]) == fingerprint([b"a\r\n"])


def test_a_document_that_comes_twice_does_not_cancel_out() -> None:
    assert fingerprint([b"a", b"a"]) != fingerprint([])


def test_a_signature_begins_with_the_version() -> None:
    assert sign([]) == f"glose:{version('glose')}"


def test_a_bar_in_a_value_does_not_break_a_signature() -> None:
    assert sign([("split", "a|b")]).endswith("|split:a/b")
