"""What was decided about a subject and where it stands, on a card (`blognet.actions.cards`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from blognet.actions.cards import cards_in, moment_of, said_moment, written
from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, SitePath
from blognet.kernel.times import parse_iso
from blognet.moderation.approvals import Approved, first_approval
from blognet.moderation.events import Facts, Verb
from blognet.moderation.notes import notes_of
from blognet.moderation.promise import is_answer
from blognet.moderation.standing import (
    Expired,
    Live,
    NotPublished,
    Proposed,
    Published,
    Retracted,
    Scheduled,
    Standing,
)
from blognet.moderation.trusting import is_under_grant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from blognet.moderation.history import History
    from blognet.moderation.record import SubjectRecord

_GRANTING = frozenset({Verb.GRANT, Verb.REVOKE})


class VersionCard(NamedTuple):
    """An approved version, in texts."""

    content: str
    approval: str
    url: str
    authors: Sequence[str]
    date: str
    publish: str
    expires: str
    title: str


class StandingCard(NamedTuple):
    """Where a subject stands, and as long as what that is true.

    Attributes:
        content: Of the bytes on disk; "" for none.
        is_draft: As `standing_of` was told.
        on_disk: As `standing_of` was told.
        since: The first second of it; "" for ever.
        until: The first second after it; "" for ever.
        proposed: The light.
        second: The force that wants a second look, or "".
        reasons: Events.
        published: The name of the light, in lower case.
        retraction: The event, or "".
        version: What is published, or was.
        next: What comes.
    """

    content: str
    is_draft: bool
    on_disk: bool
    since: str
    until: str
    proposed: str
    second: str
    reasons: Sequence[str]
    published: str
    retraction: str
    version: VersionCard | None
    next: VersionCard | None

    def holds(self, *, content: str, is_draft: bool, on_disk: bool, now: str) -> bool:
        """Whether this is where the subject stands with these bytes at this time."""
        return (self.content, self.is_draft, self.on_disk) == (
            content,
            is_draft,
            on_disk,
        ) and self.is_published_at(now)

    def is_published_at(self, now: str) -> bool:
        """Whether the published light is right at a time, whatever lies on disk."""
        return self.since <= now and (not self.until or now < self.until)


class DecidedCard(NamedTuple):
    """What was decided about a subject; only sound subjects have one.

    Attributes:
        ids: A digest of the ids of its events.
        was_approved: Whether there is a first approval.
        grants: Whether an event gives, ends or uses a grant.
        urls: The addresses that it was given.
        assets: Those that approvals need and that had a copy.
        answered: The time of the latest answer to its authors, "" when there was none.
        was_submitted: Whether an author ever submitted it.
        events: How many there are.
        latest: The time of the latest of them.
        has_notes: Whether there are notes on it.
        title: What the published version is called; "" when what lies on disk tells a title, or nothing is published.
        standing: Where it stood.
    """

    ids: str
    was_approved: bool
    grants: bool
    urls: Sequence[str]
    assets: Sequence[str]
    answered: str
    was_submitted: bool
    events: int
    latest: str
    has_notes: bool
    title: str
    standing: StandingCard


def decided_text(
    decided: SubjectRecord,
    standing: Standing,
    *,
    asset_names: frozenset[str],
    now: datetime,
    is_draft: bool,
    on_disk: bool,
    title: str,
) -> str:
    """Return the card of what was decided, as it is kept."""
    history = decided.history
    since, until = _around(history, now)
    readers = [event for event in history.events if event.is_for_readers]
    answers = [event.time for event in history.events if is_answer(event)]
    published = standing.published
    version = None if isinstance(published, NotPublished) else published.version
    following = published.next if isinstance(published, Live | Retracted) else None
    return written(
        [
            digest_of(history),
            first_approval(history) is not None,
            any(event.verb in _GRANTING or is_under_grant(event) for event in history.events),
            [event.facts.url for event in history.events if event.facts and event.facts.url],
            sorted({one.sha256 for event in readers for one in event.assets} & asset_names),
            said_moment(max(answers)) if answers else "",
            any(event.verb is Verb.SUBMIT for event in history.events),
            len(history.events),
            max((said_moment(event.time) for event in history.events), default=""),
            bool(notes_of(history)),
            title,
            [
                standing.content.hex if standing.content else "",
                is_draft,
                on_disk,
                since,
                until,
                standing.proposed.value,
                standing.second or "",
                standing.reasons,
                published_word(published),
                published.retraction if isinstance(published, Retracted) else "",
                _version(version),
                _version(following),
            ],
        ]
    )


def decided_cards(said: Mapping[str, str]) -> dict[str, DecidedCard]:
    """Read cards of what was decided; what is none is left out."""
    return cards_in(said, _decided_card)


def digest_of(history: History) -> str:
    """Return a digest that tells two histories apart."""
    return sha256_hex("".join(history.ids).encode("ascii"))


def published_word(published: Published) -> str:
    """Return the published light in a word."""
    match published:
        case NotPublished():
            return "none"
        case Live():
            return "live"
        case Scheduled():
            return "scheduled"
        case Retracted():
            return "retracted"
        case Expired():
            return "expired"
        case _:
            assert_never(published)


def standing_on(card: StandingCard) -> Standing:
    """Return the standing on a card."""
    return Standing(
        published=published_on(card),
        proposed=Proposed(card.proposed),
        content=ContentHash(card.content) if card.content else None,
        reasons=tuple(EventId(one) for one in card.reasons),
        second=EventId(card.second) if card.second else None,
    )


def published_on(card: StandingCard) -> Published:
    """Return the published light on a card."""
    version = None if card.version is None else _approved(card.version)
    following = None if card.next is None else _approved(card.next)
    if card.published == "retracted":
        return Retracted(retraction=EventId(card.retraction), version=version, next=following)
    if version is None:
        return NotPublished()
    match card.published:
        case "live":
            return Live(version=version, next=following)
        case "scheduled":
            return Scheduled(version=version)
        case "expired":
            return Expired(version=version)
        case _:
            raise ValueError(card.published)


def _decided_card(values: list[Any]) -> DecidedCard:
    *facts, standing = values
    *lights, version, following = standing
    versions = [None if one is None else VersionCard._make(one) for one in (version, following)]
    return DecidedCard._make([*facts, StandingCard._make([*lights, *versions])])


def _version(version: Approved | None) -> list[object] | None:
    if version is None:
        return None
    facts = version.facts
    return [
        version.content.hex,
        version.approval,
        facts.url,
        facts.authors,
        said_moment(facts.date),
        said_moment(facts.publish),
        said_moment(facts.expires) if facts.expires else "",
        facts.title,
    ]


def _approved(card: VersionCard) -> Approved:
    return Approved(
        content=ContentHash(card.content),
        approval=EventId(card.approval),
        facts=Facts(
            url=SitePath(card.url),
            authors=tuple(AuthorId(one) for one in card.authors),
            date=moment_of(card.date),
            publish=moment_of(card.publish),
            expires=moment_of(card.expires) if card.expires else None,
            title=card.title,
        ),
    )


def _around(history: History, now: datetime) -> tuple[str, str]:
    """Return from when until when time alone changes nothing about a standing."""
    moments: list[datetime] = []
    for event in history.events:
        if event.facts is not None:
            moments += [one for one in (event.facts.publish, event.facts.expires) if one]
        if (until := parse_iso(event.options.get("until", ""))) is not None:
            moments.append(until)
    before = max((one for one in moments if one <= now), default=None)
    after = min((one for one in moments if one > now), default=None)
    return said_moment(before) if before else "", said_moment(after) if after else ""
