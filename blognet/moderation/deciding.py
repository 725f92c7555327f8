"""May this person say this verb about these bytes now? Answers with the event, or refuses with a sentence.

Pure: the record, the bytes on disk, the person, the time and the settings are all in a `Case`. Every rule of the
design about who may decide what, and when, is here; what a decision then does to a standing is
`blognet.moderation.standing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from blognet.content.values import Author, Post, Proposal
from blognet.kernel.errors import ConflictError, NotAllowedError, UsageError
from blognet.kernel.hashing import PathFacts, sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SitePath
from blognet.kernel.times import parse_iso
from blognet.moderation.carrying import Survives
from blognet.moderation.deputies import Deputies
from blognet.moderation.erasing import refuse_restoring
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.findings import Examination, Judgement, judge
from blognet.moderation.noting import refuse_note, refuse_resolution, refuse_unsettled
from blognet.moderation.recalling import refuse_strangers
from blognet.moderation.secrets import masked
from blognet.moderation.standing import (
    RULES,
    Expired,
    Live,
    Proposed,
    Retracted,
    Scheduled,
    first_approval,
    pending_version,
    published_version,
)
from blognet.moderation.urls import address_of, is_reserved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from blognet.kernel.hashing import AssetEntry, ContentHash
    from blognet.kernel.ids import EventId, Subject
    from blognet.moderation.carrying import Side
    from blognet.moderation.events import Seen
    from blognet.moderation.granting import Grant
    from blognet.moderation.history import History
    from blognet.moderation.stages import StageRule
    from blognet.moderation.standing import Approved, Standing


RETRACTION_KINDS = ("error", "moved", "withdrawn")
"""What ``kind`` of a retraction may say: why the post was taken down."""
_KNOWN = frozenset({Proposed.NONE, Proposed.SCHEDULED, Proposed.FORCED})
"""Where exactly these bytes were approved before."""


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


def decide(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return the event, or refuse.

    Raises:
        NotAllowedError: This person may not say this, or not about their own work.
        UsageError: Words are missing.
        ConflictError: The subject does not stand where the verb makes sense.
    """
    rule = RULES[wish.verb]
    if rule.reserved:
        message = f"'{wish.verb.value}' is a name kept for a later version"
        raise UsageError(message)
    if rule.mayors_only and wish.actor not in rights.mayors and wish.role is Role.MAYOR:
        message = f"'{wish.actor}' is not a mayor of this network, so cannot {wish.verb.value}"
        raise NotAllowedError(message, hint=f"mayors are: {', '.join(sorted(rights.mayors))}")
    if rule.needs_words and not wish.words.strip():
        message = f"'{wish.verb.value}' needs a reason in words"
        raise UsageError(
            message, hint=f'add -m "…": mayor {wish.verb.value} {case.subject.typed} -m "…"'
        )
    _refuse_odd_options(wish)
    _refuse_noting(wish, case, rights)
    match wish.verb:
        case Verb.APPROVE:
            return _approve(wish, case, rights)
        case Verb.RETURN | Verb.DECLINE | Verb.HOLD:
            return _answer(wish, case, rights)
        case Verb.RELEASE:
            return _release(wish, case, rights)
        case Verb.RETRACT:
            return _retract(wish, case, rights)
        case Verb.RESTORE:
            return _restore(wish, case, rights)
        case Verb.FORCE | Verb.CORRECT | Verb.GRANT | Verb.REVOKE:
            message = "blognet.moderation.asking decides on these"
            raise AssertionError(message)
        case _:
            return _remark(wish, case, rights)


