"""How dates, normalised values and strings in messages are written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Date
from glose.corpus.forms import NORMS, date_faults, norm_fault, real, shown


@pytest.mark.parametrize(
    "norm",
    [
        "date:2018-03-13", "date:2018-03", "date:2018", "date:2031-W10", "date:2031-SP",
        "date:2031-WXX-5", "date:XXXX-05-08", "date:PRESENT_REF", "date:2031-03-03/2031-03-07",
        "date:2018-03~", "date:19", "time:2031-03-14T14:30", "time:2031-03-10TNI", "duration:P1W",
        "duration:PT48H", "duration:PXD", "set:XXXX-WXX-5", "number:12", "number:>=12",
        "number:<10", "number:~300", "number:-2.5", "number:1/3", "number:10..12", "money:3000000",
        "percent:40", "quantity:2.5", "age:34", "age:P34Y",
    ],
)  # fmt: skip
def test_well_formed(norm: str) -> None:
    assert norm_fault(norm) is None


@pytest.mark.parametrize(
    ("norm", "fault"),
    [
        pytest.param(
            "2018-03-13",
            "found 2018-03-13; expected kind:value, such as date:2018-03-13",
            id="a value has a kind",
        ),
        pytest.param(
            "day:2018-03-13",
            f"found the kind day; expected one of {', '.join(NORMS)}",
            id="the kinds are known",
        ),
        pytest.param(
            "date:", "found date:; expected a value without white space after date:",
            id="a value is not empty",
        ),
        pytest.param(
            "date:14 mars",
            "found 'date:14 mars'; expected a value without white space after date:",
            id="a value is no phrase",
        ),
        pytest.param(
            "date:2031-02-29",
            "date:2031-02-29 is not in the calendar; expected a real month and day",
            id="a day is in the calendar",
        ),
        pytest.param(
            "time:2031-13-01TNI",
            "time:2031-13-01TNI is not in the calendar; expected a real month and day",
            id="the day of a time is in the calendar",
        ),
        pytest.param(
            "duration:3D", "found duration:3D; expected a value such as P1W after duration:",
            id="a duration begins with P",
        ),
        pytest.param(
            "number:200 000",
            "found 'number:200 000'; expected a number such as 12, >=12 or 2.5 after number:",
            id="digits are not grouped",
        ),
        pytest.param(
            "percent:2,5",
            "found 'percent:2,5'; expected a number such as 12, >=12 or 2.5 after percent:",
            id="the decimal sign is a point",
        ),
    ],
)  # fmt: skip
def test_not_well_formed(norm: str, fault: str) -> None:
    assert norm_fault(norm) == fault


@given(st.dates())
def test_every_day_is_in_the_calendar(day: dt.date) -> None:
    assert real(day.year, day.month, day.day)


@given(st.integers(1, 9999), st.integers(-1, 14), st.integers(-1, 33))
def test_a_day_is_in_the_calendar_if_python_knows_it(year: int, month: int, day: int) -> None:
    try:
        dt.date(year, month, day)
    except ValueError:
        known = False
    else:
        known = True

    assert real(year, month, day) is known


@pytest.mark.parametrize("year", [-44, 0, 12000])
def test_years_that_python_does_not_know_have_months(year: int) -> None:
    assert real(year, 2, 28)


@pytest.mark.parametrize("time", [None, "00:00", "14:30:05", "14:30:05.5Z", "14:30+02:00"])
def test_time(time: str | None) -> None:
    assert list(date_faults(Date(2031, 3, 14, time))) == []


@pytest.mark.parametrize("time", ["", "14h30", "9:05", "14:60", "14:30+2", "14:30\n"])
def test_no_time(time: str) -> None:
    assert len(list(date_faults(Date(2031, 3, 14, time)))) == 1


@given(st.text())
def test_what_is_shown_is_one_short_line(text: str) -> None:
    line = shown(text)

    assert "\n" not in line
    assert line.isprintable()


@given(st.text(min_size=61, max_size=500))
def test_what_is_shown_is_cut(text: str) -> None:
    assert f"({len(text)} characters)" in shown(text)
