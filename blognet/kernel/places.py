"""Places in a text. Answers: what does the line look like that a problem points at? Knows no files and no YAML."""

from __future__ import annotations

from dataclasses import dataclass

from blognet.kernel.problems import Location

MAX_EXCERPT = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLines:
    """The lines of one source, to make locations with an excerpt from.

    Attributes:
        path: As shown to people.
        lines: Without their line feeds.
        first_line: The number, in the file, of the first of `lines`; front matter begins on line 2.
    """

    path: str
    lines: tuple[str, ...]
    first_line: int = 1

    def location(self, line: int, column: int = 0, *, width: int = 0, key: str = "") -> Location:
        """Return the place with its excerpt.

        A line too long to show is cut; where the column lies behind the cut, there is no excerpt.

        Args:
            line: In the file, counted from 1.
            column: Counted from 1 in characters; 0 for the whole line.
            width: Characters to underline.
            key: Key path in YAML.
        """
        index = line - self.first_line
        excerpt = self.lines[index].rstrip() if 0 <= index < len(self.lines) else ""
        if len(excerpt) > MAX_EXCERPT:
            excerpt = excerpt[: MAX_EXCERPT - 1] + "…" if column < MAX_EXCERPT else ""
        width = min(width, max(1, len(excerpt) - column + 1)) if width and excerpt else width
        return Location(
            path=self.path, line=line, column=column, width=width, key=key, excerpt=excerpt
        )


def source_lines(text: str, *, path: str, first_line: int = 1) -> SourceLines:
    """Split a text at its line feeds alone, as the content hash counts lines."""
    return SourceLines(path=path, lines=tuple(text.split("\n")), first_line=first_line)


def position_in(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both counted from 1, of a character offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
