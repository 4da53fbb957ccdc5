"""What came of a merge, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import msgspec

from glose.corpus.files import whole
from glose.corpus.versions.corpora import Outcome


def write(path: Path, name: str, outcome: Outcome) -> None:
    """Write counts, conflicts with their versions, and new ids of annotations of theirs."""
    plain = {
        "file": name,
        "documents": outcome.documents,
        "changed_on_both_sides": outcome.both,
        "conflicts": [asdict(conflict) for conflict in outcome.conflicts],
        "renamed": [
            {"document": document, "old": old, "new": new} for document, old, new in outcome.names
        ],
    }
    with whole(path) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n")
