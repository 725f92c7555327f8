"""Lines of a text and their blanks. Answers: how far a line is indented, and where what is not Markdown ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TAB = 4
_FENCE = re.compile(r" {0,3}(?P<sign>`{3,}(?=[^`]*$)|~{3,})")
_RAW = re.compile(
    r" {0,3}<(?:(?P<comment>!--)|(?P<name>pre|script|style|textarea)(?=[\s>]|$))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and the number that it has for the author, counted from 0."""

    text: str
    number: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip(" \t")


def end_of_verbatim(lines: Sequence[Line], at: int) -> int:
    """Return where what begins on a line and is not to be looked into ends: code in fences, comments, ``<pre>``."""
    text = lines[at].text
    if fence := _FENCE.match(text):
        sign = fence["sign"]
        closing = (i for i in range(at + 1, len(lines)) if _closes(lines[i].text, sign))
        return _first(lines, at + 1, closing)
    if "<" not in text or (opened := _RAW.match(text)) is None:
        return at
    end = "-->" if opened["comment"] else f"</{opened['name'].lower()}>"
    found = (i for i in range(at, len(lines)) if end in lines[i].text.lower())
    return _first(lines, at + 1, found)


def _closes(text: str, sign: str) -> bool:
    """Whether a line closes a fence."""
    words = text.strip(" \t")
    return words.startswith(sign) and not words.strip(sign[0]) and indent_of(text) < TAB


def _first(lines: Sequence[Line], least: int, found: Iterable[int]) -> int:
    return max(least, next(iter(found), len(lines) - 1) + 1)


def end_of_indented(lines: Sequence[Line], at: int, indent: int) -> int:
    """Return where the lines end that are indented that far; blank lines at their end do not belong to them."""
    end = at
    for place in range(at, len(lines)):
        if lines[place].is_blank:
            continue
        if indent_of(lines[place].text) < indent:
            break
        end = place + 1
    return end


def prefixed(prefix: str, line: Line) -> Line:
    """Return a line behind a prefix, without blanks at its end where nothing stands on it."""
    return Line(
        f"{prefix}{line.text}".rstrip(" ") if line.is_blank else f"{prefix}{line.text}", line.number
    )


def indent_of(text: str) -> int:
    """Return how many columns of blanks a line begins with."""
    width = 0
    for sign in text:
        if sign == " ":
            width += 1
        elif sign == "\t":
            width += TAB - width % TAB
        else:
            break
    return width


def without(text: str, width: int) -> str:
    """Return a line without that many columns of blanks at its beginning; of a tab cut in two the rest stays."""
    column = at = 0
    while at < len(text) and column < width and text[at] in " \t":
        column += 1 if text[at] == " " else TAB - column % TAB
        at += 1
    return " " * (column - width) + text[at:]