def _refuse_odd_options(wish: Wish) -> None:
    """Let nothing into an event that its readers could not understand."""
    name = wish.verb.value
    until = wish.options.get("until", "")
    ends = parse_iso(until)
    if until and (ends is None or ends <= wish.now):
        message = f"'{name}' until {until}: expected a time to come, such as 2027-01-31T09:00:00Z"
        raise UsageError(message, hint=f"without --until, a {name} lasts until mayor release")
    kind = wish.options.get("kind", "")
    if wish.verb is Verb.RETRACT and kind and kind not in RETRACTION_KINDS:
        message = f"'{kind}' is no kind of retraction"
        raise UsageError(message, hint=f"--kind is one of {', '.join(RETRACTION_KINDS)}")
    try:
        wish.words.encode("utf-8")
    except UnicodeEncodeError:
        message = "the words hold bytes that are no text"
        raise UsageError(
            message, hint="write them again, on a terminal that is set to UTF-8"
        ) from None


def _refuse_noting(wish: Wish, case: Case, rights: Rights) -> None:
    if wish.verb in {Verb.COMMENT, Verb.SUGGEST}:
        refuse_note(wish.verb, wish.options, actor=wish.actor, mayors=rights.mayors)
    elif wish.verb is Verb.RESOLVE:
        refuse_resolution(
            wish.options,
            name=case.subject.typed,
            words=wish.words,
            history=case.history,
            actor=wish.actor,
            authors=authors_of(case),
            mayors=rights.mayors,
            solo=rights.solo,
        )


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


def authors_of(case: Case) -> tuple[AuthorId, ...]:
    """Return whose work a subject is: as it lies on disk, else as it was published."""
    if case.subject.kind is Kind.PROFILE:
        return (AuthorId(case.subject.id),)
    if case.proposal and isinstance(case.proposal.content, Post):
        return case.proposal.content.authors
    version = published_version(case.standing.published)
    return version.facts.authors if version else ()


def _approve(wish: Wish, case: Case, rights: Rights) -> Event:
    proposal = approvable(case)
    content = proposal.content
    if content is None or proposal.hash is None:
        raise faulty(case)
    refuse_unsettled(case.history, case.words, name=case.subject.typed)
    options = dict(wish.options)
    why = own_work(wish, case)
    if why and (not rights.solo or wish.role is Role.DEPUTY):
        message = f"{case.subject.typed} {why}, so another mayor has to approve it"
        others = ", ".join(sorted(rights.mayors - {wish.actor})) or "there is none yet"
        raise NotAllowedError(
            message, hint=f"other mayors: {others} (or policy: solo: true in blognet.yml)"
        )
    if why:
        options["solo"] = why
    authors = content.authors if isinstance(content, Post) else (AuthorId(case.subject.id),)
    refuse_takeover(case, authors, options)
    judgement = judge(case.subject.name, case.examination, wish.waivers)
    facts = facts_now(wish, case, rights, authors)
    return event_of(
        wish, case, rights, content=proposal.hash, path_facts=proposal.path_facts,
        assets=proposal.assets, facts=facts, options=options, judgement=judgement,
    )  # fmt: skip


def approvable(case: Case) -> Proposal:
    """Return the bytes that wait.

    Raises:
        ConflictError: Nothing waits, or what lies there is faulty or a draft.
    """
    name = case.subject.typed
    if case.proposal is None:
        message = f"there is no file for {name} to approve"
        raise ConflictError(message, hint="mayor queue lists what waits")
    if case.proposal.is_faulty:
        raise faulty(case)
    if case.proposal.is_draft:
        message = f"{name} is still a draft"
        raise ConflictError(message, hint=f"its author types: blognet submit {name}")
    _refuse_recalled(case)
    if case.standing.proposed in _KNOWN:
        message = f"{name} has nothing that waits: exactly these bytes were approved before"
        raise ConflictError(message, hint=_hint_for_known_bytes(case))
    return case.proposal


def _hint_for_known_bytes(case: Case) -> str:
    match case.standing.published:
        case Retracted():
            return f"mayor restore {case.subject.typed} brings it back"
        case Expired():
            path = case.proposal.path if case.proposal else case.subject.typed
            return f"it has expired; with another 'expires' in {path} it waits again"
        case _:
            return "mayor queue lists what waits"


def faulty(case: Case) -> ConflictError:
    """Return the refusal of faulty bytes."""
    message = f"{case.subject.typed} has faults and cannot be approved"
    path = case.proposal.path if case.proposal else ""
    return ConflictError(message, hint=f"see them with: blognet check {path}")


