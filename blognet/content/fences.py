"""Where front matter ends and the body begins. Knows no YAML: it only looks for fences.

Front matter stands between two lines ``---`` at the beginning of the text (blank lines before the first are
forgiven, ``...`` may close it, as in Pandoc). Hugo and Zola also fence TOML with ``+++``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Fence(StrEnum):
    """How the front matter is fenced."""

    YAML = "---"
    TOML = "+++"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fenced:
    """A source in two parts.

    Attributes:
        fence: What stood on the first line.
        closed: Whether the second fence was found; without it everything after the first is in `block`.
        block: The text between the fences.
        block_line: Number of the block's first line, counted from 1.
        body: The text after the second fence.
        body_line: Number of the body's first line.
    """

    fence: Fence
    closed: bool
    block: str
    block_line: int
    body: str
    body_line: int


_CLOSING = {
    Fence.YAML: re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    Fence.TOML: re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_OPENING = re.compile(r"(?:[ \t]*\n)*(?P<fence>---|\+\+\+)[ \t]*(?:\n|\Z)")


def split_front_matter(text: str) -> Fenced:
    """Split a source text (LF line ends) into front matter and body."""
    opening = _OPENING.match(text)
    if not opening:
        return Fenced(fence=Fence.NONE, closed=True, block="", block_line=1, body=text, body_line=1)
    fence = Fence(opening["fence"])
    start = opening.end()
    block_line = text.count("\n", 0, start) + 1
    closing = _CLOSING[fence].search(text, start)
    if not closing:
        return Fenced(
            fence=fence,
            closed=False,
            block=text[start:],
            block_line=block_line,
            body="",
            body_line=1,
        )
    return Fenced(
        fence=fence,
        closed=True,
        block=text[start : closing.start()],
        block_line=block_line,
        body=text[closing.end() :],
        body_line=text.count("\n", 0, closing.end()) + 1,
    )
