"""What the record says about the work of deciding: how long answers took, how many rounds, and why work is declined.

Pure. Everything is counted from events; only since when a version had waited comes from outside (`Round.since`). Times
are working time. Numbers are shown with how many cases they rest on: a median of two says little.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.working_time import worked_between
from blognet.moderation.events import Verb
from blognet.moderation.promise import Promise, Round, percentile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from blognet.kernel.ids import AuthorId, EventId, Subject
    from blognet.moderation.history import History

LONGEST_REASON = 80
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What became of one subject.

    Attributes:
        history: Its events.
        rounds: The first answer to each of its versions, causes first.
        authors: Who wrote it.
        words: Words by event.
    """

    subject: Subject
    history: History
    rounds: tuple[Round, ...]
    authors: tuple[AuthorId, ...]
    words: Mapping[EventId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long something took.

    Attributes:
        cases: How many there were of which this is known.
        median: None without any.
        ninetieth: The 90th percentile; None without any.
    """

    cases: int
    median: timedelta | None
    ninetieth: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of a network, an author or a team.

    Attributes:
        name: "" for the network, else the author's or team's id.
        subjects: How many subjects were answered.
        first_answer: From the first version that waited to its first answer.
        live: From there to the moment from which the first approved version could appear.
        answers: How often each verb was the first answer to a version.
        rounds: Median and most versions that a subject took until it was approved; None when none was.
    """

    name: str
    subjects: int
    first_answer: Times
    live: Times
    answers: Mapping[str, int]
    rounds: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why work was declined, how often, and which share of the declines that is, from 0 to 1."""

    text: str
    count: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Everything that `mayor stats` shows.

    Attributes:
        network: Over all.
        authors: For each author, by id.
        teams: For each team, by id.
        declined: Share of the answered subjects that were ever declined, from 0 to 1.
        reasons: Most frequent first.
    """

    network: Figures
    authors: tuple[Figures, ...]
    teams: tuple[Figures, ...]
    declined: float
    reasons: tuple[Reason, ...]


def stats_of(
    courses: Iterable[Course],
    promise: Promise,
    *,
    teams: Mapping[AuthorId, str],
    since: datetime | None,
) -> Stats:
    """Count.

    Args:
        courses: Every subject.
        promise: Whose working days are counted.
        teams: The team of each author who is in one.
        since: Subjects whose first answer is earlier are left out; None for all.
    """
    chosen = tuple(
        course
        for course in courses
        if course.rounds and (since is None or course.rounds[0].answer.time >= since)
    )
    authors = sorted({author for course in chosen for author in course.authors})
    in_teams = sorted({teams[author] for author in authors if teams.get(author)})
    declines = [decline for course in chosen for decline in _declines(course)]
    refused = sum(1 for course in chosen if _declines(course))
    return Stats(
        network=_figures("", chosen, promise),
        authors=tuple(
            _figures(author, [one for one in chosen if author in one.authors], promise)
            for author in authors
        ),
        teams=tuple(
            _figures(
                team,
                [one for one in chosen if team in {teams.get(each) for each in one.authors}],
                promise,
            )
            for team in in_teams
        ),
        declined=refused / len(chosen) if chosen else 0.0,
        reasons=_reasons(declines),
    )


def times_of(took: Iterable[timedelta | None]) -> Times:
    """Return median and 90th percentile of what is known."""
    known = sorted(one for one in took if one is not None)
    return Times(cases=len(known), median=percentile(known, 50), ninetieth=percentile(known, 90))


def _figures(name: str, courses: Iterable[Course], promise: Promise) -> Figures:
    chosen = tuple(courses)
    answers = Counter(one.answer.verb.value for course in chosen for one in course.rounds)
    counted = sorted(count for course in chosen if (count := _rounds_to_approval(course)))
    return Figures(
        name=name,
        subjects=len(chosen),
        first_answer=times_of(course.rounds[0].took for course in chosen),
        live=times_of(_until_live(course, promise) for course in chosen),
        answers=dict(sorted(answers.items())),
        rounds=(counted[(len(counted) - 1) // 2], counted[-1]) if counted else None,
    )


def _until_live(course: Course, promise: Promise) -> timedelta | None:
    """Return the working time from the first version that waited to the first approval's publishing time."""
    since = course.rounds[0].since
    for event in course.history.events:
        if event.verb in {Verb.APPROVE, Verb.FORCE} and not event.stage and event.facts:
            live = max(event.time, event.facts.publish)
            return worked_between(promise.days, since, live) if since else None
    return None


def _rounds_to_approval(course: Course) -> int:
    """Return how many versions it took until one was approved; 0 when none was."""
    # Not the first answers alone: a version may be held first and approved later.
    approved = {
        event.content
        for event in course.history.events
        if event.verb in {Verb.APPROVE, Verb.FORCE} and not event.stage
    }
    counts = (
        number
        for number, one in enumerate(course.rounds, start=1)
        if one.answer.content in approved
    )
    return next(counts, 0)


def _declines(course: Course) -> list[str]:
    """Return the reason of each decline: the name of the canned reply, else the first line of the words."""
    return [
        event.options.get("reply") or _first_line(course.words.get(ident, ""))
        for ident, event in zip(course.history.ids, course.history.events, strict=True)
        if event.verb is Verb.DECLINE
    ]


def _first_line(words: str) -> str:
    for line in words.split("\n"):
        if plain := " ".join(line.split()):
            is_long = len(plain) > LONGEST_REASON
            return plain[: LONGEST_REASON - 1] + "…" if is_long else plain
    return ""


def _reasons(declines: list[str]) -> tuple[Reason, ...]:
    # The same reason with another capital or full stop is the same reason; it is shown as it was said first.
    shown: dict[str, str] = {}
    for text in declines:
        shown.setdefault(_same(text), text)
    counted = Counter(_same(text) for text in declines)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        Reason(text=shown[key], count=count, share=count / len(declines)) for key, count in ordered
    )


def _same(text: str) -> str:
    return text.casefold().rstrip(" .!…")
