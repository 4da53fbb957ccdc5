"""Pairs of documents that may be near-duplicates, found in time near to linear.

Two ways, for what the one misses: MinHash with locality-sensitive hashing (Broder 1997; Indyk and
Motwani 1998) finds documents that are alike, in groups of any size; shingles that both have find
a short document that a long one contains, which MinHash cannot see.

The documents must be sorted by size. A pair is one number, first * number of documents + second,
of which the first is the shorter one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glose.corpus.duplicates.shingles import Shingles

    Keys: TypeAlias = NDArray[np.int64]
    Numbers: TypeAlias = NDArray[np.int64]

#: Bands of a MinHash signature, and values of each. Of documents with a similarity of 0.3 these
#: find two thirds, of 0.4 94 of 100, of 0.5 all but 4 of 1,000.
BANDS, ROWS = 42, 3
SEED = 1
#: How many documents are signed at a time.
BATCH = 2000
#: With how many of the documents next in size one is paired that share a band, or a shingle.
FEW, NEXT = 2, 16
#: How many shingles are sorted at a time.
SORTED = 1 << 22


def alike(documents: Sequence[Shingles]) -> Keys:
    """Return pairs that agree in a band of their signatures."""
    import numpy as np

    signatures = np.concatenate(list(_signatures(documents)))
    found = []
    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * ROWS : (band + 1) * ROWS])
        _, marks = np.unique(part.view(f"V{part.itemsize * ROWS}").ravel(), return_inverse=True)
        found.append(np.unique(_neighbours(marks, np.arange(len(documents)), len(documents), FEW)))
    return np.unique(np.concatenate(found))


def _signatures(documents: Sequence[Shingles]) -> Iterator[NDArray[np.uint32]]:
    import numpy as np
    from rensa import RMinHash

    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        ends = np.cumsum([0, *map(len, batch)], dtype=np.uint64)
        rows = RMinHash.digest_matrix_from_flat_token_hashes(
            np.concatenate(batch), ends, BANDS * ROWS, SEED
        )
        yield np.array(rows.to_rows(), dtype=np.uint32)


def containing(documents: Sequence[Shingles], share: float) -> Keys:
    """Return pairs of which the longer one may have so much of the shorter one."""
    import numpy as np

    sizes = np.array([len(document) for document in documents])
    keys, counts = _counted(documents, sizes)
    # A shingle of many documents is not counted for each pair of them: half is enough here.
    return keys[counts >= share / 2 * sizes[keys // len(documents)]]


def _counted(documents: Sequence[Shingles], sizes: Numbers) -> tuple[Keys, Numbers]:
    """Return pairs with how many shingles they were seen to share."""
    import numpy as np

    found = []
    for marks, owners in parts(documents):
        found.append(np.unique(_neighbours(marks, owners, len(sizes), NEXT), return_counts=True))
    keys, inverse = np.unique(np.concatenate([some for some, _ in found]), return_inverse=True)
    counts = np.bincount(inverse, np.concatenate([counts for _, counts in found]), len(keys))
    return keys, counts.astype(np.int64)


def parts(documents: Sequence[Shingles]) -> Iterator[tuple[Shingles, Numbers]]:
    """Yield all shingles with the numbers of their documents, some millions at a time.

    All that are equal come at the same time, in the order of the documents.
    """
    import numpy as np

    every = np.concatenate(documents)
    owners = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    passes = max(1, len(every) // SORTED)
    for low, high in pairwise((number << 64) // passes for number in range(passes + 1)):
        chosen = (every >= np.uint64(low)) & (every <= np.uint64(high - 1))
        yield every[chosen], owners[chosen]


def _neighbours(marks: NDArray[np.generic], owners: Numbers, documents: int, reach: int) -> Keys:
    """Return the pairs of owners of equal marks, of each with those that come next in order."""
    import numpy as np

    order = np.argsort(marks, kind="stable")
    marks, owners = marks[order], owners[order]
    found = [np.empty(0, dtype=np.int64)]
    for shift in range(1, reach + 1):
        same = marks[shift:] == marks[:-shift]
        found.append(owners[:-shift][same] * documents + owners[shift:][same])
    return np.concatenate(found)
