"""Where in a table the reading is, and how many cells there were. Answers: how the next cell begins, is it too many?

Short rows are filled up by the parser, so that a few bytes can ask for many cells; it refuses to know what is in them.
"""

from __future__ import annotations

from dataclasses import dataclass

from blognet.markup import allow


@dataclass(slots=True)
class TableCells:
    """All tables of one text, one after the other.

    Attributes:
        end: Where the cell that was begun last ends in the source; None outside of tables.
        is_reported: Whether the author was told that there are too many cells.
    """

    end: int | None = None
    is_reported: bool = False
    _sides: tuple[str, ...] = ()
    _column: int = 0
    _count: int = 0
    _is_head: bool = False

    @property
    def are_too_many(self) -> bool:
        """Whether no further row may begin."""
        return self._count > allow.MAX_CELLS

    def begin_table(self, sides: tuple[object, ...]) -> None:
        """Begin a table; `sides` says for each column to which side its words go: ``Left`` … or ``None``."""
        self._sides = tuple(str(side).lower() for side in sides)

    def begin_row(self, *, is_head: bool) -> None:
        """Begin a row."""
        self._column, self._is_head = 0, is_head

    def begin_cell(self, end: int) -> tuple[str, str]:
        """Begin a cell that ends at a place of the source; return its element and its opening tag."""
        side = self._sides[self._column] if self._column < len(self._sides) else "none"
        self.end = end
        self._column += 1
        self._count += 1
        tag = "th" if self._is_head else "td"
        return tag, f"<{tag}>" if side == "none" else f'<{tag} class="align-{side}">'
