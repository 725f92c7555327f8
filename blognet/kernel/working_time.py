"""Working time. Answers: how much of it lies between two moments, and when has so much of it passed?

A working day is a whole day of the network's calendar, from midnight to midnight in its time zone; weekends and
holidays are none. Every working day counts 24 hours, also the two of the year that a change of the clocks makes longer
or shorter, so that "two working days" after Monday 15:00 is Wednesday 15:00 whatever the clocks did. Knows no promise
and asks no clock.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Names of the days of the week, in the order of `date.weekday`."""

WORKING_DAY = timedelta(days=1)
"""What a working day counts."""

LATEST = datetime(9999, 12, 1, tzinfo=UTC)
"""Further than this nobody reckons."""

_NOTHING = timedelta(0)
_WEEK = 7
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days are working days, and where they begin.

    Attributes:
        zone: Whose midnights part the days.
        weekdays: Days of the week on which people work, 0 for Monday; at least one.
        holidays: Days on which nobody works, sorted.
    """

    zone: tzinfo
    weekdays: frozenset[int]
    holidays: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Check the invariants once, where the value is made."""
        if not self.weekdays or not self.weekdays <= set(range(_WEEK)):
            message = f"no days of the week: {sorted(self.weekdays)}"
            raise ValueError(message)
        if list(self.holidays) != sorted(set(self.holidays)):
            message = "holidays must be sorted, each once"
            raise ValueError(message)


def working_days(*, zone: tzinfo, weekdays: Iterable[str], holidays: Iterable[date]) -> WorkingDays:
    """Make working days from names such as ``mon`` and from holidays in any order."""
    return WorkingDays(
        zone=zone,
        weekdays=frozenset(WEEKDAYS.index(name) for name in weekdays),
        holidays=tuple(sorted(set(holidays))),
    )


def worked_between(days: WorkingDays, since: datetime, until: datetime) -> timedelta:
    """Return the working time from one moment to another; negative when the second is earlier.

    Args:
        days: Which days count.
        since: Aware.
        until: Aware.
    """
    first, last = _day_of(days, since), _day_of(days, until)
    whole = _count(days, last) - _count(days, first)
    return whole * WORKING_DAY + _part(days, last, until) - _part(days, first, since)


def after_working(days: WorkingDays, since: datetime, amount: timedelta) -> datetime:
    """Return when an amount of working time has passed since a moment, in whole seconds of UTC.

    The earliest such moment: two working days after Wednesday 24:00 are Friday 24:00, not Monday 0:00.

    Args:
        days: Which days count.
        since: Aware.
        amount: 0 or more.
    """
    if amount <= _NOTHING:
        return since.astimezone(UTC).replace(microsecond=0)
    day = _day_of(days, since)
    left = amount + _part(days, day, since)
    while left > (counted := WORKING_DAY if is_working(days, day) else _NOTHING):
        left -= counted
        if day >= LATEST.date():
            return LATEST
        day += timedelta(days=1)
    begin, end = _begin(days, day), _begin(days, day + timedelta(days=1))
    moment = begin + (end - begin) * (left / WORKING_DAY)
    # Rounded up: at the moment that is named, all of the amount has passed.
    whole = moment.replace(microsecond=0)
    return whole + timedelta(seconds=1) if moment > whole else whole


def spoken(amount: timedelta) -> str:
    """Say an amount of working time in short: ``2 d 3 h``, ``40 min``."""
    size = abs(amount)
    days, rest = divmod(size, WORKING_DAY)
    hours, rest = divmod(rest, _HOUR)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    return f"{hours} h" if hours else f"{rest // timedelta(minutes=1)} min"


def is_working(days: WorkingDays, day: date) -> bool:
    """Whether people work on a day."""
    at = bisect_left(days.holidays, day)
    is_holiday = at < len(days.holidays) and days.holidays[at] == day
    return day.weekday() in days.weekdays and not is_holiday


def day_of(zone: tzinfo, moment: datetime) -> date:
    """Return the day of the calendar that a moment lies on."""
    return moment.astimezone(zone).date()


def _day_of(days: WorkingDays, moment: datetime) -> date:
    day = day_of(days.zone, moment)
    # Clocks that are set back over midnight show the day before once more: a day that began does not end again.
    tomorrow = day + timedelta(days=1)
    return tomorrow if moment >= _begin(days, tomorrow) else day


def _begin(days: WorkingDays, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=days.zone).astimezone(UTC)


def _part(days: WorkingDays, day: date, moment: datetime) -> timedelta:
    """Return how much of a working day has passed at a moment on it."""
    begin, end = _begin(days, day), _begin(days, day + timedelta(days=1))
    # A zone that crossed the date line left out a whole day.
    if not is_working(days, day) or end <= begin:
        return _NOTHING
    return WORKING_DAY * min(1.0, max(0.0, (moment - begin) / (end - begin)))


def _count(days: WorkingDays, before: date) -> int:
    """Return how many working days lie before a day, counted from the first Monday of the calendar."""
    weeks, rest = divmod(before.toordinal() - 1, _WEEK)  # the first day of the calendar is a Monday
    worked = weeks * len(days.weekdays) + sum(1 for at in range(rest) if at in days.weekdays)
    holidays = days.holidays[: bisect_left(days.holidays, before)]
    return worked - sum(1 for day in holidays if day.weekday() in days.weekdays)
