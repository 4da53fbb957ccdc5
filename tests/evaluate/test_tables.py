"""Tables are aligned and say what is not defined."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from glose.evaluate import tables
from glose.evaluate.gate import Check, Verdict
from glose.evaluate.overview import scores
from glose.evaluate.results import (
    Bucket,
    Comparison,
    Difference,
    Errors,
    Evaluation,
    Interval,
    Item,
    Mistake,
    Score,
    System,
)
from glose.evaluate.tables import align, number
from glose.evaluate.writers import written


def test_align_sets_the_first_column_left_and_the_others_right() -> None:
    assert list(align([("a", "b"), ("long", "1.00")])) == ["a        b", "long  1.00"]


@pytest.mark.parametrize(("value", "shown"), [(3.0, "3"), (3.5, "3.5"), (0.0, "0"), (None, "-")])
def test_number(value: float | None, shown: str) -> None:
    assert number(value) == shown


def system(name: str, f1: float | None) -> System:
    interval = Interval(0.95, "bootstrap", None, None, (0.25, 0.75)) if f1 else None
    score = Score("entity/strict", "micro", None, 0.5, None, f1, 2, 2.5, 3, 4, {}, interval)
    return System(name, "0" * 32, (score,))


def test_a_leaderboard_is_sorted_by_f1_and_what_has_none_comes_last() -> None:
    systems = (system("none", None), system("low", 0.1), system("high", 0.9))
    lines = list(written(scores(Evaluation("signed", "0", 2, systems))))
    assert [line.split()[0] for line in lines[1:4]] == ["high", "low", "none"]


def test_a_leaderboard_shows_two_numerators_and_what_is_not_defined() -> None:
    lines = list(written(scores(Evaluation("signed", "0", 2, (system("crf", 0.5),)))))
    wanted = ["crf", "50.00", "-", "50.00", "25.00", "to", "75.00", "2/2.5", "3", "4"]
    assert lines[1].split() == wanted


def test_a_leaderboard_shows_every_mean_that_a_metric_has() -> None:
    one = system("crf", 0.5)
    micro = one.scores[0]
    means = tuple(
        replace(micro, average=average, gold=None)
        for average in ("weighted", "macro-document", "macro", "macro-of-means")
    )
    of_a_type = replace(micro, average="macro-document", type="PER")
    made = Evaluation("s", "0", 2, (replace(one, scores=(micro, of_a_type, *means)),))
    assert [line[:21].strip() for line in list(written(scores(made)))[1:6]] == [
        "crf", "macro over types", "macro, F1 of means", "mean over documents",
        "weighted over types",
    ]  # fmt: skip


def test_a_table_by_bucket_counts_documents_and_one_by_type_does_not() -> None:
    one = system("crf", 0.5)
    bucket = replace(one.scores[0], bucket=Bucket("source", "AFP"), documents=7)
    typed = replace(one.scores[0], type="PER", documents=9)
    made = Evaluation("signed", "0", 9, (replace(one, scores=(*one.scores, bucket, typed)),))
    lines = [line.split() for line in written(scores(made, by=("source", "type")))]
    assert [line[-2:] for line in lines if line[:1] in (["AFP"], ["PER"])] == [
        ["4", "7"], ["3", "4"],
    ]  # fmt: skip


def test_a_comparison_without_a_difference_shows_dashes() -> None:
    none = Difference("entity/strict", "a", "b", None, None, None, None, None, None, 0, 3, 0)
    lines = list(
        written(tables.comparison(Comparison("signed", "0", 3, {"a": "1", "b": "2"}, (none,))))
    )
    assert lines[1].split() == ["a", "->", "b", *"--------", "0/3/0"]
    assert lines[-3:] == ["a: 1", "b: 2", "signed"]


def test_a_comparison_shows_no_p_value_as_0_and_no_zero_with_a_minus() -> None:
    one = Difference(
        "entity/strict", "a", "b", 0.5, 0.5, 0.0, (-1e-9, 0.125), 2**-40, 0.0412, 0, 3, 0,
        effect=-1e-9,
    )  # fmt: skip
    sheet = tables.comparison(Comparison("signed", "0", 3, {}, (one,)))
    text = next(line for line in written(sheet) if line.startswith("a -> b"))
    assert re.split("  +", text)[3:8] == ["+0.00", "0.00 to 12.50", "< 0.0001", "0.0412", "+0.00"]
    assert any(r"\textless{} 0.0001 &" in line for line in written(sheet, "latex"))
    assert any("| &lt; 0.0001 |" in line for line in written(sheet, "markdown"))
    assert any(f",{2**-40}," in line for line in written(sheet, "csv"))


def test_a_gate_shows_no_p_value_as_0() -> None:
    check = Check("baseline", "m", "micro", "f1", 0.5, 0.75, passed=False, p=2**-40, holm=2**-39)
    [line, *_] = written(tables.verdict(Verdict("signed", "0", 3, 0.05, (check,))))
    assert line.endswith("(p < 0.0001, corrected < 0.0001, alpha 0.05)")


def test_a_mistake_of_an_argument_says_its_event() -> None:
    item = Item("Actor", ((0, 2),), "Il", "AID", "Actor", "aide")
    found = Mistake("d", "argument", "missed", item, None, "", "Il", " aide.")
    lines = written(tables.mistakes(Errors("0", "1", {("argument", "missed"): 1}, (found,), ())))
    assert next(lines) == "d  argument missed  AID(aide): Actor -> -  >>Il<< aide."
