"""The credit at the end of a text is taken out; what only looks like one stays."""

from __future__ import annotations

import pytest

from glose.corpus.building.agencies import KNOWN
from glose.corpus.building.creditlines import find

BODY = "Il est mort."


@pytest.mark.parametrize(
    ("end", "agency", "source"),
    [
        (" (afp)", "afp", None),
        (" (AFP)\n", "afp", None),
        (" (AFP).", "afp", None),
        ("\n\n(Reuters)", "reuters", None),
        (" [AFP]", "afp", None),
        (" (avec AFP)", "afp", None),
        (" (Avec AFP)", "afp", None),
        (" (AFP et Reuters)", "afp/reuters", None),
        (" (AFP, Reuters)", "afp/reuters", None),
        (" (AFP/Le Monde)", "afp", "Le Monde"),
        (" AFP/Le Monde", "afp", "Le Monde"),
        ("\nAFP/Le Monde", "afp", "Le Monde"),
        ("\n\nAvec AFP", "afp", None),
        ("\n\n© AFP", "afp", None),
        ("\n\nSource : AFP", "afp", None),
        (" (alm)", "alm", None),
        (" (Corvus)", "corvus", None),
        ("\n\n(Corvus)", "corvus", None),
        (" ALM/Le Courrier du Levant", "alm", "Le Courrier du Levant"),
        ("\n\nALM/Le Courrier du Levant", "alm", "Le Courrier du Levant"),
        (" (Agence France-Presse)", "agence france-presse", None),
    ],
)
def test_credit_is_read(end: str, agency: str, source: str | None) -> None:
    found = find(BODY + end, KNOWN)

    assert found is not None
    assert (found.agency, found.source, (BODY + end)[: found.end]) == (agency, source, BODY)


def test_credit_of_a_known_agency_needs_no_full_stop() -> None:
    found = find("selon l'agence Sana (afp)", KNOWN)

    assert found is not None
    assert found.end == len("selon l'agence Sana")


def test_credit_after_a_quotation() -> None:
    found = find("Il a dit : « C'est fini. » (alm)", KNOWN)

    assert found is not None
    assert found.agency == "alm"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("selon l'Observatoire (OSDH)", id="an acronym within the last sentence"),
        pytest.param("selon l'Observatoire (OSDH).", id="and with its full stop"),
        pytest.param("Il est mort. (à suivre)", id="two words that name nobody"),
        pytest.param("Il est mort. (fin)", id="a word that is no agency"),
        pytest.param("Il est mort. (2018)", id="a number"),
        pytest.param("Il est mort. bur-vl/tp/cgd", id="initials in small letters"),
        pytest.param("Il a reçu 12 km/h", id="a slash"),
        pytest.param("Ils sont venus avec AFP", id="an agency within a line"),
        pytest.param("(afp) Il est mort.", id="a credit at the beginning"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_credit_stays(text: str) -> None:
    assert find(text, KNOWN) is None


def test_agencies_may_be_added() -> None:
    assert find("selon la radio (Corvus Presse)", KNOWN | {"corvus presse"}) is not None


def test_long_texts_are_not_searched_through() -> None:
    """Only the end is looked at: a credit in the middle of much text costs nothing."""
    assert find("Il est mort. (afp) " + "mot " * 200_000, KNOWN) is None
