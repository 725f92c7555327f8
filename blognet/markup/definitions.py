"""Lists of definitions. Answers: which lines of a text are terms, and which say what a term means.

A term is one line; below it, perhaps after a blank line, each definition begins with a colon and a blank, and goes on
with lines that are indented or follow at once. So they are written in Pandoc, kramdown, MkDocs and Hugo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.markup.lines import TAB, Line, end_of_indented, indent_of, without

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFINITION = re.compile(r"(?P<mark> {0,3}:[ \t]{1,3})[ \t]*\S")
_NO_TERM = re.compile(
    r" {4}| {0,3}(?:\t|[#>|<:]|\[[^\]]*\]:|(?:[-*_=] *)+$|(?:[*+-]|\d{1,9}[.)])(?:\s|$)|`{3}|~{3})"
)
_LEAST_INDENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term and what it means: for each definition its lines, without the colon and the blanks before them."""

    term: Line
    definitions: tuple[list[Line], ...]


def definitions_at(lines: Sequence[Line], at: int) -> tuple[tuple[Entry, ...], int]:
    """Return the entries of the list that begins at a line, and where it ends; none where none begins."""
    entries: list[Entry] = []
    end = at
    if lines[at].is_blank:
        return (), at
    while True:
        term = _next_line(lines, end) if entries else end
        first = _next_line(lines, term + 1)
        is_entry = (
            first < len(lines)
            and first - term <= _LEAST_INDENT
            and not lines[term].is_blank
            and not _NO_TERM.match(lines[term].text)
            and _DEFINITION.match(lines[first].text)
        )
        if not is_entry:
            return tuple(entries), end
        definitions: list[list[Line]] = []
        while first < len(lines) and (found := _DEFINITION.match(lines[first].text)):
            end = _end_of_definition(lines, first + 1)
            definitions.append(_words(lines[first:end], len(found["mark"])))
            first = _next_line(lines, end)
        entries.append(Entry(term=lines[term], definitions=tuple(definitions)))


def _next_line(lines: Sequence[Line], at: int) -> int:
    """Return the next line with something on it."""
    while at < len(lines) and lines[at].is_blank:
        at += 1
    return at


def _end_of_definition(lines: Sequence[Line], at: int) -> int:
    """Return where a definition ends: behind what follows at once, and what is indented."""
    while at < len(lines) and not lines[at].is_blank and not _DEFINITION.match(lines[at].text):
        at += 1
    return end_of_indented(lines, at, _LEAST_INDENT)


def _words(lines: Sequence[Line], width: int) -> list[Line]:
    first, *rest = lines
    indents = [indent_of(line.text) for line in rest if not line.is_blank]
    indent = min((TAB, *(each for each in indents if each >= _LEAST_INDENT)))
    return [
        Line(first.text[width:], first.number),
        *(Line(without(line.text, indent), line.number) for line in rest),
    ]
