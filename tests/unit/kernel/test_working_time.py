"""Working time in examples that a person can check with a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from blognet.kernel.working_time import WorkingDays, after_working, worked_between, working_days

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = ("mon", "tue", "wed", "thu", "fri")
DAYS = working_days(zone=BERLIN, weekdays=WEEK, holidays=[date(2026, 12, 25), date(2026, 12, 24)])


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        ("2026-11-16 15:00", 2, "2026-11-18 15:00"),  # Monday to Wednesday
        ("2026-11-20 15:00", 2, "2026-11-24 15:00"),  # Friday, over a weekend
        ("2026-11-21 11:00", 2, "2026-11-25 00:00"),  # Saturday: Monday and Tuesday, to the end
        ("2026-12-23 09:00", 2, "2026-12-29 09:00"),  # over two holidays and a weekend
        ("2026-12-24 09:00", 1, "2026-12-29 00:00"),  # from a holiday
        ("2026-03-27 09:00", 1, "2026-03-30 09:00"),  # the clocks are set forward on Sunday
        ("2026-10-23 09:00", 1, "2026-10-26 09:00"),  # and back
        ("2026-11-16 15:00", 0, "2026-11-16 15:00"),
    ],
)
def test_a_promise_is_due_when_its_working_days_have_passed(
    since: str, days: int, due: str
) -> None:
    assert after_working(DAYS, at(since), timedelta(days=days)) == at(due)


def test_a_sunday_with_a_change_of_the_clocks_counts_as_one_day_where_people_work_on_it() -> None:
    days = working_days(zone=BERLIN, weekdays=(*WEEK, "sat", "sun"), holidays=())
    since, until = at("2026-10-25 00:00"), at("2026-10-26 00:00")
    assert until - since == timedelta(hours=25)
    assert worked_between(days, since, until) == timedelta(days=1)


def test_a_zone_that_left_out_a_day_does_not_divide_by_it() -> None:
    apia = ZoneInfo("Pacific/Apia")  # there was no 30 December 2011 there
    days = working_days(zone=apia, weekdays=WEEK, holidays=())
    since = datetime(2011, 12, 29, 12, tzinfo=apia)
    assert after_working(days, since, timedelta(days=1)) > since.astimezone(UTC)


def test_a_week_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no days of the week"):
        WorkingDays(zone=UTC, weekdays=frozenset())
