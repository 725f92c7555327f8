"""The first line ``# Heading`` of a text, which may stand for its title. Knows no YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.content.fences import Fenced

_HEADING = re.compile(r"(?:[ \t]*\n)* {0,3}#[ \t]+(?P<text>[^\n]*)(?P<end>\n|\Z)")
_MAX_HEADING = 500
_INLINE_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def heading_of(fenced: Fenced) -> tuple[str, int, str]:
    """Return the body below its first line ``# Heading``, that body's line, and the heading's text."""
    match = _HEADING.match(fenced.body)
    if not match or len(match["text"]) > _MAX_HEADING:
        return fenced.body, fenced.body_line, ""
    line = fenced.body_line + fenced.body.count("\n", 0, match.end())
    shown = match["text"].rstrip()
    bare = shown.rstrip("#")
    if not bare or bare[-1] in " \t":
        shown = bare
    text = _INLINE_LINK.sub(r"\1", shown).replace("`", "").replace("**", "")
    return fenced.body[match.end() :], line, " ".join(text.split())


def is_heading_of(heading: str, title: str) -> bool:
    """Whether a heading only repeats a title."""
    return heading.casefold() == " ".join(title.split()).casefold()
