"""What the last build remembers, in ``.blognet/memory.sqlite``: what it made, from which facts, and how it left them.

It may vanish, be damaged or be of another version at any time: then nothing is remembered, and `Recall.lost` says why
in a few words. It is read as far as somebody asks, so damage may be found late: then whatever asked raises
`MemoryFault`. It decides only what is made again, so a build without it gives the same bytes. Knows no pages: to it,
facts are keys with digests. Whoever calls this holds the lock.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from blognet.disk.leaves import SCHEMA, LeafError
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.remembered import Kind, Remembered, Saved, leaves_in, sum_of, text_as_bytes
from blognet.disk.remembering import save_anew, save_more
from blognet.disk.writing import told
from blognet.engine import ABSENT, FactKey
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["DAMAGED", "FILE", "MemoryFault", "Recall", "Saved", "forget", "recall", "remember"]

FILE = "memory.sqlite"
FORMAT = 5
DAMAGED = "what the last build remembered is damaged"
_BESIDE = (f"{FILE}-journal", "memory.seal")
"""What lies beside it: what a killed process wrote before it changed it, and the sum of a version before this one."""
_SCHEMA = f"{SCHEMA} CREATE TABLE kept (name TEXT PRIMARY KEY, bytes BLOB NOT NULL); PRAGMA user_version = {FORMAT};"


class Recall:
    """What is remembered of the last build. Any question may raise `MemoryFault`."""

    def __init__(
        self, database: sqlite3.Connection | None, lost: str, known: Remembered | None = None
    ) -> None:
        """Keep an open memory, or why there is none."""
        self._database = database
        self._known = known
        self.lost = lost

    def note(self, name: str) -> str:
        """Return a text that was left under a name; "" when there is none."""
        return self._known.note(name) if self._known else ""

    def loose_facts(self) -> Iterator[tuple[FactKey, str]]:
        """Give key and digest of the facts that belong to no unit and were not made."""
        if self._known:
            yield from ((key, fact.digest) for key, fact in self._known.loose_facts())

    def facts_of(self, units: Iterable[str]) -> Iterator[tuple[FactKey, str]]:
        """Give key and digest of the facts that belong to some units."""
        if self._known:
            yield from ((key, fact.digest) for key, fact in self._known.facts_of(units))

    def digest_of(self, key: FactKey) -> str:
        """Return the digest of a fact, or of what was made; `ABSENT` when it is not known."""
        fact = self._known.fact(key) if self._known else None
        return fact.digest if fact else ABSENT

    def needs_of(self, key: FactKey) -> tuple[FactKey, ...]:
        """Return what was read to make something, sorted; () when it is not known."""
        fact = self._known.fact(key) if self._known else None
        if fact is None or self._known is None:
            return ()
        return tuple(sorted(self._known.keys(self._known.needs(fact.number)).values()))

    def readings_of(self, keys: Iterable[FactKey]) -> Mapping[FactKey, str]:
        """Return `Trace.reading` of what was made, for those of the keys of which it is known."""
        facts = self._known.facts(keys) if self._known else ()
        return {key: fact.reading for key, fact in facts if fact.reading}

    def readers(self, keys: Iterable[FactKey]) -> Iterator[tuple[FactKey, FactKey]]:
        """Give the pairs of (what was read, what read it) for some facts."""
        if self._known is None:
            return
        for need, fact in self._known.facts(keys):
            numbers = self._known.readers(fact.number)
            found = self._known.keys(numbers)
            if len(found) != len(numbers):
                raise LeafError
            yield from ((need, reader) for reader in found.values())

    def unit_digests(self) -> Mapping[str, str]:
        """Return the digests of all units by their names."""
        units = self._known.units() if self._known else ()
        return {name: digest for name, digest, _ in units if digest}

    def unit_digest(self, name: str) -> str:
        """Return the digest of a unit; `ABSENT` when there is no such unit."""
        return self._known.unit(name)[0] if self._known else ABSENT

    def unit_sum(self, name: str) -> str:
        """Return the sum of what a unit is, by which two of its values are told apart; "" when there is none."""
        return self._known.unit(name)[1] if self._known else ""

    def unit_value(self, name: str) -> bytes | None:
        """Return what a unit is; None when there is no such unit."""
        said = self._known.unit(name)[1] if self._known else ""
        if not said or self._database is None:
            return None
        row = self._database.execute("SELECT bytes FROM kept WHERE name = ?", (name,)).fetchone()
        raw = row[0] if row else None
        if not isinstance(raw, bytes) or sum_of(raw) != said:
            raise LeafError
        return raw

    def units_that_say(self, kind: str, words: str) -> Iterator[str]:
        """Give the names of the units of a kind in whose bytes a text stands. Reads all of the kind."""
        sought = text_as_bytes(words)
        for name, _, said in self._known.units() if self._known else ():
            if said and name.startswith(f"{kind} ") and sought in (self.unit_value(name) or b""):
                yield name

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()


MemoryFault = sqlite3.DatabaseError
"""What reading a damaged memory raises."""


def recall(root: Path, *, like: str) -> Recall:
    """Open what the last build remembers.

    Args:
        root: The network folder.
        like: What must be the same for it to be of use: versions, the output folder. One ``name value`` a line.
    """
    path = root / PRIVATE / FILE
    if not path.is_file():
        return Recall(None, "nothing is remembered of an earlier build")
    database: sqlite3.Connection | None = None
    try:
        database = _connect(path)
        # Asking undoes what a killed process had begun.
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version == FORMAT:
            known = Remembered(leaves_in(database))
            lost = _difference(known.note("like"), like)
            if not lost:
                return Recall(database, "", known)
        else:
            lost = "what the last build remembered was written by another version of blognet"
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
            _remove(root, fresh.name, f"{fresh.name}-journal")
            with closing(_connect(fresh if anew else path)) as database:
                if anew:
                    database.execute("PRAGMA journal_mode = OFF")
                    database.executescript(_SCHEMA)
                with database:
                    database.execute("BEGIN IMMEDIATE")
                    _save(database, saved, like, anew=anew)
            if anew:
                # What a killed process left beside the old one would be played into this one.
                _remove(root, *_BESIDE)
                os.replace(fresh, path)
    except (sqlite3.Error, BlognetError):
        forget(root)


def forget(root: Path) -> None:
    """Remove what is remembered."""
    _remove(root, f"{FILE}.new", f"{FILE}.new-journal", FILE, *_BESIDE)


def _remove(root: Path, *names: str) -> None:
    for name in names:
        with suppress(OSError):
            os.unlink(root / PRIVATE / name)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level="IMMEDIATE")
    # A kill of this process loses nothing; after a power cut a damaged memory is noticed or found out of date.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -65536")
    return database


def _difference(before: str, like: str) -> str:
    old, new = before.splitlines(), like.splitlines()
    for was, now in zip(old, new, strict=False):
        if was != now:
            name = now.partition(" ")[0]
            return f"the last build was made with another {name}"
    return "" if old == new else "the last build was made under other circumstances"


def _save(database: sqlite3.Connection, saved: Saved, like: str, *, anew: bool) -> None:
    leaves = leaves_in(database, anew=anew)
    notes = {**saved.notes, "like": like}
    said = {name: text_as_bytes(text) for name, text in notes.items()}
    leaves.put(Kind.NOTE, said)
    save = save_anew if anew else save_more
    save(database, leaves, saved)
    leaves.write_trunk()
