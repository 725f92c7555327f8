"""Who has taken on a subject. A claim is advice for others who decide: nothing checks it, nothing is refused for it.

It is a comment with the option ``kind: claim``, so that it travels with the record; a second one with
``release: yes`` gives it back. A decision ends every claim; a reviewer's yes for a stage ends the reviewer's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError
from blognet.moderation.events import CLAIM, Verb
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.actions.decide import Outcome
    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.events import Event

TAKEN = "I look at this one."
GIVEN_BACK = "Somebody else may look at this one."
_ENDING = frozenset({Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RETRACT})


def claimed_by(entry: Entry) -> tuple[AuthorId, ...]:
    """Return who has taken a subject on and not given it back, in the order they did."""
    claims: dict[AuthorId, bool] = {}
    for event in entry.decided.history.events:
        if event.verb is Verb.APPROVE and event.stage:
            claims.pop(event.actor, None)
        elif event.verb in _ENDING:
            claims = {}
        elif is_claim(event):
            claims.pop(event.actor, None)
            if not event.options.get("release"):
                claims[event.actor] = True
    return tuple(claims)


def is_claim(event: Event) -> bool:
    """Whether an event is a claim, or the end of one, and no remark about the text."""
    return event.verb is Verb.COMMENT and event.options.get("kind") == CLAIM


def claim(
    network: Network,
    entries: tuple[Entry, ...],
    *,
    actor: AuthorId,
    now: datetime,
    release: bool = False,
    words: str = "",
    commit: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Write that somebody takes subjects on, or gives them back.

    Args:
        network: Where; it is looked at again when it is written to.
        entries: The subjects.
        actor: Who.
        now: The time, whole seconds.
        release: Whether they give them back.
        words: What to say instead of the usual sentence.
        commit: Make one git commit of exactly the files touched.
        dry_run: Decide, but write nothing.

    Raises:
        NotAllowedError: They decide nothing about it: neither a mayor, nor a reviewer of a stage that it needs, nor a
            deputy whose turn it is.
        ConflictError: Nothing of a subject waits, or there is no claim to give back.
    """
    from blognet.actions.decide import Request, case_of, decide_all, since_when
    from blognet.moderation.cases import Wish
    from blognet.moderation.insisting import refuse_claim

    since = since_when(network, entries)
    wish = Wish(verb=Verb.COMMENT, actor=actor, now=now)
    for entry in entries:
        if not (release and actor in claimed_by(entry)):
            case = case_of(network, entry, last_editor=None, waits_since=since.get(entry.subject))
            refuse_claim(wish, case, network.rights)
        _refuse_pointless(entry, actor, release=release)
    options = {"kind": CLAIM, **({"release": "yes"} if release else {})}
    requests = tuple(
        Request(
            subject=entry.subject,
            verb=Verb.COMMENT,
            words=words or (GIVEN_BACK if release else TAKEN),
            options=options,
        )
        for entry in entries
    )
    return decide_all(network.root, requests, actor=actor, now=now, commit=commit, dry_run=dry_run)


def _refuse_pointless(entry: Entry, actor: AuthorId, *, release: bool) -> None:
    name, mine = entry.subject.typed, actor in claimed_by(entry)
    if release and not mine:
        message = f"you have not claimed {name}"
        raise ConflictError(message, hint="mayor queue --mine lists what you have")
    if not release and mine:
        message = f"you have claimed {name} already"
        raise ConflictError(message, hint=f"to give it back: mayor claim {name} --release")
    if not release and entry.standing.proposed is Proposed.NONE:
        message = f"nothing of {name} waits"
        raise ConflictError(message, hint="mayor queue lists what does")
