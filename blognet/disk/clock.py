"""The clock. Answers: what time is it? Only the command line asks; everybody else is told."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present as an aware UTC time with whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
