"""Times as people and schedulers write them in a time zone: ``2026-12-24 08:00``, ``0 8 24 12 *``. Starts nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


def local_minute(moment: datetime, *, zone: tzinfo) -> str:
    """Return the first whole minute at or after a moment, in a zone: ``2026-12-24 08:00``."""
    return _minute(moment).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def cron_line(moment: datetime, *, zone: tzinfo) -> str:
    """Return the five fields of cron for the first whole minute at or after a moment, in a zone.

    They name no year: the line is for the coming time, not for ever.
    """
    local = _minute(moment).astimezone(zone)
    return f"{local.minute} {local.hour} {local.day} {local.month} *"


def _minute(moment: datetime) -> datetime:
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=1)
