"""When it is a deputy's turn, in working days of the network's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from blognet.kernel.ids import AuthorId
from blognet.kernel.working_time import WEEKDAYS, working_days
from blognet.moderation.deputies import Away, Deputies, deputys_turn
from blognet.moderation.events import Verb

BERLIN = ZoneInfo("Europe/Berlin")
ANN, CLEO, DEV = AuthorId("ann"), AuthorId("cleo"), AuthorId("dev")
DAYS = working_days(
    zone=BERLIN,
    weekdays=WEEKDAYS[:5],
    holidays=(date(2026, 12, 24), date(2026, 12, 25)),
)
DEPUTIES = Deputies(ids=frozenset({DEV}), after=2, days=DAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("since", "now", "is_turn"),
    [
        ("2026-11-23T09:00", "2026-11-25T08:59", False),  # a Monday
        ("2026-11-23T09:00", "2026-11-25T09:00", True),
        ("2026-11-20T09:00", "2026-11-24T08:59", False),  # over a weekend
        ("2026-11-20T09:00", "2026-11-24T09:00", True),
        ("2026-11-21T09:00", "2026-11-24T23:59", False),  # a Saturday counts from Monday on
        ("2026-11-21T09:00", "2026-11-25T00:00", True),
        ("2026-12-23T09:00", "2026-12-28T08:59", False),  # over two holidays and a weekend
        ("2026-12-23T09:00", "2026-12-29T09:00", True),
        ("2026-11-25T09:00", "2026-11-20T09:00", False),  # a clock that was wrong
        ("2026-03-27T09:00", "2026-03-31T09:00", True),  # summer time begins
    ],
)
def test_a_deputy_counts_the_working_days_of_the_promise(
    since: str, now: str, *, is_turn: bool
) -> None:
    assert turn(since=since, now=now) == ("waited 2 working days" if is_turn else "")


def turn(
    verb: Verb = Verb.APPROVE,
    *,
    since: str = "",
    now: str = "2026-11-25T09:00",
    away: tuple[Away, ...] = (),
) -> str:
    return deputys_turn(
        Deputies(ids=DEPUTIES.ids, after=DEPUTIES.after, away=away, days=DAYS),
        verb,
        mayors=frozenset({ANN, CLEO}),
        waits_since=at(since) if since else None,
        now=at(now),
    )


def away(mayor: AuthorId, first: str, last: str) -> Away:
    return Away(mayor=mayor, first=date.fromisoformat(first), last=date.fromisoformat(last))


def test_a_deputy_waits_as_long_as_the_policy_says() -> None:
    assert turn(since="2026-11-23T09:01") == ""
    assert turn(since="2026-11-23T09:00") == "waited 2 working days"


def test_what_nobody_knows_the_age_of_is_no_deputys() -> None:
    assert turn() == ""


def test_all_mayors_must_be_away_and_both_days_count() -> None:
    ann = away(ANN, "2026-11-25", "2026-11-25")
    assert turn(away=(ann,)) == ""
    assert turn(away=(ann, away(CLEO, "2026-11-20", "2026-11-25"))) == "all mayors are away"
    assert turn(away=(ann, away(CLEO, "2026-11-20", "2026-11-24"))) == ""


def test_days_of_absence_are_days_of_the_networks_zone() -> None:
    both = tuple(away(mayor, "2026-11-25", "2026-11-25") for mayor in (ANN, CLEO))
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    assert deputys_turn(
        Deputies(ids=frozenset({DEV}), away=both, days=DAYS),
        Verb.APPROVE,
        mayors=frozenset({ANN, CLEO}),
        waits_since=None,
        now=late,
    )


@pytest.mark.parametrize("verb", [Verb.RETRACT, Verb.RESTORE])
def test_an_error_on_the_site_waits_for_nobody(verb: Verb) -> None:
    assert turn(verb) == "emergency"
