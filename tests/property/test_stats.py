"""Statistics and the promise: what holds for any history that several mayors grew on branches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.kernel.working_time import working_days
from blognet.moderation.events import Verb
from blognet.moderation.promise import Promise, percentile, queued_since, rounds_of, waits_of
from blognet.moderation.stats import Course, stats_of
from tests.property.record_strategies import HASHES, START, Branches, branches, whole_history

if TYPE_CHECKING:
    from blognet.kernel.hashing import ContentHash

PROMISE = Promise(
    days=working_days(zone=UTC, weekdays=("mon", "tue", "wed", "thu", "fri"), holidays=()), within=2
)
PEOPLE = tuple(AuthorId(name) for name in ("ben", "dev", "eva"))
TEAMS = {PEOPLE[0]: "data", PEOPLE[1]: "data", PEOPLE[2]: "web"}
amounts = st.lists(st.timedeltas(timedelta(0), timedelta(days=30)), min_size=1)
moments = st.integers(0, 10_000_000).map(lambda seconds: START + timedelta(seconds=seconds))


@st.composite
def courses(draw: st.DrawFn) -> tuple[Course, ...]:
    """Some subjects with their histories, authors and words."""
    made: list[Course] = []
    for number in range(draw(st.integers(0, 3))):
        history = whole_history(draw(branches(steps=8)))
        hours = draw(st.one_of(st.none(), st.integers(0, 200)))
        rounds = rounds_of(
            history,
            PROMISE,
            arrived=lambda event, hours=hours: (  # type: ignore[misc]  # a default binds it
                None if hours is None else event.time - timedelta(hours=hours)
            ),
        )
        words = {
            ident: draw(st.sampled_from(["Too long.", "too long", "Off topic\nmore", ""]))
            for ident in history.ids
        }
        made.append(
            Course(
                subject=Subject(kind=Kind.POST, id=f"post-{number}"),
                history=history,
                rounds=rounds,
                authors=tuple(draw(st.sets(st.sampled_from(PEOPLE), max_size=3))),
                words=words,
            )
        )
    return tuple(made)


@given(amounts, st.integers(1, 100), st.integers(1, 100))
def test_a_percentile_is_one_of_the_times_and_grows_with_the_percentage(
    times: list[timedelta], one: int, other: int
) -> None:
    low, high = sorted((one, other))
    first, second = percentile(times, low), percentile(times, high)
    assert first in times
    assert second in times
    assert first is not None
    assert second is not None
    assert min(times) <= first <= second <= max(times)
    assert sum(time <= first for time in times) * 100 >= low * len(times)


@given(branches())
def test_every_version_is_answered_once_and_never_before_it_came(grown: Branches) -> None:
    history = whole_history(grown)
    rounds = rounds_of(history, PROMISE, arrived=lambda event: event.time - timedelta(days=1))
    contents = [one.answer.content for one in rounds]
    assert len(contents) == len(set(contents))
    assert all(one.took is not None and one.took >= timedelta(0) for one in rounds)


@given(courses(), st.randoms(use_true_random=False))
def test_the_order_of_subjects_changes_no_number_and_the_parts_add_up(
    made: tuple[Course, ...], chance: st.DataObject
) -> None:
    found = stats_of(made, PROMISE, teams=TEAMS, since=None)
    mixed = list(made)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    again = stats_of(mixed, PROMISE, teams=TEAMS, since=None)
    assert (found.network, found.authors, found.teams, found.declined) == (
        again.network,
        again.authors,
        again.teams,
        again.declined,
    )
    answered = [course for course in made if course.rounds]
    assert found.network.subjects == len(answered)
    assert sum(found.network.answers.values()) == sum(len(course.rounds) for course in answered)
    assert sum(one.subjects for one in found.authors) == sum(
        len(course.authors) for course in answered
    )
    declines = [
        event
        for course in answered
        for event in course.history.events
        if event.verb is Verb.DECLINE
    ]
    assert sum(one.count for one in found.reasons) == len(declines)
    assert not declines or abs(sum(one.share for one in found.reasons) - 1) < 1e-9
    assert 0 <= found.declined <= 1


@given(courses(), moments)
def test_a_later_beginning_never_counts_more(made: tuple[Course, ...], since: datetime) -> None:
    later = stats_of(made, PROMISE, teams=TEAMS, since=since)
    assert (
        later.network.subjects <= stats_of(made, PROMISE, teams=TEAMS, since=None).network.subjects
    )


@given(branches(), st.sampled_from(HASHES), moments, moments)
def test_work_waits_since_some_time_that_is_never_in_the_future(
    grown: Branches, content: ContentHash, arrived: datetime, now: datetime
) -> None:
    history = whole_history(grown)
    since = queued_since(history, content, arrived=arrived, now=now)
    assert since is not None
    said = [event.time for event in history.events if event.verb is Verb.SUBMIT]
    assert min(arrived, now, *said) <= since <= now


@given(st.lists(moments, max_size=8), moments)
def test_places_in_the_queue_are_counted_from_one_and_follow_the_due_dates(
    since: list[datetime], now: datetime
) -> None:
    queued = [
        (Subject(kind=Kind.POST, id=f"post-{number}"), min(moment, now))
        for number, moment in enumerate(since)
    ]
    waits = waits_of(queued, PROMISE, now=now)
    assert [wait.place for wait in waits] == list(range(1, len(queued) + 1))
    due = [wait.due for wait in waits if wait.due]
    assert due == sorted(due)
    assert all((wait.due is not None and wait.due < now) == wait.is_late for wait in waits)
