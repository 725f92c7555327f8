"""Running text between two pieces of markup, as pyromark hands it out. Answers: its HTML, bare addresses being links.

A run is several pieces: an entity, a backslash or a mark that means nothing begins a new one. It refuses to know the
elements around it. Places are in bytes of the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING

from blognet.markup import allow
from blognet.markup.bare_links import find_bare_links, open_address

if TYPE_CHECKING:
    from collections.abc import Callable

_GAP = "\0"
"""Stands in a run where the source had a backslash: no address goes on there."""
_BLANKS = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_MAY_STAND_BEFORE = frozenset(b" \t\n*_~(")


@dataclass(slots=True)
class TextRun:
    """The run being gathered.

    Attributes:
        source: The whole text.
        absorbed: Up to here the source was written already, as part of an address.
        pieces: Empty while no run has begun.
    """

    source: bytes
    absorbed: int = 0
    pieces: list[str] = field(default_factory=list)
    _start: int = 0
    _end: int = 0

    def add(self, text: str, start: int, end: int, *, is_first: bool) -> None:
        """Add a piece; `is_first` says that a paragraph begins with it."""
        if start < self.absorbed:
            text = self.source[self.absorbed : end].decode()
            start = self.absorbed
        if is_first and text[:1] in _BLANKS and self.source.startswith(text.encode(), start):
            text = text.lstrip(_BLANKS)
        if not self.pieces:
            self._start = start
        elif start != self._end:
            self.pieces.append(_GAP)
        self.pieces.append(text)
        self._end = end

    def strip_end(self) -> None:
        """Take away the blanks at the end of a paragraph that only Unicode calls blanks, as `parse` does."""
        last = self.pieces[-1]
        stripped, raw = last.rstrip(_BLANKS), last.encode()
        if stripped != last and self.source.endswith(raw, 0, self._end):
            self.pieces[-1] = stripped

    def take(self) -> str:
        """Return the text of the run, and begin the next."""
        text = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        self.pieces.clear()
        return text

    def linked(
        self,
        text: str,
        link_open: Callable[[str, int], str],
        *,
        begin: int,
        limit: int,
        emphasis_follows: bool,
    ) -> str:
        """Return the HTML of the run that was taken last, bare addresses being links.

        Args:
            text: The run.
            link_open: Writes the opening tag of a link to an address, for the place where the run stands.
            begin: Where the paragraph begins.
            limit: No address goes on behind this place.
            emphasis_follows: Whether the run ends at a mark of emphasis; an address does not: ``…/__init__.py``.
        """
        if self._start > begin and self.source[self._start - 1] not in _MAY_STAND_BEFORE:
            text = f"{_GAP}{text}"
        if emphasis_follows:
            text = self._with_whole_address(text, limit)
        written: list[str] = []
        at = 0
        for found in find_bare_links(text):
            words = escape(text[found.start : found.end], quote=False)
            written += (plain(text[at : found.start]), link_open(found.target, self._start))
            written += (words, "</a>")
            at = found.end
        return "".join((*written, plain(text[at:])))

    def _with_whole_address(self, text: str, limit: int) -> str:
        begin = open_address(text)
        if begin is None:
            return text
        words = text[begin:].encode()
        start = self._end - len(words)
        if not self.source.endswith(words, 0, self._end):
            return text
        limit = min(limit, start + allow.MAX_ADDRESS)
        whole = self.source[start:limit].decode("utf-8", "ignore")
        found = next(find_bare_links(whole), None)
        length = len(whole[: found.end].encode()) if found and found.start == 0 else 0
        if found is None or length <= len(words):
            return text
        self.absorbed = start + length
        return text[:begin] + unescape(whole[: found.end])


def plain(text: str) -> str:
    """Return the HTML of a run in which nothing is a link."""
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return text.replace(_GAP, "")
