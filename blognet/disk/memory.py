"""What the last build remembers, in ``.blognet/memory.sqlite``: what it made, from which facts, and how it left them.

It may vanish, be damaged or be of another version at any time: then nothing is remembered, and `Recall.lost` says why
in a few words. It decides only what is made again, so a build without it gives the same bytes. Knows no pages: to it,
facts are keys with digests. Whoever calls this holds the lock.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from array import array
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.disk.private import PRIVATE, private_folder, write_private
from blognet.disk.writing import told
from blognet.engine import ABSENT, FactKey, Trace
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FILE = "memory.sqlite"
SEAL = "memory.seal"
"""Length and CRC-32 of the whole file, as text: SQLite itself takes most changed bytes for what was written."""
FORMAT = "5"
DAMAGED = "what the last build remembered is damaged"
_FEW = 500
_AT_ONCE = 1 << 20
# A number is never given twice: what was made from a fact that is gone still names it until it is written anew.
_SCHEMA = """
CREATE TABLE note (name TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fact (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, unit TEXT, digest TEXT NOT NULL, needs BLOB,
    reading TEXT
);
CREATE INDEX fact_of_unit ON fact (unit) WHERE unit IS NOT NULL;
CREATE TABLE use (need INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (need, fact)) WITHOUT ROWID;
CREATE TABLE unit (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kept (name TEXT PRIMARY KEY, bytes BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a build leaves for the next.

    Attributes:
        traces: How everything that was made in this build was made.
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

    traces: tuple[Trace, ...]
    facts: Mapping[FactKey, str]
    units: Mapping[FactKey, str]
    as_before: frozenset[FactKey] = frozenset()
    gone: tuple[FactKey, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, bytes] = field(default_factory=dict)
    gone_units: tuple[str, ...] = ()


class Recall:
    """What is remembered of the last build."""

    def __init__(self, database: sqlite3.Connection | None, lost: str) -> None:
        """Keep an open memory, or why there is none."""
        self._database = database
        self.lost = lost

    def note(self, name: str) -> str:
        """Return a text that was left under a name; "" when there is none."""
        for (said,) in self._rows("SELECT said FROM note WHERE name = ?", name):
            return str(said)
        return ""

    def loose_facts(self) -> Iterator[tuple[FactKey, str]]:
        """Give key and digest of the facts that belong to no unit and were not made."""
        yield from self._pairs("SELECT key, digest FROM fact WHERE unit = ''")

    def facts_of(self, units: Iterable[str]) -> Iterator[tuple[FactKey, str]]:
        """Give key and digest of the facts that belong to some units."""
        for some in _batches(units):
            marks = ",".join("?" * len(some))
            yield from self._pairs(f"SELECT key, digest FROM fact WHERE unit IN ({marks})", *some)  # noqa: S608  # marks only

    def digest_of(self, key: FactKey) -> str:
        """Return the digest of a fact, or of what was made; `ABSENT` when it is not known."""
        for (digest,) in self._rows("SELECT digest FROM fact WHERE key = ?", key):
            return str(digest)
        return ABSENT

    def needs_of(self, key: FactKey) -> tuple[FactKey, ...]:
        """Return what was read to make something, sorted; () when it is not known."""
        for (needs,) in self._rows("SELECT needs FROM fact WHERE key = ?", key):
            ids = array("q", needs if isinstance(needs, bytes) else b"")
            found: list[FactKey] = []
            for some in _batches(map(str, ids)):
                marks = ",".join("?" * len(some))
                query = f"SELECT key, digest FROM fact WHERE id IN ({marks})"  # noqa: S608  # marks only
                found += [each for each, _ in self._pairs(query, *some)]
            return tuple(sorted(found))
        return ()

    def readings_of(self, keys: Iterable[FactKey]) -> Mapping[FactKey, str]:
        """Return `Trace.reading` of what was made, for those of the keys of which it is known."""
        found: dict[FactKey, str] = {}
        for some in _batches(keys):
            marks = ",".join("?" * len(some))
            query = f"SELECT key, reading FROM fact WHERE reading <> '' AND key IN ({marks})"  # noqa: S608  # marks only
            found.update(self._pairs(query, *some))
        return found

    def readers(self, keys: Iterable[FactKey]) -> Iterator[tuple[FactKey, FactKey]]:
        """Give the pairs of (what was read, what read it) for some facts."""
        for some in _batches(keys):
            marks = ",".join("?" * len(some))
            yield from self._pairs(
                "SELECT need.key, reader.key FROM fact AS need JOIN use ON use.need = need.id"  # noqa: S608  # marks only
                f" JOIN fact AS reader ON reader.id = use.fact WHERE need.key IN ({marks})",
                *some,
            )

    def unit_digests(self) -> Mapping[str, str]:
        """Return the digests of all units by their names."""
        return {str(name): str(said) for name, said in self._rows("SELECT name, digest FROM unit")}

    def unit_digest(self, name: str) -> str:
        """Return the digest of a unit; `ABSENT` when there is no such unit."""
        for (digest,) in self._rows("SELECT digest FROM unit WHERE name = ?", name):
            return str(digest)
        return ABSENT

    def unit_value(self, name: str) -> bytes | None:
        """Return what a unit is; None when there is no such unit."""
        for (raw,) in self._rows("SELECT bytes FROM kept WHERE name = ?", name):
            return raw if isinstance(raw, bytes) else None
        return None

    def units_that_say(self, kind: str, words: str) -> Iterator[str]:
        """Give the names of the units of a kind in whose bytes a text stands."""
        query = "SELECT name FROM kept WHERE name > ? AND name < ? AND instr(bytes, CAST(? AS BLOB)) > 0"
        for (name,) in self._rows(query, f"{kind} ", f"{kind}!", words):  # "!" is what follows " "
            yield str(name)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()

    def _rows(self, query: str, *values: str) -> Iterator[tuple[object, ...]]:
        if self._database is not None:
            yield from self._database.execute(query, values)

    def _pairs(self, query: str, *values: str) -> Iterator[tuple[FactKey, FactKey]]:
        for first, second in self._rows(query, *values):
            yield FactKey(str(first)), FactKey(str(second))


MemoryFault = sqlite3.DatabaseError
"""What reading a damaged memory raises."""


def recall(root: Path, *, like: str, notes_only: bool = False) -> Recall:
    """Open what the last build remembers.

    Args:
        root: The network folder.
        like: What must be the same for it to be of use: versions, the output folder. One ``name value`` a line.
        notes_only: Whether nothing but notes will be asked for, by somebody who can tell a damaged one: then the file
            is not read as a whole.
    """
    path = root / PRIVATE / FILE
    if not path.is_file():
        return Recall(None, "nothing is remembered of an earlier build")
    database: sqlite3.Connection | None = None
    try:
        database = _connect(path)
        database.execute(
            "PRAGMA schema_version"
        ).fetchone()  # undoes what a killed process had begun
        lost = "" if notes_only or _is_as_sealed(path) else DAMAGED
        query = "SELECT name, said FROM note WHERE name IN ('format', 'like')"
        lost = lost or _difference(dict(database.execute(query)), like)
        if not lost:
            return Recall(database, "")
    except (sqlite3.Error, OSError, ValueError):
        lost = DAMAGED
    if database is not None:
        database.close()
    return Recall(None, lost)


def remember(root: Path, saved: Saved, *, like: str, anew: bool) -> None:
    """Keep what a build made; either all of it or, after a kill, what was kept before.

    Args:
        root: The network folder.
        saved: What is to be kept.
        like: See `recall`.
        anew: Whether it replaces everything that was remembered.

    The site is in place already, so a disk that refuses fails nothing: then nothing is remembered.
    """
    path = root / PRIVATE / FILE
    fresh = path.with_name(f"{FILE}.new")
    try:
        with told("what the next build needs to know could not be kept"):
            private_folder(root)
            forget(root, fresh.name)
            with closing(_connect(fresh if anew else path)) as database:
                if anew:
                    database.executescript(_SCHEMA)
                with database:
                    _save(database, saved, like)
            if anew:
                os.replace(fresh, path)
            _seal(path)
    except (sqlite3.Error, BlognetError):
        forget(root, fresh.name)
        forget(root)


def add_note(root: Path, name: str, said: str) -> None:
    """Add a text to what is remembered; nothing happens when nothing is."""
    path = root / PRIVATE / FILE
    if not path.is_file():
        return
    try:
        with closing(_connect(path)) as database, database:
            database.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, said))
        _seal(path)
    except (sqlite3.Error, OSError):
        forget(root)


def forget(root: Path, name: str = FILE) -> None:
    """Remove what is remembered."""
    more = (SEAL, f"{FILE}.new", f"{FILE}.new-journal") if name == FILE else ()
    for each in (name, f"{name}-journal", *more):
        with suppress(OSError):
            os.unlink(root / PRIVATE / each)


def _seal(path: Path) -> None:
    write_private(path.with_name(SEAL), _sum(path).encode("ascii"))


def _is_as_sealed(path: Path) -> bool:
    try:
        return path.with_name(SEAL).read_text(encoding="ascii") == _sum(path)
    except (OSError, ValueError):
        return False


def _sum(path: Path) -> str:
    length, found = 0, 0
    with path.open("rb", buffering=0) as file:
        while raw := file.read(_AT_ONCE):
            length += len(raw)
            found = zlib.crc32(raw, found)
    return f"{length} {found:08x}\n"


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level="IMMEDIATE")
    # A kill of this process loses nothing; after a power cut a damaged memory is noticed or found out of date.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -65536")
    return database


