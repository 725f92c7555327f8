"""Text that remembers where each of its lines came from, so that a loss found late still names the right line.

Conversions add and remove lines; reports must name lines of the file as it was. Knows nothing of what is converted.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edit:
    """Put `text` in place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedText:
    """A text and, for each of its lines, the line of the original it began on.

    Attributes:
        text: The text; lines end in a line feed.
        origins: One number for each line (one more than it has line feeds), counted from 1.
    """

    text: str
    origins: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the original line of the character at an offset."""
        return self.origins[self.text.count("\n", 0, offset)]

    def edited(self, edits: Iterable[Edit]) -> TracedText:
        """Return the text with all edits made; they must not overlap.

        A line counts as the line that its first character came from; an edit's text came from where the edit began.
        """
        starts = _line_starts(self.text)
        parts: list[str] = []
        origins: list[int] = []
        position, fresh = 0, True
        for edit in (*sorted(edits), Edit(start=len(self.text), end=len(self.text), text="")):
            line = bisect_right(starts, position) - 1
            begun = self.origins[bisect_right(starts, edit.start) - 1]
            kept = self.text[position : edit.start]
            for text, sources in ((kept, self.origins[line:]), (edit.text, None)):
                if not text:
                    continue
                count = text.count("\n") + 1
                lines = sources[:count] if sources is not None else (begun,) * count
                origins += lines[0 if fresh else 1 :]
                fresh = text.endswith("\n")
                # Whether the last line begins with this text is known only when more comes.
                origins = origins[:-1] if fresh else origins
                parts.append(text)
            position = edit.end
        origins += [self.origins[-1]] if fresh else []
        return TracedText(text="".join(parts), origins=tuple(origins))


def traced(text: str, *, first_line: int) -> TracedText:
    """Return a text whose first line is the given line of its file."""
    return TracedText(
        text=text, origins=tuple(range(first_line, first_line + text.count("\n") + 1))
    )


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)
