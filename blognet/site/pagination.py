"""Cutting a list into pages so that addresses keep their posts. Knows nothing of posts.

The first address shows the newest `size` entries. The addresses ``page/1/``, ``page/2/``… count from the oldest and
are always full; the last of them ends where the first address begins or overlaps it. So one more entry changes the
first address and, when it makes a page full, adds one page and changes the link of the page before that. No other page
changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

EntryT = TypeVar("EntryT")
FIRST = 0
"""The number of the first address, which shows the newest entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[EntryT]):
    """One page of a list.

    Attributes:
        number: `FIRST`, or the number counted from the oldest, from 1.
        entries: Newest first.
        newer: Number of the page with newer entries; None on the first address.
        older: Number of the page with older entries; None when there is none.
    """

    number: int
    entries: tuple[EntryT, ...]
    newer: int | None
    older: int | None


def slices_of(
    entries: Sequence[EntryT], size: int, *, beyond: int = FIRST
) -> tuple[Slice[EntryT], ...]:
    """Cut a list.

    Args:
        entries: Newest first.
        size: Entries on a page, at least 1.
        beyond: The number of the newest page that is of no interest, and neither are those that are older.

    Returns:
        The first address, then the numbered pages from the newest to the oldest.
    """
    count = max(0, (len(entries) - 1) // size)
    first = Slice(number=FIRST, entries=tuple(entries[:size]), newer=None, older=count or None)
    return (
        first,
        *(_numbered(entries, size, number, count) for number in range(count, beyond, -1)),
    )


def staying(before: int, now: int, behind: int, size: int) -> int:
    """Return the number of a page that is the same in two lists, and so are all that are older; `FIRST` for none.

    Args:
        before: How many entries one list has.
        now: How many the other has.
        behind: How many of the oldest entries are the same in both.
        size: Entries on a page.
    """
    newest = max(
        0, (min(before, now) - 1) // size
    )  # of the page behind the last one the link changes
    return max(FIRST, min(behind // size, newest - 1))


def _numbered(entries: Sequence[EntryT], size: int, number: int, count: int) -> Slice[EntryT]:
    end = len(entries) - (number - 1) * size
    return Slice(
        number=number,
        entries=tuple(entries[end - size : end]),
        newer=number + 1 if number < count else FIRST,
        older=number - 1 if number > 1 else None,
    )
