"""Every metric, protocol and statistic has a name of its own, and the manual lists protocols."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from glose.evaluate.metrics import GENERAL, METRICS, PROTOCOLS, REFERENCES, VARIANTS

DOCS = Path(__file__).parents[2] / "docs"
FAMILIES = (*GENERAL, *VARIANTS, *REFERENCES)

#: What the page calls by its parts: `coreference-head`, `event_coreference-no-singletons`.
PARTS = ("coreference", "event_coreference", "cross_document", "event_cross_document")
LISTED = [name for name in PROTOCOLS if not name.startswith(tuple(f"{part}-" for part in PARTS))]


def repeated(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def test_no_two_metrics_or_protocols_have_one_name() -> None:
    """In the mapping of all the second would take the place of the first."""
    assert repeated([metric.name for family in FAMILIES for metric in family.METRICS]) == []
    assert repeated([each.name for family in FAMILIES for each in family.PROTOCOLS]) == []


def test_no_two_statistics_have_one_name() -> None:
    """Counts of a document are kept under the names of statistics."""
    statistics = {id(metric.statistic): metric.statistic.name for metric in METRICS.values()}
    assert repeated(list(statistics.values())) == []


@pytest.mark.parametrize("name", LISTED)
def test_the_manual_lists_what_a_protocol_needs(name: str) -> None:
    page = (DOCS / "metrics.md").read_text()
    [(link, cells)] = re.findall(
        rf"^\| \[`{name}`\]\((\S+)\) \| (.*) \|$", head(page), re.MULTILINE
    )
    needs = {
        each for metric in PROTOCOLS[name].metrics for each in METRICS[metric].statistic.lists
    }
    assert set(re.findall(r"`(\w+)`", cells.split(" | ")[-1])) == needs
    reference = PROTOCOLS[name].reference
    assert reference is None or reference in cells
    file, _, anchor = link.partition("#")
    assert anchor == name
    sections = re.findall("^## .*$", (DOCS / (file or "metrics.md")).read_text(), re.MULTILINE)
    assert f"`{name}`" in "".join(sections)


def head(page: str) -> str:
    """Return what stands before the conventions: the tables of protocols."""
    return page[: page.index("## Conventions")]
