"""The report is one file, loads nothing, and no text can break out of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from glose.evaluate import anatomy, boards, breakdown, embedding, report
from glose.evaluate.browsing import Browsed, Leaf
from glose.evaluate.results import (
    Bucket,
    Comparison,
    Confusion,
    Difference,
    Errors,
    Evaluation,
    Interval,
    Item,
    Mistake,
    Score,
    System,
)
from glose.evaluate.suspects import Audit, Suspect

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def score(metric: str = "entity/strict", f1: float | None = 0.5, **changes: Any) -> Score:  # noqa: ANN401
    """Return a score with an interval of five points to either side."""
    bounds = None if f1 is None else (f1 - 0.05, f1 + 0.05)
    made = Score(
        metric, "micro", None, f1, f1, f1, 5.0, 5.0, 10.0, 10.0, {},
        Interval(0.95, "bootstrap", bounds, bounds, bounds),
    )  # fmt: skip
    return replace(made, **changes)


def evaluation(**scores: float | None) -> Evaluation:
    """Return an evaluation of systems, named with their F1."""
    systems = tuple(
        System(name, "f" * 64, (score(f1=f1), score(f1=f1, type="PER", gold=4.0)))
        for name, f1 in scores.items()
    )
    return Evaluation("glose:0.1.0|protocol:default", "a" * 64, 12, systems)


def mistake(**changes: Any) -> Mistake:  # noqa: ANN401
    """Return a wrong boundary: gold `armée russe`, predicted `armée`."""
    made = Mistake(
        "d1", "entity", "boundary",
        Item("ORG", ((2, 13),), "armée russe"), Item("ORG", ((2, 7),), "armée"),
        "L'", "armée russe", " a annoncé",
    )  # fmt: skip
    return replace(made, **changes)


def errors(*mistakes: Mistake) -> Errors:
    """Return the errors of one system."""
    return Errors(
        "gold", "crf", {("entity", "correct"): 5, ("entity", "boundary"): len(mistakes)}, mistakes,
        (Confusion("entity", {("ORG", "ORG"): 3, ("ORG", None): 1, (None, "PER"): 2}),),
    )  # fmt: skip


def found(*errors: Errors) -> report.Inspection:
    """Return what was found behind figures: errors."""
    return report.Inspection(errors)


def embedded(page: str) -> list[dict[str, Any]]:
    """Return the mistakes that a page holds."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    rows: list[dict[str, Any]] = json.loads(found[1])
    return rows


