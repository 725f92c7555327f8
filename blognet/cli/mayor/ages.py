"""How long something has waited, in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def age_words(age: timedelta) -> str:
    """Return a length of time in one word: ``12 min``, ``5 h``, ``3 d``; below a minute ``now``."""
    seconds = int(age.total_seconds())
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _DAY} d"
