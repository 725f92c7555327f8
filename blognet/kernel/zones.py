"""Time zones by their IANA names. Knows no settings and no times."""

from __future__ import annotations

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo


def zone_named(name: str) -> tzinfo | None:
    """Return a time zone; UTC exists on every system."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        # An unknown name is a KeyError; a folder's name, an empty or a hostile one are others.
        return None
