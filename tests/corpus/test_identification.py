"""Items of sparse records get free ids, and all else is as it was."""

from __future__ import annotations

import pytest

from glose.corpus.identification import identified


@pytest.mark.parametrize(
    ("record", "found"),
    [
        pytest.param(
            {"mentions": [{}, {"id": "m1"}, {}]},
            {"mentions": [{"id": "m2"}, {"id": "m1"}, {"id": "m3"}]},
            id="an id is taken",
        ),
        pytest.param(
            {"mentions": [{}], "events": [{"id": "m1"}]},
            {"mentions": [{"id": "m2"}], "events": [{"id": "m1"}]},
            id="taken in another list",
        ),
        pytest.param(
            {"entities": [{}], "relations": [{}], "events": [{}]},
            {"entities": [{"id": "e1"}], "relations": [{"id": "r1"}], "events": [{"id": "v1"}]},
            id="a letter for each list",
        ),
        pytest.param({"mentions": 3}, {"mentions": 3}, id="no list"),
        pytest.param({"mentions": [3]}, {"mentions": [3]}, id="no objects"),
        pytest.param({"mentions": [{"id": [1]}]}, {"mentions": [{"id": [1]}]}, id="no string"),
        pytest.param({"labels": [{}]}, {"labels": [{}]}, id="labels have none"),
        pytest.param([1], [1], id="no record"),
    ],
)
def test_identified(record: object, found: object) -> None:
    assert identified(record) == found
