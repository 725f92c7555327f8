"""What was decided about a subject and where it stands, on a card (`blognet.actions.cards`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, assert_never

from blognet.actions.cards import line_of, moment_of, said_moment, written, yes
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

SEPARATOR = "\x1f"
"""Between addresses, which hold no such sign."""
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


class Rest(NamedTuple):
    """What few ask of a card.

    Attributes:
        title: What the published version is called; "" when what lies on disk tells a title, or nothing is published.
        reasons: Events that the proposed light comes from.
        retraction: The event, or "".
        version: What is published, or was.
        next: What comes.
    """

    title: str
    reasons: Sequence[str]
    retraction: str
    version: VersionCard | None
    next: VersionCard | None


class DecidedCard(NamedTuple):
    """What was decided about a subject and where it stood, in texts; only sound subjects have one.

    A text that answers a question is "" for no. None holds a tab: a card is kept as a line.

    Attributes:
        ids: A digest of the ids of its events.
        events: How many there are.
        latest: The time of the latest of them.
        answered: The time of the latest answer to its authors, "" when there was none.
        was_approved: Whether there is a first approval.
        was_submitted: Whether an author ever submitted it.
        grants: Whether an event gives, ends or uses a grant.
        has_notes: Whether there are notes on it.
        asset_names: Those that approvals need and that had a copy, with blanks between.
        content: Of the bytes on disk; "" for none.
        is_draft: As `standing_of` was told.
        on_disk: As `standing_of` was told.
        since: The first second of where it stands; "" for ever.
        until: The first second after it; "" for ever.
        proposed: The light.
        second: The force that wants a second look, or "".
        published: The name of the light, in lower case.
        approval: Of the version that is published, or was; "" for none.
        url: Of that version.
        urls: The addresses that it was ever given, with separators between.
        by: Its authors, with blanks between.
        said: The rest, as JSON.
    """

    ids: str
    events: str
    latest: str
    answered: str
    was_approved: str
    was_submitted: str
    grants: str
    has_notes: str
    asset_names: str
    content: str
    is_draft: str
    on_disk: str
    since: str
    until: str
    proposed: str
    second: str
    published: str
    approval: str
    url: str
    urls: str
    by: str
    said: str

    @property
    def rest(self) -> Rest:
        """What few ask for."""
        *facts, version, following = json.loads(self.said)
        versions = (None if one is None else VersionCard._make(one) for one in (version, following))
        return Rest(*facts, *versions)

    @property
    def bound_url(self) -> str | None:
        """The address that an approved version binds; None when there is no such version."""
        return self.url if self.approval else None

    def is_of(self, *, content: str, is_draft: bool, on_disk: bool) -> bool:
        """Whether it says where the subject stands with these bytes."""
        return (self.content, self.is_draft, self.on_disk) == (content, yes(is_draft), yes(on_disk))

    def is_published_at(self, now: str) -> bool:
        """Whether the published light is right at a time, whatever lies on disk."""
        return self.since <= now and (not self.until or now < self.until)


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
    urls = (event.facts.url for event in history.events if event.facts and event.facts.url)
    rest = [
        title,
        standing.reasons,
        published.retraction if isinstance(published, Retracted) else "",
        _version(version),
        _version(following),
    ]
    card = DecidedCard(
        ids=digest_of(history),
        events=str(len(history.events)),
        latest=max((said_moment(event.time) for event in history.events), default=""),
        answered=said_moment(max(answers)) if answers else "",
        was_approved=yes(first_approval(history) is not None),
        was_submitted=yes(any(event.verb is Verb.SUBMIT for event in history.events)),
        grants=yes(
            any(event.verb in _GRANTING or is_under_grant(event) for event in history.events)
        ),
        has_notes=yes(bool(notes_of(history))),
        asset_names=" ".join(
            sorted({one.sha256 for event in readers for one in event.assets} & asset_names)
        ),
        content=standing.content.hex if standing.content else "",
        is_draft=yes(is_draft),
        on_disk=yes(on_disk),
        since=since,
        until=until,
        proposed=standing.proposed.value,
        second=standing.second or "",
        published=published_word(published),
        approval=version.approval if version else "",
        url=version.facts.url if version else "",
        urls=SEPARATOR.join(dict.fromkeys(urls)),
        by=" ".join(version.facts.authors) if version else "",
        said=written(rest),
    )
    return line_of(card)


def decided_cards(said: Mapping[str, str]) -> dict[str, DecidedCard]:
    """Read cards of what was decided; what is none is left out."""
    count, make = len(DecidedCard._fields), tuple.__new__
    return {
        place: make(DecidedCard, fields)  # as `_make`, which would count them again
        for place, line in said.items()
        if len(fields := line.split("\t")) == count
    }


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


def standing_on(card: DecidedCard) -> Standing:
    """Return the standing on a card."""
    rest = card.rest
    return Standing(
        published=_published(card.published, rest),
        proposed=Proposed(card.proposed),
        content=ContentHash(card.content) if card.content else None,
        reasons=tuple(EventId(one) for one in rest.reasons),
        second=EventId(card.second) if card.second else None,
    )


def _published(light: str, rest: Rest) -> Published:
    version = None if rest.version is None else _approved(rest.version)
    following = None if rest.next is None else _approved(rest.next)
    if light == "retracted":
        return Retracted(retraction=EventId(rest.retraction), version=version, next=following)
    if version is None:
        return NotPublished()
    match light:
        case "live":
            return Live(version=version, next=following)
        case "scheduled":
            return Scheduled(version=version)
        case "expired":
            return Expired(version=version)
        case _:
            raise ValueError(light)


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