def _difference(notes: Mapping[str, str], like: str) -> str:
    if notes.get("format") != FORMAT:
        return "what the last build remembered was written by another version of blognet"
    old, new = notes.get("like", "").splitlines(), like.splitlines()
    for before, now in zip(old, new, strict=False):
        if before != now:
            name = now.partition(" ")[0]
            return f"the last build was made with another {name}"
    return "" if old == new else "the last build was made under other circumstances"


def _save(database: sqlite3.Connection, saved: Saved, like: str) -> None:
    notes = {**saved.notes, "format": FORMAT, "like": like}
    database.executemany("INSERT OR REPLACE INTO note VALUES (?, ?)", sorted(notes.items()))
    _save_units(database, saved)
    for key in saved.gone:
        _drop(database, key)
    database.executemany(
        "INSERT INTO fact (key, unit, digest) VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET digest = excluded.digest",
        ((key, saved.units.get(key, ""), saved.facts[key]) for key in sorted(saved.facts)),
    )
    database.executemany(
        "INSERT INTO fact (key, digest) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, unit = NULL",
        ((trace.key, trace.digest) for trace in saved.traces),
    )
    others = [trace for trace in saved.traces if trace.key not in saved.as_before]
    ids = _ids(database, others)
    for trace in others:
        _save_needs(database, ids[trace.key], [ids[need] for need in trace.needs])
    readings = ((trace.reading, ids[trace.key]) for trace in others)
    database.executemany("UPDATE fact SET reading = ? WHERE id = ?", readings)


