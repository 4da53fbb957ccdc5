"""Bounds of gold that the same words elsewhere or the ends of words deny; each place once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from glose.evaluate.auditing import audit
from glose.evaluate.claims import Claim, Nesting, findings
from glose.evaluate.suspects import NOTHING, Suspect
from glose.evaluate.word_ends import WordEnds, inside, widened

#: A document as its text and the words that are marked in it, each with its type: `PER Ben Cole`.
Written = tuple[str, Sequence[str]]

Audited = Callable[..., list[Suspect]]

BEN: Written = ("Hier Ben Cole a ri.", ["PER Ben Cole"])


@pytest.fixture
def audited(tmp_path: Path) -> Audited:
    """Give a function that audits documents by those of systems, without a model."""

    def found(gold: Sequence[Written], *systems: Sequence[Written]) -> list[Suspect]:
        paths = []
        for number, each in enumerate((gold, *systems)):
            paths.append(tmp_path / f"{number}.jsonl")
            paths[-1].write_bytes(b"".join(line(n, *one) for n, one in enumerate(each)))
        return list(audit(paths[0], paths[1:], folds=0).suspects)

    return found


def line(number: int, text: str, marked: Sequence[str]) -> bytes:
    mentions = []
    for each in marked:
        type_, words = each.split(" ", 1)
        start = text.index(words)
        mentions.append({"type": type_, "start": start, "end": start + len(words)})
    return msgspec.json.encode({"id": f"d{number}", "text": text, "mentions": mentions}) + b"\n"


def told(suspect: Suspect) -> tuple[str, str | None, str | None, float]:
    names = (f"{x.type} {x.text}" if x else None for x in (suspect.gold, suspect.proposed))
    return suspect.kind, *names, round(suspect.score, 2)  # type: ignore[return-value]  # two names


@pytest.mark.parametrize(("usual", "odd", "expected", "evidence"), [
    pytest.param(
        BEN, ("Puis Ben Cole part.", ["PER Ben"]), ("boundary", "PER Ben", "PER Ben Cole", 0.48),
        "'Ben Cole' is PER in 4 other places (100%)", id="a word is missing",
    ),
    pytest.param(
        BEN, ("Puis Ben Cole part.", ["ORG Cole"]), ("boundary", "ORG Cole", "PER Ben Cole", 0.48),
        "'Ben Cole' is PER in 4 other places (100%)", id="a word is missing, the type is wrong",
    ),
    pytest.param(
        BEN, ("Puis Ben Cole a fui.", ["PER Ben Cole a"]),
        ("boundary", "PER Ben Cole a", "PER Ben Cole", 0.48),
        "'Ben Cole' is PER in 4 other places (100%)", id="a word is too much",
    ),
    pytest.param(
        BEN, ("Puis le Ben Cole a fui.", ["PER le Ben"]),
        ("boundary", "PER le Ben", "PER Ben Cole", 0.48),
        "'Ben Cole' is PER in 4 other places (100%)", id="they cross",
    ),
    pytest.param(
        ("La Croix-Rouge dort.", ["ORG Croix-Rouge"]), ("La Croix-Rouge part.", ["ORG Croix"]),
        ("boundary", "ORG Croix", "ORG Croix-Rouge", 0.48),
        "'Croix-Rouge' is ORG in 4 other places (100%)", id="the text is told as it stands",
    ),
])  # fmt: skip
def test_the_same_words_elsewhere(
    usual: Written, odd: Written, expected: tuple[str, str, str, float], evidence: str,
    audited: Audited,
) -> None:  # fmt: skip
    """Four documents are alike: 0.6 x (1 - 1 / 5)."""
    (suspect,) = audited([usual] * 4 + [odd])

    assert (told(suspect), suspect.evidence) == (expected, (evidence,))


@pytest.mark.parametrize(("usual", "odd"), [
    pytest.param(BEN, ("Monsieur Ben Cole part.", ["PER Monsieur Ben Cole"]),
                 id="it is more, by a word that is nowhere else"),
    pytest.param(BEN, ("Hier Ben Cole SA a ri.", ["ORG Ben Cole SA"]), id="it is more, of a type"),
    pytest.param(BEN, ("Hier Ben Coles a ri.", ["PER Ben"]), id="other words follow"),
    pytest.param(("Ben Cole ou Ben.", ["PER Ben Cole"]), ("Ben part.", ["PER Ben"]),
                 id="it stands alone"),
])  # fmt: skip
def test_no_other_bounds(usual: Written, odd: Written, audited: Audited) -> None:
    found = audited([usual] * 4 + [odd])

    assert [each for each in found if each.kind == "boundary"] == []


def test_how_often_it_is_so_weighs(audited: Audited) -> None:
    """Whole in 3 of 4 other places: 0.6 x 3/4 x (1 - 1 / 4) for each of the two that are cut."""
    found = audited([BEN] * 3 + [("Puis Ben Cole part.", ["PER Ben"])] * 2)

    assert [told(each) for each in found] == [("boundary", "PER Ben", "PER Ben Cole", 0.34)] * 2


def test_once_is_no_custom(audited: Audited) -> None:
    assert audited([BEN, ("Puis Ben Cole part.", ["PER Ben"])]) == []


def test_the_rest_of_a_name_is_not_missing_beside_it(audited: Audited) -> None:
    """`Berg` is PER elsewhere; here it is the rest of `Anna Berg`, and there is one suspect."""
    gold = [("Hier Anna Berg a ri.", ["PER Anna Berg"])] * 4
    gold += [("Hier Berg a ri.", ["PER Berg"])] * 2 + [("Puis Anna Berg part.", ["PER Anna"])]
    found = audited(gold)

    assert [told(each) for each in found] == [("boundary", "PER Anna", "PER Anna Berg", 0.48)]


def test_parts_that_are_marked_too_leave_the_whole_missing(audited: Audited) -> None:
    """Where gold has both elsewhere, the part is no wrong bound but the whole is left out."""
    usual = "L'armée syrienne dort.", ["ORG armée syrienne", "GPE syrienne"]
    found = audited([usual] * 4 + [("L'armée syrienne part.", ["GPE syrienne"])])

    assert [(each.kind, each.proposed and each.proposed.text) for each in found] == [
        ("missing", "armée syrienne")
    ]


NESTED: Written = ("L'armée syrienne dort.", ["ORG armée syrienne", "GPE syrienne"])


def test_a_nested_mention_may_be_missing(audited: Audited) -> None:
    """Gold has a GPE within an ORG in four places of five: 0.7 x (4 + 2 x 4/5) / (5 + 2)."""
    other = "L'armée russe part.", ["ORG armée russe", "GPE russe"]
    (suspect,) = audited([NESTED] * 4 + [(other[0], other[1][:1])], *[[NESTED] * 4 + [other]] * 2)

    assert told(suspect) == ("missing", None, "GPE russe", 0.56)


@pytest.mark.parametrize(("marked", "expected", "whole"), [
    pytest.param("DATE mar", ("boundary", "DATE mar", "DATE mardi"), 41, id="its end"),
    pytest.param("DATE di", ("boundary", "DATE di", "DATE mardi"), 41, id="its start"),
    pytest.param("DATE t mar", ("boundary", "DATE t mar", "DATE part mardi"), 40, id="both"),
])  # fmt: skip
def test_a_cut_word(
    marked: str, expected: tuple[str, str, str], whole: int, audited: Audited
) -> None:
    """Of 42 bounds one or both of a mention stand within a word."""
    (suspect,) = audited([BEN] * 20 + [("Il part mardi.", [marked])])

    assert told(suspect) == (*expected, round(0.7 * whole / 42, 2))


def test_the_ends_of_words_and_the_same_words_speak_together(audited: Audited) -> None:
    gold = [("Il vient mardi.", ["DATE mardi"])] * 20 + [("Il part mardi.", ["DATE mar"])]
    (suspect,) = audited(gold)

    assert suspect.evidence == (
        "'mardi' is DATE in 20 other places (100%)",
        "it cuts 'mardi'; 97.6% of all bounds cut no word",
    )
    assert suspect.score == pytest.approx(1 - (1 - 0.6 * 20 / 21) * (1 - 0.7 * 41 / 42), abs=1e-6)


@pytest.mark.parametrize(("text", "offset", "expected"), [
    ("mardi", 3, True), ("l'armée", 2, False), ("mardi", 0, False), ("mardi", 5, False),
    ("12e", 2, False), ("Élan", 1, True), ("北京市", 1, False), ("وحماة", 1, False),
    ("Москва", 3, True),
])  # fmt: skip
def test_within_a_word(text: str, offset: int, expected: bool) -> None:
    assert inside(text, offset) is expected


def test_a_span_is_widened_to_whole_words() -> None:
    assert widened("un mardi gris", (5, 11)) == (3, 13)


def test_a_corpus_that_cuts_words_has_its_reasons() -> None:
    """Three bounds of four are whole: no habit, and nothing is odd."""
    ends = WordEnds()
    ends.learn("Haustür Tür", [(0, 4), (8, 11)])

    assert (ends.share, ends.odd("Haustür", (0, 4))) == (0.0, False)


def test_systems_that_cut_a_word_weigh_half(audited: Audited) -> None:
    """Two of three cut it and one has gold's bounds: 0.47 x 1/2 x 1/2."""
    gold = [BEN] * 20
    short = [("Hier Ben Cole a ri.", ["PER Ben Co"]), *gold[1:]]
    (suspect,) = audited(gold, short, short, gold)

    assert told(suspect) == ("boundary", "PER Ben Cole", "PER Ben Co", 0.12)


