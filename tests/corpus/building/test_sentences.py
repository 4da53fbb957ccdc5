"""Sentences end where a reader of French says that they do: a hand-made table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.sentences import spans


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["Il est mort.", "Elle vit."], id="full stops"),
        pytest.param(["Est-ce fini ?", "Oui !", "Bien…", "Fin."], id="other marks"),
        pytest.param(["Quoi ?!", "Non !!!", "Si."], id="several marks"),
        pytest.param(["Il a... disparu... hier.", "Puis..."], id="points before a small letter"),
        pytest.param(["Rome en 753 av. J.-C.", "Elle grandit."], id="av. J.-C."),
        pytest.param(["Né en 52 av. J.-C. à Rome."], id="J.-C. within a sentence"),
        pytest.param(["Il vint à 14 h. 30 mardi.", "Il part."], id="14 h. 30"),
        pytest.param(["Il arrive à 14 h.", "Le train part."], id="an hour at the end"),
        pytest.param(["M. Dupont et Mme. Durand sont là.", "MM. X et Y."], id="M., Mme., MM."),
        pytest.param(["Il écrit à M. Le Pen.", "Fin."], id="M. before a name like an article"),
        pytest.param(["Le décret n° 12.", "Le second."], id="n°"),
        pytest.param(["L'art. 5 le dit.", "Voir p. 12 et fig. 3."], id="art., p., fig."),
        pytest.param(["L'O.N.U. a voté.", "Elle vote."], id="an acronym before a small letter"),
        pytest.param(["Il quitte l'O.N.U.", "Le vote est clos."], id="an acronym at the end"),
        pytest.param(["J. Dupont et J.-C. Durand sont là.", "Oui."], id="initials"),
        pytest.param(["Voici le plan B.", "Le ministre part."], id="a letter at the end"),
        pytest.param(["Le 3 sept. 2018 il vint.", "Ils sont sept.", "Puis il part."], id="sept."),
        pytest.param(["Le 1er janv. 2018.", "Fin."], id="a year at the end"),
        pytest.param(["Des pommes, etc. et des noix.", "Et puis, etc.", "Le reste."], id="etc."),
        pytest.param(["Il y a 3.500 morts.", "12 blessés."], id="points within numbers"),
        pytest.param(["1. Premier point.", "2. Second point."], id="numbers that count items"),
        pytest.param(["« Partez ! » a-t-il dit.", "Il part."], id="« … ! » a-t-il dit"),
        pytest.param(["« Où est-il ? », dit-elle.", "Il part."], id="« … ? », dit-elle"),
        pytest.param(["Il dit : « C'est fini. »", "Puis rien."], id="a closed quotation"),
        pytest.param(["Il dit\u00a0: «\u00a0Non\u00a0!\u00a0»", "Rien."], id="no-break spaces"),
        pytest.param(['"Un accord."', "Il part."], id="straight quotation marks"),
        pytest.param(["Il dit.", '"Un accord."'], id="an opening quotation mark"),
        pytest.param(['" Tu es là ! "', "Les autres non."], id="loose quotation marks"),
        pytest.param(["Le chat (il dort.)", "Le chien."], id="brackets"),
        pytest.param(["Des noix (pommes, etc.).", "Fin."], id="a full stop after a bracket"),
        pytest.param(["Il est parti.", "à 12 ans, il revint."], id="à typed for À"),
        pytest.param(["Il est né en U.R.S.S. en 1950."], id="a long acronym"),
        pytest.param(["Une ligne", "- une autre", "- encore"], id="lines of a list"),
        pytest.param(["Une ligne\nqui va plus loin.", "Fin."], id="a line end within a sentence"),
        pytest.param(["Fin.Début sans blanc.", "Fin."], id="no blank, no end"),
        pytest.param(["وصل الوفد.", "غادر."], id="letters without capitals"),
        pytest.param(["Bravo 🎉!", "👏 Merci."], id="emoji"),
    ],
)
def test_sentences(sentences: list[str]) -> None:
    between = "\n" if sentences[-1].startswith("-") else " "
    text = between.join(sentences)

    assert [text[start:end] for start, end in spans(text)] == sentences


def test_range_bounds_the_search() -> None:
    text = "Avant. Un. Deux. Après."

    assert [text[start:end] for start, end in spans(text, 7, 16)] == ["Un.", "Deux."]


@given(st.text("aàA .!?…»«\"'()\n\u00a0-1M", max_size=60))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    found = list(spans(text))

    assert all(a[1] <= b[0] for a, b in pairwise(found))
    covered = {i for s, e in found for i in range(s, e)}
    assert all(i in covered for i, char in enumerate(text) if not char.isspace())


@given(st.text("aA. !»\n", max_size=40))
def test_sentences_have_no_outer_white_space(text: str) -> None:
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans(text))
