"""Working time: what holds for any calendar, any zone and any two moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.working_time import (
    WorkingDays,
    after_working,
    is_working,
    worked_between,
)

# Zones that change their clocks at 2:00, at midnight, at one minute past it, or once left out a whole day.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/Havana",
    "America/St_Johns",
    "Pacific/Apia",
    "Asia/Kolkata",
)
SECOND = timedelta(seconds=1)

moments = st.datetimes(
    min_value=datetime(2006, 1, 1),  # noqa: DTZ001  hypothesis wants naive bounds
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
amounts = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40)).map(
    lambda amount: timedelta(seconds=int(amount.total_seconds()))
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingDays:
    holidays = draw(st.sets(st.dates(date(2006, 1, 1), date(2027, 12, 31)), max_size=12))
    return WorkingDays(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        holidays=tuple(sorted(holidays)),
    )


@given(days=calendars(), one=moments, other=moments, third=moments)
def test_working_time_adds_up_never_runs_backwards_and_never_exceeds_the_days(
    days: WorkingDays, one: datetime, other: datetime, third: datetime
) -> None:
    first, second, last = sorted((one, other, third))
    parts = worked_between(days, first, second), worked_between(days, second, last)
    whole = worked_between(days, first, last)
    assert all(part >= timedelta(0) for part in parts)
    assert abs(whole - sum(parts, timedelta(0))) < SECOND
    assert worked_between(days, last, first) == -whole
    assert whole <= timedelta(days=(last - first).days + 2)


@given(days=calendars(), since=moments, amount=amounts)
def test_after_so_much_working_time_exactly_so_much_has_passed(
    days: WorkingDays, since: datetime, amount: timedelta
) -> None:
    then = after_working(days, since, amount)
    assert then >= since
    assert then.microsecond == 0
    # A short day packs its 24 hours into 23: a second of the clock is a little more of working time.
    assert abs(worked_between(days, since, then) - amount) <= 2 * SECOND


@given(days=calendars(), since=moments, amount=amounts, more=amounts)
def test_a_longer_promise_is_never_due_earlier(
    days: WorkingDays, since: datetime, amount: timedelta, more: timedelta
) -> None:
    assert after_working(days, since, amount) <= after_working(days, since, amount + more)


@given(days=calendars(), since=moments, later=moments, amount=amounts)
def test_what_came_later_is_never_due_earlier(
    days: WorkingDays, since: datetime, later: datetime, amount: timedelta
) -> None:
    first, last = sorted((since, later))
    assert after_working(days, first, amount) <= after_working(days, last, amount)


@given(days=calendars(), day=st.dates(date(2006, 1, 2), date(2027, 12, 30)), data=st.data())
def test_no_time_passes_on_a_day_on_which_nobody_works(
    days: WorkingDays, day: date, data: st.DataObject
) -> None:
    begin = datetime(day.year, day.month, day.day, tzinfo=days.zone).astimezone(UTC)
    # Days that the clocks made longer by stepping over midnight end in an hour that may be the next day's.
    hours = st.integers(0, 22 * 3600)
    one, other = sorted(begin + data.draw(hours) * SECOND for _ in range(2))
    if not is_working(days, day) and one.astimezone(days.zone).date() == day:
        assert other.astimezone(days.zone).date() != day or not worked_between(days, one, other)


@given(days=calendars(), since=moments, amount=amounts)
def test_nothing_is_due_on_a_weekend_or_holiday(
    days: WorkingDays, since: datetime, amount: timedelta
) -> None:
    then = after_working(days, since, amount + SECOND)
    # Due at midnight means at the end of the day before.
    assert is_working(days, (then - SECOND).astimezone(days.zone).date()) or is_working(
        days, then.astimezone(days.zone).date()
    )