ONE, TWO, BOTH = (0, 4), (5, 9), (0, 9)


def said(gold: dict[tuple[int, int], str], *claims: Claim) -> list[tuple[object, ...]]:
    nesting = Nesting()
    nesting.learn(gold, claims)
    return [
        (each.gold, each.place, each.label, round(each.score, 2))
        for each in findings(gold, claims, nesting)
    ]


@pytest.mark.parametrize(("gold", "claims", "expected"), [
    pytest.param(
        {}, [Claim("systems", BOTH, "PER", 0.5, ""), Claim("model", BOTH, "PER", 0.4, "")],
        [(None, BOTH, "PER", 0.7)], id="two witnesses are together",
    ),
    pytest.param(
        {}, [Claim("model", BOTH, "PER", 0.5, ""), Claim("model", TWO, "PER", 0.4, "")],
        [(None, BOTH, "PER", 0.5)], id="what overlaps something likelier is left out",
    ),
    pytest.param(
        {}, [Claim("model", ONE, "PER", 0.5, ""), Claim("model", TWO, "PER", 0.4, "")],
        [(None, ONE, "PER", 0.5), (None, TWO, "PER", 0.4)], id="what is apart is not",
    ),
    pytest.param(
        {}, [Claim("systems", ONE, "PER", 0.5, ""), Claim("model", ONE, "ORG", 0.4, "")],
        [(None, ONE, "PER", 0.5)], id="the likelier of two types",
    ),
    pytest.param(
        {ONE: "PER"},
        [Claim("systems", ONE, NOTHING, 0.2, ""), Claim("strings", BOTH, "PER", 0.5, "", ONE)],
        [(ONE, BOTH, "PER", 0.6)], id="nothing at a span speaks for other bounds",
    ),
    pytest.param(
        {ONE: "PER"},
        [Claim("systems", ONE, NOTHING, 0.2, ""), Claim("systems", BOTH, "PER", 0.5, "", ONE)],
        [(ONE, BOTH, "PER", 0.5)], id="but not if the witness says both",
    ),
    pytest.param(
        {ONE: "PER"},
        [Claim("systems", ONE, "ORG", 0.5, ""), Claim("strings", BOTH, "PER", 0.4, "", ONE)],
        [(ONE, ONE, "ORG", 0.5)], id="the likeliest of all proposals for a span",
    ),
    pytest.param(
        {BOTH: "PER"}, [Claim("systems", ONE, "PER", 0.5, "", BOTH, both=True)], [],
        id="a part beside the whole, where gold has no parts",
    ),
    pytest.param(
        {BOTH: "PER"}, [Claim("model", ONE, "ORG", 0.5, "", BOTH)], [(BOTH, ONE, "ORG", 0.5)],
        id="a part of another type instead",
    ),
])  # fmt: skip
def test_each_place_is_one_suspect(
    gold: dict[tuple[int, int], str], claims: list[Claim], expected: list[tuple[object, ...]]
) -> None:
    assert said(gold, *claims) == expected
