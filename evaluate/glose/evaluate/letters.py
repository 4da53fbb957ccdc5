"""Letters of significance: systems that share a letter do not differ significantly.

The compact letter display of Piepho (2004), An algorithm for a letter-based representation of
all-pairwise comparisons, by insertion and absorption; letters run from the best system down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase


def letters(names: Sequence[str], different: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the letters of each name, given the pairs that differ; names are the best first.

    >>> letters(["a", "b", "c"], [("a", "c")])
    {'a': 'a', 'b': 'ab', 'c': 'b'}
    """
    groups = [frozenset(names)]
    for pair in different:
        split = [group for group in groups if group.issuperset(pair)]
        groups = [group for group in groups if group not in split]
        for part in dict.fromkeys(group - {name} for group in split for name in pair):
            if not any(part <= other for other in groups):
                groups = [*(other for other in groups if not other < part), part]
    rank = {name: number for number, name in enumerate(names)}
    groups.sort(key=lambda group: sorted(rank[name] for name in group))
    return {
        name: "".join(letter(n) for n, group in enumerate(groups) if name in group)
        for name in names
    }


def letter(number: int) -> str:
    """Return the letter of a number; after `z` come `a1`, `b1` and so on.

    >>> letter(0), letter(27)
    ('a', 'b1')
    """
    round_, place = divmod(number, len(ascii_lowercase))
    return ascii_lowercase[place] + (str(round_) if round_ else "")
