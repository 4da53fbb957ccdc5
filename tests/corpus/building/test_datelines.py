"""Datelines are found with their place, date and agency; other openings are not."""

from __future__ import annotations

import pytest

from glose.corpus.building.agencies import KNOWN
from glose.corpus.building.datelines import find, titled
from glose.corpus.building.dates import Stated

DAY = Stated(2018, 3, 14)
NO_YEAR = Stated(None, 3, 14)


@pytest.mark.parametrize(
    ("line", "place", "date", "agency"),
    [
        ("BEYROUTH, 14 mars 2018 (AFP) - ", "Beyrouth", DAY, "afp"),
        ("BEYROUTH, 14 mars 2018 (AFP) – ", "Beyrouth", DAY, "afp"),
        ("BEYROUTH, 14 mars 2018 (AFP) — ", "Beyrouth", DAY, "afp"),
        ("BEYROUTH, 14 mars 2018 (AFP) -- ", "Beyrouth", DAY, "afp"),
        ("BEYROUTH, 14 mars 2018 (ALM) - ", "Beyrouth", DAY, "alm"),
        ("BEYROUTH, 14 mars (AFP) - ", "Beyrouth", NO_YEAR, "afp"),
        ("BEYROUTH (AFP) - ", "Beyrouth", None, "afp"),
        ("BEYROUTH (ALM) - ", "Beyrouth", None, "alm"),
        ("Beyrouth (Reuters) - ", "Beyrouth", None, "reuters"),
        ("BEYROUTH, 14 mars 2018 - ", "Beyrouth", DAY, None),
        ("Genève, le 14 mars 2018 – ", "Genève", DAY, None),
        ("Paris, mercredi 14 mars 2018 (AFP) - ", "Paris", DAY, "afp"),
        ("BEIRUT, March 14 (Reuters) - ", "Beirut", NO_YEAR, "reuters"),
        ("BEYROUTH/DAMAS, 14 mars (AFP) - ", "Beyrouth/Damas", NO_YEAR, "afp"),
        ("BEYROUTH et DAMAS, 14 mars (AFP) - ", "Beyrouth et Damas", NO_YEAR, "afp"),
        ("NEW YORK (Nations unies), 14 mars 2018 (AFP) - ", "New York", DAY, "afp"),
        ("New York (Nations unies) (AFP) - ", "New York", None, "afp"),
        ("LA HAYE, 14 mars 2018 (AFP/Reuters) - ", "La Haye", DAY, "afp/reuters"),
        ("DEIR EZ-ZOR (Syrie), 14 mars 2018 (AFP) - ", "Deir Ez-Zor", DAY, "afp"),
        ("L'AQUILA, 14 mars 2018 (AFP) - ", "L'Aquila", DAY, "afp"),
        ("BEYROUTH, 14\u00a0mars 2018 (AFP)\u00a0– ", "Beyrouth", DAY, "afp"),
    ],
)
def test_dateline_is_read(line: str, place: str, date: Stated | None, agency: str | None) -> None:
    found = find(f"{line}Douze civils", 0, KNOWN)

    assert found is not None
    assert (found.place, found.date, found.agency) == (place, date, agency)


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param("OTAN - Le conseil", id="capitals and a dash alone"),
        pytest.param("Damas - Le régime", id="a place and a dash alone"),
        pytest.param("Bachar al-Assad (président) - Il", id="parentheses that name no agency"),
        pytest.param("Le 14 mars 2018 (AFP) - Il", id="a date without a place"),
        pytest.param("L'armée a dit, 14 mars 2018 - Il", id="a sentence"),
        pytest.param("BEYROUTH, 14 mars 2018 (AFP) Douze", id="no dash"),
        pytest.param("BEYROUTH, 31 février 2018 - Douze", id="a day that is none"),
        pytest.param("BEYROUTH, 14 mars 2018 (AFP) -Douze", id="a dash that is a hyphen"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_openings_are_no_dateline(opening: str) -> None:
    found = find(opening, 0, KNOWN)

    assert found is None or not found.place


def test_dateline_ends_before_its_dash() -> None:
    text = "BEYROUTH, 14 mars 2018 (AFP) - Douze civils"
    found = find(text, 0, KNOWN)

    assert found is not None
    assert (text[: found.end], text[found.body :]) == (
        "BEYROUTH, 14 mars 2018 (AFP)",
        "Douze civils",
    )


def test_dateline_is_looked_for_where_a_paragraph_begins() -> None:
    found = find("Titre\n\nDAMAS (AFP) - Il", 7, KNOWN)

    assert found is not None
    assert found.start == 7


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("AIX-EN-PROVENCE", "Aix-en-Provence"),
        ("LE CAIRE", "Le Caire"),
        ("Saint-Denis", "Saint-Denis"),
    ],
)
def test_capitals_become_a_name(written: str, place: str) -> None:
    assert titled(written) == place
