"""What time brings by itself: what appears, expires, wants a review, which holds end; and whether a build is due."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.actions.entries import changing_in, lately_in, proposed_in
from blognet.actions.network import is_sound
from blognet.actions.published import published_from
from blognet.disk.output_marker import built_as_of
from blognet.kernel.errors import FaultsError
from blognet.kernel.times import parse_iso
from blognet.moderation.events import Verb
from blognet.moderation.standing import (
    Expired,
    Live,
    Proposed,
    Retracted,
    pending_version,
    published_version,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import Subject


class What(StrEnum):
    """What time brings."""

    APPEARS = "appears"
    EXPIRES = "expires"
    REVIEW = "review"
    HOLD_ENDS = "hold ends"
    APPEARED = "appeared"
    EXPIRED = "expired"
    TAKEN_DOWN = "taken down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that time brings to a subject."""

    when: datetime
    what: What
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due.

    Attributes:
        coming: What comes, and reviews that are late; by time.
        missed: What the built site does not show yet; by time.
        since: The time that the site is compared with; None when it was never built.
        next_build: When the site next changes by time alone; None when it does not.
    """

    coming: tuple[Item, ...]
    missed: tuple[Item, ...]
    since: datetime | None
    next_build: datetime | None

    @property
    def is_build_due(self) -> bool:
        """Whether a build would change the site by what happened since, or there is no site yet."""
        return self.since is None or bool(self.missed)


def due(
    network: Network,
    *,
    output: Path,
    within: timedelta | None = None,
    since: datetime | None = None,
) -> Due:
    """Return what is due.

    Args:
        network: As it stands now.
        output: The built site, whose last change is what `since` is otherwise.
        within: Leave out what is further away; None for everything.
        since: Compare with this time instead of with the built site.

    Raises:
        FaultsError: The record is not sound, or an approved text cannot be read.
    """
    if not is_sound(network.record):
        message = "the record has faults, so nobody can say what is due"
        raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
    latest = None if within is None else network.now + within
    coming = [item for item in _coming(network) if latest is None or item.when <= latest]
    compared = since or built_as_of(output)
    missed: list[Item] = []
    if compared is not None:
        happened = _happened(network, compared)
        missed = [item for item in happened if compared < item.when <= network.now]
    return Due(
        coming=tuple(sorted(coming, key=_by_time)),
        missed=tuple(sorted(missed, key=_by_time)),
        since=compared,
        next_build=next_due(network),
    )


def next_due(network: Network) -> datetime | None:
    """Return when the site changes by time alone: something scheduled appears, or something live expires."""
    return min((item.when for item in _by_time_alone(network)), default=None)


def _coming(network: Network) -> Iterator[Item]:
    yield from _by_time_alone(network)
    yield from _reviews(network)
    for entry in proposed_in(network.entries):
        if entry.standing.proposed is not Proposed.HELD:
            continue
        history = entry.decided.history
        for reason in entry.standing.reasons:
            until = history.events[history.ids.index(reason)].options.get("until", "")
            if (moment := parse_iso(until)) is not None:
                yield Item(when=moment, what=What.HOLD_ENDS, entry=entry)


def _by_time_alone(network: Network) -> Iterator[Item]:
    for entry in changing_in(network.entries):
        published = entry.standing.published
        retracted = isinstance(published, Retracted)
        shown = None if retracted else published_version(published)
        for version in (shown, pending_version(published)):
            if version is None:
                continue
            facts = version.facts
            if facts.publish > network.now:
                yield Item(when=facts.publish, what=What.APPEARS, entry=entry)
            if facts.expires is not None and facts.expires > network.now:
                yield Item(when=facts.expires, what=What.EXPIRES, entry=entry)


def _reviews(network: Network) -> Iterator[Item]:
    """Yield the reviews that live texts ask for: as they were approved, not as they lie on disk."""
    published = published_from(network.record, rules=network.rules, now=network.now)
    for live in (*published.posts, *published.pages):
        if live.post.front.review_by is not None:
            entry = network.entries[live.subject]
            yield Item(when=live.post.front.review_by, what=What.REVIEW, entry=entry)


def _happened(network: Network, since: datetime) -> Iterator[Item]:
    """Yield what came to be seen, or not, as far as it may be later than a moment."""
    for entry in lately_in(network.entries, since):
        match entry.standing.published:
            case Live(version=version):
                when = max(version.facts.publish, _said_at(entry, lit=True))
                yield Item(when=when, what=What.APPEARED, entry=entry)
            case Expired(version=version) if version.facts.expires is not None:
                yield Item(when=version.facts.expires, what=What.EXPIRED, entry=entry)
            case Retracted():
                when = _said_at(entry, lit=False)
                yield Item(when=when, what=What.TAKEN_DOWN, entry=entry)
            case _:
                continue


def _said_at(entry: Entry, *, lit: bool) -> datetime:
    """Return when the newest decision was made that the published light comes from."""
    verbs = {Verb.RESTORE} if lit else {Verb.RETRACT}
    version = published_version(entry.standing.published)
    return max(
        event.time
        for event in entry.decided.history.events
        if event.verb in verbs
        or (lit and event.facts is not None and version and event.content == version.content)
    )


def _by_time(item: Item) -> tuple[datetime, Subject, str]:
    return item.when, item.entry.subject, item.what.value