class Addresses(HTMLParser):
    """Collects the attributes through which a page could load something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"src", "href", "action"}]


def test_nothing_comes_from_elsewhere() -> None:
    page = report.page(evaluation(crf=0.7), found(errors(mistake())))
    addresses = Addresses()
    addresses.feed(page)

    assert [a for a in addresses.found if not a.startswith(("#", "data:,"))] == []
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_texts_cannot_break_out_of_the_page() -> None:
    bad = mistake(document=NASTY, before=NASTY, gold=Item(NASTY, ((0, 1),), NASTY))
    hostile = Evaluation(NASTY, NASTY, 1, (System(NASTY, NASTY, (score(type=NASTY), score())),))
    page = report.page(hostile, found(errors(bad)), title=NASTY)

    assert "<script>alert" not in page
    assert "<img" not in page
    assert embedded(page)[0]["before"] == NASTY


def test_the_best_system_stands_first_and_one_without_a_score_last() -> None:
    board = boards.boards(evaluation(b=0.6, none=None, a=0.6, best=0.7))[0]

    assert [row.name for row in board.rows] == ["best", "a", "b", "none"]


def test_systems_that_are_level_as_shown_are_both_the_best() -> None:
    board = boards.boards(evaluation(a=0.70004, b=0.6, c=0.69996, none=None))[0]

    assert [row.name for row in board.rows if row.best] == ["a", "c"]
    assert report.page(evaluation(a=0.7, b=0.7, c=0.6)).count('<tr class="best">') == 2


def test_nobody_is_the_best_without_a_score() -> None:
    assert [row.best for row in boards.boards(evaluation(none=None))[0].rows] == [False]


def test_an_undefined_score_is_a_dash() -> None:
    page = report.page(evaluation(none=None))

    assert '<td class="f1">–</td>' in page
    assert ">0.0<" not in page


def test_headlines_come_before_other_metrics() -> None:
    metrics = ("entity/exact", "trigger/classification", "entity/strict")
    made = Evaluation("s", "g", 1, (System("a", "p", tuple(score(m) for m in metrics)),))

    assert [board.metric for board in boards.boards(made)] == [
        "entity/strict", "trigger/classification", "entity/exact",
    ]  # fmt: skip


def test_frequent_types_stand_first() -> None:
    scores = (
        score(type="PER", gold=2.0),
        score(type="ORG", gold=9.0),
        score(type="LOC", gold=2.0),
    )
    table = breakdown.type_table(
        Evaluation("s", "g", 1, (System("a", "p", scores),)), "entity/strict"
    )

    assert [row[0] for row in table.rows] == ["ORG", "LOC", "PER"]


def test_a_type_that_one_system_lacks_is_an_empty_cell() -> None:
    systems = (System("a", "p", (score(type="PER"),)), System("b", "q", (score(type="ORG"),)))
    table = breakdown.type_table(Evaluation("s", "g", 1, systems), "entity/strict")

    assert [[cell is None for cell in cells] for _, _, cells in table.rows] == [
        [True, False], [False, True],
    ]  # fmt: skip


def test_buckets_are_tables_of_their_own() -> None:
    scores = (score(), score(f1=0.25, bucket=Bucket("length", "0-99")))
    made = Evaluation("s", "g", 1, (System("a", "p", scores),))
    (table,) = breakdown.bucket_tables(made)

    assert (table.metric, table.by, [row[0] for row in table.rows]) == (
        "entity/strict", "length", ["0-99"],
    )  # fmt: skip
    assert "entity/strict by length" in report.page(made)


def test_a_bucket_tells_how_many_documents_it_has() -> None:
    scores = (score(), score(bucket=Bucket("length", "0-99"), documents=7))
    made = Evaluation("s", "g", 9, (System("a", "p", scores),))

    assert breakdown.bucket_tables(made)[0].documents == {"0-99": 7}
    assert re.search(r"0–99</th><td>7</td><td>10</td>", report.page(made))


def test_a_bucket_of_what_counts_no_items_has_a_dash() -> None:
    mean = score(bucket=Bucket("length", "0-99"), documents=7, gold=None, predicted=None)
    made = Evaluation("s", "g", 9, (System("a", "p", (score(), mean)),))

    assert breakdown.bucket_tables(made)[0].rows[0][1] is None
    assert re.search(r"0–99</th><td>7</td><td>–</td>", report.page(made))


def test_buckets_with_numbers_stand_in_the_order_of_the_numbers() -> None:
    scores = tuple(score(bucket=Bucket("extra.story", f"st{n}")) for n in (10, 2, 0))
    made = Evaluation("s", "g", 1, (System("a", "p", (score(), *scores)),))

    assert [row[0] for row in breakdown.bucket_tables(made)[0].rows] == ["st0", "st2", "st10"]


def test_intervals_by_type_have_a_scale_and_are_told() -> None:
    page = report.page(evaluation(a=0.5, b=0.6))

    assert page.count('class="scale short"') == 2
    assert "<title>F1 50.0, interval 45.0 to 55.0</title>" in page


def test_a_bucket_without_an_interval_has_no_bar() -> None:
    scores = (score(), score(bucket=Bucket("length", "0-99"), documents=1, interval=None))
    page = report.page(Evaluation("s", "g", 9, (System("a", "p", scores),)))

    assert page.count('<path class="whisker"') == 1


def test_notes_are_shown() -> None:
    page = report.page(replace(evaluation(crf=0.5), notes=("3 documents: rough",)))

    assert "<li>3 documents: rough</li>" in page


def test_links_are_called_like_what_they_lead_to() -> None:
    bucket = score(bucket=Bucket("length", "0-99"))
    systems = tuple(System(name, "p", (score(), score(type="PER"), bucket)) for name in "ab")
    page = report.page(
        Evaluation("s", "g", 1, systems), found(errors(mistake())),
        comparison=Comparison("s", "g", 1, {}, ()),
    )  # fmt: skip

    links = re.findall(r'<li><a href="#(\w+)">(.*?)</a>', page)
    assert links == re.findall(r'<h2 id="(\w+)">(.*?)</h2>', page)
    assert len(links) == 8


def test_paper_is_unfolded_even_where_there_are_no_mistakes() -> None:
    assert "beforeprint" in report.page(evaluation(crf=0.5))


def test_holm_counts_the_pairs_of_one_metric() -> None:
    page = report.page(evaluation(a=0.5), comparison=Comparison("s", "g", 12, {}, ()))

    assert "counts the pairs of systems, for each metric by itself" in page


def test_confusion_says_that_pairs_overlap() -> None:
    page = report.page(evaluation(crf=0.7), found(errors(mistake())))

    assert "counted where the two spans overlap" in page


def test_shades_are_told_for_light_and_dark() -> None:
    page = report.page(evaluation(crf=0.7), found(errors(mistake())))

    assert "The stronger the colour, the greater the share of the gold type." in page


def test_hashes_are_told_as_long_as_they_are() -> None:
    assert "128 bits of SHA-256" in report.page(evaluation(crf=0.7))


def test_a_mistake_says_where_it_stands() -> None:
    rows = embedded(report.page(evaluation(crf=0.7), found(errors(mistake(predicted=None)))))

    assert rows[0]["places"] == [[2, 13], None]


def test_missed_is_a_column_and_spurious_a_row() -> None:
    table = anatomy.matrix("crf", errors().confusions[0])

    assert table.columns == ("ORG", "PER", "missed")
    assert [(name, counts) for name, counts, _ in table.rows] == [
        ("ORG", (3, 0, 1)), ("PER", (0, 0, 0)), ("spurious", (0, 2, 0)),
    ]  # fmt: skip


def test_shades_are_shares_of_the_gold_type() -> None:
    _, _, shades = anatomy.matrix("crf", errors().confusions[0]).rows[0]

    assert shades == (0.75, 0.0, 0.25)


def test_comparison_is_shown() -> None:
    one = Difference("entity/strict", "a", "b", 0.5, 0.6, 0.1, (0.02, 0.18), 0.012, 0.024, 7, 3, 2)
    page = report.page(evaluation(a=0.5, b=0.6), comparison=Comparison("s", "g", 12, {}, (one,)))

    assert "+10.0" in page
    assert "0.0240" in page
    assert "7 / 3 / 2" in page


def test_no_p_value_is_shown_as_0() -> None:
    one = Difference("entity/strict", "a", "b", 0.5, 0.6, 0.1, (0.0, 0.2), 2**-40, None, 7, 3, 2)
    page = report.page(evaluation(a=0.5, b=0.6), comparison=Comparison("s", "g", 12, {}, (one,)))

    assert "<td>+10.0</td><td>0.0 to 20.0</td><td>&lt; 0.0001</td><td>–</td>" in page


@pytest.mark.parametrize(
    ("gold", "predicted", "inside", "expected"),
    [
        pytest.param(
            ((2, 13),), ((2, 7),), "armée russe",
            [("armée", True, True), (" russe", True, False)], id="gold is longer",
        ),
        pytest.param(
            ((0, 3),), ((2, 5),), "abcde",
            [("ab", True, False), ("c", True, True), ("de", False, True)], id="crossing",
        ),
        pytest.param(
            ((0, 2), (4, 6)), (), "ab, ef",
            [("ab", True, False), (", ", False, False), ("ef", True, False)], id="discontinuous",
        ),
        pytest.param(
            ((10, 12),), ((11, 12),), "🙂x", [("🙂", True, False), ("x", True, True)],
            id="an emoji is one code point",
        ),
        pytest.param((), ((5, 6),), "b", [("b", False, True)], id="spurious"),
        pytest.param(((0, 9),), (), "cut", [("cut", True, False)], id="a cut text stays whole"),
    ],
)  # fmt: skip
def test_runs_say_what_is_gold_and_what_predicted(
    gold: tuple[tuple[int, int], ...],
    predicted: tuple[tuple[int, int], ...],
    inside: str,
    expected: list[tuple[str, bool, bool]],
) -> None:
    sides = (Item("A", pieces, "") if pieces else None for pieces in (gold, predicted))

    assert embedding.runs(inside, *sides) == expected


def test_correct_items_are_counted_but_not_listed() -> None:
    rows = embedded(
        report.page(evaluation(crf=0.7), found(errors(mistake(kind="correct"), mistake())))
    )

    assert [row["kind"] for row in rows] == ["wrong boundary"]


def test_an_argument_is_called_by_event_trigger_and_role() -> None:
    argument = Item("Actor", ((2, 13),), "armée", "ASSAULT", "Actor", "bombardé")
    rows = embedded(report.page(evaluation(crf=0.7), found(errors(mistake(gold=argument)))))

    assert rows[0]["gold"] == "ASSAULT(bombardé): Actor"


def test_arguments_are_filtered_by_event_and_role_whatever_the_trigger() -> None:
    argument = Item("Actor", ((2, 13),), "armée", "ASSAULT", "Actor", "bombardé")
    rows = embedded(report.page(evaluation(crf=0.7), found(errors(mistake(gold=argument)))))

    assert rows[0]["types"] == ["ASSAULT: Actor", "ORG"]


@pytest.mark.parametrize(
    ("figure", "shown"), [(None, "–"), (0.0, "0.0"), (0.72174, "72.2"), (1.0, "100.0")]
)
def test_shares_are_percentages(figure: float | None, shown: str) -> None:
    assert report.percent(figure) == shown


@pytest.mark.parametrize(("figure", "shown"), [(None, "–"), (725.0, "725"), (812.5, "812.5")])
def test_counts_have_no_needless_digits(figure: float | None, shown: str) -> None:
    assert report.count(figure) == shown


def difference(a: str, b: str, holm: float | None) -> Difference:
    """Return a difference in entity/strict with a corrected p."""
    return Difference(
        "entity/strict", a, b, 0.5, 0.6, 0.1, (0.0, 0.2), holm, holm, 1, 1, 1
    )  # fmt: skip


def compared(*differences: Difference) -> Comparison:
    """Return a comparison of them."""
    return Comparison("compared by", "g", 12, {}, differences)


def test_systems_that_do_not_differ_share_a_letter() -> None:
    made = evaluation(a=0.5, b=0.6, c=0.9)
    pairs = compared(
        difference("a", "b", 0.05), difference("a", "c", 0.01), difference("b", "c", 0.04)
    )
    rows = boards.board(made, "entity/strict", pairs).rows

    assert [(row.name, row.letters) for row in rows] == [("c", "a"), ("b", "b"), ("a", "b")]


@pytest.mark.parametrize("differences", [(), (difference("a", "b", None),)])
def test_what_was_not_tested_has_no_letters(differences: tuple[Difference, ...]) -> None:
    rows = boards.board(evaluation(a=0.5, b=0.6), "entity/strict", compared(*differences)).rows

    assert [row.letters for row in rows] == ["", ""]


def test_a_system_without_a_score_has_no_letter() -> None:
    pairs = compared(difference("a", "b", 0.01), difference("a", "none", None))
    rows = boards.board(evaluation(a=0.5, b=0.6, none=None), "entity/strict", pairs).rows

    assert [row.letters for row in rows] == ["a", "b", ""]


def test_the_page_has_letters_only_where_systems_were_compared() -> None:
    made = evaluation(a=0.5, b=0.6)

    assert ">letters<" in report.page(made, comparison=compared(difference("a", "b", 0.01)))
    assert ">letters<" not in report.page(made)


def test_both_signatures_are_on_the_page() -> None:
    page = report.page(evaluation(a=0.5), comparison=compared())

    assert "glose:0.1.0|protocol:default" in page
    assert "compared by" in page


def test_metrics_that_count_nothing_are_named_and_have_no_table() -> None:
    nothing = score("link/strict", None, gold=0.0, predicted=0.0, interval=None)
    page = report.page(Evaluation("s", "g", 1, (System("a", "p", (score(), nothing)),)))

    assert "Neither gold nor predictions have items of link/strict." in page
    assert page.count("link/strict") == 1


def test_metrics_that_are_no_headlines_have_a_line_each() -> None:
    made = Evaluation("s", "g", 1, (System("a", "p", (score(), score("entity/exact"))),))
    page = report.page(made)

    assert "<h3>All metrics</h3>" in page
    assert "<h4>entity/exact</h4>" in page
    assert "<h3>All metrics</h3>" not in report.page(evaluation(a=0.5))


def test_without_a_headline_the_first_metrics_stand_at_the_top() -> None:
    scores = tuple(score(f"m/{number}") for number in range(5))
    made = Evaluation("s", "g", 1, (System("a", "p", scores),))

    assert boards.headlines(made) == ["m/0", "m/1", "m/2"]


@pytest.mark.parametrize(
    ("by", "lines"), [("length", 1), ("distance", 1), ("nesting", 0), ("agency", 0)]
)
def test_buckets_are_joined_where_they_have_an_order(by: str, lines: int) -> None:
    scores = tuple(score(bucket=Bucket(by, f"{n}")) for n in range(3))
    made = Evaluation("s", "g", 9, (System("a", "p", (score(), *scores)),))

    assert breakdown.bucket_tables(made)[0].chart.count('class="line"') == lines


def test_buckets_stand_in_their_order_whichever_came_first() -> None:
    scores = tuple(
        score(bucket=Bucket("length", value)) for value in ("00500-00999", "00000-00499")
    )
    made = Evaluation("s", "g", 9, (System("a", "p", (score(), *scores)),))

    assert [row[0] for row in breakdown.bucket_tables(made)[0].rows] == [
        "00000-00499",
        "00500-00999",
    ]


@pytest.mark.parametrize(
    ("value", "by", "shown"),
    [
        ("00500-00999", "length", "500–999"),
        ("00000-00499", "length", "0–499"),
        ("10000+", "length", "10000+"),
        ("04-05", "span-length", "4–5"),
        ("01", "position", "1"),
        ("2031-03", "date", "2031-03"),
        ("007", "agency", "007"),
        ("(none)", "length", "(none)"),
    ],
)
def test_numbers_have_no_needless_zeros(value: str, by: str, shown: str) -> None:
    assert breakdown.short(value, by) == shown


def test_distances_stand_from_before_to_after() -> None:
    values = ("1 after", "0", "1 before", "2 before")
    scores = tuple(score(bucket=Bucket("distance", value)) for value in values)
    made = Evaluation("s", "g", 9, (System("a", "p", (score(), *scores)),))

    assert [row[0] for row in breakdown.bucket_tables(made)[0].rows] == [
        "2 before", "1 before", "0", "1 after",
    ]  # fmt: skip


def test_there_is_no_part_by_type_where_nothing_has_types() -> None:
    page = report.page(Evaluation("s", "g", 1, (System("a", "p", (score(),)),)))

    assert "#types" not in page
    assert ">1</b> system<" in page


def test_a_cut_list_says_how_many_mistakes_there_are() -> None:
    many = replace(errors(mistake()), counts={("entity", "boundary"): 7, ("entity", "correct"): 9})

    assert "1 of 7 mistakes are in this page" in report.page(evaluation(crf=0.7), found(many))
    assert "All mistakes are in this page: 1." in report.page(
        evaluation(crf=0.7), found(errors(mistake()))
    )


def test_names_of_buckets_cannot_break_out_of_a_chart() -> None:
    scores = (score(), score(bucket=Bucket("agency", NASTY)))
    page = report.page(Evaluation("s", "g", 9, (System(NASTY, "p", scores),)))

    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("shown", "long", "said"),
    [
        (12, 0, "All 12 documents are in this page,"),
        (3, 0, "The first 3 of 12 documents are in this page,"),
        (3, 2, "3 of 12 documents are in this page (of the first 5, 2 left out, as it would"),
        (0, 12, "0 of 12 documents are in this page (of the first 12, 12 left out"),
    ],
)
def test_the_page_says_which_documents_it_holds(shown: int, long: int, said: str) -> None:
    leaves = tuple(Leaf(f"d{n}", None, "text", ((),), ((),)) for n in range(shown))
    page = report.page(evaluation(a=0.5), report.Inspection(browsed=Browsed(leaves, long)))

    assert said in page
    assert page.count('id="leaves"') == bool(shown)


def suspect(**changes: Any) -> Suspect:  # noqa: ANN401
    """Return a suspect: `armée` is an ORG in gold, `armée russe` is proposed."""
    made = Suspect(
        "d1", "entity", "boundary", Item("ORG", ((2, 7),), "armée"),
        Item("ORG", ((2, 13),), "armée russe"), 0.7, ("2 of 2 systems have 'armée russe'",),
        ("L'", "armée russe", " a annoncé"),
    )  # fmt: skip
    return replace(made, **changes)


def audited(*suspects: Suspect, **changes: Any) -> str:  # noqa: ANN401
    """Return a page with an audit of twelve documents."""
    made = replace(Audit(12, 2, len(suspects), suspects), **changes)
    return report.page(evaluation(a=0.5), report.Inspection(audit=made))


def test_a_suspect_is_shown_in_runs_with_its_evidence() -> None:
    page = audited(suspect())

    assert '<span class="g p">armée</span><span class="p"> russe</span>' in page
    assert "2 of 2 systems have &#39;armée russe&#39;" in page
    assert ">0.70</span><b>boundary</b>" in page


@pytest.mark.parametrize("kind", ["missing", "superfluous"])
def test_a_suspect_may_have_one_side_only(kind: str) -> None:
    one = suspect(kind=kind, **{"gold" if kind == "missing" else "proposed": None})
    page = audited(one)

    assert ("gold: ORG" in page) == (kind == "superfluous")
    assert ("proposed: ORG" in page) == (kind == "missing")


def test_what_stands_far_between_two_mentions_is_left_out() -> None:
    far = "armée" + 500 * "x" + "elle"
    sides = Item("ORG", ((0, 5),), "armée"), Item("ORG", ((505, 509),), "elle")
    found = report.suspected(suspect(gold=sides[0], proposed=sides[1], context=("", far, "")))

    ends = f"{40 * 'x'} […] {40 * 'x'}"
    assert found == [("armée", True, False), (ends, False, False), ("elle", False, True)]


def test_two_mentions_are_called_by_their_words() -> None:
    page = audited(suspect(layer="coreference"))

    assert "<span>armée and armée russe</span>" in page
    assert "gold: ORG" not in page


def test_a_suspect_leads_only_to_a_document_that_is_there() -> None:
    assert 'data-leaf="d1"' not in audited(suspect())


def test_no_suspects_are_said_to_be_none() -> None:
    page = audited()

    assert "No place was found at which gold may be wrong." in page
    assert 'class="mistakes suspects"' not in page


def test_suspects_cannot_break_out_of_the_page() -> None:
    bad = Item(NASTY, ((0, 1),), NASTY)
    page = audited(suspect(gold=bad, proposed=bad, evidence=(NASTY,), context=(NASTY,) * 3))

    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize(("figure", "shown"), [(None, "–"), (0.071, "+7.1"), (-0.016, "-1.6")])
def test_gains_are_points_with_a_sign(figure: float | None, shown: str) -> None:
    assert report.points(figure) == shown
