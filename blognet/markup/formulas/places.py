"""Formulas in what pyromark reads. Answers: where they are, in bytes, and a source in which they are inert.

pyromark tells where the text of a paragraph lies; `spans` says what is a formula there; then the source is read again
with each formula's inside as letters, so that nothing in it is Markdown. Offsets stay what they are. What turns out to
stand where no text is after all is given back as it was.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from blognet.markup import allow
from blognet.markup.formulas.spans import formulas_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyromark import Markdown

_ROUNDS = 3
_OPAQUE = frozenset({"InlineHtml", "FootnoteReference"})
_BREAKS = frozenset({"SoftBreak", "HardBreak"})
_PHRASES = frozenset({"Emphasis", "Strong", "Strikethrough"})
_AUTOMATIC = frozenset({"Autolink", "Email"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A formula in the source, in bytes, with its dollars."""

    start: int
    end: int
    tex: str
    is_display: bool


def find_formulas(text: str, parser: Markdown) -> tuple[bytes, tuple[Place, ...]]:
    """Return the source with the formulas inert, and these in order."""
    source = text.encode()
    if source.count(b"$") < 2:  # noqa: PLR2004 - one before, one behind
        return source, ()
    reading = _Reading(source=source)
    for event, place in parser.events_with_range(text):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        reading.read(kind, value, place["start"], place["end"])
    reading.end_region()
    places = {place.start: place for place in reading.places}
    for _ in range(_ROUNDS):
        masked = _masked(source, places.values())
        kept = set(_in_text(masked, parser, places))
        if len(kept) == len(places):
            return masked, tuple(places[start] for start in sorted(places))
        places = {start: place for start, place in places.items() if start in kept}
    return source, ()


def _masked(source: bytes, places: Iterable[Place]) -> bytes:
    masked = bytearray(source)
    for place in places:
        masked[place.start + 1 : place.end - 1] = b"m" * (place.end - place.start - 2)
    return bytes(masked)


def _in_text(masked: bytes, parser: Markdown, places: dict[int, Place]) -> Iterator[int]:
    """Yield where the formulas begin that stand in running text, whole."""
    starts = sorted(places)
    images, at = 0, 0
    for event, place in parser.events_with_range(masked.decode()):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        name = next(iter(value)) if isinstance(value, dict) else value
        if kind in {"Start", "End"}:
            if name == "Image":
                images += 1 if kind == "Start" else -1
            continue
        while at < len(starts) and starts[at] < place["start"]:
            at += 1
        while kind == "Text" and at < len(starts) and starts[at] < place["end"]:
            if not images and places[starts[at]].end <= place["end"]:
                yield starts[at]
            at += 1


@dataclass(slots=True)
class _Line:
    """A line of a paragraph: where it is in the source, and what in it is code, HTML or an address."""

    start: int
    end: int
    hidden: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """Gathers the lines of each paragraph, heading and cell."""

    source: bytes
    places: list[Place] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    line: _Line | None = None
    links: list[tuple[str, int]] = field(default_factory=list)
    is_cell: bool = False
    is_code: bool = False
    last: int = 0

    def read(self, kind: str, value: object, start: int, end: int) -> None:
        if kind == "Start":
            self._begin(value, start)
        elif kind == "End":
            self._finish(value, end)
        elif self.is_code:
            return
        elif kind in _BREAKS:
            self._end_line()
        elif kind == "Rule":
            self.end_region()
        else:
            self._reach(start, end)
            if kind in _OPAQUE or (kind == "Code" and not self._is_ticked(start, end)):
                self._hide(start, end)
            self.last = end

    def end_region(self) -> None:
        """End a paragraph, heading or cell, and find what it holds."""
        self._end_line()
        lines, self.lines = self.lines, []
        if sum(self.source.count(b"$", line.start, line.end) for line in lines) > 1:
            size = len(self.source[lines[0].start : lines[-1].end].decode())
            if size <= allow.MAX_INLINE:  # a longer one is shown as it is
                self._find(lines)

    def _begin(self, value: object, start: int) -> None:
        name, about = next(iter(value.items())) if isinstance(value, dict) else (str(value), None)
        if name in _PHRASES:
            self._reach(start, start)
        elif name in {"Link", "Image"}:
            self._reach(start, start)
            kind = str(about["link_type"]) if isinstance(about, dict) else ""
            whole = name == "Image" or kind in _AUTOMATIC
            self.links.append(("whole" if whole else "end", start))
            self.last = start
        else:
            self.end_region()
            self.is_cell = name == "TableCell"
            self.is_code = name in {"CodeBlock", "HtmlBlock"}

    def _finish(self, value: object, end: int) -> None:
        name = next(iter(value)) if isinstance(value, dict) else str(value)
        if name in _PHRASES:
            self._reach(end, end)
        elif name in {"Link", "Image"}:
            kind, start = self.links.pop()
            line_start = self.line.start if self.line else end
            self._reach(end, end)
            self._hide(max(start if kind == "whole" else self.last, line_start), end)
        else:
            self.end_region()
            self.is_cell = self.is_code = False

    def _reach(self, start: int, end: int) -> None:
        if self.line is None:
            if start and self.source[start - 1 : start] == b"\\":
                start -= 1
            self.line = _Line(start=start, end=end)
        self.line.end = max(self.line.end, end)

    def _hide(self, start: int, end: int) -> None:
        if self.line is not None:
            self.line.hidden.append((start, end))

    def _end_line(self) -> None:
        if self.line is not None:
            self.lines.append(self.line)
            self.line = None

    def _is_ticked(self, start: int, end: int) -> bool:
        source = self.source
        return source[start - 1 : start + 1] == b"$`" and source[end - 1 : end + 1] == b"`$"

    def _find(self, lines: list[_Line]) -> None:
        written: list[str] = []
        hidden: list[tuple[int, int]] = []
        size = 0
        for line in lines:
            words = self.source[line.start : line.end].decode()
            written.append(words)
            for start, end in line.hidden:
                begin = size + len(self.source[line.start : max(start, line.start)].decode())
                hidden.append(
                    (begin, begin + len(self.source[max(start, line.start) : end].decode()))
                )
            size += len(words) + 1
        text = "\n".join(written)
        joined = _Joined(text=text, lines=lines)
        for span in formulas_in(text, sorted(hidden)):
            tex = span.tex.replace("\\|", "|") if self.is_cell else span.tex
            start, end = joined.in_source(span.start), joined.in_source(span.end - 1) + 1
            self.places.append(Place(start=start, end=end, tex=tex, is_display=span.is_display))


class _Joined:
    """The lines of a paragraph as one text, and where its characters are in the source; asked in their order."""

    def __init__(self, *, text: str, lines: list[_Line]) -> None:
        self._text = text
        self._lines = lines
        sizes = accumulate((line.end - line.start + 1 for line in lines), initial=0)
        self._begins = tuple(sizes)[:-1]
        self._characters = self._bytes = 0

    def in_source(self, character: int) -> int:
        """Return the byte of the source at which a character stands."""
        self._bytes += len(self._text[self._characters : character].encode())
        self._characters = character
        number = bisect_right(self._begins, self._bytes) - 1
        line = self._lines[number]
        return min(line.start + self._bytes - self._begins[number], line.end)
