"""Dates of headers and datelines keep the precision in which they are written."""

from __future__ import annotations

import pytest

from glose.corpus.building.dates import Stated, parse, refined
from glose.corpus.document import Date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2018", Stated(2018)),
        ("2018-03", Stated(2018, 3)),
        ("2018-03-14", Stated(2018, 3, 14)),
        ("2018/03/14", Stated(2018, 3, 14)),
        ("14/03/2018", Stated(2018, 3, 14)),
        ("14.03.2018", Stated(2018, 3, 14)),
        ("03/2018", Stated(2018, 3)),
        ("mars 2018", Stated(2018, 3)),
        ("14 mars 2018", Stated(2018, 3, 14)),
        ("1er août 2018", Stated(2018, 8, 1)),
        ("le 14 mars 2018", Stated(2018, 3, 14)),
        ("mercredi 14 mars 2018", Stated(2018, 3, 14)),
        ("Mercredi, 14 Mars 2018", Stated(2018, 3, 14)),
        ("14 févr. 2018", Stated(2018, 2, 14)),
        ("14 mars", Stated(None, 3, 14)),
        ("March 14, 2018", Stated(2018, 3, 14)),
        ("14 March 2018", Stated(2018, 3, 14)),
        ("2018-03-14T10:30:05Z", Stated(2018, 3, 14, "10:30:05Z")),
        ("2018-03-14T10:30:05.123+02:00", Stated(2018, 3, 14, "10:30:05+02:00")),
        ("2018-03-14 10:30", Stated(2018, 3, 14, "10:30")),
        ("14 mars 2018 à 9h05", Stated(2018, 3, 14, "09:05")),
        ("14 mars 2018 à 14 h 30", Stated(2018, 3, 14, "14:30")),
        ("2018-03-14T10:30:05+0100", Stated(2018, 3, 14, "10:30:05+01:00")),
        ("14 mars 2018, 14h30 GMT", Stated(2018, 3, 14, "14:30Z")),
        ("14\u00a0mars\u00a02018", Stated(2018, 3, 14)),
        ("29 février 2020", Stated(2020, 2, 29)),
    ],
)
def test_date_is_read(written: str, date: Stated) -> None:
    assert parse(written) == date


@pytest.mark.parametrize(
    "written",
    [
        "", "hier", "31 février 2018", "29 février 2019", "2018-13", "2018-00-01", "32/01/2018",
        "14 mars 2018 à 25h", "mars", "14", "12 civils", "2018-03-14 et plus",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(written: str) -> None:
    assert parse(written) is None


@pytest.mark.parametrize(
    ("date", "dateline", "expected"),
    [
        pytest.param(None, None, None, id="nothing is known"),
        pytest.param(None, Stated(2018, 3, 14), Date(2018, 3, 14), id="the dateline alone"),
        pytest.param(None, Stated(None, 3, 14), None, id="a dateline without a year is no date"),
        pytest.param(Date(2018, 3), Stated(None, 3, 14), Date(2018, 3, 14), id="the day is added"),
        pytest.param(Date(2018), Stated(None, 3, 14), Date(2018, 3, 14), id="month and day too"),
        pytest.param(Date(2018, 4), Stated(None, 3, 14), Date(2018, 4), id="not if they disagree"),
        pytest.param(Date(2018, 3), Stated(2017, 3, 14), Date(2018, 3), id="nor in the year"),
        pytest.param(Date(2018, 3, 15), Stated(2018, 3, 14), Date(2018, 3, 15), id="a day stays"),
    ],
)
def test_dateline_makes_a_date_more_precise(
    date: Date | None, dateline: Stated | None, expected: Date | None
) -> None:
    assert refined(date, dateline) == expected
