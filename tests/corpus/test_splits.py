"""Which documents go to which split."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Date, Document, Meta
from glose.corpus.errors import GloseError
from glose.corpus.splits import By, Key, assign, keys, unmet

SHARES = {"train": 0.8, "dev": 0.1, "test": 0.1}

some = st.builds(
    Key,
    id=st.integers(0, 10**6).map(str),
    text=st.integers(0, 30).map(str),
    source=st.sampled_from((None, "a", "b", "c", "d")),
    date=st.none() | st.tuples(st.integers(2000, 2003), st.integers(1, 12), st.integers(0, 28)),
)
many = st.lists(some, unique_by=lambda key: key.id, max_size=60)
ways = st.sampled_from((None, "source", "date", "near-duplicates"))


def numbered(count: int) -> list[Key]:
    """Return documents that have nothing in common."""
    return [Key(f"d{n:03}", f"t{n}", None, None) for n in range(count)]


def where(splits: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the split of each id."""
    return {name: split for split, names in splits.items() for name in names}


@given(many, ways, st.integers(0, 5))
def test_every_document_is_in_one_split(documents: list[Key], by: By | None, seed: int) -> None:
    splits = assign(documents, SHARES, by, seed)

    placed = [name for names in splits.values() for name in names]
    assert sorted(placed) == sorted(document.id for document in documents)


@given(many, ways, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    documents: list[Key], by: By | None, random: random.Random
) -> None:
    mixed = random.sample(documents, len(documents))

    assert assign(documents, SHARES, by) == assign(mixed, SHARES, by)


@given(many, st.sampled_from((None, "source")))
def test_equal_texts_are_not_parted(documents: list[Key], by: By | None) -> None:
    split = where(assign(documents, SHARES, by))
    places = {(document.text, split[document.id]) for document in documents}

    assert len(places) == len({document.text for document in documents})


@given(many)
def test_a_source_is_not_parted(documents: list[Key]) -> None:
    split = where(assign(documents, SHARES, "source"))
    places = {(d.source, split[d.id]) for d in documents if d.source}

    assert len(places) == len({document.source for document in documents if document.source})


@given(many)
def test_by_date_no_split_is_older_than_the_one_before(documents: list[Key]) -> None:
    split = where(assign(documents, SHARES, "date"))
    order = list(SHARES)
    dated = sorted(documents, key=lambda document: document.date or (0, 0, 0))

    assert [order.index(split[d.id]) for d in dated] == sorted(
        order.index(split[d.id]) for d in dated
    )


@pytest.mark.parametrize("count", [10, 60, 100, 990])
def test_shares_are_met(count: int) -> None:
    splits = assign(numbered(count), SHARES)

    assert [len(ids) for ids in splits.values()] == [count * 8 // 10, count // 10, count // 10]


def test_another_seed_is_another_split() -> None:
    assert assign(numbered(100), SHARES, seed=1) != assign(numbered(100), SHARES, seed=2)


def test_a_seed_is_the_same_split_for_ever() -> None:
    """Stated, so that a change of the method is noticed."""
    assert assign(numbered(10), SHARES)["test"] == ("d003",)


def test_shares_are_met_by_date() -> None:
    days = [Key(f"d{n}", f"t{n}", None, (2030, 1, n)) for n in range(1, 11)]

    assert [len(ids) for ids in assign(days, SHARES, "date").values()] == [8, 1, 1]


def test_a_split_without_a_share_is_left_out() -> None:
    assert list(assign(numbered(4), {"train": 0.5, "dev": 0, "test": 0.5})) == ["train", "test"]


def test_no_documents_are_empty_splits() -> None:
    assert assign([], SHARES) == {"train": (), "dev": (), "test": ()}


@pytest.mark.parametrize("shares", [{"a": 0.5}, {"a": 0.9, "b": 0.9}, {"a": 1.5, "b": -0.5}])
def test_shares_add_up_to_one(shares: dict[str, float]) -> None:
    with pytest.raises(GloseError, match="the shares of the splits"):
        assign(numbered(3), shares)


@pytest.mark.parametrize(
    ("document", "key"),
    [
        pytest.param(
            Document(id="d", text_sha256="ab", meta=Meta(source="afp", date=Date(2018, 3))),
            Key("d", "ab", "afp", (2018, 3, 0)),
            id="a month is older than its first day",
        ),
        pytest.param(Document(id="d"), Key("d", "d", None, None), id="what is not known"),
    ],
)
def test_keys(document: Document, key: Key) -> None:
    assert list(keys([document])) == [key]


@given(many, st.integers(0, 5))
def test_near_duplicates_are_not_parted(documents: list[Key], seed: int) -> None:
    """Groups as another finds them: here by the last figure of the id, for some."""
    grouped = [replace(one, group=one.id[-1] if one.id[-1] < "6" else None) for one in documents]
    split = where(assign(grouped, SHARES, "near-duplicates", seed))
    places = {(one.group, split[one.id]) for one in grouped if one.group}

    assert len(places) == len({one.group for one in grouped if one.group})


def test_groups_count_only_where_they_are_asked_for() -> None:
    grouped = [replace(key, group="one") for key in numbered(100)]

    assert assign(grouped, SHARES) == assign(numbered(100), SHARES)
    assert assign(grouped, SHARES, "near-duplicates")["train"] == tuple(k.id for k in grouped)


@pytest.mark.parametrize("seed", range(5))
def test_shares_are_met_with_groups(seed: int) -> None:
    """Of 1,000 documents a third in groups of 2 to 6: no split is a document off."""
    keys_ = [
        replace(key, group=f"g{number // (2 + number % 5)}" if number < 333 else None)
        for number, key in enumerate(numbered(1000))
    ]
    found = assign(keys_, SHARES, "near-duplicates", seed)

    assert [len(ids) for ids in found.values()] == [800, 100, 100]
    assert list(unmet(found, SHARES)) == []


def test_a_group_that_is_too_large_is_told() -> None:
    grouped = [replace(k, group="g" if n < 90 else None) for n, k in enumerate(numbered(100))]
    found = assign(grouped, SHARES, "near-duplicates")

    assert list(unmet(found, SHARES)) == [
        f"{name} has {size}: there is a large group, and none is parted"
        for name, size in (
            ("train", "90 documents and not 80"),
            ("dev", "5 documents and not 10"),
            ("test", "5 documents and not 10"),
        )
    ]
