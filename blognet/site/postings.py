"""Which posts have which words. Knows posts by name, and nothing of what a word weighs.

The names of a word that many posts have stand in several rows, in order, so that a name that comes or goes costs one
small row, however many there are.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.kernel.shelves import LostError, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from blognet.kernel.shelves import Shelf

MOST = 512
"""Names in one row; more are cut into rows of half as many."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One of the rows of a word: names from the first on, up to those of the next piece."""

    first: str
    many: int
    number: int


class Postings:
    """The posts that have a word, for each word."""

    def __init__(self, shelf: Shelf | None, place: str, *, most: int = MOST) -> None:
        """Keep where the tables are: rows of names, and of words in several rows what lies where.

        Args:
            shelf: None for nowhere.
            place: What their keys begin with.
            most: How many names one row holds.
        """
        self._rows = Table(shelf, place, read=bytes, write=bytes, hot=False)
        self._pieces = Table(
            shelf, f"{place}-pieces", read=_read_pieces, write=_pieces_as_json, hot=False
        )
        self._numbers: dict[str, int] = {}
        self._most = most

    def changes(self) -> Iterator[tuple[str, bytes | None]]:
        """Give the rows that differ from those on the shelf."""
        yield from self._rows.changes()
        yield from self._pieces.changes()

    def number_of(self, word: str) -> int:
        """Return how many posts have a word.

        Raises:
            LostError: What is kept is damaged.
        """
        found = self._numbers.get(word)
        if found is None:
            pieces = self._pieces.get(word)
            if pieces is None:
                raw = self._rows.get(word)
                found = raw.count(b"\n") + 1 if raw else 0
            else:
                found = _total(pieces)
            self._numbers[word] = found
        return found

    def names_with(self, word: str) -> frozenset[str]:
        """Return the posts that have a word.

        Raises:
            LostError: What is kept is damaged.
        """
        pieces = self._pieces.get(word)
        if pieces is None:
            return self._names_in(word)
        return frozenset[str]().union(
            *(self._names_in(_row_of(word, piece)) for piece in pieces if piece.many)
        )

    def change(
        self, word: str, *, gone: Collection[str] = (), come: Collection[str] = ()
    ) -> tuple[int, int]:
        """Note which posts have a word no more, and which have it now.

        Returns:
            How many had it, and how many have it.

        Raises:
            LostError: What is kept is damaged.
        """
        pieces = self._pieces.get(word)
        if pieces is None:
            names = self._names_in(word)
            there = names.difference(gone).union(come) if names else come
            before, after = len(names), len(there)
            self._put(word, sorted(there))
        else:
            before = _total(pieces)
            after = _total(self._change_pieces(word, pieces, gone, come))
        self._numbers[word] = after
        return before, after

    def _put(self, word: str, names: Sequence[str]) -> None:
        """Write all names of a word that stand in one row now, or in none."""
        if len(names) <= self._most:
            self._rows.set(word, _as_lines(names) if names else None)
            return
        self._rows.set(word, None)
        self._pieces.set(word, self._cut(word, names, 0))

    def _cut(self, word: str, names: Sequence[str], number: int) -> list[_Piece]:
        """Write names as rows that have room for more; the first has this number."""
        pieces: list[_Piece] = []
        size = max(1, self._most // 2)
        for start in range(0, len(names), size):
            some = names[start : start + size]
            piece = _Piece(some[0], len(some), number + len(pieces))
            self._rows.set(_row_of(word, piece), _as_lines(some))
            pieces.append(piece)
        return pieces

    def _change_pieces(
        self, word: str, pieces: list[_Piece], gone: Iterable[str], come: Iterable[str]
    ) -> list[_Piece]:
        firsts = [piece.first for piece in pieces]
        fewer, more = _by_piece(gone, firsts), _by_piece(come, firsts)
        for place in sorted(fewer.keys() | more.keys(), reverse=True):
            piece = pieces[place]
            row = _row_of(word, piece)
            before = self._names_in(row) if piece.many else frozenset[str]()
            names = sorted(before.difference(fewer.get(place, ())).union(more.get(place, ())))
            if len(names) <= self._most:
                pieces[place] = replace(piece, many=len(names))
                self._rows.set(row, _as_lines(names) if names else None)
            else:
                self._rows.set(row, None)
                fresh = 1 + max(each.number for each in pieces)
                pieces[place : place + 1] = self._cut(word, names, fresh)
        self._pieces.set(word, pieces)
        return pieces

    def _names_in(self, row: str) -> frozenset[str]:
        raw = self._rows.get(row)
        return _read_names(raw) if raw else frozenset()


def _by_piece(names: Iterable[str], firsts: Sequence[str]) -> dict[int, list[str]]:
    """Return names by the place of the piece they belong to; those before the first belong to that."""
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(max(0, bisect_right(firsts, name) - 1), []).append(name)
    return found


def _total(pieces: Iterable[_Piece]) -> int:
    return sum(piece.many for piece in pieces)


def _row_of(word: str, piece: _Piece) -> str:
    return f"{word} {piece.number}"  # no word holds a blank


def _as_lines(names: Iterable[str]) -> bytes:
    return "\n".join(names).encode("utf-8", "surrogatepass")


def _read_names(raw: bytes) -> frozenset[str]:
    return frozenset(raw.decode("utf-8", "surrogatepass").split("\n"))


def _pieces_as_json(pieces: list[_Piece]) -> bytes:
    said = [[piece.first, piece.many, piece.number] for piece in pieces]
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _read_pieces(raw: bytes) -> list[_Piece]:
    pieces = [_Piece(str(first), int(many), int(number)) for first, many, number in json.loads(raw)]
    if not pieces:
        raise LostError
    return pieces
