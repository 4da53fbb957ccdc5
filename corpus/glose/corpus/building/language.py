"""The language of a text, by py3langid, offline."""

from __future__ import annotations

import re

#: Fewer letters than these say nothing certain.
FEWEST = 20
#: As many code points as are looked at; a sentence is enough, and the time is that of the text.
SAMPLE = 1_000

#: Names of languages, as headers have them.
NAMES = {
    "allemand": "de", "anglais": "en", "arabe": "ar", "english": "en", "espagnol": "es",
    "français": "fr", "francais": "fr", "french": "fr", "italien": "it", "russe": "ru",
}  # fmt: skip

_CODE = re.compile(r"([a-z]{2})(?:[-_]\w+)?")
_LETTER = re.compile(r"[^\W\d_]")


def identify(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, `None` for a very short one."""
    sample = text[:SAMPLE]
    if len(_LETTER.findall(sample)) < FEWEST:
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])


def code(written: str) -> str | None:
    """Return the ISO 639-1 code of a language as it is written, `None` if it is not known.

    >>> code("fr-FR"), code("Français"), code("klingon")
    ('fr', 'fr', None)
    """
    lower = written.strip().lower()
    found = _CODE.fullmatch(lower)
    return found[1] if found else NAMES.get(lower)
