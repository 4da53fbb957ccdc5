"""All programs of the parity tests, and the table that docs/metrics.md has of them.

`python -m tests.evaluate.parity.references` writes the table; `make docs` does so too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.evaluate.parity import (
    test_agreement,
    test_bionlp,
    test_coreference,
    test_events,
    test_hipe_links,
    test_labels,
    test_links,
    test_nuggets,
    test_relations,
    test_spans,
    test_templates,
    test_time,
)
from tests.evaluate.parity.compared import (
    CORPORA,
    Compare,
    Compared,
    Exempt,
    Ours,
    Programs,
    Scored,
    scorer,
)
from tests.evaluate.parity.records import SEEDS, View, expected

from glose.evaluate.metrics import PROTOCOLS
from glose.evaluate.results import System

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"
START, END = "<!-- references: written by `make docs` -->\n", "<!-- end of references -->\n"


class Reference(NamedTuple):
    """A program, the protocol with its figures, which figures are whose, and how to get ours.

    Several programs may stand in expected.json under one `entry`.
    """

    tool: str
    protocol: str
    compare: Compare
    ours: Callable[[Scored, str, Path], Ours]
    entry: str

    def figures(self, scored: Scored, corpus: str, folder: Path) -> list[Compared]:
        """Return the figures of a corpus, none if the program was not run on it."""
        printed = expected(corpus).get(self.entry)
        if printed is None:
            return []
        return list(self.compare(self.ours(scored, corpus, folder), printed))


def usual(programs: Programs, view: View = "entities") -> Iterator[Reference]:
    """Yield the programs whose figures are of the records as they are."""
    for tool, (protocol, compare) in programs.items():
        yield Reference(tool, protocol, compare, partial(_usual, protocol, view), tool)


def _usual(protocol: str, view: View, scored: Scored, corpus: str, _: Path) -> System:
    return scored(corpus, protocol, view)


def special(
    programs: Programs, ours: Callable[[str, Path], Ours], entry: str | None = None
) -> Iterator[Reference]:
    """Yield the programs whose figures are of what a test makes for them."""
    for tool, (protocol, compare) in programs.items():
        yield Reference(tool, protocol, compare, partial(_special, ours), entry or tool)


def _special(ours: Callable[[str, Path], Ours], _: Scored, corpus: str, folder: Path) -> Ours:
    return ours(corpus, folder)


REFERENCES: Sequence[Reference] = (
    *usual(test_spans.COMPARED),
    *usual(test_hipe_links.COMPARED, test_hipe_links.VIEW),
    *usual(test_links.COMPARED),
    *usual(test_events.COMPARED),
    *special(test_events.COMPARED_WITH_HEADS, test_events.with_heads),
    *usual(test_relations.COMPARED),
    *usual(test_coreference.COMPARED),
    *usual(test_nuggets.COMPARED),
    *special(test_bionlp.COMPARED, test_bionlp.scored),
    *usual(test_templates.COMPARED),
    *usual(test_time.COMPARED, test_time.VIEW),
    *usual(test_labels.COMPARED),
    *special(test_agreement.COMPARED, test_agreement.Corpus, test_agreement.TOOL),
)

#: Figures that are not the same.
EXCEPTIONS: Sequence[Exempt] = (*test_spans.EXCEPTIONS, *test_coreference.EXCEPTIONS)

#: What was not compared, or not as it stands.
REMARKS = {
    "gen-arg genie/scorer.py": "figures by head: of records whose heads follow its rule",
    **dict.fromkeys(
        (tool for tool in test_coreference.COMPARED if tool.startswith("corefud-scorer")),
        "`zero` is not compared: records have no empty words",
    ),
    "neleval 3.1.1 tagging": "its intervals are drawn without a seed: ours hold within the error "
    "of its samples",
    "BioNLP-ST GE a2-evaluate.pl": "in the terms of the task (`test_bionlp.py`)",
    "pygamma-agreement 0.5.9": "what it expects, so gamma and gamma-cat, is sampled: equal within "
    "the error of its samples (`test_agreement.py`)",
}  # fmt: skip


class Row(NamedTuple):
    """How many figures of a program are the same, over all corpora on which it was run."""

    tool: str
    protocol: str
    corpora: int
    figures: int
    equal: int
    exceptions: tuple[str, ...]

    @property
    def line(self) -> str:
        """The row of a Markdown table."""
        edges = self.corpora - len(SEEDS)
        cells = (
            f"[`{self.protocol}`]({page(self.protocol)})", self.tool,
            f"{len(SEEDS)} + {edges}" if edges else f"{len(SEEDS)}",
            f"{self.figures:,}", f"{self.equal:,}", "; ".join(self.exceptions),
        )  # fmt: skip
        return f"| {' | '.join(cells)} |"


def page(protocol: str) -> str:
    """Return the section on a protocol, as a link from docs/metrics.md."""
    if protocol == test_agreement.AGREEMENT:
        return "metrics/agreement.md"
    for path in sorted(PAGE.with_suffix("").glob("*.md")):
        if re.search(rf"^## `{re.escape(protocol)}`$", path.read_text(), re.MULTILINE):
            return f"metrics/{path.name}#{protocol}"
    raise LookupError(f"no page has a section on {protocol!r}")


def reason(tool: str, corpus: str, row: Compared) -> str:
    """Return why a figure need not be equal; raise `AssertionError` if it must."""
    holding = [each for each in EXCEPTIONS if each.holds(tool, corpus, row.figure)]
    assert holding, (tool, corpus, row)
    return holding[0].reason


def compared(references: Sequence[Reference], scored: Scored, folder: Path) -> Row:
    """Return the row of a program, of which there may be several parts."""
    tool, protocol, *_ = references[0]
    found = [
        (corpus, row)
        for corpus in CORPORA
        for each in references
        for row in each.figures(scored, corpus, folder)
    ]
    reasons = Counter(reason(tool, corpus, row) for corpus, row in found if not row.equal)
    told = [f"{number}: {why}" for why, number in reasons.items()]
    told += [REMARKS[tool]] if tool in REMARKS else []
    corpora = len({corpus for corpus, _ in found})
    return Row(tool, protocol, corpora, len(found), len(found) - reasons.total(), tuple(told))


def rows(scored: Scored, folder: Path) -> Iterator[Row]:
    """Yield the row of each program and protocol, in the order of the protocols."""
    parts: dict[tuple[str, str], list[Reference]] = {}
    for each in REFERENCES:
        parts.setdefault((each.tool, each.protocol), []).append(each)
    order = [*PROTOCOLS, test_agreement.AGREEMENT]
    for references in sorted(parts.values(), key=lambda each: order.index(each[0].protocol)):
        yield compared(references, scored, folder)


def table(scored: Scored, folder: Path) -> str:
    """Return the table of all programs, in Markdown."""
    found = list(rows(scored, folder))
    figures, equal = sum(row.figures for row in found), sum(row.equal for row in found)
    return "\n".join(
        [
            START,
            "| Protocol | Reference | Corpora | Figures | Equal | Exceptions |",
            "|---|---|--:|--:|--:|---|",
            *(row.line for row in found),
            f"| | all | | {figures:,} | {equal:,} | |",
            "",
            END,
        ]
    )


def between() -> str:
    """Return the table that docs/metrics.md has."""
    text = PAGE.read_text()
    return text[text.index(START) : text.index(END) + len(END)]


def write() -> None:
    """Write the table into docs/metrics.md."""
    with TemporaryDirectory() as folder:
        made = table(scorer(Path(folder)), Path(folder))
    PAGE.write_text(PAGE.read_text().replace(between(), made))


if __name__ == "__main__":
    write()
