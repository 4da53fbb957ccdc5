"""Statistics as a table that a person reads."""

from __future__ import annotations

from glose.corpus import statistics
from glose.corpus.document import Document, Mention, Segment
from glose.corpus.statistics import Statistics
from glose.corpus.tabulation import table


def counted(ident: str, text: str, types: str = "") -> Statistics:
    """Return the counts of one document with a mention of each type."""
    mentions = tuple(Mention(f"m{n}", kind, n, n + 1) for n, kind in enumerate(types))
    segments = (Segment("g1", "title", 0, 1),)
    return (
        statistics.of([Document(ident, layer="gold", text=text)])
        if not types
        else (statistics.of([Document(id=ident, text=text, segments=segments, mentions=mentions)]))
    )


def test_it_has_a_column_for_each_file() -> None:
    lines = list(table([("g/gold.jsonl", counted("a", "a b c")), ("x.jsonl", counted("b", "a"))]))

    assert lines[:4] == [
        "                    gold.jsonl      x.jsonl",
        "documents                    1            1",
        "characters                   5            1",
        "tokens                       3            1",
    ]


def test_a_long_name_of_a_file_makes_its_column_wide() -> None:
    lines = list(table([("predictions-of-the-tagger.jsonl", counted("a", "a"))]))

    assert {len(line) for line in lines[:3]} == {50}


def test_it_leaves_out_what_no_file_has() -> None:
    lines = list(table([("a.jsonl", counted("a", "a"))]))

    assert not [line for line in lines if line.startswith(("events", "event type", "deepest"))]


def test_it_has_what_one_file_has() -> None:
    lines = list(table([("a.jsonl", counted("a", "abc", "AB")), ("b.jsonl", counted("b", "a"))]))

    assert lines[lines.index("mention type") + 1].split() == ["A", "1", "0"]


def test_types_are_in_the_order_of_all_files_together() -> None:
    columns = [("a.jsonl", counted("a", "abcd", "AAB")), ("b.jsonl", counted("b", "abcd", "BBB"))]

    lines = list(table(columns))
    at = lines.index("mention type")

    assert [line.split() for line in lines[at + 1 : at + 3]] == [["B", "1", "3"], ["A", "2", "0"]]


def test_thousands_are_grouped() -> None:
    lines = list(table([("a.jsonl", counted("a", "a " * 6000))]))

    assert lines[2].split() == ["characters", "12,000"]


def test_no_file_is_an_empty_table() -> None:
    assert list(table([])) == [""]
