"""The language of a text, by py3langid, offline."""

from __future__ import annotations

import re

#: Fewer letters than these say nothing certain.
FEWEST = 20
#: As many code points as are looked at; more do not change the answer.
SAMPLE = 10_000

_LETTER = re.compile(r"[^\W\d_]")


def identify(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, `None` for a very short one."""
    sample = text[:SAMPLE]
    if len(_LETTER.findall(sample)) < FEWEST:
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])
