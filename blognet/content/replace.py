"""Put other words into an author's file. Everything outside of them stays, CRLF included. Knows no front matter."""

from __future__ import annotations

import re

_CRLF = re.compile("\r\n")


def with_replacement(source: str, start: int, end: int, words: str) -> str:
    """Return a source with a part of it replaced.

    Args:
        source: As it is on disk, CRLF and all, but without a byte order mark.
        start: Where the part begins, in characters of the text as it is read, in which CRLF is one.
        end: Where it ends, the end not included.
        words: LF line ends only; they become CRLF where most of the source's are.
    """
    at = [found.start() - before for before, found in enumerate(_CRLF.finditer(source))]
    start += sum(1 for place in at if place < start)
    end += sum(1 for place in at if place < end)
    if 2 * len(at) > source.count("\n"):
        words = words.replace("\n", "\r\n")
    return source[:start] + words + source[end:]
