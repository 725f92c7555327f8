"""What stands: the rules of trust, in one table and one fold. No files, no clock, no settings.

A standing has two lights. *Published* says what readers may see: only an approval of exactly these bytes lights it, and
only a retraction or an expiry puts it out. *Proposed* says what becomes of the bytes on disk that are not published.
Both are pure functions of the subject's events, the bytes on disk and the time; nothing stores them.

The rules, beside the table `RULES`:

1. A decision counts until a later one of the same light that had seen it (`prev` orders, clocks do not).
2. Decisions that did not see each other and differ are *contested*: approvals of different bytes; an approval beside a
   decline, a hold, or a return of the same bytes; two different verdicts. What was published before all of
   them stays. One decision whose `prev` names all heads settles them; only an approval settles them in favour of
   publishing: a decline, a return, a hold or a release leaves what was published before.
3. A retraction wins over an approval or a restoring that did not see it.
4. A return ends when the bytes change, a hold at its date; a decline lasts until a later approval that saw it.
5. An approval with a later publishing time leaves in place what was published before, until then.
6. A force counts as an approval, and waits for a second look until another mayor approves the same bytes.
7. An approval of a stage, a correction, a grant and a recommendation change neither light.
8. An author's recall takes back exactly these bytes, until a submit or an approval of them that saw it; it undoes no
   verdict. An approval of the same bytes that did not see it is contested.
9. A purge lights nothing and puts nothing out, but what it has seen approved can never be live again without a new
   approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from blognet.kernel.times import parse_iso
from blognet.moderation.approvals import (
    approved_by,
    by_date,
    may_touch,
    wanting_second,
)
from blognet.moderation.erasing import covered, is_erased, purges
from blognet.moderation.events import Verb
from blognet.moderation.history import members
from blognet.moderation.recalling import recalls_against, standing_recalls

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId
    from blognet.moderation.approvals import Approved
    from blognet.moderation.events import Event
    from blognet.moderation.history import History


class Publication(Enum):
    """What a verb does to the published light."""

    UNTOUCHED = "untouched"
    LIT = "lit"
    PUT_OUT = "put out"
    LIT_AGAIN = "lit again"
    ERASED = "erased"


class Verdict(Enum):
    """What a verb does to the proposed light."""

    UNTOUCHED = "untouched"
    SETTLED = "settled"
    OPENED = "opened"
    RETURNED = "returned"
    HELD = "held"
    DECLINED = "declined"
    FORCED = "forced"
    HANDED_OVER = "handed over"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a verb means.

    Attributes:
        publication: Its effect on the published light.
        verdict: Its effect on the proposed light.
        mayors_only: Whether only a mayor may say it.
        deputies: Whether a deputy may say it, too, while no mayor answers.
        reviewers: Whether a reviewer of a stage may say it, too.
        needs_words: Whether it needs a reason in words.
        reserved: Whether the name is kept for later: no command says it yet, and it changes no standing.
    """

    publication: Publication = Publication.UNTOUCHED
    verdict: Verdict = Verdict.UNTOUCHED
    mayors_only: bool = True
    deputies: bool = False
    reviewers: bool = False
    needs_words: bool = False
    reserved: bool = False


RULES: Mapping[Verb, Rule] = MappingProxyType(
    {
        Verb.APPROVE: Rule(
            publication=Publication.LIT, verdict=Verdict.SETTLED, deputies=True, reviewers=True
        ),
        Verb.RETURN: Rule(
            verdict=Verdict.RETURNED, deputies=True, reviewers=True, needs_words=True
        ),
        Verb.DECLINE: Rule(verdict=Verdict.DECLINED, deputies=True, needs_words=True),
        Verb.HOLD: Rule(verdict=Verdict.HELD, deputies=True, needs_words=True),
        Verb.RELEASE: Rule(verdict=Verdict.OPENED, deputies=True),
        Verb.RETRACT: Rule(publication=Publication.PUT_OUT, deputies=True, needs_words=True),
        Verb.RESTORE: Rule(publication=Publication.LIT_AGAIN, deputies=True),
        Verb.FORCE: Rule(publication=Publication.LIT, verdict=Verdict.FORCED, needs_words=True),
        Verb.CORRECT: Rule(needs_words=True),
        Verb.GRANT: Rule(needs_words=True),
        Verb.REVOKE: Rule(needs_words=True),
        Verb.COMMENT: Rule(mayors_only=False, needs_words=True),
        Verb.SUBMIT: Rule(verdict=Verdict.HANDED_OVER, mayors_only=False),
        Verb.RECALL: Rule(verdict=Verdict.RECALLED, mayors_only=False),
        Verb.SUGGEST: Rule(mayors_only=False),
        Verb.RESOLVE: Rule(mayors_only=False),
        Verb.THANK: Rule(mayors_only=False, reserved=True),
        Verb.FEATURE: Rule(),
        Verb.PURGE: Rule(publication=Publication.ERASED, needs_words=True),
    }
)
_NO_VERDICT = frozenset({Verdict.UNTOUCHED, Verdict.HANDED_OVER, Verdict.RECALLED})
"""What decides nothing about the bytes for others: an author's word is folded by itself."""
_STAGE = Rule(reviewers=True)


