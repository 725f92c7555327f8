"""What is said of posts to those who search: one file for each year, its posts as JSON, the newest first.

A row is what is said of a post with its number behind it. Pure functions of values, and a table that keeps them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from blognet.engine import digest_of
from blognet.kernel.shelves import LostError, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.shelves import Shelf


class Row(NamedTuple):
    """A post of a year.

    Attributes:
        date: As a text that sorts.
        name: Of its subject.
        said: What is said of it: a list as JSON.
        number: Which words are said to stand in it by.
    """

    date: str
    name: str
    said: str
    number: int


class Rows:
    """The posts of an index by their years, as they were and as they are."""

    def __init__(self, shelf: Shelf | None, place: str) -> None:
        """Keep where they are: the keys of years begin with `place`."""
        self.table = Table(shelf, place, read=_read, write=_as_json)

    def file(self, year: str) -> bytes:
        """Return the file of a year.

        Raises:
            LostError: There is none.
        """
        found = self.table.get(year)
        if not found:
            raise LostError
        rows = ",\n".join(f"{row.said[:-1]},{row.number}]" for row in found)
        return f"[\n{rows}\n]\n".encode()

    def exchange(self, year: str, changes: Mapping[str, Row | int | None]) -> str:
        """Exchange rows of a year.

        Args:
            year: It.
            changes: By their names: rows, other numbers of rows that are there, or None for what is gone.

        Returns:
            The digest of its file; "" when no post of the year is left.

        Raises:
            LostError: A row is not there.
        """
        rows = {row.name: row for row in self.table.get(year) or ()}
        for name, change in changes.items():
            if change is None or isinstance(change, int):
                old = rows.pop(name, None)
                if old is None:
                    raise LostError
                if change is not None:
                    rows[name] = old._replace(number=change)
            else:
                rows[name] = change
        found = sorted(rows.values(), key=lambda row: row.name)
        found.sort(key=lambda row: row.date, reverse=True)
        self.table.set(year, found or None)
        return digest_of(self.file(year)) if found else ""


def _read(raw: bytes) -> list[Row]:
    return [
        Row(str(date), str(name), str(said), int(at)) for date, name, said, at in json.loads(raw)
    ]


def _as_json(rows: list[Row]) -> bytes:
    said = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")
