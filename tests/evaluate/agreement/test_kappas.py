"""Coefficients of labels on examples that were worked by hand or are in the papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.agreement.columns import Columns, Key, Kind
from glose.evaluate.agreement.kappas import Kappas, counts
from glose.evaluate.agreement.units import NONE, Votes

near = pytest.approx


def votes(*layers: str) -> Counter[Votes]:
    """Return votes from one letter a unit and layer: `-` is no label, `.` is not seen."""
    return Counter(tuple(map(_value, each)) for each in zip(*layers, strict=True))


def _value(letter: str) -> frozenset[str] | None:
    return None if letter == "." else NONE if letter == "-" else frozenset([letter])


def found(
    voted: Counter[Votes],
    name: str,
    kind: Kind = "all",
    layers: tuple[int, ...] | None = None,
    type_: str | None = None,
) -> float:
    row = counts(voted)
    columns = Columns.of([row])
    people = tuple(range(len(next(iter(voted)))))
    [value] = [
        float(each.read(columns.matrix([row]))[0])
        for each in Kappas("u", columns, (), people).readings()
        if (each.coefficient, each.kind, each.type) == (name, kind, type_)
        and layers in (None, each.layers)
    ]
    return value


#: 20 units both call y, 5 only the first, 10 only the second, 15 neither.
TWO = votes("y" * 25 + "n" * 25, "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("observed", 0.7, id="35 of 50 are the same"),
        pytest.param("cohen", (0.7 - 0.5) / 0.5, id="chance is .5 x .6 + .5 x .4"),
        pytest.param("scott", (0.7 - 0.505) / 0.495, id="chance is .55 squared + .45 squared"),
        pytest.param("randolph", (0.7 - 0.5) / 0.5, id="chance is one half for two labels"),
        pytest.param("alpha", 1 - 30 * 99 / 4950, id="30 of 100 values are paired with another"),
    ],
)
def test_two_layers(name: str, value: float) -> None:
    assert found(TWO, name) == near(value)


#: How many of fourteen raters gave each of ten units each of five labels.
FLEISS = (
    "0 0 0 0 14", "0 2 6 4 2", "0 0 3 5 6", "0 3 9 2 0", "2 2 8 1 1", "7 7 0 0 0", "3 2 6 3 0",
    "2 5 3 2 2", "6 5 2 1 0", "0 2 2 3 7",
)  # fmt: skip


def test_fleiss() -> None:
    """The example that Wikipedia's article on Fleiss' kappa works through: 0.210."""
    voted: Counter[Votes] = Counter()
    for row in FLEISS:
        times = enumerate(map(int, row.split()))
        voted[tuple(frozenset("abcde"[n]) for n, each in times for _ in range(each))] += 1
    assert found(voted, "fleiss") == near(0.20993, abs=5e-6)


#: Krippendorff (2011), C: four coders, twelve units, some not seen.
CODERS = votes("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def test_krippendorff_with_units_that_a_layer_has_not_seen() -> None:
    assert found(CODERS, "alpha") == near(0.743, abs=5e-4)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        pytest.param("y", (0.7 - 0.5) / 0.5, id="of two labels each has the figure of both"),
        pytest.param("n", (0.7 - 0.5) / 0.5, id="and so the other"),
    ],
)
def test_by_type_it_is_there_or_not(type_: str, value: float) -> None:
    assert found(TWO, "cohen", type_=type_) == near(value)


def test_by_type_others_are_one() -> None:
    """Two layers, six units: a is there for both in 1, for neither in 4."""
    voted = votes("aabb--", "acbc--")
    assert found(voted, "observed", type_="a") == near(5 / 6)
    assert found(voted, "alpha", type_="a") == near(1 - 2 * 11 / (144 - 9 - 81))


def test_three_layers_have_pairs_and_means() -> None:
    voted = votes("aab-", "aab-", "abb-")
    assert found(voted, "cohen", "pair", (0, 1)) == near(1)
    one = found(voted, "cohen", "pair", (0, 2))
    assert found(voted, "cohen", "annotator", (0,)) == near((1 + one) / 2)
    assert found(voted, "cohen") == near((1 + 2 * one) / 3)


def test_davies_and_fleiss_have_the_chances_of_each_layer() -> None:
    """Three layers of four units: pairs agree in 4, 3 and 3; chances are 6, 5 and 5 of 16."""
    voted = votes("aab-", "aab-", "abb-")
    observed, chance = 10 / 12, 16 / 48
    assert found(voted, "davies-fleiss") == near((observed - chance) / (1 - chance))


@pytest.mark.parametrize("name", ["cohen", "scott", "alpha"])
def test_one_label_for_all_units_leaves_nothing_to_agree_in(name: str) -> None:
    assert np.isnan(found(votes("aaa", "aaa"), name))


def test_layers_that_share_no_unit_have_no_figure() -> None:
    assert np.isnan(found(votes("a.", ".a"), "observed"))


_letters = st.text("abc-", min_size=2, max_size=12)
_layers = _letters.flatmap(
    lambda first: st.tuples(*(st.text("abc-", min_size=len(first), max_size=len(first)),) * 3)
)


@given(_layers)
def test_no_coefficient_is_above_one(layers: tuple[str, ...]) -> None:
    voted = votes(*layers)
    for name in ("observed", "cohen", "scott", "randolph", "alpha", "fleiss", "davies-fleiss"):
        value = found(voted, name)
        assert np.isnan(value) or -1.0000001 <= value <= 1.0000001


@given(_letters)
def test_equal_layers_agree_fully_or_cannot(layer: str) -> None:
    for name in ("cohen", "scott", "randolph", "alpha"):
        value = found(votes(layer, layer), name)
        assert np.isnan(value) or value == near(1)


@given(_layers)
def test_the_order_of_layers_does_not_matter(layers: tuple[str, ...]) -> None:
    names = ("observed", "cohen", "scott", "alpha", "fleiss", "davies-fleiss")
    one, other = votes(*layers), votes(*reversed(layers))
    assert [found(one, n) for n in names] == near([found(other, n) for n in names], nan_ok=True)


@given(_layers)
def test_documents_add_up(layers: tuple[str, ...]) -> None:
    """The counts of two halves are those of the whole."""

    def sums(parts: Sequence[Counter[Votes]]) -> dict[Key, float]:
        total: dict[Key, float] = defaultdict(float)
        for part in parts:
            for key, value in counts(part).items():
                total[key] += value
        return {key: round(value, 9) for key, value in total.items() if value}

    half = len(layers[0]) // 2
    parts = [votes(*(x[:half] for x in layers)), votes(*(x[half:] for x in layers))]
    assert sums(parts) == sums([votes(*layers)])
