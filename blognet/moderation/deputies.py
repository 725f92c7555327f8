"""Deputies: is it a deputy's turn? Answers with the reason that the event keeps, or "".

A deputy may decide when every mayor is away, or when something has waited longer than the policy promises; taking down
and bringing back are always allowed, since an error on the site cannot wait for anybody. Working time is that of the
promise to authors: `blognet.kernel.working_time`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from blognet.kernel.working_time import (
    WEEKDAYS,
    WORKING_DAY,
    after_working,
    day_of,
    worked_between,
    working_days,
)
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from blognet.kernel.ids import AuthorId
    from blognet.kernel.working_time import WorkingDays

ALWAYS = frozenset({Verb.RETRACT, Verb.RESTORE})


def _weekdays() -> WorkingDays:
    return working_days(zone=UTC, weekdays=WEEKDAYS[:5], holidays=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A mayor is away from one day to another, both included, in the network's time zone."""

    mayor: AuthorId
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputies:
    """Who stands in for the mayors, and when.

    Attributes:
        ids: The deputies.
        after: Working days that something must have waited.
        away: When which mayor is away.
        days: Which days are working days, and where days begin: those of the promise to authors.
    """

    ids: frozenset[AuthorId] = frozenset()
    after: int = 2
    away: tuple[Away, ...] = ()
    days: WorkingDays = field(default_factory=_weekdays)


def deputys_turn(
    deputies: Deputies,
    verb: Verb,
    *,
    mayors: frozenset[AuthorId],
    waits_since: datetime | None,
    now: datetime,
) -> str:
    """Return why a deputy may say this verb now; "" when a mayor has to.

    Args:
        deputies: Who stands in, and when.
        verb: What the deputy wants to say.
        mayors: The mayors of today.
        waits_since: When what is decided on began to wait; None when nobody knows.
        now: Aware time.
    """
    if verb in ALWAYS:
        return "emergency"
    today = day_of(deputies.days.zone, now)
    if mayors and all(_is_away(mayor, today, deputies.away) for mayor in mayors):
        return "all mayors are away"
    if waits_since is None:
        return ""
    if after_working(deputies.days, waits_since, deputies.after * WORKING_DAY) > now:
        return ""
    # A time of day is a share of a day, so the whole days may come out a trifle short.
    waited = max(deputies.after, worked_between(deputies.days, waits_since, now) // WORKING_DAY)
    return f"waited {waited} working days"


def _is_away(mayor: AuthorId, today: date, away: tuple[Away, ...]) -> bool:
    return any(one.mayor == mayor and one.first <= today <= one.last for one in away)
