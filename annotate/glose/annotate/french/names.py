"""Names that hold a date, such as `Mouvement du 9 avril`: no time and no number."""

from __future__ import annotations

import re

from glose.annotate.french.lexicon import DAY, GAP, MONTH

_PLACES = "rue|avenue|place|pont|boulevard|stade|quartier"
_NAMES = (
    "Mouvement|Front|Brigades?|Bataillon|Armée|Alliance|Parti|Comité|Force|Camp|Hôpital|Université"
    "|Rue|Avenue|Place|Pont|Stade"
)
_DATED = re.compile(
    rf"(?<!\w)(?:(?i:{_PLACES})|{_NAMES}){GAP}d(?:u|e{GAP}la){GAP}{DAY}[-{GAP[1:-1]}](?i:{MONTH})(?!\w)"
)


def dated_names(text: str) -> list[tuple[int, int]]:
    """Return the spans of the names that hold a day and a month.

    >>> dated_names("Le Mouvement du 9 avril")
    [(3, 23)]
    """
    return [match.span() for match in _DATED.finditer(text)]
