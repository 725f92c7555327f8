"""Short values by kind and name, in sealed leaves: whoever asks for one reads a leaf, not the whole.

A name has its leaf by its digest, whether it is there or not; so what is missing is told as surely as what is there.
The *trunk* names the sums of all leaves, and has one itself: a bit that a disk changed is noticed in any of them when
it is read, and so is a leaf of another time. One transaction of SQLite writes leaves and trunk.

Knows neither kinds nor values. What is damaged raises `LeafError`.
"""

from __future__ import annotations

import sqlite3
import struct
from array import array
from hashlib import blake2b
from itertools import accumulate, groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SCHEMA = """
CREATE TABLE leaf (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE trunk (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
"""
_DIGEST = 16
_HEAD = struct.Struct("<QI")
"""The last number that was given to something, and how many kinds there are."""
_KIND = struct.Struct("<QQ")
"""Of a kind: how many names there are, and how many leaves."""
_COUNTS = struct.Struct("<II")
"""Of a leaf: how many names there are, and how many bytes they take."""
_FILL, _MOST = 32, 128
"""Names in a leaf when there are as many leaves as there should be, and when there are too few leaves."""
_AT_HAND = 2_000
"""Leaves that are kept as they were read."""
_Leaf = tuple[list[bytes], "array[int]", bytes]
"""The names, the lengths of their values, and these one after the other."""
_EMPTY: _Leaf = ([], array("I"), b"")


class LeafError(sqlite3.DatabaseError):
    """What was read is not what was written."""


