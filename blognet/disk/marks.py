"""What the system says of a file without opening it. Answers: can its bytes be others than they were?

A mark is size, time of change, time of status change and number of a file. Whoever changes a file can set its times
back, but not the time of its status change; whoever puts another file in its place cannot choose its number. A file
that changed so lately that a second change could leave the same mark has no mark that can be relied on: its bytes have
to be read again (git calls such files racy).
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Mark = tuple[int, int, int, int]
"""Size, nanoseconds of the last change, nanoseconds of the last change of status, number of the file."""

NO_MARK: Mark = (-1, -1, -1, -1)

FINE = 100_000_000
"""Nanoseconds after which a clock of the system has surely moved on; the coarsest in use ticks every 10 ms."""
COARSE = 2_100_000_000
"""The same where times are kept in whole seconds, or in twos as on FAT."""
_SECOND = 1_000_000_000
NUMBER = (1 << 63) - 1
"""Numbers of files have up to 64 bits; 63 are kept."""


def mark_of(facts: os.stat_result) -> Mark:
    """Return the mark of a file from what the system said of it."""
    return (facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino & NUMBER)


def is_settled(mark: Mark, began: int) -> bool:
    """Whether a mark was old enough at a time that a later change has to show in it.

    Args:
        mark: As it was found.
        began: Nanoseconds since 1970, before the file was looked at.
    """
    newest = max(mark[1], mark[2])
    return newest + (FINE if newest % _SECOND else COARSE) < began


def packed(marks: Iterable[Mark]) -> bytes:
    """Return marks as bytes, to be kept and compared; none when a number is too large to be kept."""
    numbers = [number for mark in marks for number in mark]
    try:
        return struct.Struct(f"<{len(numbers)}q").pack(*numbers)
    except struct.error:
        return b""


_ONE = struct.Struct("<4q")


def packed_one(mark: Mark) -> bytes:
    """Return one mark as `packed` does."""
    try:
        return _ONE.pack(*mark)
    except struct.error:
        return b""


class Folders:
    """Compares folders with marks of before; made for thousands of folders with a few files each."""

    def __init__(self, root: str) -> None:
        """Keep the folder that all paths are relative to."""
        self._root = root
        self._packers: dict[int, struct.Struct] = {}

    def is_as_before(self, folder: str, names: str, marks: bytes) -> bool:
        """Whether a folder and its files have the marks that they had: nothing came, went or changed.

        Args:
            folder: Relative to the root.
            names: Of the files in it, each followed by a line feed.
            marks: Those of the folder and of the files, as `packed` gives them.
        """
        path = f"{self._root}/{folder}"
        look = os.lstat
        try:
            # As `folder_mark` and `mark_of`, without a call for each of tens of thousands of files.
            facts = look(path)
            numbers = [0, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino & NUMBER]
            for name in names.split("\n")[:-1]:
                facts = look(f"{path}/{name}")
                numbers += (
                    facts.st_size,
                    facts.st_mtime_ns,
                    facts.st_ctime_ns,
                    facts.st_ino & NUMBER,
                )
            packer = self._packers.get(len(numbers))
            if packer is None:
                packer = self._packers[len(numbers)] = struct.Struct(f"<{len(numbers)}q")
            return packer.pack(*numbers) == marks
        except (OSError, ValueError, struct.error):
            return False


def folder_mark(facts: os.stat_result) -> Mark:
    """Return the mark of a folder, which changes when a name in it comes or goes. Sizes of folders say nothing."""
    return (0, *mark_of(facts)[1:])
