"""What a build leaves for the next, and how it lies in leaves (`blognet.disk.leaves`). Writes nothing; knows no pages.

To it, facts are keys with digests. Each fact and each thing that was made has a number, by which it is named where it
was read, and where something read it. A number is never given twice: what was made from a fact that is gone still names
it until it is written anew. What units are lies in a table of its own, and its sum with the unit's name.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from blognet.disk.leaves import LeafError, Leaves
from blognet.engine import FactKey, Trace

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

_LOOSE = 8
"""How many bits of the number of a fact that belongs to no unit do not tell its block."""


class Kind(IntEnum):
    """What there is, each with its name.

    Attributes:
        NOTE: Texts, by name.
        FACT: `Fact`, by key.
        KEY: The key, by number.
        NEEDS: The numbers of what was read to make something, by its number.
        READERS: Those of what read something, by its number, or blocks.
        BLOCK: The readers in a block, by number and block.
        UNIT: Digest and sum of the value, by name.
        OF_UNIT: The keys of the facts of a unit, by its name; of loose ones, by their block.
    """

    NOTE = 0
    FACT = 1
    KEY = 2
    NEEDS = 3
    READERS = 4
    BLOCK = 5
    UNIT = 6
    OF_UNIT = 7


class Fact(NamedTuple):
    """A fact, or what was made. A named tuple because there are hundreds of thousands.

    Attributes:
        number: See above.
        digest: Its digest.
        reading: `Trace.reading`, "" when it is not known.
        unit: The unit it belongs to, "" for none; None when it was made.
    """

    number: int
    digest: str
    reading: str
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a build leaves for the next.

    Attributes:
        traces: How everything that was made in this build was made; gone through several times.
        facts: Present digests: of all facts that those traces read and that were not made, but for the needs of
            traces that are `as_before`; and of all that changed.
        units: The unit of each of these facts; "" for none. See `blognet.render.facts`.
        as_before: Keys of those traces that name the same needs as what is remembered of them: nothing is kept of these
            needs once more. See `Recall.readings_of`.
        gone: Keys of what is not made any more.
        notes: Texts by name; they replace those of the same name.
        digests: Of the units that differ from those of before, by their names.
        values: What these units are, as bytes that mean nothing here.
        gone_units: Names of the units that are no more.
    """

    traces: Iterable[Trace]
    facts: Mapping[FactKey, str]
    units: Mapping[FactKey, str]
    as_before: frozenset[FactKey] = frozenset()
    gone: tuple[FactKey, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, bytes] = field(default_factory=dict)
    gone_units: tuple[str, ...] = ()


def leaves_in(database: sqlite3.Connection, *, anew: bool = False) -> Leaves:
    """Return the leaves of an open memory; see `Leaves`."""
    numbered = frozenset({Kind.KEY, Kind.NEEDS, Kind.READERS})
    return Leaves(database, len(Kind), numbered=numbered, anew=anew)


class Remembered:
    """Facts as they lie in leaves."""

    def __init__(self, leaves: Leaves) -> None:
        """Keep the leaves."""
        self._leaves = leaves

    def note(self, name: str) -> str:
        """Return a text that was left under a name; "" when there is none."""
        return (self._leaves.get(Kind.NOTE, name) or b"").decode("utf-8", "surrogatepass")

    def fact(self, key: FactKey) -> Fact | None:
        """Return a fact; None when it is not known."""
        raw = self._leaves.get(Kind.FACT, key)
        return None if raw is None else fact_from(raw)

    def facts(self, keys: Iterable[FactKey]) -> Iterator[tuple[FactKey, Fact]]:
        """Give those of some facts that are known."""
        for key, raw in self._leaves.get_all(Kind.FACT, keys):
            yield FactKey(key), fact_from(raw)

    def facts_of(self, units: Iterable[str]) -> Iterator[tuple[FactKey, Fact]]:
        """Give the facts of some units, or of blocks of loose ones."""
        listed = (raw for _, raw in self._leaves.get_all(Kind.OF_UNIT, units))
        keys = [key for raw in listed for key in keys_from(raw)]
        found = list(self.facts(keys))
        if len(found) != len(keys):
            raise LeafError
        yield from found

    def loose_facts(self) -> Iterator[tuple[FactKey, Fact]]:
        """Give the facts that belong to no unit and were not made."""
        return self.facts_of(map(loose_block, range(0, self._leaves.last + 1, 1 << _LOOSE)))

    def keys(self, numbers: Iterable[int]) -> dict[int, FactKey]:
        """Return the keys of some numbers, as far as they are not gone."""
        found = self._leaves.get_all(Kind.KEY, map(str, numbers))
        return {int(number): FactKey(text_in(raw)) for number, raw in found}

    def needs(self, number: int) -> array[int]:
        """Return the numbers of what was read to make something."""
        return array("I", self._leaves.get(Kind.NEEDS, str(number)) or b"")

    def readers(self, number: int) -> array[int]:
        """Return the numbers of what read something."""
        raw = self._leaves.get(Kind.READERS, str(number)) or b""
        if raw[:1] != b"b":
            return array("I", raw[1:])
        names = [f"{number} {block}" for block in array("I", raw[1:])]
        found = dict(self._leaves.get_all(Kind.BLOCK, names))
        if len(found) != len(names):
            raise LeafError
        return array("I", b"".join(found.values()))

    def unit(self, name: str) -> tuple[str, str]:
        """Return the digest of a unit, and the sum of its value; "" for none."""
        raw = self._leaves.get(Kind.UNIT, name)
        return ("", "") if raw is None else _unit_from(raw)

    def units(self) -> Iterator[tuple[str, str, str]]:
        """Give name, digest and sum of every unit."""
        for name, raw in self._leaves.items(Kind.UNIT):
            yield (name, *_unit_from(raw))


def loose_block(number: int) -> str:
    """Return where the key of a fact lies that belongs to no unit: no unit is named so."""
    return f" {number >> _LOOSE}"


def fact_from(raw: bytes) -> Fact:
    """Read a fact."""
    number, digest, reading, unit = text_in(raw).split("\t", 3)
    return Fact(int(number), digest, reading, unit[1:] if unit else None)


def fact_as_bytes(fact: Fact) -> bytes:
    """Write a fact."""
    unit = "" if fact.unit is None else f"={fact.unit}"
    return text_as_bytes(f"{fact.number}\t{fact.digest}\t{fact.reading}\t{unit}")


def keys_as_bytes(keys: Iterable[str]) -> bytes:
    """Write keys."""
    return text_as_bytes("\0".join(keys))


def keys_from(raw: bytes) -> list[FactKey]:
    """Read keys."""
    return [FactKey(key) for key in text_in(raw).split("\0")] if raw else []


def sum_of(value: bytes) -> str:
    """Return the sum of the value of a unit."""
    return f"{crc32(value):08x}"


def _unit_from(raw: bytes) -> tuple[str, str]:
    digest, _, said = text_in(raw).partition("\t")
    return digest, said


def text_in(raw: bytes) -> str:
    """Read a text."""
    return raw.decode("utf-8", "surrogatepass")


def text_as_bytes(text: str) -> bytes:
    """Write a text."""
    return text.encode("utf-8", "surrogatepass")
