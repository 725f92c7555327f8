"""What a decision is about: who wants to say what, on a subject as it stands, by which settings. Decides nothing.

Makes the event of a wish, too: every event is filled here, by `event_of`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from blognet.content.values import Post, Proposal
from blognet.kernel.hashing import PathFacts
from blognet.kernel.ids import AuthorId, Kind, SitePath
from blognet.moderation.carrying import Survives
from blognet.moderation.deputies import Deputies
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.findings import Examination, Judgement
from blognet.moderation.kept_words import with_kept_words
from blognet.moderation.standing import published_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from blognet.kernel.hashing import AssetEntry, ContentHash
    from blognet.kernel.ids import EventId, Subject
    from blognet.moderation.approvals import Approved
    from blognet.moderation.carrying import Side
    from blognet.moderation.events import Seen
    from blognet.moderation.granting import Grant
    from blognet.moderation.history import History
    from blognet.moderation.stages import StageRule
    from blognet.moderation.standing import Standing


class Role(Enum):
    """As what somebody decides."""

    MAYOR = "mayor"
    DEPUTY = "deputy"
    REVIEWER = "reviewer"
    GRANTEE = "grantee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """Who may decide, and the settings that decisions need.

    Attributes:
        network: The network's id.
        mayors: Those who may decide today.
        solo: Whether a mayor may approve work of their own.
        permalink: Address pattern of posts.
        zone: The network's time zone.
        languages: Configured language tags.
        stages: Who else must say yes, and to what.
        deputies: Who stands in for the mayors, and when.
        survives: Which edits an approval survives.
        names: Names and ids of all authors.
    """

    network: str
    mayors: frozenset[AuthorId]
    solo: bool
    permalink: str
    zone: tzinfo
    languages: tuple[str, ...]
    stages: tuple[StageRule, ...] = ()
    deputies: Deputies = field(default_factory=Deputies)
    survives: Survives = field(default_factory=Survives)
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A subject as it stands when somebody decides.

    Attributes:
        subject: What.
        history: Its events.
        standing: What stands.
        proposal: What lies on disk, if anything.
        last_editor: Who made the last edit of somebody's bytes, when that is known.
        taken: Addresses that other subjects have, by the record.
        words: What was said, by event; only to be quoted in a refusal.
        examination: What the checks say about exactly the bytes on disk; only an approval needs it.
        waits_since: When the bytes on disk began to wait, when that is known.
        grants: Every grant of the record, by its id.
        sides: The version that somebody looked at and the edited one, for carrying an approval over.
    """

    subject: Subject
    history: History
    standing: Standing
    proposal: Proposal | None
    last_editor: AuthorId | None = None
    taken: Mapping[SitePath, Subject] = field(default_factory=dict)
    words: Mapping[EventId, str] = field(default_factory=dict)
    examination: Examination = field(default_factory=Examination)
    waits_since: datetime | None = None
    grants: Mapping[EventId, Grant] = field(default_factory=dict)
    sides: tuple[Side, Side] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to say.

    Attributes:
        words: The comment or reason, "" for none.
        seen: How they had seen the bytes.
        options: ``until``, ``kind``, ``to``, ``quiet``, ``takeover``, those of notes: see `Event`.
        waivers: Why findings of a check do not matter here, by check.
        stage: The stage that an approval is for; "" for readers.
        version: On approve, the beginning of the hash of a version in the record that is meant, whatever lies on disk.
        role: As what somebody decides who is no mayor; given by `blognet.moderation.asking` alone.
    """

    verb: Verb
    actor: AuthorId
    now: datetime
    words: str = ""
    seen: Seen | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)
    stage: str = ""
    version: str = ""
    role: Role = Role.MAYOR


def authors_of(case: Case) -> tuple[AuthorId, ...]:
    """Return whose work a subject is: as it lies on disk, else as it was published."""
    if case.subject.kind is Kind.PROFILE:
        return (AuthorId(case.subject.id),)
    if case.proposal and isinstance(case.proposal.content, Post):
        return case.proposal.content.authors
    version = published_version(case.standing.published)
    return version.facts.authors if version else ()


def own_work(wish: Wish, case: Case) -> str:
    """Return why the bytes are the actor's own work, as the rest of a sentence; "" when they are not."""
    proposal = case.proposal
    if case.subject.kind is Kind.PROFILE and case.subject.id == wish.actor:
        return "is your own profile"
    if proposal and isinstance(proposal.content, Post) and wish.actor in proposal.content.authors:
        return "is your own work"
    if case.last_editor == wish.actor:
        return "was last edited by you"
    return ""


def about_version(wish: Wish, case: Case, rights: Rights, version: Approved) -> Event:
    """Return an event about an approved version."""
    return event_of(wish, case, rights, content=version.content, options=wish.options)


def about_disk(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return an event about what lies on disk, if anything does."""
    proposal = case.proposal
    return event_of(
        wish, case, rights,
        content=proposal.hash if proposal else None,
        path_facts=proposal.path_facts if proposal else PathFacts(),
        assets=proposal.assets if proposal else (),
        options=wish.options,
    )  # fmt: skip


def event_of(  # noqa: PLR0913  # one place that fills an event, all by keyword
    wish: Wish,
    case: Case,
    rights: Rights,
    *,
    content: ContentHash | None,
    options: Mapping[str, str],
    path_facts: PathFacts | None = None,
    assets: tuple[AssetEntry, ...] = (),
    facts: Facts | None = None,
    judgement: Judgement | None = None,
) -> Event:
    """Return the event of a wish about these bytes."""
    judged = judgement or Judgement()
    event = Event(
        network=rights.network,
        subject=case.subject,
        verb=wish.verb,
        actor=wish.actor,
        time=wish.now.replace(microsecond=0),
        prev=case.history.heads,
        content=content,
        path_facts=path_facts or PathFacts(),
        assets=assets,
        facts=facts,
        seen=wish.seen,
        findings=judged.findings,
        waivers=judged.waivers,
        stage=wish.stage,
        options={key: value for key, value in {**options, **judged.options}.items() if value},
    )
    return with_kept_words(event, wish.words)