def rule_of(event: Event) -> Rule:
    """Return what an event means: its verb's row of `RULES`, but an approval of a stage changes neither light."""
    return _STAGE if event.verb is Verb.APPROVE and event.stage else RULES[event.verb]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPublished:
    """Never approved, or contested before anything was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """Approved, to appear at a later time; nothing is shown until then."""

    version: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """On the site. `next` is an approved revision whose time has not come, if there is one."""

    version: Approved
    next: Approved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """Taken down by a mayor. `version` is what was published before, if anything was."""

    retraction: EventId
    version: Approved | None
    next: Approved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """Left the site at the time its author set."""

    version: Approved


Published = NotPublished | Scheduled | Live | Retracted | Expired


class Proposed(Enum):
    """What becomes of the bytes on disk that are not published."""

    NONE = "none"
    DRAFT = "draft"
    QUEUED = "queued"
    RETURNED = "returned"
    HELD = "held"
    DECLINED = "declined"
    CONTESTED = "contested"
    SCHEDULED = "scheduled"
    FORCED = "forced"
    """Live, and waiting for the look of a second mayor."""
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The two lights of a subject.

    Attributes:
        published: What readers may see.
        proposed: What becomes of the bytes on disk.
        content: Hash of the bytes on disk; None when there are none, or they cannot be read.
        reasons: The events that the proposed light comes from, sorted by time: the return, the hold, or all sides of
            a contest.
        second: The force whose live version no other mayor has approved yet, whatever lies on disk; None when there
            is none.
    """

    published: Published
    proposed: Proposed
    content: ContentHash | None
    reasons: tuple[EventId, ...] = ()
    second: EventId | None = None


def standing_of(
    history: History, *, content: ContentHash | None, is_draft: bool, on_disk: bool, now: datetime
) -> Standing:
    """Return what stands for a subject.

    Args:
        history: Its events.
        content: Hash of the bytes on disk; None when there are none or they cannot be decoded.
        is_draft: Whether its author still keeps it back.
        on_disk: Whether a file lies there at all.
        now: Aware time; decides what is scheduled, held and expired.
    """
    published, contest = _publication(history, history.everything, now)
    proposed, reasons = _proposal(history, content=content, now=now)
    pending = pending_version(published)
    second = (
        wanting_second(history, published.version.content) if isinstance(published, Live) else None
    )
    if contest or (on_disk and proposed is Proposed.CONTESTED):
        proposed, reasons = Proposed.CONTESTED, contest | reasons
    elif pending is not None and content == pending.content:
        proposed, reasons = Proposed.SCHEDULED, frozenset()
    elif not on_disk or content in _settled(history, published):
        proposed, reasons = Proposed.FORCED if second else Proposed.NONE, frozenset()
    elif is_draft:
        proposed, reasons = Proposed.FORCED if second else Proposed.DRAFT, frozenset()
    return Standing(
        published=published,
        proposed=proposed,
        content=content,
        reasons=tuple(history.ids[at] for at in sorted(reasons)),
        second=second,
    )


def pending_version(published: Published) -> Approved | None:
    """Return the approved revision whose time has not come while something else is shown."""
    return published.next if isinstance(published, Live | Retracted) else None


def published_version(published: Published) -> Approved | None:
    """Return the version whose URL and authors bind: live, scheduled, expired or retracted."""
    return None if isinstance(published, NotPublished) else published.version


def _publication(history: History, known: int, now: datetime) -> tuple[Published, frozenset[int]]:
    """Fold the events in `known`; also return the positions of the sides of an unsettled contest."""
    heads = history.newest(_publishing(history, known))
    if not heads:
        return NotPublished(), frozenset()
    retractions = [at for at in heads if history.events[at].verb is Verb.RETRACT]
    if retractions:
        return _retracted(history, retractions, now), frozenset()
    if sides := _sides(history, known, heads):
        before, _ = _publication(history, _without(history, known, heads), now)
        return before, frozenset() if _is_settled(history, known, sides) else sides
    version = min((approved_by(history, at) for at in heads), key=by_date)
    if version.facts.publish > now:
        known = history.seen_by_all(heads) | purges(history, known)
        before, _ = _publication(history, known, now)
        return _until(version, before), frozenset()
    if version.facts.expires is not None and version.facts.expires <= now:
        return Expired(version=version), frozenset()
    return Live(version=version), frozenset()


