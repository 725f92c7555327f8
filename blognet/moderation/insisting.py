"""Who, besides the mayors, may insist on a change, settle a must, and take something on? Answers with their part.

A reviewer insists in the name of a stage that applies to the work, and settles what was insisted on for that stage. A
deputy does both while it is the deputy's turn. Whether a must can be made or settled at all is a matter of
`blognet.moderation.noting`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.errors import NotAllowedError
from blognet.moderation.cases import Role
from blognet.moderation.deputies import deputys_turn
from blognet.moderation.events import Verb
from blognet.moderation.notes import How, NoteKind
from blognet.moderation.stages import applies

if TYPE_CHECKING:
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.cases import Case, Rights, Wish


def in_part(wish: Wish, case: Case, rights: Rights) -> Wish:
    """Return a remark with the stage or the deputy's reason by which somebody who is no mayor insists or settles.

    Anything else comes back as it is, for no stage.
    """
    plain = replace(wish, stage="")
    if wish.actor in rights.mayors or not _insists(wish):
        return plain
    asked = stages_reviewed(wish.actor, case, rights)
    if wish.verb is Verb.RESOLVE:
        asked = tuple(stage for stage in asked if stage == _concern(wish, case))
    if asked:
        return replace(plain, role=Role.REVIEWER, stage=asked[0])
    if reason := turn_of(wish.actor, Verb.COMMENT, case, rights, wish=wish):
        return replace(plain, role=Role.DEPUTY, options={**wish.options, "deputy": reason})
    return plain


def stages_reviewed(actor: AuthorId, case: Case, rights: Rights) -> tuple[str, ...]:
    """Return the stages that apply to what lies on disk and that somebody reviews, in the order of the settings."""
    proposal = case.proposal
    if proposal is None:
        return ()
    return tuple(
        one.id for one in rights.stages if actor in one.reviewers and applies(one, proposal)
    )


def turn_of(actor: AuthorId, verb: Verb, case: Case, rights: Rights, *, wish: Wish) -> str:
    """Return why it is the turn of somebody as a deputy; "" when it is not, or when they are none."""
    if actor not in rights.deputies.ids:
        return ""
    return deputys_turn(
        rights.deputies,
        verb,
        mayors=rights.mayors,
        waits_since=case.waits_since,
        now=wish.now,
    )


def refuse_claim(wish: Wish, case: Case, rights: Rights) -> None:
    """Make sure that those who may decide alone take something on.

    Raises:
        NotAllowedError: They may decide nothing here.
    """
    if wish.actor in rights.mayors or stages_reviewed(wish.actor, case, rights):
        return
    if turn_of(wish.actor, Verb.APPROVE, case, rights, wish=wish):
        return
    name = case.subject.typed
    message = f"'{wish.actor}' decides nothing about {name}, so has nothing to claim"
    hint = (
        f"mayors are: {', '.join(sorted(rights.mayors))}; reviewers claim what their stage is about"
    )
    raise NotAllowedError(message, hint=hint)


def _insists(wish: Wish) -> bool:
    if wish.verb is Verb.COMMENT:
        return wish.options.get("kind") == NoteKind.MUST
    return wish.verb is Verb.RESOLVE and wish.options.get("how") == How.SETTLED


def _concern(wish: Wish, case: Case) -> str:
    """Return the stage for which the note was made that a wish resolves; "" for none."""
    known = zip(case.history.ids, case.history.events, strict=True)
    wanted = wish.options.get("note")
    return next((event.stage for ident, event in known if ident == wanted), "")
