"""Questions that wait: none is lost, and only so much is held in memory."""

from __future__ import annotations

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.extractors.pending import Pending

LINES = st.dictionaries(st.text("abc", min_size=1), st.binary(max_size=9))


@given(LINES, st.integers(0, 30))
def test_every_line_comes_back_whatever_fits_into_memory(
    lines: dict[str, bytes], held: int
) -> None:
    with closing(Pending(held)) as pending:
        for id_, line in lines.items():
            pending.put(id_, line)

        assert {id_: pending.take(id_) for id_ in reversed(lines)} == lines


@given(LINES, st.integers(0, 30))
def test_lines_are_taken_and_put_by_turns(lines: dict[str, bytes], held: int) -> None:
    """Each line is taken while the next already waits."""
    taken = {}
    with closing(Pending(held)) as pending:
        for id_, line in lines.items():
            if len(pending):
                first = pending.first
                taken[first] = pending.take(first)
            pending.put(id_, line)
        taken |= {id_: pending.take(id_) for id_ in lines if id_ in pending}

    assert taken == lines


def test_no_more_is_held_than_allowed() -> None:
    with closing(Pending(held=10)) as pending:
        for number in range(9):
            pending.put(str(number), b"1234")
        in_memory = [line for line in pending._lines.values() if isinstance(line, bytes)]

        assert len(in_memory) == 2


def test_what_was_taken_makes_room() -> None:
    with closing(Pending(held=4)) as pending:
        for number in range(9):
            pending.put(str(number), b"1234")
            pending.take(str(number))

        assert pending._size == 0


def test_a_line_is_taken_once() -> None:
    with closing(Pending()) as pending:
        pending.put("a", b"1")
        pending.take("a")

        assert (pending.take("a"), len(pending)) == (None, 0)


def test_the_first_is_that_which_has_waited_longest() -> None:
    with closing(Pending()) as pending:
        for id_ in "bac":
            pending.put(id_, b"1")
        pending.take("b")

        assert pending.first == "a"
