"""An evaluation as one HTML page that needs nothing else: no network, no other file.

The page is made of values: what a table or a chart shows is computed here, how it looks stands in
`templates/`. Charts are SVG, legible in black and white. Mistakes and documents are embedded as
JSON and shown by small scripts; without scripts, everything else is still there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from glose.evaluate import charts, p_values
from glose.evaluate.anatomy import anatomy, matrix, wrong
from glose.evaluate.boards import boards, headlines
from glose.evaluate.breakdown import bucket_tables, short, type_table
from glose.evaluate.browsing import Browsed
from glose.evaluate.embedding import KIND_NAMES, embedded, leaves, offsets, runs
from glose.evaluate.mistakes import MARGIN
from glose.evaluate.overview import parted, unshared
from glose.evaluate.protocols import abridged
from glose.evaluate.remedies import remedies
from glose.evaluate.repairing import Repairs
from glose.evaluate.results import Bounds, Comparison, Errors, Evaluation
from glose.evaluate.suspects import Audit, Suspect


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found out behind the figures; all of it may be missing.

    `errors` and `repairs` are those of the systems, in the same order.
    """

    errors: Sequence[Errors] = ()
    repairs: Sequence[Repairs | None] = ()
    audit: Audit | None = None
    browsed: Browsed = field(default_factory=Browsed)


def page(
    evaluation: Evaluation,
    found: Inspection | None = None,
    *,
    comparison: Comparison | None = None,
    title: str = "Evaluation",
) -> str:
    """Return the HTML of an evaluation, with what was found behind its figures.

    The page shows as many mistakes, suspects and documents as were found, and says how many there
    are in all.
    """
    found = found or Inspection()
    names = [system.name for system in evaluation.systems]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=title,
            evaluation=evaluation,
            comparison=comparison,
            audit=found.audit,
            browsed=found.browsed,
            remedies=[each for each in remedies(names, found.repairs) if each.rows],
            **_figures(evaluation, comparison),
            **_mistakes(names, found.errors),
            there={leaf.id for leaf in found.browsed.leaves},
            leaves=leaves(names, found.browsed.leaves),
            style=_asset("report.css"),
            script=_asset("report.js") + _asset("documents.js"),
        )
    )


def _figures(evaluation: Evaluation, comparison: Comparison | None) -> dict[str, object]:
    """Return what is shown of the scores."""
    counted, empty = parted(evaluation)
    types = [type_table(evaluation, metric) for metric in counted]
    return {
        "main": headlines(evaluation),
        "boards": boards(evaluation, comparison),
        "empty": abridged(empty),
        "unshared": unshared(evaluation, counted),
        "types": types,
        "typed": any(table.rows for table in types),
        "buckets": bucket_tables(evaluation),
    }


def _mistakes(names: Sequence[str], errors: Sequence[Errors]) -> dict[str, object]:
    """Return what is shown of mistakes, and how many there are."""
    each = list(zip(names, errors, strict=False))
    return {
        "anatomies": [a for name, found in each for a in anatomy(name, found)],
        "matrices": [
            matrix(name, confusion)
            for name, found in each
            for confusion in found.confusions
            if confusion.cells
        ],
        "mistakes": embedded(names, errors),
        "listed": sum(m.kind != "correct" for found in errors for m in found.mistakes),
        "wrong": sum(map(wrong, errors)),
    }


def percent(figure: float | None) -> str:
    """Return a share as a percentage with one digit, and a dash where it is not defined."""
    return "–" if figure is None else f"{100 * figure:z.1f}"


def count(figure: float | None) -> str:
    """Return a count without needless digits: `725`, and `812.5` where halves are counted."""
    return "–" if figure is None else f"{figure:g}"


def between(bounds: Bounds) -> str:
    """Return an interval of shares as percentages."""
    return "–" if bounds is None else f"{percent(bounds[0])} to {percent(bounds[1])}"


def points(figure: float | None) -> str:
    """Return a change of a share in points, with its sign."""
    return "–" if figure is None else f"{100 * figure:+z.1f}"


def p_value(figure: float | None) -> str:
    """Return a p value, which is never shown as 0."""
    return "–" if figure is None else p_values.p_value(figure).shown


def suspected(suspect: Suspect) -> list[tuple[str, bool, bool]]:
    """Return the words of a suspect in runs, as `runs` does: in gold, and in what is proposed.

    Of what stands far between the two, only the ends are there.
    """
    found = runs(suspect.context[1], suspect.gold, suspect.proposed)
    return [(words if one or other else _ends(words), one, other) for words, one, other in found]


def places(suspect: Suspect) -> str:
    """Return the offsets of a suspect in gold and as proposed, as JSON."""
    return msgspec.json.encode([offsets(suspect.gold), offsets(suspect.proposed)]).decode()


def _ends(words: str) -> str:
    return words if len(words) <= 3 * MARGIN else f"{words[:MARGIN]} […] {words[-MARGIN:]}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("glose.evaluate"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        short=short,
        sample=charts.sample,
        percent=percent,
        count=count,
        between=between,
        points=points,
        p_value=p_value,
        suspected=suspected,
        places=places,
        kind=KIND_NAMES.__getitem__,
    )
    return environment


def _asset(name: str) -> Markup:
    # Our own style sheet and script, not input.
    return Markup(files("glose.evaluate").joinpath("templates", name).read_text("utf-8"))  # noqa: S704
