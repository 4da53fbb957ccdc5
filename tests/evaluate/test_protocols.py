"""Names of metrics, and of whole families of them."""

from __future__ import annotations

from glose.evaluate.metrics import METRICS, PROTOCOLS
from glose.evaluate.protocols import abridged, find


def test_default_is_three_families() -> None:
    assert abridged(PROTOCOLS["default"].metrics) == ["entity/*", "trigger/*", "argument/*"]


def test_what_default_does_not_have_is_named_beside_the_family() -> None:
    names = ["argument/identification", "argument/classification", "argument/head"]
    assert abridged(names) == ["argument/*", "argument/head"]
    assert abridged(names[1:]) == names[1:]


def test_a_reference_is_a_family_of_all_its_metrics() -> None:
    names = [name for name in METRICS if name.startswith("textee/")]
    assert abridged(names) == ["textee/*"]
    assert abridged(names[1:]) == names[1:]


def test_a_metric_counts_once() -> None:
    assert abridged(["argument/head", "argument/head"]) == ["argument/head"]


def test_a_metric_by_itself_is_matched_as_its_protocol_does() -> None:
    assert find("ace/oneie-role").matching == PROTOCOLS["ace"].matching
    assert find("entity/strict").matching == PROTOCOLS["entities"].matching
