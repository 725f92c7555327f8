"""May this be said here, when it is no mayor's answer: an author's word, a remark, a purge?

Authors hand over and take back what is theirs, everybody may comment, and a mayor removes what somebody asked to be
removed. None of these lights anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError
from blognet.moderation.approving import KNOWN
from blognet.moderation.cases import about_disk, event_of
from blognet.moderation.events import Verb
from blognet.moderation.recalling import refuse_strangers
from blognet.moderation.standing import Live, Proposed, Scheduled, pending_version

if TYPE_CHECKING:
    from blognet.moderation.cases import Case, Rights, Wish
    from blognet.moderation.events import Event


def remark(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return the event of an author's word, a comment or a purge.

    Raises:
        ConflictError: It makes no sense where the subject stands.
        NotAllowedError: It is not theirs to say.
    """
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
    if wish.verb is Verb.SUBMIT and light in KNOWN:
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
