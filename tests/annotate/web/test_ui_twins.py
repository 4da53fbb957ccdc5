"""What two systems suggest alike is one suggestion on the page."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from playwright.sync_api import expect
from tests.annotate.web import story
from tests.annotate.web.conftest import Live
from tests.annotate.web.desk import Desk

from glose.annotate.store.importing import import_records

Enter = Callable[..., Desk]


@pytest.fixture
def twice(live: Live, enter: Enter) -> Desk:
    """Ana at d2, of which two systems say the same."""
    copies = [msgspec.structs.replace(one, layer="rules") for one in story.suggestions("plover")]
    import_records(live.project, iter(copies), "rules", "suggestions", "ana")
    return enter(live, "d2")


def decisions(live: Live) -> set[tuple[str, str]]:
    found = live.project.snapshot("d2", "ana").decisions
    return {(one.id, one.outcome) for one in found}


def test_each_frame_is_listed_once_with_its_systems(twice: Desk) -> None:
    expect(twice.see(".ghost-line").filter(has_text="bombardé")).to_have_count(1)
    expect(twice.see(".ghost-line").filter(has_text="bombardé")).to_contain_text("crf, rules")


def test_refusing_it_refuses_both(twice: Desk, live: Live) -> None:
    twice.see(".ghost-line").filter(has_text="bombardé").get_by_text("refuse").click()
    twice.saved()
    expect(twice.see(".ghost-line").filter(has_text="bombardé")).to_have_count(0)
    assert decisions(live) == {("crf/v1", "refused"), ("rules/v1", "refused")}


def test_accepting_it_decides_both(twice: Desk, live: Live) -> None:
    twice.see(".ghost-line").filter(has_text="bombardé").get_by_text("accept").click()
    twice.saved()
    assert {("crf/v1", "accepted"), ("rules/v1", "accepted")} <= decisions(live)


def test_the_list_counts_it_as_the_foot_of_the_page_does(twice: Desk) -> None:
    """First as the server counts, then as the page does while somebody decides."""
    row = twice.see("#documents li[data-key=d2]")
    foot = twice.see("#status [data-key=suggestion]")
    twice.press("open", "Dispatch 1").page.reload()
    expect(row).to_contain_text("suggested")
    told = row.inner_text().split()
    twice.press("open", "Dispatch 2")
    expect(foot).to_contain_text(f"{told[told.index('suggested') - 1]} suggested")
    twice.see(".ghost-line").filter(has_text="bombardé").get_by_text("refuse").click()
    twice.saved()
    left = foot.inner_text().split()[0]
    expect(row).to_contain_text(f"{left} suggested")
    assert left != told[told.index("suggested") - 1]
