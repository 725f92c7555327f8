"""Marks of many files by name, kept as they go to the disk: nothing is unpacked but what somebody asks for."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet

    from blognet.disk.marks import Mark

_MARK = struct.Struct("=4q")
SIZE = _MARK.size
NO_MARK = b"\xff" * SIZE
"""The mark of what is not there, or of which none can be kept."""
_FEW = 1_000
"""Names that are exchanged one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class PackedMarks(Mapping[str, "Mark"]):
    """Marks by name.

    Attributes:
        names: Sorted, each once.
        raw: Their marks in this order, `SIZE` bytes each.
    """

    names: tuple[str, ...] = ()
    raw: bytes = b""

    def __getitem__(self, name: str) -> Mark:
        """Return a mark."""
        at = self._place(name)
        if at is None:
            raise KeyError(name)
        one, two, three, four = _MARK.unpack_from(self.raw, at * SIZE)
        return (one, two, three, four)

    def __contains__(self, name: object) -> bool:
        """Whether there is a mark of a name."""
        return isinstance(name, str) and self._place(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self.names)

    def __len__(self) -> int:
        """Count the names."""
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same marks of the same names."""
        if not isinstance(other, PackedMarks):
            return NotImplemented
        return self.raw == other.raw and self.names == other.names

    def __hash__(self) -> int:
        """Return the hash of the marks."""
        return hash(self.raw)

    def are(self, numbers: Iterable[int]) -> bool:
        """Whether these are the numbers of all marks, one after the other."""
        try:
            return array("q", numbers).tobytes() == self.raw
        except OverflowError:
            return False

    def unknown(self) -> AbstractSet[str]:
        """Return the names of which no mark is known."""
        if NO_MARK not in self.raw:
            return frozenset()  # nearly always, and known in no time
        marks = (self.raw[at : at + SIZE] for at in range(0, len(self.raw), SIZE))
        return {name for name, mark in zip(self.names, marks, strict=True) if mark == NO_MARK}

    def holds_below(self, folder: str) -> bool:
        """Whether there are names in a folder; "" is the one around all."""
        start = f"{folder}/" if folder else ""
        at = bisect_left(self.names, start)
        return at < len(self.names) and self.names[at].startswith(start)

    def exchanged(self, marks: Mapping[str, Mark], gone: Collection[str]) -> PackedMarks:
        """Return marks of which some are others, or new, and without some."""
        if len(marks) + len(gone) > _FEW:
            return self._mixed(marks, frozenset(gone))
        names, raw = list(self.names), bytearray(self.raw)
        for name in gone:
            at = bisect_left(names, name)
            if at < len(names) and names[at] == name:
                del names[at]
                del raw[at * SIZE : (at + 1) * SIZE]
        for name, mark in marks.items():
            at = bisect_left(names, name)
            is_new = at == len(names) or names[at] != name
            if is_new:
                names.insert(at, name)
            raw[at * SIZE : (at + (not is_new)) * SIZE] = _packed(mark)
        return PackedMarks(tuple(names), bytes(raw))

    def _mixed(self, marks: Mapping[str, Mark], gone: AbstractSet[str]) -> PackedMarks:
        parts = (self.raw[at : at + SIZE] for at in range(0, len(self.raw), SIZE))
        found = dict(zip(self.names, parts, strict=True))
        for name in gone:
            found.pop(name, None)
        found |= {name: _packed(mark) for name, mark in marks.items()}
        names = tuple(sorted(found))
        return PackedMarks(names, b"".join(map(found.__getitem__, names)))

    def _place(self, name: str) -> int | None:
        at = bisect_left(self.names, name)
        return at if at < len(self.names) and self.names[at] == name else None


NO_MARKS = PackedMarks()


def names_without(names: tuple[str, ...], some: Iterable[str]) -> tuple[str, ...]:
    """Return sorted names without a few."""
    found = list(names)
    for name in some:
        at = bisect_left(found, name)
        if at < len(found) and found[at] == name:
            del found[at]
    return tuple(found)


def packed_marks(names: tuple[str, ...], raw: bytes | None) -> PackedMarks:
    """Read marks from what was kept of them.

    Args:
        names: Those that have marks, sorted.
        raw: As `PackedMarks.raw`.

    Raises:
        ValueError: These are none.
    """
    if raw is None or len(names) * SIZE != len(raw):
        message = "names and marks do not fit"
        raise ValueError(message)
    return PackedMarks(names, raw)


def names_as_bytes(names: Iterable[str]) -> bytes:
    """Write names, none of which holds a line feed."""
    return "".join([f"{name}\n" for name in names]).encode()


def names_from(raw: bytes | None) -> tuple[str, ...]:
    """Read what `names_as_bytes` wrote.

    Raises:
        ValueError: It is something else.
    """
    listed = [""] if raw is None else raw.decode().split("\n")
    if raw is None or listed.pop():
        message = "names are missing"
        raise ValueError(message)
    return tuple(listed)


def _packed(mark: Mark) -> bytes:
    try:
        return _MARK.pack(*mark)
    except struct.error:
        return NO_MARK
