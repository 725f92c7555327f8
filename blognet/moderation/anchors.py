"""Anchors: where do quoted words stand in a text now? Knows no notes, no files and no record.

An anchor is words quoted from a text and up to `CONTEXT` characters before and after them. It is found again

1. where words and context stand exactly;
2. else where the words stand, when they stand there alone and are long, or have some of their context;
3. else, of several places, at the one that has its context while no other place has;
4. else the same three with white space counted as equal, so that wrapping lines anew loses nothing.

Otherwise it is *lost*. What is found always reads as quoted: an anchor never comes to point to other words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTEXT = 32
"""Characters kept of what stands before and after the words."""

MAX_QUOTE = 4000
"""Characters of the longest quotation."""

_MAX_PLACES = 200
"""Places compared; words that stand in more are found by their exact context alone."""
_LONG = 16
"""Characters from which on words that stand alone are not there by chance."""
_FAR, _NEAR = 0.25, 0.5
"""How alike contexts are, from 0 to 1. An edit on one side of the words leaves at least `_NEAR`."""
_EDGE = "\0"
"""Stands for the beginning and the end of a text; no source holds it."""
_BLANKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Words of a text, and what stood around them.

    Attributes:
        quote: The words, exactly as they stood there; never empty.
        before: Up to `CONTEXT` characters; fewer only at the beginning of the text.
        after: Up to `CONTEXT` characters; fewer only at its end.
    """

    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A part of a text: offsets in characters, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The words cannot be found for sure.

    Attributes:
        places: Where words that read the same stand; empty when they are gone.
    """

    places: tuple[Span, ...] = ()


def places_of(text: str, words: str) -> tuple[Span, ...]:
    """Return where words stand in a text, from its beginning on; at most a few hundred places.

    White space counts as equal only when the words stand nowhere exactly as given.
    """
    if not words.strip():
        return ()
    found = _spans(text, words)
    if found:
        return found
    flat = _Flat(text)
    return tuple(flat.span(span) for span in _spans(flat.text, _Flat(words).text))


def anchor_at(text: str, span: Span) -> Anchor:
    """Return the anchor of a part of a text."""
    return Anchor(
        quote=text[span.start : span.end],
        before=text[max(0, span.start - CONTEXT) : span.start],
        after=text[span.end : span.end + CONTEXT],
    )


def find_anchor(text: str, anchor: Anchor) -> Span | Lost:
    """Return where an anchor's words stand now; `Lost` when that is not sure."""
    if not anchor.quote.strip():
        return Lost()
    found = _find(text, anchor)
    if isinstance(found, Span) or not all(word in text for word in anchor.quote.split()):
        return found
    flat = _Flat(text)
    flattened = Anchor(
        quote=_Flat(anchor.quote).text,
        before=_Flat(anchor.before).text,
        after=_Flat(anchor.after).text,
    )
    if len(_spans(flat.text, flattened.quote)) < len(found.places):
        return found  # blanks made one hid some of the places, so those left would look surer than they are
    again = _find(flat.text, flattened)
    if isinstance(again, Span):
        return flat.span(again)
    return Lost(places=found.places or tuple(flat.span(span) for span in again.places))


def stands_instead(text: str, anchor: Anchor, replacement: str) -> bool:
    """Whether a text has the replacement exactly where the anchor's words stood: the change was made already."""
    changed = f"{anchor.before}{replacement}{anchor.after}"
    is_telling = bool(anchor.before.strip() or anchor.after.strip() or replacement.strip())
    return is_telling and len(_starts(text, changed, most=2)) == 1


def _find(text: str, anchor: Anchor) -> Span | Lost:
    whole = f"{anchor.before}{anchor.quote}{anchor.after}"
    exact = _starts(text, whole, most=2)
    if len(exact) == 1:
        start = exact[0] + len(anchor.before)
        return Span(start=start, end=start + len(anchor.quote))
    places = _spans(text, anchor.quote)
    if not places:
        return Lost()
    if len(places) > _MAX_PLACES:
        return Lost(places=places[:_MAX_PLACES])
    if len(places) == 1:
        alone = places[0]
        is_long = len(anchor.quote.strip()) >= _LONG
        return alone if is_long or _alike(text, alone, anchor) >= _FAR else Lost(places=places)
    ranked = sorted(((_alike(text, place, anchor), place) for place in places), reverse=True)
    (best, chosen), (second, _) = ranked[:2]
    return chosen if best >= _NEAR and second < _FAR else Lost(places=places)


def _alike(text: str, place: Span, anchor: Anchor) -> float:
    """Return how much of its context an anchor would have at a place, from 0 to 1: both sides count the same."""
    before = text[max(0, place.start - CONTEXT) : place.start]
    after = text[place.end : place.end + CONTEXT]
    sides = (
        _shared(_to_edge(anchor.before)[::-1], _to_edge(before)[::-1]),
        _shared(_to_edge(anchor.after, behind=True), _to_edge(after, behind=True)),
    )
    return sum(sides) / len(sides)


def _to_edge(context: str, *, behind: bool = False) -> str:
    if len(context) >= CONTEXT:
        return context
    return context + _EDGE if behind else _EDGE + context


def _shared(wanted: str, found: str) -> float:
    """Return how much of what is wanted stands at the beginning of what was found."""
    same = 0
    for one, other in zip(wanted, found, strict=False):
        if one != other:
            break
        same += 1
    return same / len(wanted)


def _spans(text: str, words: str) -> tuple[Span, ...]:
    starts = _starts(text, words, most=_MAX_PLACES + 1)
    return tuple(Span(start=start, end=start + len(words)) for start in starts)


def _starts(text: str, words: str, *, most: int) -> tuple[int, ...]:
    """Return where words begin, overlapping ones too."""
    starts: list[int] = []
    at = text.find(words)
    while at >= 0 and len(starts) < most:
        starts.append(at)
        at = text.find(words, at + 1)
    return tuple(starts)


class _Flat:
    """A text with each run of white space made one blank, or a blank line, and the way back."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self._places: list[int] = []
        at = 0
        for run in _BLANKS.finditer(text):
            pieces.append(text[at : run.start()])
            self._places += range(at, run.start())
            blank = "\n\n" if run[0].count("\n") > 1 else " "
            pieces.append(blank)
            self._places += [run.start()] * len(blank)
            at = run.end()
        pieces.append(text[at:])
        self._places += range(at, len(text) + 1)
        self.text = "".join(pieces)

    def span(self, span: Span) -> Span:
        """Return where a part of the flat text stands in the text."""
        return Span(start=self._places[span.start], end=self._places[span.end])
