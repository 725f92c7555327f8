"""What changed between two texts, word by word. Answers in pieces that give both texts back; knows no posts.

Lines are matched first and words inside the lines that differ, so that a long text costs little and a moved line break
is a change of one blank. The time is about linear in the size of the texts, whatever they hold: where there is
nothing to hold on to, a stretch is called removed and another added, which is never wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SMALL = 62_500
"""Stretches of which the product of the lengths is at most this are compared each with each."""
_PILCROW = "\u00b6"
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\n|[^\S\n]+|[{_CJK}]|[^\W{_CJK}]+(?:['\u2019][^\W{_CJK}]+)*|.", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Change(Enum):
    """What became of a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, never empty, that stands in both texts or in one of them."""

    change: Change
    text: str


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """Return the difference of two texts, no two neighbours of one kind; what was removed stands first."""
    pieces: list[Piece] = []
    for old, new in _stretches(_LINE.findall(before), _LINE.findall(after)):
        if old == new:
            pieces += _pieces(old, new)
            continue
        words = _stretches(_TOKEN.findall(old), _TOKEN.findall(new))
        for old_words, new_words in words:
            pieces += _pieces(old_words, new_words)
    return tuple(_joined(_without_islands(pieces)))


def text_before(pieces: Iterable[Piece]) -> str:
    """Return the first of the two texts."""
    return "".join(piece.text for piece in pieces if piece.change is not Change.ADDED)


def text_after(pieces: Iterable[Piece]) -> str:
    """Return the second of the two texts."""
    return "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED)


def changed_lines(
    pieces: Sequence[Piece], *, context: int = 2
) -> tuple[tuple[int, tuple[Piece, ...]], ...]:
    """Return the lines of a difference that hold a change, with a few around them.

    A line feed ends a line in whichever text it stands; one that was added or removed is shown as a pilcrow, since
    nothing else tells it from one that stands in both.

    Args:
        pieces: A difference.
        context: How many unchanged lines to keep on either side.

    Returns:
        Each line's number in the text after the change, counted from 1, and its pieces without the line feed.
    """
    lines = list(_lines(pieces))
    wanted: set[int] = set()
    for at, (_, line) in enumerate(lines):
        if any(piece.change is not Change.SAME for piece in line):
            wanted |= set(range(at - context, at + context + 1))
    return tuple(line for at, line in enumerate(lines) if at in wanted)


def _lines(pieces: Sequence[Piece]) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    line: list[Piece] = []
    number = 1
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        for at, text in enumerate((first, *rest)):
            is_ended = at < len(rest)
            shown = text + (_PILCROW if is_ended and piece.change is not Change.SAME else "")
            if shown:
                line.append(Piece(change=piece.change, text=shown))
            if is_ended:
                yield number, _without_mark(line)
                line = []
                number += piece.change is not Change.REMOVED
    if line:
        yield number, tuple(line)


def _without_mark(line: list[Piece]) -> tuple[Piece, ...]:
    """Leave the pilcrow out where a whole line came or went: nothing else can be meant."""
    if len(line) == 1 and line[0].change is not Change.SAME and line[0].text != _PILCROW:
        return (Piece(change=line[0].change, text=line[0].text.removesuffix(_PILCROW)),)
    return tuple(line)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    if old == new and old:
        yield Piece(change=Change.SAME, text=old)
        return
    if old:
        yield Piece(change=Change.REMOVED, text=old)
    if new:
        yield Piece(change=Change.ADDED, text=new)


def _without_islands(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Make a blank between two changed words part of the change: whole phrases read better than every second word."""
    for at, piece in enumerate(pieces):
        is_between = 0 < at < len(pieces) - 1 and all(
            other.change is not Change.SAME for other in (pieces[at - 1], pieces[at + 1])
        )
        if piece.change is Change.SAME and is_between and piece.text.strip(" \t") == "":
            yield Piece(change=Change.REMOVED, text=piece.text)
            yield Piece(change=Change.ADDED, text=piece.text)
        else:
            yield piece


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    removed, added, same = "", "", ""
    for piece in pieces:
        if piece.change is Change.SAME:
            yield from _changed(removed, added)
            removed, added = "", ""
            same += piece.text
            continue
        if same:
            yield Piece(change=Change.SAME, text=same)
            same = ""
        if piece.change is Change.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    yield from _changed(removed, added)
    if same:
        yield Piece(change=Change.SAME, text=same)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(change=Change.REMOVED, text=removed)
    if added:
        yield Piece(change=Change.ADDED, text=added)


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give both sequences in pairs of stretches, in order; equal pairs are what stands in both."""
    at, to = 0, 0
    for start, target, length in (*_matches(before, after), (len(before), len(after), 0)):
        if start > at or target > to:
            yield "".join(before[at:start]), "".join(after[to:target])
        if length:
            kept = "".join(before[start : start + length])
            yield kept, kept
        at, to = start + length, target + length


def _matches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give what stands in both sequences: where it begins in each, and how long it is."""
    start = _common(zip(before, after, strict=False))
    rest = min(len(before), len(after)) - start
    end = min(rest, _common(zip(reversed(before), reversed(after), strict=False)))
    if start:
        yield 0, 0, start
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    for at, to, length in _inner(old, new):
        yield start + at, start + to, length
    if end:
        yield len(before) - end, len(after) - end, end


def _inner(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    if len(old) * len(new) <= SMALL:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        yield from ((block.a, block.b, block.size) for block in blocks if block.size)
        return
    anchors = _anchors(old, new)
    if not anchors:
        return
    begin, target = 0, 0
    for at, to in (*anchors, (len(old), len(new))):
        for inner_at, inner_to, length in _matches(old[begin:at], new[target:to]):
            yield begin + inner_at, target + inner_to, length
        if at < len(old):
            yield at, to, 1
        begin, target = at + 1, to + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return what stands once in each, as far as it stands in the same order."""
    in_old, in_new = Counter(old), Counter(new)
    place = {text: to for to, text in enumerate(new) if in_new[text] == 1}
    pairs = [
        (at, place[text]) for at, text in enumerate(old) if in_old[text] == 1 and text in place
    ]
    tails: list[int] = []
    chain: list[tuple[int, int]] = []
    previous: list[int] = []
    last: list[int] = []
    for pair in pairs:
        length = bisect_left(tails, pair[1])
        tails[length : length + 1] = [pair[1]]
        last[length : length + 1] = [len(chain)]
        previous.append(last[length - 1] if length else -1)
        chain.append(pair)
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(chain[at])
        at = previous[at]
    return found[::-1]


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count
