"""Writing down what a build leaves for the next (`blognet.disk.remembered`): everything, or what is others now."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from blognet.disk.remembered import (
    Fact,
    Kind,
    Remembered,
    fact_as_bytes,
    keys_as_bytes,
    keys_from,
    loose_block,
    sum_of,
    text_as_bytes,
)
from blognet.engine import FactKey

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from blognet.disk.leaves import Leaves
    from blognet.disk.remembered import Saved
    from blognet.engine import Trace

_FEW = 1_000
"""Readers of one fact that are kept together; more lie in blocks, so that one more changes a block."""
_BLOCK = 11
"""How many bits of a number do not tell its block."""


def save_anew(database: sqlite3.Connection, leaves: Leaves, saved: Saved) -> None:
    """Write everything, where nothing was."""
    made = {trace.key: (trace.digest, trace.reading) for trace in saved.traces}
    keys = [*made, *(key for key in sorted(saved.facts) if key not in made)]
    numbers = {key: number for number, key in enumerate(keys, start=1)}
    leaves.last = len(keys)

    def fact(key: str) -> bytes:
        known = FactKey(key)
        if known in made:
            return fact_as_bytes(Fact(numbers[known], *made[known], None))
        unit = saved.units.get(known, "")
        return fact_as_bytes(Fact(numbers[known], saved.facts[known], "", unit))

    leaves.fill(Kind.FACT, keys, fact)
    leaves.fill(
        Kind.KEY, map(str, numbers.values()), lambda name: text_as_bytes(keys[int(name) - 1])
    )
    needs = {
        str(numbers[trace.key]): array("I", sorted(numbers[need] for need in trace.needs))
        for trace in saved.traces
    }
    leaves.fill(Kind.NEEDS, needs, lambda name: needs[name].tobytes())
    _fill_readers(leaves, needs)
    needs.clear()
    grouped: dict[str, list[str]] = {}
    for key in keys:
        if key not in made:
            unit = saved.units.get(key, "") or loose_block(numbers[key])
            grouped.setdefault(unit, []).append(key)
    leaves.fill(Kind.OF_UNIT, grouped, lambda unit: keys_as_bytes(grouped[unit]))
    _save_units(database, leaves, saved)


def _fill_readers(leaves: Leaves, needs: Mapping[str, array[int]]) -> None:
    """Write what read each fact; what was made is given in the order of its numbers."""
    ends = array("I", bytes(4 * (leaves.last + 2)))
    for some in needs.values():
        for need in some:
            ends[need + 1] += 1
    for number in range(1, len(ends)):
        ends[number] += ends[number - 1]
    at, readers = array("I", ends), array("I", bytes(4 * ends[-1]))
    for name, some in needs.items():
        reader = int(name)
        for need in some:
            readers[at[need]] = reader
            at[need] += 1
    blocks: dict[str, bytes] = {}

    def readers_of(name: str) -> bytes:
        number = int(name)
        raw, in_blocks = _readers_as_bytes(number, readers[ends[number] : ends[number + 1]])
        blocks.update(in_blocks)
        return raw

    read = [str(number) for number in range(1, leaves.last + 1) if ends[number + 1] > ends[number]]
    leaves.fill(Kind.READERS, read, readers_of)
    leaves.fill(Kind.BLOCK, blocks, blocks.get)


def _readers_as_bytes(number: int, readers: array[int]) -> tuple[bytes, dict[str, bytes]]:
    """Return sorted readers as they are kept, and those of their blocks by name."""
    if len(readers) <= _FEW:
        return b"r" + readers.tobytes(), {}
    blocks: dict[str, bytes] = {}
    found = array("I")
    start = 0
    while start < len(readers):
        block = readers[start] >> _BLOCK
        end = bisect_left(readers, (block + 1) << _BLOCK, start)
        blocks[f"{number} {block}"] = readers[start:end].tobytes()
        found.append(block)
        start = end
    return b"b" + found.tobytes(), blocks


def save_more(database: sqlite3.Connection, leaves: Leaves, saved: Saved) -> None:
    """Write what is others now."""
    _save_units(database, leaves, saved)
    book = _Book(leaves)
    others = [trace for trace in saved.traces if trace.key not in saved.as_before]
    named = {*saved.facts, *saved.gone, *(trace.key for trace in saved.traces)}
    book.know(named.union(*(trace.needs for trace in others)))
    for key in saved.gone:
        book.drop(key)
    for key in sorted(saved.facts):
        book.see(key, saved.facts[key], saved.units.get(key, ""))
    for trace in saved.traces:
        book.make(trace)
    for trace in others:
        book.read(trace)
    book.write()


def _save_units(database: sqlite3.Connection, leaves: Leaves, saved: Saved) -> None:
    known = Remembered(leaves)
    units: dict[str, bytes | None] = dict.fromkeys(saved.gone_units)
    sums = {name: sum_of(value) for name, value in saved.values.items()}
    for name in sorted({*saved.digests, *sums}):
        digest, said = known.unit(name) if name not in units else ("", "")
        digest, said = saved.digests.get(name, digest), sums.get(name, said)
        units[name] = text_as_bytes(f"{digest}\t{said}")
    leaves.put(Kind.UNIT, units)
    gone = ((name,) for name in saved.gone_units)
    database.executemany("DELETE FROM kept WHERE name = ?", gone)
    database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", sorted(saved.values.items()))


class _Book:
    """Leaves with what is to be written, and is not yet."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._known = Remembered(leaves)
        self._facts: dict[FactKey, Fact | None] = {}
        self._others: set[FactKey] = set()
        self._keys: dict[str, bytes | None] = {}
        self._needs: dict[str, bytes | None] = {}
        self._moved: dict[int, dict[int, bool]] = {}
        self._gone: list[int] = []
        self._regrouped: dict[str, dict[FactKey, bool]] = {}

    def know(self, keys: Iterable[FactKey]) -> None:
        """Read the facts of many keys at once."""
        every = set(keys)
        self._facts |= dict.fromkeys(every)
        self._facts |= dict(self._known.facts(every))

    def drop(self, key: FactKey) -> None:
        """Forget something that was made; whatever used it has been made again without it."""
        fact = self._fact(key)
        if fact is None:
            return
        for need in self._known.needs(fact.number):
            self._move(need, fact.number, is_in=False)
        # What reads this number has to be written anew, even if it should read the same by name once more.
        for reader in self._known.keys(self._readers_of(fact.number)).values():
            found = self._fact(reader)
            if found is not None:
                self._put(reader, found._replace(reading=""))
        if fact.unit is not None:
            self._group(key, fact, is_in=False)
        self._put(key, None)
        self._keys[str(fact.number)] = self._needs[str(fact.number)] = None
        self._gone.append(fact.number)

    def see(self, key: FactKey, digest: str, unit: str) -> None:
        """Keep a fact that was not made."""
        fact = self._fact(key)
        if fact is not None:
            self._put(key, fact._replace(digest=digest))
            return
        fact = self._new(key, digest, unit)
        self._group(key, fact, is_in=True)

    def make(self, trace: Trace) -> None:
        """Keep what was made."""
        fact = self._fact(trace.key)
        if fact is None:
            self._new(trace.key, trace.digest, None)
            return
        if fact.unit is not None:
            self._group(trace.key, fact, is_in=False)
        self._put(trace.key, fact._replace(digest=trace.digest, unit=None))

    def read(self, trace: Trace) -> None:
        """Keep what was read to make something."""
        fact = self._sure(trace.key)
        new = sorted(self._sure(need).number for need in trace.needs)
        old = set(self._known.needs(fact.number))
        for need in old.difference(new):
            self._move(need, fact.number, is_in=False)
        for need in new:
            if need not in old:
                self._move(need, fact.number, is_in=True)
        self._needs[str(fact.number)] = array("I", new).tobytes()
        self._put(trace.key, fact._replace(reading=trace.reading))

    def write(self) -> None:
        """Write everything."""
        put = self._leaves.put
        facts = ((key, self._facts[key]) for key in self._others)
        put(Kind.FACT, {key: fact_as_bytes(one) if one else None for key, one in facts})
        put(Kind.KEY, self._keys)
        put(Kind.NEEDS, self._needs)
        self._write_readers()
        groups: dict[str, bytes | None] = {}
        for unit, moved in self._regrouped.items():
            keys = dict.fromkeys(keys_from(self._leaves.get(Kind.OF_UNIT, unit) or b""))
            for key, is_in in moved.items():
                if is_in:
                    keys[key] = None
                else:
                    keys.pop(key, None)
            groups[unit] = keys_as_bytes(keys) if keys else None
        put(Kind.OF_UNIT, groups)

    def _write_readers(self) -> None:
        """Write who reads what; of many readers, the blocks of those that came or went."""
        known, get = self._known, self._leaves.get
        rows: dict[str, bytes | None] = {}
        blocks: dict[str, bytes | None] = {}
        for number, moved in self._moved.items():
            raw = get(Kind.READERS, str(number)) or b""
            if raw[:1] == b"b":
                there = set(array("I", raw[1:]))
                touched = {reader >> _BLOCK for reader in moved}
                for block in touched:
                    name = f"{number} {block}"
                    some = _exchanged(array("I", get(Kind.BLOCK, name) or b""), moved, block)
                    blocks[name] = some.tobytes() or None
                    (there.add if some else there.discard)(block)
                rows[str(number)] = b"b" + array("I", sorted(there)).tobytes()
            else:
                now = _exchanged(known.readers(number), moved)
                row, in_blocks = _readers_as_bytes(number, now)
                blocks |= in_blocks
                rows[str(number)] = row if now else None
        for number in self._gone:
            raw = get(Kind.READERS, str(number)) or b""
            of_it = array("I", raw[1:]) if raw[:1] == b"b" else ()
            blocks |= {f"{number} {block}": None for block in of_it}
            rows[str(number)] = None
        self._leaves.put(Kind.READERS, rows)
        self._leaves.put(Kind.BLOCK, blocks)

    def _fact(self, key: FactKey) -> Fact | None:
        if key not in self._facts:
            self._facts[key] = self._known.fact(key)
        return self._facts[key]

    def _sure(self, key: FactKey) -> Fact:
        fact = self._fact(key)
        if fact is None:
            raise KeyError(key)
        return fact

    def _put(self, key: FactKey, fact: Fact | None) -> None:
        self._facts[key] = fact
        self._others.add(key)

    def _new(self, key: FactKey, digest: str, unit: str | None) -> Fact:
        self._leaves.last += 1
        fact = Fact(self._leaves.last, digest, "", unit)
        self._put(key, fact)
        self._keys[str(fact.number)] = text_as_bytes(key)
        return fact

    def _group(self, key: FactKey, fact: Fact, *, is_in: bool) -> None:
        unit = fact.unit or loose_block(fact.number)
        self._regrouped.setdefault(unit, {})[key] = is_in

    def _readers_of(self, number: int) -> array[int]:
        return _exchanged(self._known.readers(number), self._moved.get(number, {}))

    def _move(self, need: int, reader: int, *, is_in: bool) -> None:
        self._moved.setdefault(need, {})[reader] = is_in


def _exchanged(
    readers: array[int], moved: Mapping[int, bool], block: int | None = None
) -> array[int]:
    """Return sorted readers when some came or went; `block` tells which of these belong here, None for all."""
    found = set(readers)
    for reader, is_in in moved.items():
        if block is None or reader >> _BLOCK == block:
            (found.add if is_in else found.discard)(reader)
    return array("I", sorted(found))
