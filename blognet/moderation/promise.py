"""The promise to authors: since when does work wait, when is an answer due, and how late is it?

Pure: when bytes came is a parameter, asked of git by `blognet.disk.committed`; which days count is in
`blognet.kernel.working_time`. A promise decides nothing: what is overdue is only shown first. Deciding verbs are
answers; a remark is none, since it leaves the author waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from blognet.kernel.times import parse_iso
from blognet.kernel.working_time import WORKING_DAY, after_working, day_of, worked_between
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId, Subject
    from blognet.kernel.working_time import WorkingDays
    from blognet.moderation.events import Event
    from blognet.moderation.history import History

ANSWERS = frozenset({Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.FORCE})
"""The verbs that answer an author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised to authors.

    Attributes:
        days: Which days count.
        within: How many working days an answer takes at most; 0 promises nothing.
    """

    days: WorkingDays
    within: int

    def due(self, since: datetime) -> datetime | None:
        """Return when an answer is due to what came at a time; None when nothing is promised."""
        if self.within == 0:
            return None
        return after_working(self.days, since, self.within * WORKING_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long a subject has waited for an answer.

    Attributes:
        since: Since when.
        due: When an answer is due; None when nothing is promised.
        left: Working time until then, negative when it is late; None when nothing is promised.
        place: Its place in the queue, from 1: what is due first is first.
    """

    subject: Subject
    since: datetime
    due: datetime | None
    left: timedelta | None
    place: int

    @property
    def is_late(self) -> bool:
        """Whether the answer is overdue."""
        return self.left is not None and self.left < timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One version of a subject and the first answer to it.

    Attributes:
        answer: The answer.
        ident: Its id.
        since: Since when the version had waited; None when nobody knows any more.
        took: Working time from then to the answer; None when that is not known.
    """

    answer: Event
    ident: EventId
    since: datetime | None
    took: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSummary:
    """The queue in a line.

    Attributes:
        oldest: What has waited longest; None when nothing waits.
        median: Median working time of the answers of this month; None when there was none.
        answers: How many answers that is.
        due_today: How many are due before the day ends, late ones not counted.
        late: How many are overdue.
    """

    oldest: Wait | None
    median: timedelta | None
    answers: int
    due_today: int
    late: int


def queued_since(
    history: History, content: ContentHash | None, *, arrived: datetime | None, now: datetime
) -> datetime | None:
    """Return since when exactly these bytes have waited for an answer.

    A submission of them says it; else it is when they came. A submission does not count any more once its author
    called it back. What was held waits again since it was released, or since the hold ran out.

    Args:
        history: The subject's events.
        content: The hash of the bytes.
        arrived: When these bytes came, by git or the file; None when nobody knows.
        now: What lies in the future by some clock came now.
    """
    submitted: datetime | None = None
    again: datetime | None = None
    for event in history.events:
        if event.content == content and event.verb is Verb.SUBMIT:
            submitted = submitted or event.time
        elif event.content == content and event.verb is Verb.RECALL:
            submitted = None
        elif event.verb is Verb.RELEASE:
            again = event.time
        elif event.verb is Verb.HOLD and event.content == content:
            until = parse_iso(event.options.get("until", ""))
            again = until if until is not None and until <= now else again
    since = submitted or arrived
    if since is None:
        return None
    return min(now, max(since, again or since))


def waits_of(
    queued: Iterable[tuple[Subject, datetime]], promise: Promise, *, now: datetime
) -> tuple[Wait, ...]:
    """Return how long everything in the queue has waited, what is due first before the rest."""
    ordered = sorted(queued, key=lambda one: (promise.due(one[1]) or one[1], one[1], one[0]))
    waits: list[Wait] = []
    for place, (subject, since) in enumerate(ordered, start=1):
        due = promise.due(since)
        left = worked_between(promise.days, now, due) if due else None
        if due and left == timedelta(0) and due < now:  # late since the weekend began
            left = -timedelta(seconds=1)
        waits.append(Wait(subject=subject, since=since, due=due, left=left, place=place))
    return tuple(waits)


def rounds_of(
    history: History, promise: Promise, *, arrived: Callable[[Event], datetime | None]
) -> tuple[Round, ...]:
    """Return the first answer to each version of a subject, causes first.

    Args:
        history: The subject's events.
        promise: Whose working days are counted.
        arrived: When the bytes that an answer is about came, as far as anybody knows.
    """
    rounds: list[Round] = []
    answered: set[ContentHash] = set()
    for at, event in enumerate(history.events):
        if not is_answer(event) or event.content is None or event.content in answered:
            continue
        answered.add(event.content)
        since = _submitted(history, at) or arrived(event)
        since = min(since, event.time) if since else None
        took = worked_between(promise.days, since, event.time) if since else None
        rounds.append(Round(answer=event, ident=history.ids[at], since=since, took=took))
    return tuple(rounds)


def is_answer(event: Event) -> bool:
    """Whether an event answers an author. What a reviewer of a stage approves is one step of an answer."""
    return event.verb in ANSWERS and not (event.verb is Verb.APPROVE and event.stage)


def summary_of(
    waits: tuple[Wait, ...], rounds: Iterable[Round], promise: Promise, *, now: datetime
) -> QueueSummary:
    """Say the queue in a line.

    Args:
        waits: What waits.
        rounds: All answers; those of this month are taken.
        promise: In whose zone a month and a day begin.
        now: Aware.
    """
    zone = promise.days.zone
    today = day_of(zone, now)
    month = (today.year, today.month)
    took = [
        one.took
        for one in rounds
        if one.took is not None
        and (day_of(zone, one.answer.time).year, day_of(zone, one.answer.time).month) == month
    ]
    # Due at midnight means by the end of the day before.
    due = [day_of(zone, one.due - timedelta(seconds=1)) for one in waits if one.due]
    late = sum(one.is_late for one in waits)
    return QueueSummary(
        oldest=min(waits, key=lambda one: (one.since, one.subject), default=None),
        median=percentile(took, 50),
        answers=len(took),
        due_today=sum(
            1 for one, day in zip(waits, due, strict=False) if day == today and not one.is_late
        ),
        late=late,
    )


def percentile(times: Iterable[timedelta], percent: int) -> timedelta | None:
    """Return the smallest of the times that so many percent do not exceed; None without any.

    The nearest-rank percentile, so that every number shown is one that happened.
    """
    ordered = sorted(times)
    if not ordered:
        return None
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


def _submitted(history: History, answer: int) -> datetime | None:
    """Return when the bytes of an answer were submitted first, among the events it had seen."""
    content = history.events[answer].content
    times = [
        event.time
        for at, event in enumerate(history.events[:answer])
        if event.verb is Verb.SUBMIT and event.content == content and history.seen[answer] >> at & 1
    ]
    return min(times, default=None)
