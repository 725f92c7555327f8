"""A shelf on disk for what took long to work out: ``.blognet/cache/words-1.sqlite``. See `blognet.kernel.shelves`.

What comes out is what was put in, by the same program, or nothing. The file may vanish, be damaged or come from
elsewhere at any time: the digest of each row is checked when it is read, rows of another program are not seen, and
nothing that stands in a row is ever run. That a row is missing cannot be seen from the others; so the marks of the file
as it was left stand beside it, and a file that is not as it was left is thrown away.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from blognet.disk.cache import FOLDER
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.writing import told
from blognet.kernel.errors import BlognetError
from blognet.kernel.shelves import LostError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "words-1.sqlite"
_FILES = "words-*"
_SIZE = 16
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB NOT NULL)"
_PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)"
_LIKE = "like"
_LEFT_AT = 1_000_000_007


class DiskShelf:
    """Rows by key. Nothing it does can fail a run: what it cannot keep is worked out again."""

    def __init__(self, path: Path | None) -> None:
        """Keep where the rows are; None for nowhere. The file is opened when it is first needed."""
        self._path = path
        self._like = b""
        self._database: sqlite3.Connection | None = None
        self._is_ours: bool | None = None
        self._has_written = False

    @classmethod
    def copy_of(cls, path: Path) -> Self:
        """Return the rows of a file as they were left, for somebody who reads for long while others write to it.

        Nothing is changed there; there are no rows when somebody is writing. The copy goes with this shelf.
        """
        copy = cls(None)
        with suppress(sqlite3.Error, OSError):
            if copy._is_as_left(path):
                database = sqlite3.connect("", check_same_thread=False)
                with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as file:
                    file.backup(database)
                if copy._is_as_left(path):
                    copy._database = database
        return copy

    def claim(self, like: str) -> None:
        """Say which program works the rows out, and how; rows of another one are as good as none."""
        self._like = like.encode("utf-8")
        self._is_ours = None

    def clear(self) -> None:
        """Begin with no rows, whatever is there."""
        self.close()
        self._is_ours = None
        if self._path is not None:
            try:
                _remove(self._path)
            except OSError:
                self._path = None

    def get(self, key: str) -> bytes | None:
        """Return a row; None when there is none.

        Raises:
            LostError: What is there is not what was put there.
        """
        return self._row(key) if self._is_like() else None

    def put(self, rows: Mapping[str, bytes | None], *, anew: bool) -> None:
        """Keep rows, all or none of them; see `blognet.kernel.shelves.Shelf`."""
        database = self._opened()
        if database is None:
            return
        places = sorted({key.partition("/")[0] for key in rows}) if anew else []
        # One after the other, since they can be many.
        kept = ((key, _digest(key, raw), raw) for key, raw in rows.items() if raw is not None)
        gone = [(key,) for key, raw in rows.items() if raw is None]
        try:
            is_ours = self._is_like()
            self._unmark()
            with database:
                if not is_ours:
                    database.execute("DELETE FROM kept")
                    like = _LIKE, _digest(_LIKE, self._like), self._like
                    database.execute(_PUT, like)
                for place in places:  # "0" is what follows "/"
                    database.execute(
                        "DELETE FROM kept WHERE key >= ? AND key < ?", (f"{place}/", f"{place}0")
                    )
                database.executemany("DELETE FROM kept WHERE key = ?", gone)
                database.executemany(_PUT, kept)
            self._is_ours = True
        except (sqlite3.Error, LostError, OSError):
            self._give_up()

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        if self._has_written and self._path is not None:
            self._has_written = False
            with suppress(OSError):
                # A time that no clock shows: whoever writes to it after us changes that.
                os.utime(self._path, ns=(_LEFT_AT, _LEFT_AT))
                _mark_file(self._path).write_text(_mark(self._path), encoding="ascii")

    def _unmark(self) -> None:
        if self._path is not None:
            _mark_file(self._path).unlink(missing_ok=True)
            self._has_written = True

    def _is_as_left(self, path: Path) -> bool:
        try:
            return _mark_file(path).read_text(encoding="ascii") == _mark(path)
        except (OSError, ValueError):
            return False

    def _is_like(self) -> bool:
        if self._is_ours is None:
            try:
                self._is_ours = self._row(_LIKE) == self._like
            except LostError:
                self._is_ours = False
        return self._is_ours

    def _row(self, key: str) -> bytes | None:
        database = self._opened()
        if database is None:
            return None
        try:
            row: tuple[object, object] | None = database.execute(
                "SELECT digest, bytes FROM kept WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up()
            raise LostError from error
        match row:
            case None:
                return None
            case (bytes() as digest, bytes() as raw) if _digest(key, raw) == digest:
                return raw
            case _:
                raise LostError

    def _opened(self) -> sqlite3.Connection | None:
        if self._database is None and self._path is not None:
            try:
                if not self._is_as_left(self._path):
                    _remove(self._path)
                self._database = sqlite3.connect(self._path)
                # A power cut may lose the last rows; with the journal it cannot mix them.
                self._database.execute("PRAGMA synchronous = NORMAL")
                self._database.execute(_SCHEMA)
            except (sqlite3.Error, OSError):
                self._give_up()
        return self._database

    def _give_up(self) -> None:
        """Throw away a damaged file: the next run begins with an empty one."""
        self._has_written = False
        self.close()
        if self._path is not None:
            with suppress(OSError):
                _remove(self._path)
        self._path = None


def open_shelf(root: Path) -> DiskShelf:
    """Open the network's shelf; nothing is kept where the disk refuses."""
    try:
        with told("what was worked out could not be kept"):
            return DiskShelf(private_folder(root, FOLDER) / FILE)
    except BlognetError:
        return DiskShelf(None)


def copied_shelf(root: Path) -> DiskShelf:
    """Return a copy of the network's shelf as the last build left it; nothing that is put there is kept."""
    return DiskShelf.copy_of(root / PRIVATE / FOLDER / FILE)


def forget_shelf(root: Path) -> None:
    """Remove the shelf with all of its bytes: deleted rows of a database can still be read in its file.

    Raises:
        BlognetError: The disk refuses.
    """
    with told("what was worked out of texts could not be removed"):
        for path in (root / PRIVATE / FOLDER).glob(_FILES):
            path.unlink(missing_ok=True)


def _mark_file(path: Path) -> Path:
    return path.with_suffix(".mark")


def _mark(path: Path) -> str:
    facts = path.stat()
    return f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"


def _remove(path: Path) -> None:
    for each in (path.with_name(f"{path.name}-journal"), path, _mark_file(path)):
        each.unlink(missing_ok=True)


def _digest(key: str, raw: bytes) -> bytes:
    return blake2b(
        raw, digest_size=_SIZE, key=blake2b(key.encode("utf-8", "surrogatepass")).digest()
    ).digest()
