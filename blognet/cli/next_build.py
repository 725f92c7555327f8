"""How commands say when the next build is due: in the network's zone, in UTC, and as a line of cron."""

from __future__ import annotations

import shlex
from datetime import UTC
from typing import TYPE_CHECKING

from blognet.kernel.cron import cron_line, local_minute
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from datetime import datetime, tzinfo
    from pathlib import Path


def next_build_lines(moment: datetime, timezone: str, root: Path) -> tuple[str, str]:
    """Return a sentence, and a line of cron for exactly this build."""
    zone = _zone(timezone)
    command = f"blognet -C {shlex.quote(str(root))} build"
    return (
        f"Next build is due at {local_minute(moment, zone=zone)} in {timezone} ({iso(moment)})",
        f"for cron, below CRON_TZ={timezone}: {cron_line(moment, zone=zone)} {command}",
    )


def next_build_values(moment: datetime | None, timezone: str) -> dict[str, object]:
    """Return the same for JSON; None where nothing is due."""
    zone = _zone(timezone) if moment else UTC
    return {
        "next_due": iso(moment) if moment else None,
        "next_due_local": moment.astimezone(zone).isoformat() if moment else None,
        "next_due_cron": cron_line(moment, zone=zone) if moment else None,
        "timezone": timezone,
    }


def _zone(timezone: str) -> tzinfo:
    from blognet.kernel.zones import zone_named

    return zone_named(timezone) or UTC
