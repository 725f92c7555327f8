"""How working time and due dates are said on a terminal: in working days and hours, in the network's zone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from blognet.kernel.working_time import spoken
from blognet.moderation.message_writing import typed_name

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from blognet.moderation.promise import QueueSummary, Wait

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def left_in_words(wait: Wait) -> str:
    """Say how much time is left to answer, or how late the answer is; "-" when nothing is promised."""
    if wait.left is None:
        return "-"
    return f"{spoken(wait.left)} late" if wait.is_late else f"{spoken(wait.left)} left"


def age_in_words(wait: Wait, *, now: datetime) -> str:
    """Say how old something is by the clock on the wall."""
    return spoken(max(now - wait.since, timedelta(0)))


def day_and_time(moment: datetime, zone: tzinfo) -> str:
    """Say when: ``Tue 2026-11-24 15:00``; midnight is the end of the day before."""
    local = moment.astimezone(zone)
    if local.hour == local.minute == 0:
        before = (moment - timedelta(minutes=1)).astimezone(zone)
        return f"{_DAYS[before.weekday()]} {before:%Y-%m-%d} 24:00"
    return f"{_DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def footer(summary: QueueSummary, *, now: datetime) -> list[str]:
    """Return the last lines of the queue: what is late, what is due today, the oldest, this month's median."""
    if summary.oldest is None and summary.median is None:
        return []
    parts: list[str] = []
    if summary.late:
        parts.append(f"{summary.late} late")
    if summary.oldest is not None and summary.oldest.due is not None:
        parts.append(f"{summary.due_today} due today")
    if summary.oldest is not None:
        oldest = summary.oldest
        parts.append(f"oldest: {typed_name(oldest.subject)}, {age_in_words(oldest, now=now)}")
    if summary.median is not None:
        many = f"{summary.answers} answer{'s' if summary.answers != 1 else ''}"
        parts.append(f"this month's median answer: {spoken(summary.median)} ({many})")
    return [" · ".join(parts)]
