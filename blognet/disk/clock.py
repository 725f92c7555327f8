"""The clock. Answers: what time is it? Only the command line asks; everybody else is told."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present as an aware UTC time with whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def nanoseconds() -> int:
    """Return the present as nanoseconds since 1970, to be compared with the times of files."""
    return time.time_ns()
