"""Byte ranges of RFC 9110, section 14: one range; several at once are answered with the whole, as is allowed."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.IGNORECASE | re.ASCII)
_MOST_DIGITS = 18


class UnsatisfiableError(Exception):
    """The range lies behind the end of the file."""


def range_of(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte that a header asks for; None when the whole file is the answer.

    Args:
        header: The value of ``Range``.
        size: Of the file, in bytes.

    Raises:
        UnsatisfiableError: Nothing of the file lies in the range.
    """
    found = _RANGE.fullmatch(header)
    if (
        found is None
        or found[1] == found[2] == ""
        or len(max(found.groups(), key=len)) > _MOST_DIGITS
    ):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if not length:
            raise UnsatisfiableError
        return size - length, size - 1
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    if first >= size:
        raise UnsatisfiableError
    return first, last
