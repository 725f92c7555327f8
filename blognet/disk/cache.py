"""Results that can always be made again, kept by the digest of everything they were made from: ``.blognet/cache/``.

What comes out is exactly what was put in, or nothing: the digest of each entry is checked when it is read, and a cache
that is damaged, locked or from another version is as good as an empty one. Knows nothing of what it keeps.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.writing import told
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "cache"
_FILE = "texts-2.sqlite"
_FILES = "texts-*.sqlite*"
"""Those of other versions, too, and what SQLite leaves beside them."""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entry"
    " (key TEXT PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB NOT NULL, made INTEGER NOT NULL)"
)


class Cache:
    """Bytes by key. Nothing it does can fail a run: what it cannot keep is made again."""

    def __init__(self, path: Path | None, *, is_guest: bool = False) -> None:
        """Keep where the entries are; the file is opened when it is first needed.

        Args:
            path: The file; None for nowhere.
            is_guest: Whether it belongs to another process, so that it is only read, and never thrown away.
        """
        self._path = path
        self._is_guest = is_guest
        self._database: sqlite3.Connection | None = None

    @property
    def path(self) -> Path | None:
        """Where the entries are; None for nowhere."""
        return self._path

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key; None when there is nothing, or it is not what was put there."""
        database = self._opened()
        if database is None:
            return None
        try:
            row: tuple[object, object] | None = database.execute(
                "SELECT digest, bytes FROM entry WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.Error:
            self._give_up()
            return None
        match row:
            case (bytes() as digest, bytes() as raw) if sha256(raw).digest() == digest:
                return raw
            case _:
                return None

    def __contains__(self, key: str) -> bool:
        """Whether anything was put under a key; it may be damaged."""
        database = self._opened()
        if database is None:
            return False
        try:
            query = "SELECT 1 FROM entry WHERE key = ?"
            return database.execute(query, (key,)).fetchone() is not None
        except sqlite3.Error:
            self._give_up()
            return False

    def keys(self) -> frozenset[str]:
        """Return the keys of all entries."""
        database = self._opened()
        if database is None:
            return frozenset()
        try:
            return frozenset(str(key) for (key,) in database.execute("SELECT key FROM entry"))
        except sqlite3.Error:
            self._give_up()
            return frozenset()

    def put(self, entries: Iterable[tuple[str, bytes]]) -> bool:
        """Keep entries, in place of others under the same keys.

        Returns:
            Whether they are kept now.
        """
        database = self._opened()
        if database is None:
            return False
        made = int(time.time())
        rows = ((key, sha256(raw).digest(), raw, made) for key, raw in entries)
        try:
            with database:
                database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error:
            self._give_up()
            return False
        return True

    def sizes(self) -> tuple[tuple[int, str, int], ...]:
        """Return when each entry was made (seconds since 1970), its key and how many bytes it has."""
        database = self._opened()
        if database is None:
            return ()
        try:
            rows = database.execute("SELECT made, key, length(bytes) FROM entry ORDER BY key")
            return tuple((int(made), str(key), int(size)) for made, key, size in rows)
        except (sqlite3.Error, TypeError, ValueError):
            self._give_up()
            return ()

    def drop(self, keys: Iterable[str]) -> None:
        """Forget entries, and give their room back to the disk."""
        database = self._opened()
        if database is None:
            return
        try:
            with database:
                rows = ((key,) for key in keys)
                database.executemany("DELETE FROM entry WHERE key = ?", rows)
            database.execute("VACUUM")
        except sqlite3.Error:
            self._give_up()

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def _opened(self) -> sqlite3.Connection | None:
        if self._database is None and self._path is not None:
            try:
                if self._is_guest:
                    place = f"{self._path.absolute().as_uri()}?mode=ro"
                    self._database = sqlite3.connect(place, uri=True)
                    return self._database
                self._database = sqlite3.connect(self._path)
                self._database.execute("PRAGMA synchronous = OFF")
                self._database.execute(_SCHEMA)
            except sqlite3.Error:
                self._give_up()
        return self._database

    def _give_up(self) -> None:
        """Throw away a damaged file: the next run begins with an empty one."""
        self.close()
        if self._path is not None and not self._is_guest:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        self._path = None


def open_cache(root: Path) -> Cache:
    """Open the network's cache; nothing is kept where the disk refuses."""
    try:
        with told("the cache could not be opened"):
            return Cache(private_folder(root, FOLDER) / _FILE)
    except BlognetError:
        return Cache(None)


def texts_at(path: str) -> Cache:
    """Open the cache of another process, at a path that its `Cache.path` gave; "" for one that is empty."""
    return Cache(Path(path) if path else None, is_guest=True)


def forget_texts(root: Path) -> None:
    """Remove the cache with all of its bytes: deleted rows of a database can still be read in its file.

    Raises:
        BlognetError: The disk refuses.
    """
    with told("the cache of texts could not be removed"):
        for path in (root / PRIVATE / FOLDER).glob(_FILES):
            path.unlink(missing_ok=True)
