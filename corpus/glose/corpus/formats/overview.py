"""What each format holds, as tables of the manual."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.formats.declaration import Format
from glose.corpus.formats.structures import STRUCTURES
from glose.corpus.formats.table import FORMATS

#: How a cell says that a format holds a structure, in part, or not at all.
HELD, PARTLY, LACKING = "●", "◐", "–"


def table() -> str:
    """Return the tables in Markdown: the formats, then what they hold, by heading."""
    headings = dict.fromkeys(structure.heading for structure in STRUCTURES.values())
    parts = ["\n".join(_formats()), *("\n".join(_held(heading)) for heading in headings)]
    return "\n\n".join((*parts, "\n".join(_conditions())))


def _formats() -> Iterator[str]:
    yield "| format | what it is | suffixes | offsets | read | write |"
    yield "|---|---|---|---|---|---|"
    for name, found in FORMATS.items():
        suffixes = " ".join(f"`{suffix}`" for suffix in found.suffixes)
        needs = f" (`glose[{found.extra}]`)" if found.extra else ""
        write = HELD if found.writer else LACKING
        what = found.description + needs
        cells = (f"[`{name}`](#{name})", what, suffixes, found.offsets, HELD, write)
        yield f"| {' | '.join(cells)} |"


def _held(heading: str) -> Iterator[str]:
    names = [name for name, found in STRUCTURES.items() if found.heading == heading]
    yield f"**{heading}**"
    yield ""
    yield f"| format | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for name, found in FORMATS.items():
        cells = " | ".join(_cell(found, structure) for structure in names)
        yield f"| `{name}` | {cells} |"


def _cell(found: Format, structure: str) -> str:
    if structure in found.partly:
        return PARTLY
    return HELD if structure in found.holds else LACKING


def _conditions() -> Iterator[str]:
    yield f"What {PARTLY} means:"
    yield ""
    for name, found in FORMATS.items():
        if found.partly:
            conditions = "; ".join(f"{kind}: {what}" for kind, what in found.partly.items())
            yield f"- `{name}`: {conditions}"
