"""Places in a source to the numbers that its lines have for their author. Knows nothing of what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """The numbers of lines.

    Attributes:
        first: The number of the first line.
        moved: For each line of the text that is read the author's, counted from 0; empty when they are the same.
    """

    first: int = 1
    moved: tuple[int, ...] = ()

    def of(self, index: int) -> int:
        """Return the number of a line of the text that is read, counted from 0."""
        if not self.moved:
            return self.first + index
        return self.first + self.moved[min(index, len(self.moved) - 1)]


@dataclass(slots=True)
class SourceLines:
    """Counts lines as a reader goes on through a text; places are in bytes.

    Attributes:
        source: The text.
        numbers: Of its lines.
    """

    source: bytes
    numbers: LineNumbers
    _index: int = 0
    _counted: int = field(default=0)

    def at(self, place: int) -> int:
        """Return the line of a place; places come in order, and what lies behind counts as here."""
        if place > self._counted:
            self._index += self.source.count(b"\n", self._counted, place)
            self._counted = place
        return self.numbers.of(self._index)
