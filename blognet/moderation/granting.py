"""Grants: may this author's own work appear without a mayor's look? Knows no files, no settings and no clock.

A grant is a mayor's event on an author's profile: until when, and for how many approvals. Each approval under it is
the author's own event and names the grant. It is bounded: own posts alone, that wait and were never answered, without
findings and without stages, never over somebody else's work. What goes beyond a bound is reported, and stops a build
until it is gone, or until a mayor has looked at what it approved.

A grant and its uses are events of different subjects, so `prev` does not order them, and clocks order nothing. So a
revocation names the uses that it had seen. Those stay; whatever else names the grant is void, made later or at the same
time by somebody who had not heard: a mayor who takes a grant back meant to look at the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.kernel.hashing import parse_content_hash
from blognet.kernel.ids import AuthorId, EventId, Kind
from blognet.kernel.times import parse_iso
from blognet.moderation.events import Verb
from blognet.moderation.history import history_of, members
from blognet.moderation.standing import Live, NotPublished, Proposed, published_version, standing_of
from blognet.moderation.trusting import Doubt, is_under_grant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from blognet.kernel.ids import Subject
    from blognet.moderation.events import Event
    from blognet.moderation.history import History
    from blognet.moderation.standing import Standing
    from blognet.moderation.trusting import Trust

MAX_POSTS = 1000
CARRY_RULES = ("whitespace", "tags", "typo")
MENDED_BY_A_LOOK = frozenset({"BN323", "BN324"})
"""Problems that clones can cause without anybody's fault; a mayor's decision on the subject ends them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A standing approval that a mayor gave.

    Attributes:
        event: Its id.
        author: Whose own posts it is for.
        giver: The mayor.
        until: The last moment at which it may be used.
        posts: How many approvals it is good for.
        is_revoked: Whether a revocation had seen it.
        spared: When it is revoked, the uses that every first revocation of it had seen.
        used: The approvals that name it, by time and id.
    """

    event: EventId
    author: AuthorId
    giver: AuthorId
    until: datetime
    posts: int
    is_revoked: bool = False
    spared: frozenset[EventId] = frozenset()
    used: tuple[EventId, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Whether one more approval may name it."""
        return not self.is_revoked and now <= self.until and len(self.used) < self.posts


def grants_in(histories: Mapping[Subject, History]) -> Mapping[EventId, Grant]:
    """Return every grant of a record by its id, with what used it."""
    used: dict[str, list[tuple[datetime, EventId]]] = {}
    for history in histories.values():
        for ident, event in zip(history.ids, history.events, strict=True):
            if is_under_grant(event):
                used.setdefault(event.options["grant"], []).append((event.time, ident))
    found: dict[EventId, Grant] = {}
    for subject, history in histories.items():
        if subject.kind is Kind.PROFILE:
            for grant in _given(history):
                uses = tuple(ident for _, ident in sorted(used.get(grant.event, ())))
                found[grant.event] = replace(grant, used=uses)
    return found


def open_grant(grants: Mapping[EventId, Grant], author: AuthorId, now: datetime) -> Grant | None:
    """Return the grant that an author may use now: of several, the one that ends first."""
    mine = [grant for grant in grants.values() if grant.author == author and grant.is_open(now)]
    return min(mine, key=lambda grant: (grant.until, grant.event), default=None)


def uses_before_revoking(grants: Mapping[EventId, Grant], author: AuthorId) -> str:
    """Return the ``uses`` of a revocation by somebody with this record: ids of approvals, sorted, a blank between."""
    mine = (one for one in grants.values() if one.author == author and not one.is_revoked)
    return " ".join(sorted({use for one in mine for use in one.used}))


def out_of_bounds(
    standing: Standing, *, subject: Subject, actor: AuthorId, authors: tuple[AuthorId, ...]
) -> str:
    """Return why no grant reaches a subject as it stands, as the rest of a sentence; "" when one does."""
    version = published_version(standing.published)
    if subject.kind is not Kind.POST:
        return "is no post"
    if authors != (actor,):
        return "is not by its author alone"
    if version is not None and version.facts.authors != (actor,):
        return "was published by others, too"
    if not isinstance(standing.published, NotPublished | Live):
        return "was taken down, has expired or waits for its time"
    if standing.proposed is not Proposed.QUEUED or standing.second is not None:
        return "was answered by a mayor"
    return ""


