"""The local list of what mentions may be linked to."""

from __future__ import annotations

import gzip
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.assist.links import Entry, Line, Links, folded
from glose.corpus.errors import InputError

LIST = """\
Q1\tJaich al-Islam\tArmée de l'islam|Jaysh al-Islām\tgroupe armé
Q2\tArmée nationale\t\tarmée
Q3\tIslamabad\t\tcapitale
Q4\tArménie\tHayastan

Q5\tŒuvre d'Orient
Q6\tArmée\tarmée de terre\tarmée
"""


def links(tmp_path: Path, content: str | bytes = LIST, name: str = "own.tsv") -> Links:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Links.read(path)


@pytest.mark.parametrize(("query", "ids"), [
    pytest.param("armée", ["Q6", "Q1", "Q2"],
                 id="what is called so, then what has a name that begins so, short names first"),
    pytest.param("ARMEE", ["Q6", "Q1", "Q2"], id="neither case nor accents count"),
    pytest.param("arm", ["Q6", "Q4", "Q1", "Q2"], id="a beginning"),
    pytest.param("isl", ["Q3", "Q1"], id="names that begin so come before words that do"),
    pytest.param("islam jaich", ["Q1"], id="words in any order"),
    pytest.param("armee islam", ["Q1"], id="further names count"),
    pytest.param("jaysh al islam", ["Q1"], id="hyphens and marks in the list do not count"),
    pytest.param("oeuvre", ["Q5"], id="a ligature is two letters"),
    pytest.param("hayas", ["Q4"], id="a line without `about`"),
    pytest.param("slam", [], id="the middle of a word is not looked for"),
    pytest.param("armée islamabad", [], id="every word must be there"),
    pytest.param("", [], id="nothing is asked"),
    pytest.param(" - ", [], id="nothing but signs"),
])  # fmt: skip
def test_search(tmp_path: Path, query: str, ids: list[str]) -> None:
    assert [one.id for one in links(tmp_path).search(query)] == ids


def test_an_entry_says_which_list_it_is_of(tmp_path: Path) -> None:
    entry = links(tmp_path).search("jaich")[0]

    assert (entry.kb, entry.name, entry.about) == ("own", "Jaich al-Islam", "groupe armé")


def test_the_best_are_as_many_as_are_asked_for(tmp_path: Path) -> None:
    assert [one.id for one in links(tmp_path).search("arm", limit=2)] == ["Q6", "Q4"]


def test_a_packed_list_is_read(tmp_path: Path) -> None:
    assert len(links(tmp_path, gzip.compress(LIST.encode()), "own.tsv.gz")) == 6


def test_a_list_of_windows_is_read(tmp_path: Path) -> None:
    found = links(tmp_path, b"\xef\xbb\xbfQ1\tDamas\r\n").search("damas")

    assert (found[0].id, found[0].name) == ("Q1", "Damas")


@pytest.mark.parametrize(("content", "what"), [
    pytest.param("Q1\tA\nQ2 B\n", "own.tsv:2: found 1 column ('Q2 B'); expected id, name",
                 id="no tab"),
    pytest.param("Q1\tA\tb\tc\td\n", "own.tsv:1: found 5 columns", id="too many columns"),
    pytest.param("Q1\tA\n\tB\n", "own.tsv:2: found no id", id="no id"),
    pytest.param("Q1\t \tB\n", "own.tsv:1: found no name", id="no name"),
    pytest.param("Q1\tA\n\nQ1\tB\n", "own.tsv:3: found the id Q1, which is that of line 1",
                 id="an id twice"),
    pytest.param(b"Q1\tA\nQ2\t\xe9\n", "own.tsv:2: found byte 4 of the line not in UTF-8",
                 id="another charset"),
])  # fmt: skip
def test_what_is_wrong_with_a_list_is_one_line(
    tmp_path: Path, content: str | bytes, what: str
) -> None:
    with pytest.raises(InputError) as error:
        links(tmp_path, content)

    assert what in str(error.value)
    assert "\n" not in str(error.value)


def test_a_hundred_thousand_entries_are_searched_while_somebody_types(tmp_path: Path) -> None:
    rng = random.Random(1)
    words = ["".join(rng.choices("abdeiklmnorstu", k=rng.randint(3, 8))) for _ in range(20_000)]
    rows = (f"Q{n}\t{' '.join(rng.choices(words, k=3))}\n" for n in range(100_000))
    found = links(tmp_path, "".join(rows))
    begun = time.process_time()
    for query in ("a", "ar", "arm", "a b", words[7][:4]):
        assert found.search(query)

    assert (time.process_time() - begun) / 5 < 0.06  # some 5 ms on a machine at rest


@given(
    st.lists(st.text("abé -|", min_size=1, max_size=6), max_size=12), st.text("abé ", max_size=3)
)
def test_search_finds_what_a_plain_reading_finds(names: list[str], query: str) -> None:
    kept = [name for name in names if folded(name)]
    found = _made(kept)
    wanted = folded(query)

    def fits(name: str) -> bool:
        begins = " ".join(folded(name)).startswith(" ".join(wanted))
        words = all(any(w.startswith(q) for w in folded(name)) for q in wanted)
        return bool(wanted) and (begins or words)

    ids = {entry.id for entry in found.search(query, limit=100)}
    assert ids == {f"Q{n}" for n, name in enumerate(kept) if fits(name)}


def _made(names: list[str]) -> Links:
    return Links(Line(Entry("own", f"Q{n}", name, ""), (name,)) for n, name in enumerate(names))
