"""What was read before, by the marks of the files that it was read from. Knows no events, no posts and no meaning.

A SQLite file in ``.blognet/``. It may vanish, be broken, of another version, locked or in a folder that cannot be
written to: then there is nothing in it, and nothing else is different. A row says: when these files have these marks,
this was read from them. Who asks compares the marks; nothing here is believed for any other reason, so that rows that
came from elsewhere (an index in a commit, another machine's) match nothing: nobody can choose the numbers and the
status times of somebody else's files.

Rows of another *key* (program, settings) are gone as soon as a row is kept under the new one.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.writing import told
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from blognet.disk.look import Look

_FILE = "index.sqlite3"
_FORMAT = 2
_AT_ONCE = 500
"""Places that are asked for in one question."""
_PAGE = 1 << 15
PATIENCE = 0.5
"""Seconds to wait for another process that writes; a row that is not kept costs time, nothing else."""
_NO_INDEX = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT}
)
"""What SQLite says of a file that is broken or somebody else's, and not of one that is busy or out of reach."""
_TABLES = """
CREATE TABLE IF NOT EXISTS about (format INTEGER NOT NULL, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rows (
    section TEXT NOT NULL, place TEXT NOT NULL, names TEXT NOT NULL, marks BLOB NOT NULL, said TEXT NOT NULL,
    checked INTEGER NOT NULL, PRIMARY KEY (section, place)
) WITHOUT ROWID;
"""


_ROWS = """
SELECT place, names, marks, said, checked FROM rows
WHERE section = ? AND typeof(names) = 'text' AND typeof(marks) = 'blob' AND typeof(said) = 'text'
"""


class Row(NamedTuple):
    """What was read from some files. A named tuple because there are tens of thousands.

    Attributes:
        names: The files, each followed by a line feed.
        marks: Their marks, as `blognet.disk.marks.packed` gives them.
        said: What was read: any text.
    """

    names: str
    marks: bytes
    said: str


class Kept(NamedTuple):
    """What is to be kept in a section.

    Attributes:
        rows: By place, in place of those of before.
        gone: Places that are to be forgotten.
    """

    rows: Mapping[str, Row]
    gone: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Index:
    """The index of one network, for one run.

    Attributes:
        root: The network folder.
        key: What the rows were read by: program and settings. Rows of another key are not seen.
        look: At the files of the network, if somebody looked a moment ago: they need not be asked for their marks.
    """

    root: Path
    key: str
    look: Look | None = None
    _may_read: bool = field(default=True)
    _may_keep: bool = field(default=True)

    def rows(self, section: str) -> Mapping[str, Row]:
        """Return every row of a section by its place; none when the index cannot be read."""
        return _sound(self._read(section))

    def rows_at(self, section: str, places: Iterable[str]) -> Mapping[str, Row]:
        """Return the rows of a few places of a section, where there are any."""
        asked = list(places)
        found: list[tuple[str, str, bytes, str, int]] = []
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found += self._read(section, f"AND place IN ({marks})", *some)
        return _sound(found)

    def keep(self, section: str, rows: Mapping[str, Row], *, gone: Iterable[str] = ()) -> None:
        """Keep rows in place of those of before, and forget others. What cannot be kept is not kept."""
        self.keep_all({section: Kept(rows, tuple(gone))})

    def keep_all(self, kept: Mapping[str, Kept]) -> None:
        """Keep rows of some sections at once."""
        if not self._may_keep:
            return
        try:
            with closing(self._writable()) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                self._claim(connection)
                for section, (rows, gone) in kept.items():
                    connection.executemany(
                        "DELETE FROM rows WHERE section = ? AND place = ?",
                        [(section, place) for place in gone],
                    )
                    connection.executemany(
                        "INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?)",
                        [(section, place, *row, _check(row.said)) for place, row in rows.items()],
                    )
        except (sqlite3.DatabaseError, BlognetError, OSError, ValueError) as error:
            # What is there can still be read: it may be busy, or nobody's to write to.
            self._may_keep = self._makes_way(error)

    def _read(
        self, section: str, and_so: str = "", *asked: str
    ) -> list[tuple[str, str, bytes, str, int]]:
        if not self._may_read or not _is_plain(self._path):
            return []
        try:
            with closing(_connected(self._path, mode="ro")) as connection:
                connection.execute("BEGIN")  # both answers are of one moment
                about = connection.execute("SELECT format, key FROM about").fetchall()
                if about == [(_FORMAT, self.key)]:
                    return connection.execute(f"{_ROWS} {and_so}", (section, *asked)).fetchall()
        except (sqlite3.DatabaseError, OSError, ValueError) as error:
            self._may_read = self._may_keep = self._makes_way(error)
        return []

    @property
    def _path(self) -> str:
        return os.path.join(self.root, PRIVATE, _FILE)

    def _writable(self) -> sqlite3.Connection:
        private_folder(self.root)
        if os.path.lexists(self._path) and not _is_plain(self._path):
            os.unlink(self._path)  # never through a link to somewhere else
        connection = _connected(self._path, mode="rwc")
        # Heard by a new file alone. Most commands read all rows, which lie closer together on larger pages.
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        return connection

    def _claim(self, connection: sqlite3.Connection) -> None:
        """Make sure that all rows are of this format and key."""
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "about" in tables:
            if connection.execute("SELECT format, key FROM about").fetchall() == [
                (_FORMAT, self.key)
            ]:
                return
            connection.execute("DROP TABLE about")
            connection.execute("DROP TABLE IF EXISTS rows")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO about VALUES (?, ?)", (_FORMAT, self.key))

    def _makes_way(self, error: Exception) -> bool:
        """Remove a file that is no index, so that there can be one; return whether that is what was wrong."""
        code = getattr(error, "sqlite_errorcode", None)
        is_none = isinstance(error, sqlite3.Error) and (code is None or code & 0xFF in _NO_INDEX)
        if is_none:
            with suppress(OSError):
                os.unlink(self._path)
        return is_none


def _check(said: str) -> int:
    """Return a sum that tells what a broken disk changed; cards are taken apart long after they were read."""
    return crc32(said.encode("utf-8"))


def _sound(found: list[tuple[str, str, bytes, str, int]]) -> Mapping[str, Row]:
    """Return rows by their places; those that are not what was written are left out."""
    return {
        place: Row(names, marks, said)
        for place, names, marks, said, checked in found
        if _check(said) == checked
    }


def forget_index(root: Path) -> None:
    """Remove the index with all of its bytes: deleted rows of a database can still be read in its file.

    Raises:
        BlognetError: The disk refuses.
    """
    with told("the index of what was read could not be removed"):
        for ending in ("", "-journal"):
            (root / PRIVATE / f"{_FILE}{ending}").unlink(missing_ok=True)


def _connected(path: str, *, mode: str) -> sqlite3.Connection:
    # Paths may hold any character; in an address these would mean something.
    named = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(
        f"file:{named}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
    )
    # A power cut may lose the last rows; with the journal it cannot mix them.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _is_plain(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False
