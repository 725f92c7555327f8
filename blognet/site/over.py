"""A mapping over another, of which the other is not changed and not copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class Over(Mapping[KeyT, ValueT]):
    """A mapping over another: with other values for some keys, and without some."""

    def __init__(
        self,
        below: Mapping[KeyT, ValueT],
        above: Mapping[KeyT, ValueT],
        *,
        without: AbstractSet[KeyT] = frozenset(),
    ) -> None:
        """Lay values over others.

        Args:
            below: The others.
            above: The values.
            without: Keys that are not there any more, unless they have a value above.
        """
        self._below = below
        self._above = above
        self._without = without

    def __getitem__(self, key: KeyT) -> ValueT:
        """Return a value."""
        if key in self._above:
            return self._above[key]
        if key in self._without:
            raise KeyError(key)
        return self._below[key]

    def __iter__(self) -> Iterator[KeyT]:
        """Go through all keys; those that are new come last."""
        keys = dict.fromkeys((*self._below, *self._above))
        return (key for key in keys if key not in self._without)

    def __len__(self) -> int:
        """Count the keys."""
        return sum(1 for _ in self)
