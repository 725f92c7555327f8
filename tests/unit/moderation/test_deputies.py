"""When it is a deputy's turn, in working days of the network's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from blognet.kernel.ids import AuthorId
from blognet.moderation.deputies import Away, Deputies, deputys_turn, working_days
from blognet.moderation.events import Verb

BERLIN = ZoneInfo("Europe/Berlin")
ANN, CLEO, DEV = AuthorId("ann"), AuthorId("cleo"), AuthorId("dev")
DEPUTIES = Deputies(ids=frozenset({DEV}), after=2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-23T09:00", "2026-11-23T18:00", 0),  # a Monday
        ("2026-11-23T09:00", "2026-11-24T08:59", 0),
        ("2026-11-23T09:00", "2026-11-24T09:00", 1),
        ("2026-11-20T09:00", "2026-11-23T08:00", 0),  # over a weekend
        ("2026-11-20T09:00", "2026-11-23T09:00", 1),
        ("2026-11-21T09:00", "2026-11-24T09:00", 2),
        ("2026-11-23T09:00", "2026-11-20T09:00", 0),  # a clock that was wrong
        ("2026-03-27T09:00", "2026-03-30T09:00", 1),  # summer time begins
    ],
)
def test_working_days_pass_when_the_time_of_day_is_reached_again(
    since: str, until: str, days: int
) -> None:
    assert working_days(at(since), at(until), zone=BERLIN) == days


def turn(
    verb: Verb = Verb.APPROVE,
    *,
    since: str = "",
    now: str = "2026-11-25T09:00",
    away: tuple[Away, ...] = (),
) -> str:
    return deputys_turn(
        Deputies(ids=DEPUTIES.ids, after=DEPUTIES.after, away=away),
        verb,
        mayors=frozenset({ANN, CLEO}),
        waits_since=at(since) if since else None,
        now=at(now),
        zone=BERLIN,
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
        Deputies(ids=frozenset({DEV}), away=both),
        Verb.APPROVE,
        mayors=frozenset({ANN, CLEO}),
        waits_since=None,
        now=late,
        zone=BERLIN,
    )


@pytest.mark.parametrize("verb", [Verb.RETRACT, Verb.RESTORE])
def test_an_error_on_the_site_waits_for_nobody(verb: Verb) -> None:
    assert turn(verb) == "emergency"
