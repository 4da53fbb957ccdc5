"""Languages are identified offline; very short texts say nothing."""

from __future__ import annotations

import pytest

from glose.corpus.building.language import code, identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("L'armée russe a annoncé vendredi qu'un accord avait été conclu.", "fr"),
        ("The Russian army said on Friday that a deal had been reached.", "en"),
        ("أعلنت وزارة الخارجية الروسية يوم الجمعة عن التوصل إلى اتفاق", "ar"),
        ("Non.", None),
        ("12 345 678 90 123 456 789 012 345", None),
        ("🎉" * 50, None),
    ],
)
def test_identify(text: str, language: str | None) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    ("written", "expected"),
    [("fr", "fr"), ("FR", "fr"), ("fr-FR", "fr"), ("fr_CA", "fr"), ("Anglais", "en"), ("x", None)],
)
def test_code(written: str, expected: str | None) -> None:
    assert code(written) == expected
