"""P values as they are shown: none looks like 0, since no test gives that."""

from __future__ import annotations

from glose.evaluate.sheet import Figure

#: What is less than this is only said to be so.
LEAST = 0.0001


def p_value(value: float | None) -> Figure:
    """Return a p value as a cell.

    >>> p_value(0.0412).shown, p_value(2**-16).shown, p_value(None).shown
    ('0.0412', '< 0.0001', '-')
    """
    if value is None:
        return Figure("-", (None,))
    return Figure(f"{value:.4f}" if value >= LEAST else f"< {LEAST}", (value,))