def refuse_takeover(case: Case, authors: tuple[AuthorId, ...], options: dict[str, str]) -> None:
    """Refuse a revision that shares no author with what was published, unless ``takeover`` says that it is meant.

    Raises:
        NotAllowedError: It does, and nobody said so.
    """
    version = published_version(case.standing.published)
    if version is None or case.subject.kind is Kind.PROFILE:
        options.pop("takeover", None)
        return
    before = version.facts.authors
    if not before or set(before) & set(authors):
        options.pop("takeover", None)
    elif not options.get("takeover"):
        message = (
            f"{case.subject.typed} was published by {', '.join(before)}; this revision is by"
            f" {', '.join(authors)} and shares no author with it"
        )
        raise NotAllowedError(
            message, hint="a new post needs a new slug; if it is meant: --takeover"
        )


def facts_now(wish: Wish, case: Case, rights: Rights, authors: tuple[AuthorId, ...]) -> Facts:
    """Return what an approval of the bytes on disk fixes.

    Raises:
        ConflictError: Their address is taken or reserved.
    """
    content = case.proposal.content if case.proposal else None
    first = first_approval(case.history)
    first_date = first.facts.date if first and first.facts else wish.now
    date, publish, expires = first_date, wish.now, None
    if isinstance(content, Post):
        date = content.date or first_date
        publish = max(date, content.front.publish_at or date)
        expires = content.front.expires
        title = masked(content.front.title)
    else:
        title = content.name if isinstance(content, Author) else ""
    url = first.facts.url if first and first.facts else _free_address(case, rights, date)
    return Facts(url=url, authors=authors, date=date, publish=publish, expires=expires, title=title)


def facts_if_approved(case: Case, rights: Rights, *, now: datetime) -> Facts:
    """Return the facts that an approval of what lies on disk would fix now, whoever gave it; for previews.

    Raises:
        ConflictError: Its address is not free.
    """
    content = case.proposal.content if case.proposal else None
    authors = content.authors if isinstance(content, Post) else (AuthorId(case.subject.id),)
    wish = Wish(verb=Verb.APPROVE, actor=AuthorId(""), now=now)
    return facts_now(wish, case, rights, authors)


def _free_address(case: Case, rights: Rights, date: datetime) -> SitePath:
    url = address_of(case.subject, date=date, permalink=rights.permalink, zone=rights.zone)
    if not url:
        return url
    if is_reserved(url, languages=rights.languages):
        message = (
            f"{case.subject.typed} would live at {url}, which the site needs for its own lists"
        )
        raise ConflictError(message, hint="give it another slug: in the front matter, slug: …")
    other = case.taken.get(url)
    if other is not None and other != case.subject:
        message = f"{case.subject.typed} would live at {url}, which {other} already has"
        raise ConflictError(message, hint="give it another slug: in the front matter, slug: …")
    return url


def _answer(wish: Wish, case: Case, rights: Rights) -> Event:
    if case.proposal is None:
        message = f"there is no file for {case.subject.typed} to {wish.verb.value}"
        raise ConflictError(message, hint="mayor queue lists what waits")
    _refuse_recalled(case)
    if case.standing.proposed in _KNOWN:
        message = f"{case.subject.typed} has nothing that waits for an answer"
        hint = "mayor queue lists what waits"
        if isinstance(case.standing.published, Live):
            hint = f'to take the live version down: mayor retract {case.subject.typed} -m "…"'
        raise ConflictError(message, hint=hint)
    if case.proposal.is_draft and wish.verb is not Verb.DECLINE:
        message = f"{case.subject.typed} is still a draft, so its author has not asked yet"
        raise ConflictError(
            message,
            hint=f'to say something all the same: mayor comment {case.subject.typed} -m "…"',
        )
    return about_disk(wish, case, rights)