def doubts_about_grants(
    histories: Mapping[Subject, History], trust: Trust
) -> Iterator[tuple[Subject, EventId, Doubt]]:
    """Yield every approval that an author had no grant for, with the reason."""
    grants = grants_in(histories)
    for subject, history in histories.items():
        for at, event in enumerate(history.events):
            if is_under_grant(event) and event.actor not in trust.mayors:
                doubt = _doubt(history, at, grants, trust)
                if doubt is not None and not (
                    doubt.code in MENDED_BY_A_LOOK and _looked_at(history, at, trust)
                ):
                    yield subject, history.ids[at], doubt


def doubts_about_carries(history: History) -> Iterator[tuple[EventId, Doubt]]:
    """Yield the approvals that claim to carry over a version which nobody had approved before."""
    for at, event in enumerate(history.events):
        before = event.options.get("carried_from", "")
        if not before or not event.is_for_readers:
            continue
        known = {
            history.events[one].content
            for one in members(history.seen[at])
            if history.events[one].is_for_readers
        }
        if parse_content_hash(before) not in known or event.options.get("rule") not in CARRY_RULES:
            yield (
                history.ids[at],
                Doubt(
                    code="BN326",
                    message="this approval carries over a version that nobody had approved, or by an unknown rule",
                    hint="remove it, and decide anew: git rm {path}",
                ),
            )


def _given(history: History) -> Iterator[Grant]:
    revocations = history.among(history.everything, lambda event: event.verb is Verb.REVOKE)
    for at, event in enumerate(history.events):
        until = parse_iso(event.options.get("until", ""))
        posts = event.options.get("posts", "")
        if event.verb is not Verb.GRANT or until is None or not posts.isascii():
            continue
        if not posts.isdigit() or not 1 <= int(posts) <= MAX_POSTS:
            continue
        ends = sum(1 << one for one in members(revocations) if history.seen[one] >> at & 1)
        yield Grant(
            event=history.ids[at],
            author=AuthorId(history.subject.id),
            giver=event.actor,
            until=until,
            posts=int(posts),
            is_revoked=bool(ends),
            spared=_spared(history, ends),
        )


def _spared(history: History, ends: int) -> frozenset[EventId]:
    """Return the uses that every revocation in `ends` names, but for those that had seen another one there."""
    firsts = [one for one in members(ends) if not history.seen[one] & ends]
    named = [set(history.events[one].options.get("uses", "").split()) for one in firsts]
    return frozenset(EventId(use) for use in set.intersection(*named)) if named else frozenset()


def _doubt(
    history: History, at: int, grants: Mapping[EventId, Grant], trust: Trust
) -> Doubt | None:
    event = history.events[at]
    grant = next((one for key, one in grants.items() if key == event.options["grant"]), None)
    if grant is None or grant.author != event.actor or grant.giver not in trust.mayors:
        return _said("BN322", event, "names no grant that a mayor gave to them")
    if event.time > grant.until or (grant.is_revoked and history.ids[at] not in grant.spared):
        return _said("BN323", event, _late(event, grant))
    if grant.used.index(history.ids[at]) >= grant.posts:
        return _said("BN324", event, f"is one more than the {grant.posts} that the grant allows")
    if why := _beyond(history, at):
        return _said("BN325", event, why)
    return None


def _late(event: Event, grant: Grant) -> str:
    if event.time > grant.until:
        return "came after the last day of the grant"
    return "names a grant that a mayor took back without having seen it"


def _beyond(history: History, at: int) -> str:
    event = history.events[at]
    if (
        event.findings
        or event.waivers
        or "takeover" in event.options
        or "carried_from" in event.options
    ):
        return "is of work with findings, or says more than an author may"
    before = {history.ids[one]: history.events[one] for one in members(history.seen[at])}
    standing = standing_of(
        history_of(history.subject, before),
        content=event.content,
        is_draft=False,
        on_disk=True,
        now=event.time,
    )
    authors = event.facts.authors if event.facts else ()
    why = out_of_bounds(standing, subject=history.subject, actor=event.actor, authors=authors)
    return f"is about a subject that {why}" if why else ""


def _looked_at(history: History, at: int, trust: Trust) -> bool:
    """Whether a mayor who had seen this approval has approved something or taken it down since."""
    return any(
        history.seen[place] >> at & 1
        and event.actor in trust.mayors
        and (event.is_for_readers or event.verb is Verb.RETRACT)
        for place, event in enumerate(history.events)
    )


def _said(code: str, event: Event, why: str) -> Doubt:
    name = event.subject.typed
    version = event.content.short if event.content else ""
    look = f"a mayor looks at it, then: mayor approve {name} --version {version}, or mayor retract {name}"
    return Doubt(
        code=code,
        message=f"the approval of own work by '{event.actor}' {why}",
        hint=look
        if code in MENDED_BY_A_LOOK
        else "remove it, and let a mayor decide: git rm {path}",
    )