def _save_units(database: sqlite3.Connection, saved: Saved) -> None:
    for table in ("unit", "kept"):
        gone = ((name,) for name in saved.gone_units)
        database.executemany(f"DELETE FROM {table} WHERE name = ?", gone)  # noqa: S608  # see above
    database.executemany("INSERT OR REPLACE INTO unit VALUES (?, ?)", sorted(saved.digests.items()))
    database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", sorted(saved.values.items()))


def _ids(database: sqlite3.Connection, traces: Iterable[Trace]) -> Mapping[FactKey, int]:
    wanted = {key for trace in traces for key in (trace.key, *trace.needs)}
    found: dict[FactKey, int] = {}
    for some in _batches(sorted(wanted)):
        marks = ",".join("?" * len(some))
        query = f"SELECT key, id FROM fact WHERE key IN ({marks})"  # noqa: S608  # marks only
        found.update((FactKey(key), number) for key, number in database.execute(query, some))
    return found


def _save_needs(database: sqlite3.Connection, fact: int, needs: list[int]) -> None:
    new = sorted(needs)
    old: array[int] = array("q")
    for (raw,) in database.execute("SELECT needs FROM fact WHERE id = ?", (fact,)):
        old = array("q", raw or b"")
    if list(old) == new:
        return
    before = set(old)
    database.executemany(
        "DELETE FROM use WHERE need = ? AND fact = ?",
        ((need, fact) for need in sorted(before.difference(new))),
    )
    database.executemany(
        "INSERT OR IGNORE INTO use VALUES (?, ?)",
        ((need, fact) for need in new if need not in before),
    )
    database.execute("UPDATE fact SET needs = ? WHERE id = ?", (array("q", new).tobytes(), fact))


def _drop(database: sqlite3.Connection, key: FactKey) -> None:
    """Forget something that was made; whatever used it has been made again without it."""
    for number, raw in database.execute(
        "SELECT id, needs FROM fact WHERE key = ?", (key,)
    ).fetchall():
        database.executemany(
            "DELETE FROM use WHERE need = ? AND fact = ?",
            ((need, number) for need in array("q", raw or b"")),
        )
        # What reads this number has to be written anew, even if it should read the same by name once more.
        database.execute(
            "UPDATE fact SET reading = NULL WHERE id IN (SELECT fact FROM use WHERE need = ?)",
            (number,),
        )
        database.execute("DELETE FROM fact WHERE id = ?", (number,))
        database.execute("DELETE FROM use WHERE need = ?", (number,))


def _batches(keys: Iterable[str]) -> Iterator[tuple[str, ...]]:
    some: list[str] = []
    for key in keys:
        some.append(key)
        if len(some) == _FEW:
            yield tuple(some)
            some.clear()
    if some:
        yield tuple(some)
