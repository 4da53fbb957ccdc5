"""Mistakes are a partition that adds up to the counts, each with its text in context."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.evaluate.metrics import METRICS
from glose.evaluate.mistakes import Choice, Layer, context, errors, mistakes
from glose.evaluate.plan import Options
from glose.evaluate.projection import View
from glose.evaluate.results import Item, Mistake

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
TEXT = "Le président reçoit le ministre à Beyrouth, vendredi."


def one(gold: list[Mention], predicted: list[Mention]) -> Mistake:
    sides = (Document(id="d", text=TEXT, mentions=tuple(side)) for side in (gold, predicted))
    [found] = mistakes("entity", *map(View, sides))
    return found


PRESIDENT = Mention("m", "PER", 3, 12)


@pytest.mark.parametrize(
    ("gold", "predicted", "kind"),
    [
        ([PRESIDENT], [PRESIDENT], "correct"),
        ([PRESIDENT], [Mention("m", "ORG", 3, 12)], "type"),
        ([PRESIDENT], [Mention("m", "PER", 0, 12)], "boundary"),
        ([PRESIDENT], [Mention("m", "ORG", 0, 12)], "both"),
        ([PRESIDENT], [], "missed"),
        ([], [PRESIDENT], "spurious"),
    ],
)
def test_a_mistake_is_of_one_kind(
    gold: list[Mention], predicted: list[Mention], kind: str
) -> None:
    assert one(gold, predicted).kind == kind


def test_a_mistake_shows_its_text_in_context() -> None:
    found = one([PRESIDENT], [])
    assert (found.before, found.inside) == ("Le ", "président")
    assert found.after == " reçoit le ministre à Beyrouth, …"


def test_the_context_covers_both_spans() -> None:
    assert one([PRESIDENT], [Mention("m", "PER", 0, 12)]).inside == "Le président"


def test_what_is_shown_of_a_discontinuous_span_leaves_out_its_gap() -> None:
    found = one([Mention("m", "PER", 0, 12, ((0, 2), (3, 12)))], [])
    assert (found.gold and found.gold.text, found.inside) == ("Le président", "Le président")


@pytest.mark.parametrize("line_break", ["\u2028", "\x85", "\t"])
def test_a_context_is_one_line_of_the_same_length(line_break: str) -> None:
    item = Item("PER", ((2, 3),), "b")
    assert context(f"a{line_break}b{line_break}c", item) == ("a ", "b", " c")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n", " \n \n\t"])
def test_the_end_of_a_line_is_shown(line_break: str) -> None:
    start = 1 + len(line_break)
    item = Item("PER", ((start, start + 1),), "b")
    assert context(f"a{line_break}b{line_break}c", item) == ("a ↵ ", "b", " ↵ c")


def test_the_end_of_a_line_within_an_item_leaves_offsets_right() -> None:
    item = Item("PER", ((0, 6),), "Anna B")
    assert context("Anna\r\nB", item, item)[1] == "Anna ↵"


@pytest.mark.parametrize(("text", "shown"), [
    pytest.param("un " * 20 + "X" + " un" * 20, ("… " + "un " * 13, " un" * 13 + " …"),
                 id="at a word"),
    pytest.param("z" * 10 + " " + "y" * 35 + " X " + "y" * 35 + " " + "z" * 10,
                 ("… " + "y" * 35 + " ", " " + "y" * 35 + " …"), id="within a word"),
    pytest.param("字" * 60 + "X" + "字" * 60, ("… " + "字" * 40, "字" * 40 + " …"),
                 id="no words"),
    pytest.param("un X un", ("un ", " un"), id="nothing is cut"),
])  # fmt: skip
def test_a_context_is_cut_at_words(text: str, shown: tuple[str, str]) -> None:
    place = text.index("X")
    before, _, after = context(text, Item("PER", ((place, place + 1),), "X"))
    assert (before, after) == shown


def test_what_has_no_place_has_no_context() -> None:
    assert context(TEXT, None, Item("Actor", (), "ONU", "AID", "Actor")) == ("", "ONU", "")


def events(*args: tuple[str, str]) -> Document:
    filled = tuple(Argument(role, ref=ref) for role, ref in args)
    return Document(
        id="d", text=TEXT, mentions=(PRESIDENT, Mention("n", "PER", 20, 31)),
        events=(Event("v", "MEET", (Trigger(13, 19),), filled),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "kinds"),
    [
        pytest.param([("A", "m")], [("A", "m")], ["correct"], id="right"),
        pytest.param([("A", "m")], [("B", "m")], ["role"], id="a wrong role"),
        pytest.param([("A", "m")], [("A", "n")], ["missed", "spurious"], id="another filler"),
        pytest.param([("A", "m")], [], ["missed"], id="missed"),
        pytest.param([], [("A", "m")], ["spurious"], id="spurious"),
    ],
)
def test_mistakes_of_arguments(
    gold: list[tuple[str, str]], predicted: list[tuple[str, str]], kinds: list[str]
) -> None:
    found = mistakes("argument", View(events(*gold)), View(events(*predicted)))
    assert [each.kind for each in found] == kinds


def test_an_argument_says_its_event_and_role() -> None:
    [found] = mistakes("argument", View(events(("A", "m"))), View(events()))
    assert found.gold == Item("A", ((3, 12),), "président", "MEET", "A", "reçoit")


def test_events_that_share_an_argument_give_all_their_triggers() -> None:
    """AI and AC count the argument once, whichever of two events of a type has it."""
    filled = (Argument("A", ref="m"),)
    spans = ((13, 19), (44, 52), (13, 19))
    made = (Event(f"v{n}", "MEET", (Trigger(*s),), filled) for n, s in enumerate(spans))
    gold = Document(id="d", text=TEXT, mentions=(PRESIDENT,), events=tuple(made))
    [found] = mistakes("argument", View(gold), View(events()))
    assert found.gold is not None
    assert found.gold.trigger == "reçoit, vendredi"


def test_an_event_without_triggers_gives_none() -> None:
    made = Event("v", "MEET", (), (Argument("A", value="ONU"),))
    gold = Document(id="d", text=TEXT, events=(made,))
    [found] = mistakes("argument", View(gold), View(events()))
    assert found.gold is not None
    assert (found.gold.trigger, found.gold.label) == (None, "MEET: A")


pieces = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))
types = st.sampled_from(("PER", "ORG"))
roles = st.sampled_from(("A", "B"))
mentions = st.lists(st.tuples(types, pieces), max_size=5).map(
    lambda spans: tuple(Mention(f"m{n}", t, a, b) for n, (t, (a, b)) in enumerate(spans))
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    spans = draw(mentions)
    refs = st.sampled_from([m.id for m in spans]) if spans else st.nothing()
    args = st.lists(st.tuples(roles, refs), max_size=3) if spans else st.just([])
    happenings = draw(st.lists(st.tuples(types, pieces, args), max_size=3))
    made = tuple(
        Event(f"v{n}", t, (Trigger(a, b),), tuple(Argument(role, ref=ref) for role, ref in filled))
        for n, (t, (a, b), filled) in enumerate(happenings)
    )
    return Document(id="d", text=TEXT, mentions=spans, events=made)


LAYERS: list[tuple[Layer, str]] = [
    ("entity", "entity/strict"),
    ("trigger", "trigger/classification"),
    ("argument", "argument/classification"),
]


@pytest.mark.parametrize(("layer", "metric"), LAYERS)
@given(gold=documents(), predicted=documents())
def test_the_kinds_add_up_to_the_counts(
    layer: Layer, metric: str, gold: Document, predicted: Document
) -> None:
    views = View(gold), View(predicted)
    found = list(mistakes(layer, *views))
    statistic = METRICS[metric].statistic
    ratio = METRICS[metric].ratio(statistic.columns(*statistic.tally(*views)[None]))
    assert sum(each.kind == "correct" for each in found) == ratio.correct_recall
    assert sum(each.gold is not None for each in found) == ratio.gold
    assert sum(each.predicted is not None for each in found) == ratio.predicted


@pytest.fixture
def files(record: Make, save: Save) -> tuple[Path, Path]:
    gold = save("gold.jsonl", record("a", "PER 3-12", "LOC 34-42"), record("b", "PER 23-31"))
    return gold, save(
        "crf.jsonl", record("a", "PER 3-12", "ORG 34-42", "DATE 44-52"), record("b", "PER 20-31")
    )


def test_errors_of_a_file_are_in_the_order_of_the_text(files: tuple[Path, Path]) -> None:
    found = errors(*files)
    assert [(each.document, each.kind) for each in found.mistakes] == [
        ("a", "type"), ("a", "spurious"), ("b", "boundary"),
    ]  # fmt: skip


def test_a_limit_cuts_the_list_and_not_the_counts(files: tuple[Path, Path]) -> None:
    found = errors(*files, choice=Choice(limit=1))
    assert (len(found.mistakes), sum(found.counts.values())) == (1, 4)


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (Choice(), 3), (Choice(kind="type"), 1), (Choice(kind="correct"), 1),
        (Choice(correct=True), 4), (Choice(type="ORG"), 1), (Choice(type="PER"), 1),
        (Choice(kind="missed"), 0), (Choice(limit=0), 0),
    ],
)  # fmt: skip
def test_a_choice_of_mistakes(files: tuple[Path, Path], choice: Choice, number: int) -> None:
    assert len(errors(*files, choice=choice).mistakes) == number


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("PER", (), id="a type of gold"),
        pytest.param("DATE", (), id="a type of the predictions"),
        pytest.param(
            "PRE", ("no item has the type or role 'PRE'; did you mean 'PER'?",), id="near"
        ),
        pytest.param("xxxx", ("no item has the type or role 'xxxx'",), id="nothing near"),
    ],
)
def test_a_type_that_no_item_has_is_told(
    files: tuple[Path, Path], name: str, told: tuple[str, ...]
) -> None:
    options = Options(("entity/strict",))
    assert errors(*files, choice=Choice(type=name), options=options).notes == told


def test_an_event_type_and_a_role_are_types_to_choose_by(record: Make, save: Save) -> None:
    event = {
        "id": "E1",
        "type": "AID",
        "triggers": [],
        "args": [{"role": "Actor", "ref": "m0"}],
    }
    gold = save("g.jsonl", record("a", "PER 3-12", events=[event]))
    for name in ("AID", "Actor", "PER"):
        assert errors(gold, gold, choice=Choice(type=name)).notes == ()


def test_a_confusion_table_counts_types_on_paired_spans(files: tuple[Path, Path]) -> None:
    [table] = errors(*files).confusions
    assert dict(table.cells) == {
        ("PER", "PER"): 2, ("LOC", "ORG"): 1, (None, "DATE"): 1,
    }  # fmt: skip


def test_a_confusion_table_names_every_type_once(files: tuple[Path, Path]) -> None:
    assert errors(*files).confusions[0].types == ("DATE", "LOC", "ORG", "PER")
