"""How working time and due dates are said on a terminal: in working days and hours, in the network's zone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_and_time(moment: datetime, zone: tzinfo) -> str:
    """Say when: ``Tue 2026-11-24 15:00``; midnight is the end of the day before."""
    local = moment.astimezone(zone)
    if local.hour == local.minute == 0:
        before = (moment - timedelta(minutes=1)).astimezone(zone)
        return f"{_DAYS[before.weekday()]} {before:%Y-%m-%d} 24:00"
    return f"{_DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def weekday_and_time(moment: datetime, zone: tzinfo) -> str:
    """Say when something begins: ``Tue 2026-11-24 00:00 in Europe/Berlin``."""
    local = moment.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M} in {zone}"
