"""Cases: errors as items of gold and of the predictions, found step by step.

A taxonomy pairs items by ever looser keys; what a step has paired the later ones do not see. So
each item is in exactly one case.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item")

#: What items must have in common; `None` is like nothing else.
Key: TypeAlias = Callable[[Item], Hashable | None]


@dataclass(frozen=True, slots=True)
class Case:
    """Annotations, by number, that are one error of a kind, or `correct`."""

    kind: str
    gold: tuple[int, ...] = ()
    predicted: tuple[int, ...] = ()


class Steps(Generic[Item]):
    """The items of a document, by number, that are in no case yet."""

    def __init__(self, gold: Mapping[int, Item], predicted: Mapping[int, Item]) -> None:
        self.all = predicted
        self.gold, self.predicted = dict(gold), dict(predicted)

    def paired(
        self, kind: str | Callable[[Item, Item], str], key: Key[Item],
        alike: Callable[[Item, Item], bool] = lambda _one, _other: True,
    ) -> Iterator[Case]:  # fmt: skip
        """Yield items of both sides that have the same key and are alike, in their order."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for number, item in self.predicted.items():
            places[key(item)].append(number)
        for number, item in list(self.gold.items()):
            wanted = key(item)
            waiting = places.get(wanted, []) if wanted is not None else []
            found = next((n for n in waiting if alike(item, self.predicted[n])), None)
            if found is not None:
                waiting.remove(found)
                name = kind if isinstance(kind, str) else kind(item, self.predicted[found])
                del self.gold[number], self.predicted[found]
                yield Case(name, (number,), (found,))

    def duplicates(self, key: Key[Item]) -> Iterator[Case]:
        """Yield predictions that were given before: of each key one is not among them."""
        given = Counter(map(key, self.all.values()))
        left = Counter(map(key, self.predicted.values()))
        for number, item in list(self.predicted.items()):
            same = key(item)
            if left[same] > 1 or left[same] < given[same]:
                left[same] -= 1
                given[same] -= 1
                del self.predicted[number]
                yield Case("duplicate", (), (number,))

    def chosen(
        self, kind: str, gold: Callable[[Item], bool], predicted: Callable[[Item], bool]
    ) -> Iterator[Case]:
        """Yield the items for which something holds, one by one."""
        for number in [n for n, item in self.gold.items() if gold(item)]:
            del self.gold[number]
            yield Case(kind, (number,), ())
        for number in [n for n, item in self.predicted.items() if predicted(item)]:
            del self.predicted[number]
            yield Case(kind, (), (number,))

    def rest(self) -> Iterator[Case]:
        """Yield what nothing was set beside: it was missed, or is spurious."""
        yield from (Case("missed", (number,), ()) for number in self.gold)
        yield from (Case("spurious", (), (number,)) for number in self.predicted)
