"""Passages of a text by their offsets, and pairs of marks. Every search here takes time in the length of the text.

A post may hold ten thousand marks that are never closed; looking for each one's end anew would take hours.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """The characters from `start` up to `end`."""

    start: int
    end: int


def inside(spans: tuple[Span, ...], offset: int) -> bool:
    """Whether a character lies in one of the spans, which are sorted and do not overlap."""
    at = bisect_right(spans, offset, key=_start_of)
    return at > 0 and offset < spans[at - 1].end


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and drop each that overlaps one before it."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def added(first: tuple[Span, ...], more: Iterable[Span]) -> tuple[Span, ...]:
    """Add those spans that overlap none of the first ones."""
    return disjoint((*first, *(span for span in more if not _overlaps(first, span))))


def own_line(text: str, span: Span) -> Span:
    """Widen a span to its whole lines, line feed included, when nothing else stands on them."""
    begin = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    finish = len(text) if line_end < 0 else line_end
    alone = not text[begin : span.start].strip() and not text[span.end : finish].strip()
    return Span(start=begin, end=min(finish + 1, len(text))) if alone else span


def pairs(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield openings with the next closing mark; the search goes on behind it, and ends when none is left."""
    position = 0
    while first := opening.search(text, position):
        last = closing.search(text, first.end())
        if last is None:
            return
        yield first, last
        position = last.end()


def _overlaps(spans: tuple[Span, ...], span: Span) -> bool:
    at = bisect_right(spans, span.end - 1, key=_start_of)
    return at > 0 and span.start < spans[at - 1].end


def _start_of(span: Span) -> int:
    return span.start
