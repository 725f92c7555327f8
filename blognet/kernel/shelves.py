"""Tables whose rows can be kept from run to run, so that a small change reads and writes few of them.

A table without a shelf lives in memory alone and gives the same answers. Nothing here knows what the rows say; who
keeps them checks that they come back as they were put there.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ValueT = TypeVar("ValueT")
_QUICK = 1
"""The level of compression: a fraction of a millisecond, and a third of the size."""


class LostError(Exception):
    """A row is not what was put there, so whatever was worked out with such rows has to be worked out anew."""


class Shelf(Protocol):
    """Keeps rows of bytes."""

    def get(self, key: str) -> bytes | None:
        """Return a row; None when there is none.

        Raises:
            LostError: What is there is not what was put there.
        """

    def put(self, rows: Mapping[str, bytes | None], *, anew: bool) -> None:
        """Keep rows, all or none of them, and remove those that are None.

        Args:
            rows: By their keys.
            anew: Whether they replace everything that is kept under keys with the same first part, up to ``/``.
        """


class MemoryShelf:
    """A shelf for as long as a program runs."""

    def __init__(self, below: Shelf | None = None) -> None:
        """Begin with no rows of its own.

        Args:
            below: What gives the rows that were never put here. It is only read, and must stay as it is.
        """
        self._below = below
        self._rows: dict[str, bytes | None] = {}
        self._replaced: frozenset[str] = frozenset()

    def get(self, key: str) -> bytes | None:
        """Return a row; None when there is none.

        Raises:
            LostError: What is below is not what was put there.
        """
        if key in self._rows:
            return self._rows[key]
        if self._below is None or _first_part(key) in self._replaced:
            return None
        return self._below.get(key)

    def put(self, rows: Mapping[str, bytes | None], *, anew: bool) -> None:
        """Keep rows, and remove those that are None; see `Shelf`."""
        if anew:
            places = frozenset(map(_first_part, rows))
            self._replaced |= places
            self._rows = {
                key: row for key, row in self._rows.items() if _first_part(key) not in places
            }
        self._rows.update(rows)

    def copy(self) -> MemoryShelf:
        """Return a shelf with the same rows, that changes by itself."""
        copy = MemoryShelf(self._below)
        copy._rows, copy._replaced = dict(self._rows), self._replaced  # of the same class
        return copy


def _first_part(key: str) -> str:
    return key.partition("/")[0]


class Table(Generic[ValueT]):
    """Values by name: read from the shelf when they are first asked for, written when they are all changed."""

    def __init__(
        self,
        shelf: Shelf | None,
        place: str,
        *,
        read: Callable[[bytes], ValueT],
        write: Callable[[ValueT], bytes],
        hot: bool = True,
    ) -> None:
        """Keep where rows are, and how they are read and written; rows of a table that is not hot are compressed.

        Args:
            shelf: None for nowhere.
            place: What the keys of its rows begin with.
            read: From a row to a value.
            write: The other way.
            hot: Whether values are asked for again and again, and kept at hand; others are kept as rows, which take
                a tenth of the memory.
        """
        self._shelf = shelf
        self._place = place
        self._read = read
        self._write = write
        self._hot = hot
        self._values: dict[str, ValueT | None] = {}
        self._rows: dict[str, bytes | None] = {}
        self._changed: set[str] = set()

    def get(self, name: str) -> ValueT | None:
        """Return a value; None when there is none.

        Raises:
            LostError: The row is damaged.
        """
        if name in self._values:
            return self._values[name]
        raw = self._row(name)
        try:
            if raw is not None and not self._hot:
                raw = zlib.decompress(raw)
            value = None if raw is None else self._read(raw)
        except (ValueError, TypeError, KeyError, AttributeError, zlib.error) as error:
            raise LostError from error
        if self._hot:
            self._values[name] = value
        return value

    def set(self, name: str, value: ValueT | None) -> None:
        """Change a value; None removes it."""
        self._changed.add(name)
        if self._hot:
            self._values[name] = value
        else:
            self._rows[name] = None if value is None else zlib.compress(self._write(value), _QUICK)

    def changes(self) -> Iterator[tuple[str, bytes | None]]:
        """Give the rows that differ from those on the shelf."""
        for name in sorted(self._changed):
            if self._hot:
                value = self._values[name]
                yield f"{self._place}/{name}", None if value is None else self._write(value)
            else:
                yield f"{self._place}/{name}", self._rows[name]

    def _row(self, name: str) -> bytes | None:
        if name in self._rows:
            return self._rows[name]
        return self._shelf.get(f"{self._place}/{name}") if self._shelf else None
