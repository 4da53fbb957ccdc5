"""Numbers of things as a person reads them."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Return a number with the name of what is counted, in the plural if it is not one.

    >>> counted(1, "document"), counted(0, "text"), counted(1234, "file")
    ('1 document', '0 texts', '1,234 files')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