class Leaves:
    """Values by kind and name in an open database. Kinds are small numbers; names hold any text."""

    def __init__(
        self,
        database: sqlite3.Connection,
        kinds: int,
        *,
        numbered: frozenset[int] = frozenset(),
        anew: bool = False,
    ) -> None:
        """Read the trunk.

        Args:
            database: It has the tables of `SCHEMA`.
            kinds: How many there are.
            numbered: Those whose names are numbers; neighbours lie together.
            anew: Whether nothing was written yet.

        Raises:
            LeafError: The trunk is not what was written.
        """
        self._database = database
        self._numbered = numbered
        self._counts = [0] * kinds
        self._sums: list[array[int]] = [array("I") for _ in range(kinds)]
        self._at_hand: dict[int, _Leaf] = {}
        self.last = 0
        if not anew:
            self._read_trunk()

    def get(self, kind: int, name: str) -> bytes | None:
        """Return a value; None when there is none.

        Raises:
            LeafError: The leaf is not what was written.
        """
        if not self._sums[kind]:
            return None
        ((place, key, _),) = self._places(kind, (name,))
        return _value_in(self._leaf(kind, place), key)

    def get_all(self, kind: int, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Give names and values, where there are any; each leaf is read once.

        Raises:
            LeafError: A leaf is not what was written.
        """
        if not self._sums[kind]:
            return
        for place, some in groupby(sorted(self._places(kind, names)), key=itemgetter(0)):
            leaf = self._leaf(kind, place)
            for _, key, name in some:
                value = _value_in(leaf, key)
                if value is not None:
                    yield name, value

    def items(self, kind: int) -> Iterator[tuple[str, bytes]]:
        """Give every name of a kind with its value.

        Raises:
            LeafError: A leaf is not what was written.
        """
        for place in range(len(self._sums[kind])):
            for key, value in _items_in(self._read(kind, place)):
                yield _name(key), value

    def put(self, kind: int, values: Mapping[str, bytes | None]) -> None:
        """Put values in place of those of the same names; None takes one out."""
        if not values:
            return
        if not self._sums[kind]:
            self.fill(
                kind, [name for name, value in values.items() if value is not None], values.get
            )
            return
        for place, some in groupby(sorted(self._places(kind, values)), key=itemgetter(0)):
            held = dict(_items_in(self._leaf(kind, place)))
            before = len(held)
            for _, key, name in some:
                value = values[name]
                if value is None:
                    held.pop(key, None)
                else:
                    held[key] = value
            self._counts[kind] += len(held) - before
            self._write(kind, place, held)
        if self._counts[kind] > len(self._sums[kind]) * _MOST:
            everything = dict(self.items(kind))
            self.fill(kind, everything, everything.get)

    def fill(self, kind: int, names: Iterable[str], value: Callable[[str], bytes | None]) -> None:
        """Put values in place of all that there is of a kind.

        Args:
            kind: The kind.
            names: All names, each once.
            value: Gives the value of each, asked leaf by leaf.
        """
        first = kind << 32
        self._database.execute(
            "DELETE FROM leaf WHERE place >= ? AND place < ?", (first, first + (1 << 32))
        )
        every = list(names)
        leaves = 1 << (len(every) // _FILL).bit_length()
        self._counts[kind] = len(every)
        self._sums[kind] = array("I", bytes(4 * leaves))
        self._at_hand.clear()
        inside: list[list[str]] = [[] for _ in range(leaves)]
        for place, _, name in self._places(kind, every):
            inside[place].append(name)
        for place, some in enumerate(inside):
            if some:
                self._write(kind, place, {_key(name): value(name) or b"" for name in some})
                inside[place] = []

    def write_trunk(self) -> None:
        """Write the sums of all leaves; nothing that was put counts before."""
        parts = [_HEAD.pack(self.last, len(self._sums))]
        parts += [
            _KIND.pack(*both) for both in zip(self._counts, map(len, self._sums), strict=True)
        ]
        parts += [sums.tobytes() for sums in self._sums]
        body = b"".join(parts)
        self._database.execute(
            "INSERT OR REPLACE INTO trunk VALUES (0, ?)", (_digest(body) + body,)
        )

    def _read_trunk(self) -> None:
        row = self._database.execute("SELECT bytes FROM trunk WHERE place = 0").fetchone()
        raw = row[0] if row else None
        if not isinstance(raw, bytes) or _digest(raw[_DIGEST:]) != raw[:_DIGEST]:
            raise LeafError
        self.last, kinds = _HEAD.unpack_from(raw, _DIGEST)
        if kinds != len(self._sums):
            raise LeafError
        at = _DIGEST + _HEAD.size
        sizes = [_KIND.unpack_from(raw, at + _KIND.size * kind) for kind in range(kinds)]
        at += _KIND.size * kinds
        for kind, (count, leaves) in enumerate(sizes):
            self._counts[kind] = count
            self._sums[kind] = array("I", raw[at : at + 4 * leaves])
            at += 4 * leaves

    def _places(self, kind: int, names: Iterable[str]) -> Iterator[tuple[int, bytes, str]]:
        """Give the leaf of each name, and how it is written there."""
        last = len(self._sums[kind]) - 1
        if kind in self._numbered:
            for name in names:
                yield (int(name) // _FILL) & last, name.encode("ascii"), name
            return
        for name in names:
            key = _key(name)
            yield crc32(key) & last, key, name

    def _leaf(self, kind: int, place: int) -> _Leaf:
        number = kind << 32 | place
        found = self._at_hand.get(number)
        if found is None:
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            found = self._at_hand[number] = self._read(kind, place)
        return found

    def _read(self, kind: int, place: int) -> _Leaf:
        expected, number = self._sums[kind][place], kind << 32 | place
        if not expected:
            return _EMPTY
        row = self._database.execute("SELECT bytes FROM leaf WHERE place = ?", (number,)).fetchone()
        raw = row[0] if row else None
        if not isinstance(raw, bytes) or _sum(number, raw) != expected:
            raise LeafError
        return _leaf_from(raw)

    def _write(self, kind: int, place: int, held: Mapping[bytes, bytes | None]) -> None:
        number = kind << 32 | place
        self._at_hand.pop(number, None)
        if not held:
            self._sums[kind][place] = 0
            self._database.execute("DELETE FROM leaf WHERE place = ?", (number,))
            return
        values = [value or b"" for value in held.values()]
        names = b"\n".join(held)
        raw = b"".join(
            (
                _COUNTS.pack(len(held), len(names)),
                names,
                array("I", map(len, values)).tobytes(),
                *values,
            )
        )
        self._sums[kind][place] = _sum(number, raw)
        self._database.execute("INSERT OR REPLACE INTO leaf VALUES (?, ?)", (number, raw))


def _leaf_from(raw: bytes) -> _Leaf:
    many, length = _COUNTS.unpack_from(raw)
    start = _COUNTS.size + length
    end = start + 4 * many
    return raw[_COUNTS.size : start].split(b"\n"), array("I", raw[start:end]), raw[end:]


def _value_in(leaf: _Leaf, key: bytes) -> bytes | None:
    names, lengths, values = leaf
    try:
        at = names.index(key)
    except ValueError:
        return None
    start = sum(lengths[:at])
    return values[start : start + lengths[at]]


def _items_in(leaf: _Leaf) -> Iterator[tuple[bytes, bytes]]:
    names, lengths, values = leaf
    for name, length, end in zip(names, lengths, accumulate(lengths), strict=True):
        yield name, values[end - length : end]


def _key(name: str) -> bytes:
    key = name.encode("utf-8", "surrogatepass")
    if b"\n" in key or b"\\" in key:
        return key.replace(b"\\", b"\\\\").replace(b"\n", b"\\n")
    return key


def _name(key: bytes) -> str:
    if b"\\" in key:
        parts = (part.replace(b"\\n", b"\n") for part in key.split(b"\\\\"))
        key = b"\\".join(parts)
    return key.decode("utf-8", "surrogatepass")


def _sum(number: int, raw: bytes) -> int:
    """Return the sum of a leaf, which is never 0: that is the sum of none."""
    return crc32(raw, crc32(number.to_bytes(8, "little"))) or 1


def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=_DIGEST).digest()
