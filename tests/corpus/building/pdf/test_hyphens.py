from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.pdf.hyphens import Divisions

#: What the document of each case says elsewhere.
NOTHING = ""


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        pytest.param("le droit inter-", "national", "le droit international", id="a plain word"),
        pytest.param("« gouverne-", "ment », dit", "« gouvernement », dit", id="marks around it"),
        pytest.param("les États-", "Unis", "les États-Unis", id="a capital follows"),
        pytest.param("INTER-", "NATIONAL", "INTERNATIONAL", id="all in capitals"),
        pytest.param("Seine-Saint-", "Denis", "Seine-Saint-Denis", id="a longer name"),
        pytest.param("un porte-", "parole", "un porte-parole", id="a compound of porte"),
        pytest.param("a-t-", "il dit", "a-t-il dit", id="an inversion after t"),
        pytest.param("répond-", "il", "répond-il", id="an inversion after d"),
        pytest.param("le pé-", "ril", "le péril", id="no pronoun but the end of a word"),
        pytest.param("as-", "tu vu", "as-tu vu", id="tu after s"),
        pytest.param("la ver-", "tu", "la vertu", id="tu after r is the end of a word"),
        pytest.param("c'est-à-", "dire", "c'est-à-dire", id="a single letter before"),
        pytest.param("aujour-", "d'hui", "aujourd'hui", id="an apostrophe after"),
        pytest.param("offici-", "elles", "officielles", id="elles after i ends a word"),
        pytest.param("celui-", "ci", "celui-ci", id="a demonstrative"),
        pytest.param("voi-", "là", "voilà", id="là after i ends a word"),
        pytest.param("lui-", "même", "lui-même", id="même"),
        pytest.param("franco-", "allemand", "franco-allemand", id="two nations"),
        pytest.param("franco-", "phone", "francophone", id="a nation and Greek"),
        pytest.param("2018-", "2019", "2018-2019", id="years"),
        pytest.param("un T-", "shirt", "un T-shirt", id="a letter"),
        pytest.param("ex-", "plosion", "explosion", id="ex before what is no word"),
        pytest.param("la fin -", "suite", "la fin - suite", id="a dash between blanks"),
        pytest.param("sud\u2010", "est", "sud\u2010est", id="the hyphen U+2010"),
        pytest.param("dix-", "neuf", "dix-neuf", id="a number"),
    ],
)
def test_rules(before: str, after: str, joined: str) -> None:
    assert Divisions([NOTHING]).joined(before, after) == joined


@pytest.mark.parametrize(
    ("said", "before", "after", "joined"),
    [
        pytest.param("un porte feuille", "porte-", "feuille", "porte-feuille", id="no evidence"),
        pytest.param("mon portefeuille là", "porte-", "feuille", "portefeuille", id="one word"),
        pytest.param("la contre-attaque là", "contre-", "attaque", "contre-attaque", id="tied"),
        pytest.param("La Contre-Attaque là", "contre-", "attaque", "contre-attaque", id="case"),
        pytest.param("un président là", "l'ex-", "président", "l'ex-président", id="ex"),
        pytest.param("le cyber-espace ici", "cyber-", "espace", "cyber-espace", id="a new word"),
        pytest.param(
            "a co-opération b coopération c coopération d", "co-", "opération", "coopération",
            id="the more frequent way",
        ),
    ],
)  # fmt: skip
def test_the_document_is_asked_first(said: str, before: str, after: str, joined: str) -> None:
    assert Divisions([said]).joined(before, after) == joined


def test_ends_of_lines_are_no_evidence() -> None:
    """The last word of a line and the first of the next are halves themselves."""
    divisions = Divisions(["dans le gouverne-", "ment du pays"])

    assert divisions.joined("le gouverne-", "ment du pays") == "le gouvernement du pays"


@given(st.text(max_size=12), st.text(min_size=1, max_size=12))
def test_nothing_but_the_hyphen_goes(before: str, after: str) -> None:
    joined = Divisions([before, after]).joined(f"{before}-", after)

    assert joined in {f"{before}-{after}", f"{before}{after}", f"{before}- {after}"}
