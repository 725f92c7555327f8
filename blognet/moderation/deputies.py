"""Deputies: is it a deputy's turn? Answers with the reason that the event keeps, or "".

A deputy may decide when every mayor is away, or when something has waited longer than the policy promises; taking down
and bringing back are always allowed, since an error on the site cannot wait for anybody. Working days are Monday to
Friday in the network's time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from blognet.kernel.ids import AuthorId

_SATURDAY = 5
_LOOKED_AT_MOST = 3660
ALWAYS = frozenset({Verb.RETRACT, Verb.RESTORE})


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
    """

    ids: frozenset[AuthorId] = frozenset()
    after: int = 2
    away: tuple[Away, ...] = ()


def deputys_turn(
    deputies: Deputies,
    verb: Verb,
    *,
    mayors: frozenset[AuthorId],
    waits_since: datetime | None,
    now: datetime,
    zone: tzinfo,
) -> str:
    """Return why a deputy may say this verb now; "" when a mayor has to.

    Args:
        deputies: Who stands in, and when.
        verb: What the deputy wants to say.
        mayors: The mayors of today.
        waits_since: When what is decided on began to wait; None when nobody knows.
        now: Aware time.
        zone: Whose days count.
    """
    if verb in ALWAYS:
        return "emergency"
    today = now.astimezone(zone).date()
    if mayors and all(_is_away(mayor, today, deputies.away) for mayor in mayors):
        return "all mayors are away"
    if waits_since is None:
        return ""
    waited = working_days(waits_since, now, zone=zone)
    return f"waited {waited} working days" if waited >= deputies.after else ""


def working_days(since: datetime, until: datetime, *, zone: tzinfo) -> int:
    """Return how many whole working days have gone by between two times.

    A day has gone by when it is a working day after the day of `since`, and `until` has reached the time of day at
    which the wait began, or a later day.
    """
    start, end = since.astimezone(zone), until.astimezone(zone)
    whole = end.date() if end.time() >= start.time() else end.date() - timedelta(days=1)
    days = min((whole - start.date()).days, _LOOKED_AT_MOST)
    return sum(
        (start.date() + timedelta(days=number)).weekday() < _SATURDAY
        for number in range(1, days + 1)
    )


def _is_away(mayor: AuthorId, today: date, away: tuple[Away, ...]) -> bool:
    return any(one.mayor == mayor and one.first <= today <= one.last for one in away)
