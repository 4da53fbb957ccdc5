"""Shingles: the runs of words of a text, each as a number, by which texts are compared.

Words are compared without case and in composed characters, whatever stands between them. In
scripts that put no blanks between words, every character is one.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

from glose.corpus.document import Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles: TypeAlias = NDArray[np.uint64]

#: How many words a shingle has.
LENGTH = 5

#: Thai and Lao, Burmese, Khmer, Han with kana and bopomofo.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTERS = rf"[^\W_{_UNSPACED}]"
_WORD = re.compile(rf"{_LETTERS}+(?:[\u0300-\u036f]+{_LETTERS}*)*|[{_UNSPACED}]")


def words(text: str) -> list[str]:
    """Return the words of a text in the form in which they are compared.

    >>> words("L'ARMÉE a dit : « 31.890 »")
    ['l', 'armée', 'a', 'dit', '31', '890']
    """
    return [_form(word) for word in _WORD.findall(text)]


def places(text: str) -> list[Pair]:
    """Return where the words of a text are, in code points."""
    return [found.span() for found in _WORD.finditer(text)]


class Shingler:
    """Texts to shingles; the numbers of words that came before are remembered."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def of(self, text: str) -> Shingles:
        """Return the shingles of a text, each once and sorted: of n words n - 4, at least one.

        A text of fewer words than a shingle has is one by itself; one without words has none.
        """
        import numpy as np

        numbers = self._numbers
        found = np.array([numbers[word] for word in _WORD.findall(text)], dtype=np.uint64)
        factors = _factors()[: len(found)]
        count = max(len(found) - LENGTH + 1, min(len(found), 1))
        mixed = np.zeros(count, dtype=np.uint64)
        for shift, factor in enumerate(factors):
            mixed += found[shift : shift + count] * factor
        # The steps of splitmix64, so that close numbers come to lie far apart.
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.unique(mixed ^ (mixed >> np.uint64(31)))


class _Numbers(dict[str, int]):
    """The number of each word, in 64 bits, on every machine the same."""

    def __missing__(self, word: str) -> int:
        digest = blake2b(_form(word).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = self[word] = int.from_bytes(digest, "little")
        return number


def _form(word: str) -> str:
    return word if word.isascii() and word.islower() else normalize("NFC", word.casefold())


@cache
def _factors() -> tuple[np.uint64, ...]:
    """Return an odd number for each place in a shingle."""
    import numpy as np

    digests = (blake2b(bytes([place]), digest_size=8).digest() for place in range(LENGTH))
    return tuple(np.uint64(int.from_bytes(digest, "little") | 1) for digest in digests)
