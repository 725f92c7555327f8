"""The posts of the search in the order of their numbers, kept in pieces: a new one is written without the others.

The order is that in which readers first could see them, so that a new post takes the next number, whatever its date.
How the pieces are cut differs from what a clean build has, and no output shows it.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from blognet.kernel.shelves import LostError, Table
from blognet.render.search_places import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blognet.kernel.shelves import Shelf
    from blognet.render.search_places import Pair

ALL = 1 << 60
"""More than any number of a post."""
_MOST = 1024
"""Posts of a piece; then it is cut into two."""


@dataclass(slots=True)
class Piece:
    """A piece of the order: its key on the shelf, how many posts it has, and the place of the first."""

    ident: int
    size: int
    first: str


class Order:
    """The posts of an index by their numbers, as they were and as they are."""

    def __init__(self, shelf: Shelf | None, place: str, pieces: Iterable[Piece] = ()) -> None:
        """Keep where the pieces are.

        Args:
            shelf: None for nowhere.
            place: What the keys of pieces begin with.
            pieces: As `pieces` gave them.
        """
        self.table = Table(shelf, place, read=_entries, write=_as_json)
        self.pieces = list(pieces)
        self._next = max((each.ident for each in self.pieces), default=-1) + 1

    def fill(self, entries: list[Entry]) -> None:
        """Begin with posts, sorted by their places."""
        for start in range(0, len(entries), _MOST // 2):
            self._begin(len(self.pieces), entries[start : start + _MOST // 2])

    @property
    def total(self) -> int:
        """How many posts there are."""
        return sum(each.size for each in self.pieces)

    def number(self, place: str) -> int:
        """Return the number of what is in a place, or would be."""
        at = self._piece_of(place)
        before = sum(each.size for each in self.pieces[:at])
        return before + (bisect_left(self._read(at), (place,)) if self.pieces else 0)

    def entry(self, place: str) -> Entry | None:
        """Return what is in a place."""
        if not self.pieces:
            return None
        found = self._read(self._piece_of(place))
        at = bisect_left(found, (place,))
        return found[at] if at < len(found) and found[at].place == place else None

    def put(self, entry: Entry) -> None:
        """Add a post, or exchange what is in its place."""
        if not self.pieces:
            self._begin(0, [entry])
            return
        at = self._piece_of(entry.place)
        found = list(self._read(at))
        where = bisect_left(found, (entry.place,))
        is_there = where < len(found) and found[where].place == entry.place
        found[where : where + is_there] = [entry]
        if len(found) > _MOST:
            half = len(found) // 2
            self._begin(at + 1, found[half:])
            found = found[:half]
        self._write(at, found)

    def take(self, place: str) -> None:
        """Remove what is in a place.

        Raises:
            LostError: There is nothing.
        """
        if self.entry(place) is None:
            raise LostError
        at = self._piece_of(place)
        left = [entry for entry in self._read(at) if entry.place != place]
        if left:
            self._write(at, left)
        else:
            self.table.set(str(self.pieces.pop(at).ident), None)

    def backwards(self) -> Iterator[Entry]:
        """Give the posts, the greatest number first."""
        for at in reversed(range(len(self.pieces))):
            yield from reversed(self._read(at))

    def all(self) -> Iterator[Entry]:
        """Give the posts by their numbers."""
        for at in range(len(self.pieces)):
            yield from self._read(at)

    def tail(self, start: int) -> list[Entry]:
        """Return the posts from a number on."""
        found: list[Entry] = []
        at, number = len(self.pieces), self.total
        while at and number > start:
            at -= 1
            number -= self.pieces[at].size
            found = [*self._read(at), *found]
        return found[max(0, start - number) :]

    def _piece_of(self, place: str) -> int:
        return max(0, bisect_right(self.pieces, place, key=lambda each: each.first) - 1)

    def _read(self, at: int) -> list[Entry]:
        piece = self.pieces[at]
        found = self.table.get(str(piece.ident))
        if found is None or len(found) != piece.size or found[0].place != piece.first:
            raise LostError
        return found

    def _begin(self, at: int, entries: list[Entry]) -> None:
        self.pieces.insert(at, Piece(self._next, len(entries), entries[0].place))
        self.table.set(str(self._next), entries)
        self._next += 1

    def _write(self, at: int, entries: list[Entry]) -> None:
        piece = self.pieces[at]
        self.pieces[at] = Piece(piece.ident, len(entries), entries[0].place)
        self.table.set(str(piece.ident), entries)


def ends_of(order: Order, groups: int) -> tuple[int, ...]:
    """Return for each group of files up to which number they have posts."""
    if groups == 1:
        return (ALL,)
    ends: dict[int, int] = {}
    for back, entry in enumerate(order.backwards(), 1):
        ends.setdefault(crc32(entry.name.encode()) % groups, order.total - back)
        if len(ends) == groups:
            break
    return tuple(ends.get(group, -1) for group in range(groups))


def lowest_moved(order: Order, pairs: Iterable[Pair]) -> int:
    """Return from which number on somebody else may have it when posts have come, gone or moved."""
    moved: list[int] = []
    for old, new in pairs:
        numbers = [
            order.number(born) for born in (old and old.born, new and new.place.born) if born
        ]
        if old and new and numbers[1] - numbers[0] in {0, 1}:
            continue  # nobody stands between where it was and where it is
        moved += numbers
    return min(moved, default=order.total)


def renumber(order: Order, pairs: tuple[Pair, ...]) -> None:
    """Change which posts there are.

    Raises:
        LostError: One is not as somebody thought.
    """
    for old, new in pairs:
        if old and not (new and new.place.born == old.born):
            order.take(old.born)
    for old, new in pairs:
        if new:
            is_there = order.entry(new.place.born) is not None
            if is_there != (old is not None and old.born == new.place.born):
                raise LostError
            order.put(new.entry)


def _entries(raw: bytes) -> list[Entry]:
    return [Entry(str(place), str(year), str(key)) for place, year, key in json.loads(raw)]


def _as_json(entries: list[Entry]) -> bytes:
    said = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")
