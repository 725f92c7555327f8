"""The promise in `mayor queue`: columns, the line below the table, the order, and the values for JSON."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from blognet.kernel.times import iso
from blognet.kernel.working_time import spoken

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.actions.promise import Promised
    from blognet.kernel.ids import Subject
    from blognet.moderation.promise import Wait


def promise_cells(promise: Promised, subject: Subject) -> tuple[str, str]:
    """Return the columns ANSWER and AGE: the time left to answer or how late it is, and the age."""
    wait = promise.wait_of(subject)
    return (_left(wait), _age(wait, now=promise.now)) if wait else ("-", "-")


def footer(promise: Promised) -> list[str]:
    """Return the last lines of the queue: what is late, what is due today, the oldest, this month's median."""
    summary = promise.summary
    if summary.oldest is None and summary.median is None:
        return []
    parts: list[str] = []
    if summary.late:
        parts.append(f"{summary.late} late")
    if summary.oldest is not None and summary.oldest.due is not None:
        parts.append(f"{summary.due_today} due today")
    if summary.oldest is not None:
        oldest = summary.oldest
        parts.append(f"oldest: {oldest.subject.typed}, {_age(oldest, now=promise.now)}")
    if summary.median is not None:
        many = f"{summary.answers} answer{'s' if summary.answers != 1 else ''}"
        parts.append(f"this month's median answer: {spoken(summary.median)} ({many})")
    return [" · ".join(parts)]


def wait_values(promise: Promised, subject: Subject) -> dict[str, object]:
    """Return the promise to one subject for JSON; ``left`` is in working seconds, 86,400 of them a working day."""
    wait = promise.wait_of(subject)
    return {
        "queued_since": iso(wait.since) if wait else None,
        "due": iso(wait.due) if wait and wait.due else None,
        "left": int(wait.left.total_seconds()) if wait and wait.left is not None else None,
        "place": wait.place if wait else None,
    }


def summary_values(promise: Promised) -> dict[str, object]:
    """Return the queue in a line for JSON; times are in working seconds."""
    summary = promise.summary
    return {
        "late": summary.late,
        "due_today": summary.due_today,
        "oldest": summary.oldest.subject.name if summary.oldest else None,
        "median_this_month": int(summary.median.total_seconds()) if summary.median else None,
        "answers_this_month": summary.answers,
    }


def time_left(wait: Wait | None) -> str:
    """Say how much time is left to answer, or how late the answer is; "" when nothing is promised."""
    return _left(wait) if wait is not None and wait.left is not None else ""


def _left(wait: Wait) -> str:
    """Say how much time is left to answer, or how late the answer is; "-" when nothing is promised."""
    if wait.left is None:
        return "-"
    return f"{spoken(wait.left)} late" if wait.is_late else f"{spoken(wait.left)} left"


def _age(wait: Wait, *, now: datetime) -> str:
    """Say how old something is by the clock on the wall."""
    return spoken(max(now - wait.since, timedelta(0)))
