"""Places in a source, in bytes, to the numbers of lines. Knows nothing of what stands there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class SourceLines:
    """Counts lines as a reader goes on through a text.

    Attributes:
        source: The text.
        line: The number of the line that was asked for last.
    """

    source: bytes
    line: int
    _counted: int = 0

    def at(self, place: int) -> int:
        """Return the line of a place; places come in order, and what lies behind counts as here."""
        if place > self._counted:
            self.line += self.source.count(b"\n", self._counted, place)
            self._counted = place
        return self.line
