"""The promise in examples: since when work waits, when an answer is due, and what the queue says about itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, Kind, Subject
from blognet.kernel.working_time import working_days
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.history import History, history_of
from blognet.moderation.promise import (
    Promise,
    percentile,
    queued_since,
    rounds_of,
    summary_of,
    waits_of,
)

DAYS = working_days(zone=UTC, weekdays=("mon", "tue", "wed", "thu", "fri"), holidays=())
PROMISE = Promise(days=DAYS, within=2)
SUBJECT = Subject(kind=Kind.POST, id="hello")
ONE, TWO = (ContentHash(sha256_hex(text)) for text in (b"one", b"two"))
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def history(
    *said: tuple[Verb, ContentHash, datetime] | tuple[Verb, ContentHash, datetime, str],
) -> History:
    """Make a chain of events: verb, content, time, and what a hold's ``until`` or a stage's name is."""
    events: dict[EventId, Event] = {}
    heads: tuple[EventId, ...] = ()
    for verb, content, time, *rest in said:
        extra = rest[0] if rest else ""
        event = Event(
            network="test",
            subject=SUBJECT,
            verb=verb,
            actor=AuthorId("ann"),
            time=time,
            prev=heads,
            content=content,
            stage=str(extra) if verb is Verb.APPROVE else "",
            options={"until": str(extra)} if extra and verb is Verb.HOLD else {},
        )
        heads = (event_id(event_to_bytes(event)),)
        events[heads[0]] = event
    return history_of(SUBJECT, events)


def since(known: History, *, arrived: datetime | None = None, days: int = 30) -> datetime | None:
    return queued_since(known, ONE, arrived=arrived, now=MONDAY + timedelta(days=days))


def test_a_submission_says_since_when_work_waits_before_git_does() -> None:
    said = history((Verb.SUBMIT, ONE, MONDAY + HOUR))
    assert since(said, arrived=MONDAY) == MONDAY + HOUR
    assert since(history(), arrived=MONDAY) == MONDAY
    assert since(history((Verb.SUBMIT, TWO, MONDAY + HOUR)), arrived=MONDAY) == MONDAY
    assert since(history()) is None


def test_a_second_submission_does_not_start_the_clock_again_unless_the_work_was_called_back() -> (
    None
):
    twice = history((Verb.SUBMIT, ONE, MONDAY), (Verb.SUBMIT, ONE, MONDAY + HOUR))
    assert since(twice) == MONDAY
    back = history(
        (Verb.SUBMIT, ONE, MONDAY),
        (Verb.RECALL, ONE, MONDAY + HOUR),
        (Verb.SUBMIT, ONE, MONDAY + 2 * HOUR),
    )
    assert since(back) == MONDAY + 2 * HOUR


def test_what_was_held_waits_again_since_the_hold_ended() -> None:
    released = history((Verb.HOLD, ONE, MONDAY), (Verb.RELEASE, ONE, MONDAY + 5 * HOUR))
    assert since(released, arrived=MONDAY - HOUR) == MONDAY + 5 * HOUR
    ran_out = history((Verb.HOLD, ONE, MONDAY, "2026-11-18T00:00:00Z"))
    assert since(ran_out, arrived=MONDAY - HOUR) == datetime(2026, 11, 18, tzinfo=UTC)


def test_a_clock_that_runs_ahead_makes_no_time_of_the_future() -> None:
    now = MONDAY + timedelta(days=30)
    assert since(history(), arrived=now + HOUR) == now


def test_what_is_due_first_comes_first_and_what_is_late_says_so() -> None:
    others = [Subject(kind=Kind.POST, id=name) for name in ("b", "a", "c")]
    now = MONDAY + timedelta(days=3)
    waits = waits_of(
        [(others[0], MONDAY), (others[1], MONDAY), (others[2], now - HOUR)], PROMISE, now=now
    )
    assert [(one.subject.id, one.place, one.is_late) for one in waits] == [
        ("a", 1, True),
        ("b", 2, True),
        ("c", 3, False),
    ]
    assert waits[0].left == timedelta(days=-1)
    assert waits[2].left == timedelta(hours=47)


def test_on_a_weekend_what_was_due_on_friday_is_late() -> None:
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    (wait,) = waits_of(
        [(SUBJECT, datetime(2026, 11, 18, 23, 59, 59, tzinfo=UTC))], PROMISE, now=saturday
    )
    assert wait.due == datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
    assert wait.is_late


def test_without_a_promise_nothing_is_due_and_the_oldest_comes_first() -> None:
    promise = Promise(days=DAYS, within=0)
    (wait,) = waits_of([(SUBJECT, MONDAY)], promise, now=MONDAY + 100 * HOUR)
    assert (wait.due, wait.left, wait.is_late) == (None, None, False)


def test_each_version_has_one_first_answer_and_a_stage_is_no_answer() -> None:
    said = history(
        (Verb.SUBMIT, ONE, MONDAY),
        (Verb.COMMENT, ONE, MONDAY + HOUR),
        (Verb.APPROVE, ONE, MONDAY + 2 * HOUR, "legal"),
        (Verb.RETURN, ONE, MONDAY + 3 * HOUR),
        (Verb.DECLINE, ONE, MONDAY + 4 * HOUR),
        (Verb.APPROVE, TWO, MONDAY + 9 * HOUR),
    )
    rounds = rounds_of(said, PROMISE, arrived=lambda _: MONDAY + 5 * HOUR)
    assert [(one.answer.verb, one.took) for one in rounds] == [
        (Verb.RETURN, 3 * HOUR),
        (Verb.APPROVE, 4 * HOUR),
    ]


def test_an_answer_to_what_came_from_nobody_knows_where_has_no_time() -> None:
    (one,) = rounds_of(history((Verb.RETURN, ONE, MONDAY)), PROMISE, arrived=lambda _: None)
    assert (one.since, one.took) == (None, None)


def test_the_queue_in_a_line_counts_this_months_answers_and_what_is_due_today() -> None:
    now = datetime(2026, 11, 18, 8, tzinfo=UTC)
    subjects = [Subject(kind=Kind.POST, id=name) for name in "abc"]
    waits = waits_of(
        [
            (subjects[0], now - timedelta(days=6)),
            (subjects[1], MONDAY),
            (subjects[2], now),
        ],
        PROMISE,
        now=now,
    )
    old = rounds_of(
        history((Verb.RETURN, ONE, datetime(2026, 10, 30, 9, tzinfo=UTC))),
        PROMISE,
        arrived=lambda event: event.time - HOUR,
    )
    new = rounds_of(
        history((Verb.RETURN, ONE, MONDAY), (Verb.APPROVE, TWO, MONDAY + HOUR)),
        PROMISE,
        arrived=lambda event: event.time - (3 * HOUR if event.verb is Verb.RETURN else HOUR),
    )
    summary = summary_of(waits, (*old, *new), PROMISE, now=now)
    assert summary.oldest == waits[0]
    assert (summary.late, summary.due_today) == (1, 1)
    assert (summary.median, summary.answers) == (HOUR, 2)


def test_a_percentile_is_a_number_that_happened() -> None:
    times = [HOUR * number for number in (5, 1, 4, 2, 3)]
    assert percentile(times, 50) == 3 * HOUR
    assert percentile(times, 90) == 5 * HOUR
    assert percentile([], 50) is None
