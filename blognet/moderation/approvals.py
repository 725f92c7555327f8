"""Approved versions: which approval does an event go back to, which was first, and which wants a second look?

What they mean for a standing is `blognet.moderation.standing`, which alone says when a version is live.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.moderation.erasing import covered
from blognet.moderation.events import Verb
from blognet.moderation.history import members

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId
    from blognet.moderation.events import Event, Facts
    from blognet.moderation.history import History


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """An approved version: the bytes, the approval they came from and what it fixed."""

    content: ContentHash
    approval: EventId
    facts: Facts


def first_approval(history: History) -> Event | None:
    """Return the approval that fixed the URL.

    Of several first approvals that did not see each other, the one with the earliest date, then by id: any choice is
    fine as long as every clone makes the same.
    """
    approvals = history.among(history.everything, is_approval)
    firsts = [at for at in members(approvals) if not history.seen[at] & approvals]
    best = min((approved_by(history, at) for at in firsts), key=by_date, default=None)
    return None if best is None else history.events[history.ids.index(best.approval)]


def shown_since(history: History) -> datetime | None:
    """Return from when on readers could see something of a subject; None when nothing of it was approved.

    Whatever became of it later changes nothing about that.
    """
    moments = (
        max(event.time, event.facts.publish)
        for event in history.events
        if event.facts is not None and is_approval(event)
    )
    return min(moments, default=None)


def empty_restorings(history: History) -> tuple[EventId, ...]:
    """Return the restorings of bytes that nobody had approved before; they light nothing."""
    restorings = history.among(history.everything, lambda event: event.verb is Verb.RESTORE)
    return tuple(
        history.ids[at]
        for at in members(restorings)
        if not may_touch(history, at, covered(history, history.seen[at]))
    )


def may_touch(history: History, at: int, gone: int) -> bool:
    """Whether an event that speaks of the published light may change it, when the approvals `gone` are purged."""
    # A restoring of bytes that were never approved lights nothing; the record reports it as a problem. Nor does an
    # approval that is `gone`, since a purge had seen it, or a restoring of what is.
    event = history.events[at]
    if event.verb is Verb.RESTORE:
        return approval_for(history, at, gone) is not None
    return event.verb is Verb.RETRACT or (is_approval(event) and not gone >> at & 1)


def approved_by(history: History, at: int) -> Approved:
    """Return the version that an approval, a force or a restoring lights."""
    source = at if history.events[at].is_for_readers else approval_for(history, at)
    event = history.events[at if source is None else source]
    if event.content is None or event.facts is None:
        message = f"{history.ids[at]} is no approval"
        raise AssertionError(message)
    return Approved(
        content=event.content,
        approval=history.ids[at if source is None else source],
        facts=event.facts,
    )


def approval_for(history: History, restoring: int, gone: int = 0) -> int | None:
    """Return the latest approval, seen by a restoring and not gone, of the bytes that it names."""
    wanted = history.events[restoring].content
    approvals = history.among(
        history.seen[restoring] & ~gone,
        lambda event: is_approval(event) and event.content == wanted,
    )
    return max(members(approvals), default=None)


def is_approval(event: Event) -> bool:
    """Whether an event says yes to bytes, for readers, and fixes facts about them."""
    return event.is_for_readers and event.content is not None and event.facts is not None


def by_date(version: Approved) -> tuple[datetime, datetime, EventId]:
    """Return what approved versions are sorted by where any order does, if it is the same in every clone."""
    return version.facts.date, version.facts.publish, version.approval


def wanting_second(history: History, content: ContentHash) -> EventId | None:
    """Return the earliest force of the live bytes that no other mayor has approved since or meanwhile."""
    about = history.among(history.everything, lambda event: event.content == content)
    forces = history.among(about, lambda event: event.verb is Verb.FORCE and is_approval(event))
    seconds = tuple(members(history.among(about, _is_second)))
    for force in members(forces):
        actor = history.events[force].actor
        if not any(
            history.events[at].actor != actor and not history.seen[force] >> at & 1
            for at in seconds
        ):
            return history.ids[force]
    return None


def _is_second(event: Event) -> bool:
    # An approval under a grant is its author's, and one that was carried over is nobody's look.
    looked = event.verb is Verb.APPROVE and is_approval(event)
    return looked and not {"grant", "carried_from"} & event.options.keys()
