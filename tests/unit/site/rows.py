"""A shelf in memory, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rows:
    """Keeps rows in a mapping, and counts what is done with them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: dict[str, bytes] = {}
        self.read: list[str] = []
        self.written: list[str] = []

    def get(self, key: str) -> bytes | None:
        """Return a row."""
        self.read.append(key)
        return self.kept.get(key)

    def put(self, rows: Mapping[str, bytes | None], *, anew: bool) -> None:
        """Keep rows."""
        if anew:
            places = {f"{key.partition('/')[0]}/" for key in rows}
            self.kept = {
                key: raw for key, raw in self.kept.items() if not key.startswith(tuple(places))
            }
        for key, raw in rows.items():
            self.written.append(key)
            if raw is None:
                self.kept.pop(key, None)
            else:
                self.kept[key] = raw
