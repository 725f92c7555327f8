"""Which posts have which words among their strongest, and how strong. Knows posts by name.

Of a word that few have, a row says how much it weighs in each of them, and how long each is as a vector: so whoever
looks for posts that share words reads no other row. A word that is common among the strongest finds nobody, so of it
the names alone are kept, in pieces (`blognet.site.postings`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blognet.kernel.shelves import Table
from blognet.site.postings import Postings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from blognet.kernel.shelves import Shelf

COMMON = 60
"""A word that is among the strongest of more posts than this is common."""
_BITS = 32
_LENGTH = (1 << _BITS) - 1


def packed(weight: int, length: int) -> int:
    """Return what a row says of a post, as one number, which takes half the memory of two."""
    return weight << _BITS | length


def weight_in(said: int) -> int:
    """Return the weight of the word in the post."""
    return said >> _BITS


def length_in(said: int) -> int:
    """Return the length of the post."""
    return said & _LENGTH


class Strong:
    """The posts that have a word among their strongest, for each word."""

    def __init__(self, shelf: Shelf | None, place: str) -> None:
        """Keep where the tables are.

        Args:
            shelf: None for nowhere.
            place: What their keys begin with.
        """
        self._few = Table(shelf, f"{place}/strong", read=_read_row, write=_row_as_json)
        self._many = Postings(shelf, f"{place}/common")

    def changes(self) -> Iterator[tuple[str, bytes | None]]:
        """Give the rows that differ from those on the shelf."""
        yield from self._few.changes()
        yield from self._many.changes()

    def of(self, word: str) -> Mapping[str, int]:
        """Return what is said of the posts that have a word among their strongest; nothing of a common one.

        Raises:
            LostError: What is kept is damaged.
        """
        return self._few.get(word) or {}

    def change(
        self,
        word: str,
        *,
        gone: Collection[str],
        come: Mapping[str, int],
        said_of: Callable[[str], int],
    ) -> set[str]:
        """Note which posts have a word among their strongest no more, and which have it now, or otherwise.

        Args:
            word: The word.
            gone: The names of the first.
            come: What is said of the others.
            said_of: Gives it of any post that has the word.

        Returns:
            The posts that are found by the word, or were.

        Raises:
            LostError: What is kept is damaged.
        """
        before = self._few.get(word) or {}
        if not before and self._many.number_of(word):
            _, many = self._many.change(word, gone=gone, come=come.keys())
            if many > COMMON:
                return set()
            names = sorted(self._many.names_with(word))
            self._many.change(word, gone=names)
            self._few.set(word, {name: said_of(name) for name in names} or None)
            return set(names)
        after = {name: said for name, said in before.items() if name not in gone}
        after.update(come)
        if len(after) > COMMON:
            self._few.set(word, None)
            self._many.change(word, come=after.keys())
            return set(before)
        self._few.set(word, after or None)
        return before.keys() | after.keys()


def _read_row(raw: bytes) -> Mapping[str, int]:
    said = json.loads(raw)
    return {str(name): int(number) for name, number in said.items()}


def _row_as_json(row: Mapping[str, int]) -> bytes:
    said = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")