def _sides(history: History, known: int, heads: tuple[int, ...]) -> frozenset[int]:
    """Return the decisions that differ and did not see each other; none when the heads are uncontested."""
    verdicts = history.among(known, _is_verdict)
    sides: set[int] = set()
    for head in heads:
        # Not only the newest of all: a later verdict that saw both sides ends the contest, but not in the approval's
        # favour. What it did not see, it cannot have ended.
        parallel = sum(1 << at for at in members(verdicts) if history.unaware(at, head))
        sides |= {at for at in history.newest(parallel) if _contests(history, at, head)}
        sides |= recalls_against(history, known, head)
    differ = len({history.events[at].content for at in heads}) > 1
    return frozenset({*heads, *sides}) if sides or differ else frozenset()


def _is_settled(history: History, known: int, sides: frozenset[int]) -> bool:
    """Whether somebody who saw all sides has answered; had they approved, there would be no sides any more."""
    wanted = sum(1 << at for at in sides)
    verdicts = history.among(known, _is_verdict)
    return any(history.seen[at] & wanted == wanted for at in members(verdicts))


def _without(history: History, known: int, heads: tuple[int, ...]) -> int:
    """Return `known` without the approvals in dispute, and without those that only some of them had seen."""
    publishing = _publishing(history, known)
    return known & ~publishing | publishing & history.seen_by_all(heads)


def _retracted(history: History, retractions: list[int], now: datetime) -> Retracted:
    # A quiet retraction leaves no tombstone; when another one is not quiet, its words are the ones to show.
    chosen = min(
        retractions, key=lambda at: (bool(history.events[at].options.get("quiet")), history.ids[at])
    )
    before, _ = _publication(history, history.seen_by_all(retractions), now)
    return Retracted(retraction=history.ids[chosen], version=published_version(before))


def _until(version: Approved, before: Published) -> Published:
    """Return what an approval for later makes of what was published before."""
    match before:
        case Live(version=shown):
            is_same = shown.content == version.content
            return before if is_same else Live(version=shown, next=version)
        case Retracted(retraction=retraction, version=gone):
            return Retracted(retraction=retraction, version=gone, next=version)
        case NotPublished() | Scheduled() | Expired():
            return Scheduled(version=version)
    assert_never(before)


def _proposal(
    history: History, *, content: ContentHash | None, now: datetime
) -> tuple[Proposed, frozenset[int]]:
    """Return the verdict on these bytes and the positions of the events it comes from."""
    standing: dict[int, Proposed] = {}
    for at in _verdicts(history, history.everything):
        event = history.events[at]
        match rule_of(event).verdict:
            case Verdict.DECLINED:
                standing[at] = Proposed.DECLINED
            case Verdict.HELD if not _has_ended(event, now):
                standing[at] = Proposed.HELD
            case Verdict.RETURNED if event.content == content:
                standing[at] = Proposed.RETURNED
            case _:
                continue
    lights = set(standing.values())
    if len(lights) > 1:
        return Proposed.CONTESTED, frozenset(standing)
    if lights <= {Proposed.HELD}:
        recalls = standing_recalls(history, history.everything, content)
        if recalls:
            return Proposed.RECALLED, recalls
    return (lights.pop() if lights else Proposed.QUEUED), frozenset(standing)


def _verdicts(history: History, known: int) -> tuple[int, ...]:
    """Return the verdicts that no later verdict had seen."""
    return history.newest(history.among(known, _is_verdict))


def _is_verdict(event: Event) -> bool:
    return rule_of(event).verdict not in _NO_VERDICT


def _contests(history: History, verdict: int, head: int) -> bool:
    """Whether a verdict speaks against an approval, when neither had seen the other."""
    against, event = history.events[verdict], history.events[head]
    if not event.is_for_readers:
        return False
    kind = rule_of(against).verdict
    if kind is Verdict.RETURNED:
        return against.content == event.content
    return kind in {Verdict.DECLINED, Verdict.HELD}


def _publishing(history: History, known: int) -> int:
    """Return the bit set of the events in `known` that touch the published light and may do so."""
    touching = history.among(
        known, lambda event: rule_of(event).publication is not Publication.UNTOUCHED
    )
    gone = covered(history, known)
    return sum(1 << at for at in members(touching) if may_touch(history, at, gone))


def _has_ended(hold: Event, now: datetime) -> bool:
    until = parse_iso(hold.options.get("until", ""))
    return until is not None and until <= now


def _settled(history: History, published: Published) -> set[ContentHash]:
    versions = (published_version(published), pending_version(published))
    contents = {version.content for version in versions if version is not None}
    return {content for content in contents if not is_erased(history, content)}
