"""A figure as a function, and scikit-learn's use of it."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import glose.evaluate
from glose.corpus.errors import GloseError
from glose.evaluate import tags
from glose.evaluate.searching import Scorer

Make = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(("scorer", "figure"), [
    (Scorer(), 0.5),
    (Scorer("entity/exact"), 1.0),
    (Scorer(figure="precision", type="PER"), 1.0),
    (Scorer(average="macro", figure="recall"), 0.5),
    (Scorer("conll/chunk", average="weighted"), 0.5),
    (Scorer("entity/strict", type="NONE", undefined=-1.0), -1.0),
    (Scorer(type="LOC", figure="recall", undefined=0.0), 0.0),
])  # fmt: skip
def test_a_figure(scorer: Scorer, figure: float, record: Make) -> None:
    gold = record("d1", "PER 3-12", "ORG 23-31")
    predicted = record("d1", "PER 3-12", "LOC 23-31")

    assert scorer([gold], [predicted]) == figure


def test_further_figures_have_names(record: Make) -> None:
    gold = [record("d1", "PER 3-12")]

    assert Scorer("conll/chunk", "accuracy")(gold, gold) == 1.0
    with pytest.raises(GloseError, match=r"no figure accuracy .*recall, f1\)"):
        Scorer(figure="accuracy")(gold, gold)


def test_what_is_undefined_is_not_zero(record: Make) -> None:
    assert math.isnan(Scorer()([record("d1")], [record("d1")]))


@pytest.mark.parametrize(("wrong", "told"), [
    ({"metric": "entities"}, "entities has several metrics; expected the name of one, such as"),
    ({"metric": "entity/strct"}, "no protocol is called 'entity/strct'; did you mean"),
    ({"average": "Macro"}, r"entity/strict has no Macro average \(there are: micro, macro\)"),
])  # fmt: skip
def test_a_scorer_that_cannot_be_is_refused_at_once(wrong: dict[str, str], told: str) -> None:
    """A search would take it for a fold that failed, and go on."""
    with pytest.raises(GloseError, match=told):
        Scorer(**wrong)  # type: ignore[arg-type]  # one field of several


def test_a_scorer_has_a_name_and_can_be_pickled() -> None:
    scorer = Scorer("entity/exact", "recall", undefined=0.0)

    assert scorer.__name__ == "recall of entity/exact"
    assert pickle.loads(pickle.dumps(scorer)) == scorer
    assert glose.evaluate.Scorer is Scorer


def test_scikit_learn_searches_with_it(record: Make) -> None:
    from sklearn.base import BaseEstimator
    from sklearn.metrics import make_scorer
    from sklearn.model_selection import GridSearchCV, KFold

    class Cutter(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
        """Gives what it is shown, some of it."""

        def __init__(self, keep: int = 0) -> None:
            self.keep = keep

        def fit(self, shown: list[dict[str, Any]], gold: list[dict[str, Any]]) -> Cutter:
            return self

        def predict(self, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [{**each, "mentions": each["mentions"][: self.keep]} for each in shown]

    gold = [record(f"d{n}", "PER 3-12", "ORG 23-31") for n in range(6)]
    scorer = make_scorer(Scorer(figure="recall"))
    search = GridSearchCV(Cutter(), {"keep": [0, 1, 2]}, scoring=scorer, cv=KFold(3))
    search.fit(gold, gold)

    assert "recall of entity/strict" in repr(scorer)
    assert search.best_params_ == {"keep": 2}
    assert search.cv_results_["mean_test_score"].tolist() == [0.0, 0.5, 1.0]


def test_figures_of_tags_are_scorers_as_they_are() -> None:
    from sklearn.base import BaseEstimator
    from sklearn.metrics import make_scorer
    from sklearn.model_selection import KFold, cross_val_score

    class Echo(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
        """Gives the tags that it is shown."""

        def fit(self, shown: list[list[str]], gold: list[list[str]]) -> Echo:
            return self

        def predict(self, shown: list[list[str]]) -> list[list[str]]:
            return shown

    gold = [["B-PER", "I-PER"], ["O", "B-LOC", "O"], ["B-PER"], ["B-LOC", "O"]]
    shown = [["B-PER", "O"], ["O", "B-LOC", "O"], ["B-PER"], ["B-LOC", "O"]]
    scorer = make_scorer(tags.f1_score, average="micro", mode="strict", scheme="IOB2")

    found = cross_val_score(Echo(), shown, gold, scoring=scorer, cv=KFold(2))
    assert found.tolist() == [0.5, 1.0]
