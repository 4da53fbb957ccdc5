"""The extractors by name. Others come through the entry-point group `glose.extractors`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glose.corpus.errors import GloseError

if TYPE_CHECKING:
    from glose.annotate.extractors.protocol import Extractor
    from glose.annotate.training import Lesson

GROUP = "glose.extractors"


@dataclass(frozen=True, slots=True)
class Kind:
    """An extractor before it is loaded, so that a list of all of them imports none.

    `loads` names a function `module:name` from the argument, or `None`, to an `Extractor`;
    `trains` one from a `Lesson` and the folder of the model, if it can be trained.
    """

    summary: str
    argument: str
    loads: str
    trains: str | None = None


_HERE = "glose.annotate.extractors"

#: Every built-in extractor.
EXTRACTORS: Mapping[str, Kind] = {
    "rules": Kind(
        "dates and numbers by grammar; names and triggers learnt by heart, if a model is given",
        "[:MODEL]",
        f"{_HERE}.rules:load",
        f"{_HERE}.rules:train",
    ),
    "crf": Kind(
        "mentions, triggers, arguments, attributes and entities by a trained tagger",
        ":MODEL",
        f"{_HERE}.crf:load",
        f"{_HERE}.crf:train",
    ),
    "command": Kind(
        "any program that reads JSONL on standard input and writes it on standard output",
        ":PROGRAM [ARGUMENT…]",
        f"{_HERE}.command:load",
    ),
}


def kinds() -> dict[str, Kind]:
    """Return the built-in extractors and those of plug-ins, which replace none of the former."""
    found = {
        point.name: Kind(f"plug-in {point.value}", "[:ARGUMENT]", point.value)
        for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)
    }
    return {**found, **EXTRACTORS}


def find(wanted: str) -> Extractor:
    """Return the extractor that `name` or `name:argument` names, ready to annotate.

    Raises `GloseError` where there is none, or where it cannot be made from the argument.
    """
    name, colon, argument = wanted.partition(":")
    loaded: Extractor = _function(kind(name).loads)(argument if colon else None)
    return loaded


def trainer(name: str) -> Callable[[Lesson, Path], None]:
    """Return what trains an extractor; raises `GloseError` for one that learns nothing."""
    trains = kind(name).trains
    if trains is None:
        able = ", ".join(sorted(one for one, entry in kinds().items() if entry.trains))
        raise GloseError(f"the extractor {name!r} cannot be trained; those that can: {able}")
    function: Callable[[Lesson, Path], None] = _function(trains)
    return function


def kind(name: str) -> Kind:
    """Return the entry of an extractor; raises `GloseError` with what there is."""
    known = kinds()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise GloseError(f"no extractor is called {name!r}{hint} (there are: {', '.join(known)})")
    return known[name]


def _function(path: str) -> Any:  # noqa: ANN401  # what a plug-in registers is known only when it is called
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
