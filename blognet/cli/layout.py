"""Blocks of words laid out in lines for a terminal. Knows widths, weights and marks; knows no posts.

Where there are no colours, marks say what a weight would have said: ``**strong**``, ``*emphasis*``. Whatever authors
wrote loses its control characters here, so that a line can be printed as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.cli.output import BOLD, DIM, ITALIC, STRUCK, bare, has_colour, styled, width_of
from blognet.kernel.blocks import Block, Look, Span, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NARROWEST, WIDEST = 20, 100
"""Columns of a line of text: what fits nowhere, and what nobody reads."""
WITHOUT_TERMINAL = 80
_LEAST_ROOM = 10
_STYLES = {
    Look.STRONG: BOLD,
    Look.EMPHASIS: ITALIC,
    Look.CODE: "36",
    Look.DELETED: STRUCK,
    Look.IMAGE: "33",
    Look.ADDRESS: DIM,
}
_MARKS = {Look.STRONG: "**", Look.EMPHASIS: "*", Look.CODE: "`", Look.DELETED: "~~"}
_PLAIN = "\033[0m"
_COLOUR = re.compile(r"(\033\[[0-9;]*m)")
_WORD = re.compile(r" +|[^ ]+")


def terminal_width() -> int:
    """Return the columns to fill: those of the terminal, at most what reads well; 80 where there is none."""
    return max(NARROWEST, min(WIDEST, terminal_columns()))


def terminal_columns() -> int:
    """Return the columns of the terminal, however many; 80 where there is none."""
    from shutil import get_terminal_size

    return get_terminal_size((WITHOUT_TERMINAL, 24)).columns


def laid_out(block: Block, width: int) -> list[str]:
    """Return the lines of a block, none wider than `width` unless its indent leaves no room."""
    if block.is_rule:
        return ["─" * min(width, 40)]
    if block.rows:
        return [block.first + line for line in _table(block.rows, width - columns(block.first))]
    if block.heading:
        title = f"{'#' * max(1, block.heading - 1)} {block.text}"
        return [styled(line, BOLD) for line in wrapped(title, width)]
    lines: list[str] = []
    for own in lines_of(block):
        spans = own if block.is_fixed else tuple(_marked(own))
        room = max(_LEAST_ROOM, width - columns(block.first))
        for words in _filled(spans, room, keep=block.is_fixed):
            indent = block.rest if lines else block.first
            lines.append(bare(indent) + "".join(_styled(span) for span in words))
    return lines


def wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    """Return plain text in lines; its own line ends and the blanks at their beginnings stay."""
    lines: list[str] = []
    room = max(_LEAST_ROOM, width - columns(indent))
    for own in bare(text).expandtabs(4).split("\n"):
        filled = _filled((Span(text=own),), room, keep=True)
        lines += [indent + "".join(span.text for span in words) for words in filled]
    return lines


def refitted(line: str, width: int) -> list[str]:
    """Return a line that may hold colours in lines of at most `width` columns, each with its own colours."""
    if columns(_COLOUR.sub("", line)) <= width:
        return [line]
    lines: list[str] = []
    done, used, code = "", 0, ""
    for at, part in enumerate(_COLOUR.split(line)):
        if at % 2:
            code = "" if part == _PLAIN else part
            continue
        for word in (piece for found in _WORD.findall(part) for piece in _parts(found, width)):
            size = columns(word)
            if used and used + size > width:
                lines.append(done.rstrip(" "))
                done, used = "", 0
                if word.isspace():
                    continue
            done += f"{code}{word}{_PLAIN}" if code else word
            used += size
    return [*lines, done]


def columns(text: str) -> int:
    """Return how many columns a text takes: wide characters take two, combining ones none."""
    return width_of(text)


def cut(text: str, width: int) -> str:
    """Return one line of a text that takes at most `width` columns, with an ellipsis when something is missing."""
    line = " ".join(bare(text).split())
    if columns(line) <= width:
        return line
    while line and columns(line) > width - 1:
        line = line[:-1]
    return line + "…"


def _marked(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        mark = "" if has_colour() else _MARKS.get(span.look, "")
        text = f"{mark}{span.text}{mark}" if span.text.strip() else span.text
        yield Span(text=text, look=span.look)


def _styled(span: Span) -> str:
    style = _STYLES.get(span.look)
    return styled(span.text, style) if style and span.text else span.text


def _filled(spans: Sequence[Span], width: int, *, keep: bool) -> Iterator[tuple[Span, ...]]:
    """Fill lines with words. Blanks at a break are dropped, but those that begin a line of its own stay if `keep`."""
    line: list[Span] = []
    used = 0
    is_first = True
    for word in _words(spans, width):
        size = columns(word.text)
        if used and used + size > width:
            yield _without_last_blank(line)
            line, used, is_first = [], 0, False
        if not line and word.text.isspace() and not (keep and is_first):
            continue
        line.append(word)
        used += size
    yield _without_last_blank(line)


def _without_last_blank(line: list[Span]) -> tuple[Span, ...]:
    return tuple(line[:-1] if line and line[-1].text.isspace() else line)


def _words(spans: Sequence[Span], width: int) -> Iterator[Span]:
    for span in spans:
        for match in _WORD.finditer(bare(span.text).expandtabs(4).replace("\n", " ")):
            for part in _parts(match[0], width):
                yield Span(text=part, look=span.look)


def _parts(word: str, width: int) -> Iterator[str]:
    """Break a word that is wider than a whole line."""
    part, used = "", 0
    if len(word) * 2 <= width or columns(word) <= width:
        yield word
        return
    for character in word:
        size = columns(character)
        if used + size > width:
            yield part
            part, used = "", 0
        part += character
        used += size
    yield part


def _table(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    cells = [[bare(cell) for cell in row] for row in rows]
    count = max(len(row) for row in cells)
    cells = [[*row, *[""] * (count - len(row))] for row in cells]
    widths = [max(columns(row[at]) for row in cells) for at in range(count)]
    if sum(widths) + 2 * (count - 1) > width:
        return [line for row in cells for line in wrapped(" | ".join(row), width)]
    lines = [
        "  ".join(
            cell + " " * (wide - columns(cell)) for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]
    rule = "  ".join("─" * wide for wide in widths)
    return [styled(lines[0], BOLD), styled(rule, DIM), *lines[1:]]
