"""Words looked up by their beginning, so that one entry holds for all inflected forms."""

from __future__ import annotations

from collections.abc import Mapping


class Prefixes:
    """A table from beginnings of words to classes; the longest beginning that fits counts.

    What stands under the class `""` belongs to none: an exception to shorter beginnings.
    """

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = {
            stem: name
            for name, stems in reversed(tuple(classes.items()))
            for stem in stems.split()
        }
        self._longest = max(map(len, self._classes), default=0)

    def find(self, word: str, spare: int) -> str | None:
        """Return the class of a word that is a beginning and at most `spare` letters more.

        >>> Prefixes({"ASSAULT": "attaqu"}).find("Attaquées", spare=5)
        'ASSAULT'
        """
        lowered = word.lower()
        for length in range(
            min(len(lowered), self._longest), max(1, len(lowered) - spare) - 1, -1
        ):
            found: str | None = self._classes.get(lowered[:length])
            if found is not None:
                return found or None
        return None
