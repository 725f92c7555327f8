"""May this person say this verb about these bytes now? Answers with the event, or refuses with a sentence.

Pure: the record, the bytes on disk, the person, the time and the settings are all in a `Case`. What every verb needs is
here, and what a mayor's answers need; approvals are in `blognet.moderation.approving`, what is no answer in
`blognet.moderation.remarking`. What a decision then does to a standing is `blognet.moderation.standing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError, NotAllowedError, UsageError
from blognet.kernel.times import parse_iso
from blognet.moderation.approving import KNOWN, approve, refuse_recalled
from blognet.moderation.cases import Role, about_disk, about_version, authors_of
from blognet.moderation.erasing import refuse_restoring
from blognet.moderation.events import Verb
from blognet.moderation.noting import refuse_note, refuse_resolution
from blognet.moderation.remarking import remark
from blognet.moderation.standing import RULES, Live, Proposed, Retracted, published_version

if TYPE_CHECKING:
    from blognet.moderation.cases import Case, Rights, Wish
    from blognet.moderation.events import Event

RETRACTION_KINDS = ("error", "moved", "withdrawn")
"""What ``kind`` of a retraction may say: why the post was taken down."""


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
            return approve(wish, case, rights)
        case Verb.RETURN | Verb.DECLINE | Verb.HOLD:
            return _answer(wish, case, rights)
        case Verb.RELEASE:
            return _release(wish, case, rights)
        case Verb.RETRACT:
            return _retract(wish, case, rights)
        case Verb.RESTORE:
            return _restore(wish, case, rights)
        case Verb.FORCE | Verb.CORRECT | Verb.FEATURE | Verb.GRANT | Verb.REVOKE:
            message = "blognet.moderation.asking decides on these"
            raise AssertionError(message)
        case _:
            return remark(wish, case, rights)


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
    has_part = wish.role is not Role.MAYOR
    if wish.verb in {Verb.COMMENT, Verb.SUGGEST}:
        refuse_note(
            wish.verb, wish.options, actor=wish.actor, mayors=rights.mayors, has_part=has_part
        )
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
            has_part=has_part,
        )


def _answer(wish: Wish, case: Case, rights: Rights) -> Event:
    if case.proposal is None:
        message = f"there is no file for {case.subject.typed} to {wish.verb.value}"
        raise ConflictError(message, hint="mayor queue lists what waits")
    refuse_recalled(case)
    if case.standing.proposed in KNOWN:
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