def _release(wish: Wish, case: Case, rights: Rights) -> Event:
    if case.standing.proposed not in {Proposed.HELD, Proposed.CONTESTED}:
        message = f"{case.subject.typed} is not on hold"
        raise ConflictError(message, hint=f"see where it stands: mayor show {case.subject.typed}")
    return about_disk(wish, case, rights)


def _retract(wish: Wish, case: Case, rights: Rights) -> Event:
    published = case.standing.published
    # What was retracted can be approved for a later time; until then that can be taken back, too.
    version = published.next if isinstance(published, Retracted) else published_version(published)
    if version is None:
        message = f"{case.subject.typed} is not published, so there is nothing to retract"
        raise ConflictError(message, hint=f"see where it stands: mayor show {case.subject.typed}")
    is_moved = wish.options.get("kind") == "moved"
    if is_moved != bool(wish.options.get("to")):
        message = (
            "--kind moved and --to belong together: one says that it moved, the other where to"
        )
        hint = f'mayor retract {case.subject.typed} --kind moved --to NEW-SLUG -m "…"'
        raise UsageError(message, hint=hint)
    return about_version(wish, case, rights, version)


def _restore(wish: Wish, case: Case, rights: Rights) -> Event:
    published = case.standing.published
    if not isinstance(published, Retracted) or published.version is None:
        message = f"{case.subject.typed} was not retracted, so there is nothing to restore"
        raise ConflictError(message, hint=f"see where it stands: mayor show {case.subject.typed}")
    refuse_restoring(case.history, published.version.content, name=case.subject.typed)
    return about_version(wish, case, rights, published.version)


def _refuse_recalled(case: Case) -> None:
    if case.standing.proposed is Proposed.RECALLED:
        name = case.subject.typed
        message = f"the author of {name} took it back, so it waits for nobody"
        raise ConflictError(message, hint=f"its author hands it over again: blognet submit {name}")


def _remark(wish: Wish, case: Case, rights: Rights) -> Event:
    """Decide on what is no mayor's answer: an author's word, a comment, a purge."""
    if wish.verb in {Verb.SUBMIT, Verb.RECALL}:
        return _author_act(wish, case, rights)
    if wish.verb is Verb.PURGE:
        return _purge(wish, case, rights)
    return about_disk(wish, case, rights)


def _author_act(wish: Wish, case: Case, rights: Rights) -> Event:
    name, light = case.subject.typed, case.standing.proposed
    refuse_strangers(wish.verb, actor=wish.actor, subject=case.subject, proposal=case.proposal)
    if wish.verb is Verb.RECALL and light not in {Proposed.QUEUED, Proposed.HELD}:
        message = f"{name} does not wait for a mayor, so there is nothing to take back"
        raise ConflictError(message, hint=f"see where it stands: blognet status {name}")
    if wish.verb is Verb.SUBMIT and light in _KNOWN:
        message = f"{name} has nothing to hand over: exactly these bytes were approved before"
        raise ConflictError(message, hint=f"see where it stands: blognet status {name}")
    return about_disk(wish, case, rights)


def _purge(wish: Wish, case: Case, rights: Rights) -> Event:
    name, published = case.subject.typed, case.standing.published
    if case.standing.proposed is Proposed.CONTESTED:
        message = f"{name} is contested, so nobody can say what a purge would cover"
        raise ConflictError(message, hint=f"settle it first: mayor log {name} shows both sides")
    if isinstance(published, Live | Scheduled) or pending_version(published) is not None:
        message = f"{name} is live or will be, and what readers may see cannot be purged"
        raise ConflictError(message, hint=f'take it down first: mayor retract {name} -m "…"')
    if not case.history.ids:
        message = f"the record holds nothing about {name}"
        raise ConflictError(message, hint="mayor log lists what was decided")
    return event_of(wish, case, rights, content=None, options=wish.options)


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
    return Event(
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
        words=sha256_hex(wish.words.encode("utf-8")) if wish.words else "",
        seen=wish.seen,
        findings=judged.findings,
        waivers=judged.waivers,
        stage=wish.stage,
        options={key: value for key, value in {**options, **judged.options}.items() if value},
    )
