"""A mapping with a few of its values exchanged: made at once, however large the mapping below is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class Overlaid(Mapping[KeyT, ValueT]):
    """What is above counts; else what is below, unless it is taken out. Keys that are only above come last."""

    def __init__(
        self,
        below: Mapping[KeyT, ValueT],
        above: Mapping[KeyT, ValueT],
        *,
        without: frozenset[KeyT] = frozenset(),
    ) -> None:
        """Keep both; neither is copied.

        Args:
            below: The large mapping.
            above: The few values in place of its own, or beside them.
            without: Keys of it that are not there any more.
        """
        self._below = below
        self._above = above
        self._without = without - above.keys()

    def __getitem__(self, key: KeyT) -> ValueT:
        """Return a value."""
        if key in self._above:
            return self._above[key]
        if key in self._without:
            raise KeyError(key)
        return self._below[key]

    def __contains__(self, key: object) -> bool:
        """Say whether a key is there, without making its value."""
        return key in self._above or (key not in self._without and key in self._below)

    def __iter__(self) -> Iterator[KeyT]:
        """Go through the keys."""
        yield from (key for key in self._below if key not in self._without)
        yield from (key for key in self._above if key not in self._below)

    def __len__(self) -> int:
        """Count the keys."""
        more = sum(key not in self._below for key in self._above)
        return len(self._below) + more - sum(key in self._below for key in self._without)
