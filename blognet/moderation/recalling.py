"""What authors say about their own work: handing it over, and taking it back.

A *recall* is about bytes: it holds while exactly these lie there, until a `submit` or an approval of the same bytes
that had seen it. It undoes nothing that a mayor decided. An approval of bytes that their author had taken back,
unseen by the mayor, is contested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.values import Post
from blognet.kernel.errors import ConflictError, NotAllowedError
from blognet.kernel.ids import AuthorId, Kind
from blognet.moderation.events import Verb
from blognet.moderation.history import members

if TYPE_CHECKING:
    from blognet.content.values import Proposal
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject
    from blognet.moderation.history import History


def standing_recalls(history: History, known: int, content: ContentHash | None) -> frozenset[int]:
    """Return the positions of the recalls of these bytes in `known` that nothing has ended."""
    about = history.among(known, lambda event: event.content == content and content is not None)
    ending = history.among(
        about, lambda event: event.verb is Verb.SUBMIT or event.facts is not None
    )
    ended = 0
    for at in members(ending):
        ended |= history.seen[at]
    recalls = history.among(about, lambda event: event.verb is Verb.RECALL)
    return frozenset(members(recalls & ~ended))


def recalls_against(history: History, known: int, approval: int) -> frozenset[int]:
    """Return the positions of the recalls of the approved bytes that an approval had not seen.

    Only an author can take work back: a recall by somebody else is passed over. A page without authors is anybody's.
    """
    event = history.events[approval]
    if event.facts is None:
        return frozenset()
    authors = event.facts.authors
    return frozenset(
        at
        for at in standing_recalls(history, known, event.content)
        if history.unaware(at, approval) and (not authors or history.events[at].actor in authors)
    )


def is_handed_over(history: History, content: ContentHash | None) -> bool:
    """Whether an author has said of exactly these bytes that they are done, and has not taken them back."""
    submits = history.among(
        history.everything,
        lambda event: event.verb is Verb.SUBMIT and event.content == content is not None,
    )
    return bool(submits) and not standing_recalls(history, history.everything, content)


def authors_of(subject: Subject, proposal: Proposal | None) -> tuple[AuthorId, ...]:
    """Return whose work lies there; nobody's for a page without authors, or a file that cannot be read."""
    if subject.kind is Kind.PROFILE:
        return (AuthorId(subject.id),)
    content = proposal.content if proposal else None
    return content.authors if isinstance(content, Post) else ()


def refuse_strangers(
    verb: Verb, *, actor: AuthorId, subject: Subject, proposal: Proposal | None
) -> None:
    """Make sure that authors alone hand over and take back.

    Raises:
        ConflictError: There is no file, or it cannot be read.
        NotAllowedError: The actor is none of its authors.
    """
    name = subject.typed
    if proposal is None or proposal.hash is None:
        message = f"there is no file for {name} to {verb.value}"
        raise ConflictError(message, hint=f"mayor log {name} tells what was")
    authors = authors_of(subject, proposal)
    if authors and actor not in authors:
        message = f"{name} is by {', '.join(authors)}, so '{actor}' cannot {verb.value} it"
        hint = f'to say something about it: mayor comment {name} -m "…"'
        raise NotAllowedError(message, hint=hint)
