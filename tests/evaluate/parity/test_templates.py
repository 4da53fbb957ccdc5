"""Figures of GRIT, GTT and IterX for templates."""

from __future__ import annotations

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import expected

from glose.evaluate.results import System

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")


def ours(system: System, metric: str, type_: str | None) -> dict[str, float | None]:
    """Return a score under the names that GRIT and GTT have for its parts."""
    score = system.find(metric, "micro", type_)
    assert score is not None
    return {
        "p_num": score.correct_precision, "p_den": score.predicted,
        "r_num": score.correct_recall, "r_den": score.gold,
        "p": score.precision, "r": score.recall, "f1": score.f1,
    }  # fmt: skip


@pytest.mark.parametrize("role", [*ROLES, "micro_avg"])
@pytest.mark.parametrize("name", ["strict", "prop"])
def test_entities_of_roles_are_those_of_grit(
    seed: str, scored: Scored, name: str, role: str
) -> None:
    theirs = expected(seed)["grit CEAF-REE"][name][role]
    found = ours(
        scored(seed, "ceaf-ree"), f"ceaf-ree/{name}", None if role == "micro_avg" else role
    )

    assert found == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("role", ["incident_type", *ROLES, "micro_avg"])
def test_slots_are_those_of_gtt(seed: str, scored: Scored, role: str) -> None:
    theirs = expected(seed)["gtt MUC-4 template scorer"][role]
    found = ours(scored(seed, "muc4"), "muc4/slots", None if role == "micro_avg" else role)

    assert found == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("name", ["phi-subset", "phi-3"])
@pytest.mark.parametrize("suffix", [("", ""), ("-with-gold", "_ignore_no_template_doc")])
def test_templates_are_those_of_iterx(
    seed: str, scored: Scored, name: str, suffix: tuple[str, str]
) -> None:
    score = scored(seed, "ceaf-rme").find(f"ceaf-rme/{name}{suffix[0]}")

    assert score is not None
    assert [score.precision, score.recall, score.f1] == pytest.approx(
        expected(seed)["IterX CEAF-RME"][name + suffix[1]], abs=1e-9
    )


@pytest.mark.parametrize("protocol", ["templates", "ceaf-ree", "muc4", "ceaf-rme"])
def test_a_perfect_system_is_perfect(scored: Scored, protocol: str) -> None:
    assert {score.f1 for score in scored("edge/perfect", protocol).scores} <= {1.0, 0.0, None}
