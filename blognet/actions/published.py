"""What may be on the site: the approved copies of live subjects, read from the record alone.

Nothing here looks at what lies in the network's folders; that is what makes an unapproved byte on the site impossible
to come by. Authors, dates and addresses are those that the approvals fixed.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from blognet.actions.kept_live import KeptLive
from blognet.content.other_body import with_other_body
from blognet.content.values import Author, Post
from blognet.kernel.errors import FaultsError
from blognet.kernel.hashing import content_hash
from blognet.kernel.ids import Kind
from blognet.kernel.problems import errors_in
from blognet.moderation.approvals import shown_since
from blognet.moderation.events import Verb
from blognet.moderation.featuring import places_of
from blognet.moderation.record import subject_folder
from blognet.moderation.standing import Live, Retracted, standing_of
from blognet.site import Correction, LiveAuthor, LivePost, Pick, Published, Tombstone, TombstoneKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from blognet.content.values import Content, FrontMatter, ReadingRules
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId, Subject
    from blognet.kernel.problems import Problem
    from blognet.moderation.approvals import Approved
    from blognet.moderation.events import Event
    from blognet.moderation.record import Record, SubjectRecord


def published_from(record: Record, *, rules: ReadingRules, now: datetime) -> Published:
    """Return what the decisions in the record put on the site at this time.

    Args:
        record: Must be sound.
        rules: How texts are read. Topics that are no longer configured are accepted: an approved post stays.
        now: Aware time.

    Raises:
        FaultsError: An approved text cannot be read under today's settings; every one is named.
    """
    lenient = as_approved(rules)
    kept = KeptLive(record, rules=rules, now=now)
    posts: list[LivePost] = []
    authors: list[LiveAuthor] = []
    tombstones: list[Tombstone] = []
    problems: list[Problem] = []
    for subject in record.subjects:
        key = str(subject)
        if kept.is_out_of_sight(key):
            continue
        found = kept.live(key, subject) or shown_of(record.subjects[subject], lenient, now, kept)
        match found:
            case LivePost():
                posts.append(found)
            case LiveAuthor():
                authors.append(found)
            case Tombstone():
                tombstones.append(found)
            case None:
                continue
            case _:
                problems += found
    kept.keep()
    if problems:
        message = "approved texts cannot be read under the settings of blognet.yml"
        hint = "undo the change of blognet.yml that they name, or approve a version that fits"
        raise FaultsError(message, problems=tuple(problems), hint=hint)
    return Published(
        posts=tuple(post for post in posts if post.subject.kind is Kind.POST),
        pages=tuple(post for post in posts if post.subject.kind is Kind.PAGE),
        authors=tuple(authors),
        tombstones=tuple(tombstones),
    )


class Taking(Protocol):
    """Whoever keeps what was read of live subjects."""

    def take(
        self, subject: Subject, live: LivePost | LiveAuthor, *, approval: EventId, text: str
    ) -> None:
        """Note a live subject that was read."""
        ...


def as_approved(rules: ReadingRules) -> ReadingRules:
    """Return the rules by which approved texts are read: topics that are no longer configured are accepted."""
    return replace(rules, topics=())


def shown_of(
    decided: SubjectRecord,
    rules: ReadingRules,
    now: datetime,
    taking: Taking | None = None,
    *,
    before: LivePost | None = None,
    known: Mapping[ContentHash, Content] = MappingProxyType({}),
) -> LivePost | LiveAuthor | Tombstone | tuple[Problem, ...] | None:
    """Read what a subject shows to readers; None for nothing, and problems when it cannot be read.

    Args:
        decided: What was decided.
        rules: As `as_approved` gives them.
        now: Aware time.
        taking: Gets what is live; None when nobody keeps it.
        before: What was live before, read by this program and by these rules; None when that is not known.
        known: What was read of sources under the same settings, without an error: the same hash is the same content.
    """
    standing = standing_of(decided.history, content=None, is_draft=False, on_disk=False, now=now)
    match standing.published:
        case Live(version=version):
            live = _live(decided, version, rules, before, known)
            if taking is not None and isinstance(live, LivePost | LiveAuthor):
                text = decided.texts[version.content]
                taking.take(decided.subject, live, approval=version.approval, text=text)
            return live
        case Retracted() as retracted if decided.subject.kind is not Kind.PROFILE:
            return _tombstone(decided, retracted)
        case _:
            return None


def _live(
    decided: SubjectRecord,
    version: Approved,
    rules: ReadingRules,
    before: LivePost | None,
    known: Mapping[ContentHash, Content],
) -> LivePost | LiveAuthor | tuple[Problem, ...]:
    subject, history = decided.subject, decided.history
    approval = history.events[history.ids.index(version.approval)]
    text = decided.texts[version.content]
    problems: tuple[Problem, ...] = ()
    content = known.get(version.content)
    if content is None and before:
        content = _with_other_body(before, decided, approval, text)
    if content is None:
        from blognet.content.parse import parse_content

        content, problems = parse_content(
            subject,
            text=text,
            path=f"{subject_folder(subject)}/{version.content.file_stem}.txt",
            path_facts=approval.path_facts,
            assets=approval.assets,
            rules=rules,
        )
    if isinstance(content, Author):
        return LiveAuthor(author=content, hash=version.content, assets=approval.assets)
    if isinstance(content, Post):
        notes = _corrections(decided)
        return LivePost(
            subject=subject,
            hash=version.content,
            post=content,
            url=version.facts.url,
            authors=version.facts.authors,
            date=version.facts.date,
            updated=_updated(content.front, notes, approved=approval.time, date=version.facts.date),
            assets=approval.assets,
            corrections=notes,
            picks=_picks(decided),
            since=shown_since(decided.history),
        )
    return errors_in(problems)


def _with_other_body(
    before: LivePost, decided: SubjectRecord, approval: Event, text: str
) -> Post | None:
    """Return an approved text from what another one said that differs in nothing but its body."""
    old = decided.texts.get(before.hash)
    if old is None:
        return None
    # The hash covers what the path contributed: it tells that this was the same.
    facts = approval.path_facts
    known = content_hash(before.subject, path_facts=facts, text=old, assets=before.assets)
    return with_other_body(before.post, old=old, new=text) if known == before.hash else None


def _updated(
    front: FrontMatter, notes: tuple[Correction, ...], *, approved: datetime, date: datetime
) -> datetime | None:
    """Return when readers were last given something else; what an author says is no later than it could be true."""
    latest = max(filter(None, (approved, date, front.publish_at)))
    declared = min(front.updated, latest) if front.updated else None
    return max(filter(None, (declared, *(note.when for note in notes))), default=None)


def _corrections(decided: SubjectRecord) -> tuple[Correction, ...]:
    history = decided.history
    notes = [
        Correction(when=event.time, words=decided.words[ident])
        for ident, event in zip(history.ids, history.events, strict=True)
        if event.verb is Verb.CORRECT and decided.words.get(ident)
    ]
    return tuple(sorted(notes, key=lambda note: (note.when, note.words)))


def _picks(decided: SubjectRecord) -> tuple[Pick, ...]:
    return tuple(Pick(topic=topic, when=when) for topic, when in places_of(decided.history).items())


def _tombstone(decided: SubjectRecord, retracted: Retracted) -> Tombstone | None:
    history = decided.history
    event = history.events[history.ids.index(retracted.retraction)]
    version = retracted.version
    if version is None or not version.facts.url or event.options.get("quiet"):
        return None
    return Tombstone(
        subject=decided.subject,
        url=version.facts.url,
        when=event.time,
        kind=_tombstone_kind(event.options.get("kind", "")),
        words=decided.words.get(retracted.retraction, ""),
        target=event.options.get("to", ""),
    )


def _tombstone_kind(said: str) -> TombstoneKind:
    # A later version may know more kinds; to readers of this one the post is gone all the same.
    return TombstoneKind(said) if said in set(TombstoneKind) else TombstoneKind.WITHDRAWN
