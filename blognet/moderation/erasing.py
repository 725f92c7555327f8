"""What a purge does. Answers: which events does it cover, and is a version erased by it? Removes no file itself.

A *purge* is a mayor's event that excuses what is missing of the events it had seen: their words, the texts and the
assets that they approved. Whatever it had not seen, it does not excuse. An approval that a purge covers lights
nothing any more, so nothing can be live whose text is gone; the same bytes live again by a new approval, which writes
the text again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError
from blognet.moderation.events import Verb
from blognet.moderation.history import members

if TYPE_CHECKING:
    from collections.abc import Container

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId
    from blognet.moderation.events import Event
    from blognet.moderation.history import History


def purges(history: History, known: int, *, by: Container[str] | None = None) -> int:
    """Return the bit set of the purges in `known`.

    Args:
        history: The subject's events.
        known: Among which.
        by: Only those of these people; None for everybody's.
    """
    return history.among(
        known, lambda event: event.verb is Verb.PURGE and (by is None or event.actor in by)
    )


def covered(history: History, known: int, *, by: Container[str] | None = None) -> int:
    """Return the bit set of the events that a purge in `known` had seen. See `purges`."""
    bits = 0
    for at in members(purges(history, known, by=by)):
        bits |= history.seen[at]
    return bits


def approvals_of(history: History, content: ContentHash) -> int:
    """Return the bit set of the events that fixed facts about these bytes: those that need their text."""
    return history.among(
        history.everything, lambda event: event.facts is not None and event.content == content
    )


def is_erased(history: History, content: ContentHash, *, by: Container[str] | None = None) -> bool:
    """Whether these bytes were approved once, and a purge covers every such approval."""
    approvals = approvals_of(history, content)
    return bool(approvals) and not approvals & ~covered(history, history.everything, by=by)


def erased_words(history: History, *, by: Container[str] | None = None) -> frozenset[EventId]:
    """Return the events whose words a purge covers; the reasons of purges themselves stay."""
    events = covered(history, history.everything, by=by) & ~purges(history, history.everything)
    return frozenset(history.ids[at] for at in members(events) if history.events[at].words)


def erased_contents(
    history: History, *, by: Container[str] | None = None
) -> tuple[ContentHash, ...]:
    """Return the approved versions that are erased, in the order of their first approval."""
    gone = covered(history, history.everything, by=by)
    needed: dict[ContentHash, bool] = {}
    for at, event in enumerate(history.events):
        if event.facts is not None and event.content is not None:
            needed[event.content] = needed.get(event.content, False) or not gone >> at & 1
    return tuple(content for content, is_needed in needed.items() if not is_needed)


def needed_assets(history: History, *, by: Container[str] | None = None) -> frozenset[str]:
    """Return the SHA-256 in hex of the assets that approvals need which no purge covers."""
    gone = covered(history, history.everything, by=by)
    return frozenset(
        asset.sha256
        for at, event in enumerate(history.events)
        if _needs_assets(event) and not gone >> at & 1
        for asset in event.assets
    )


def refuse_restoring(history: History, content: ContentHash, *, name: str) -> None:
    """Make sure that the record still holds what a restoring would bring back.

    Raises:
        ConflictError: It was purged.
    """
    if is_erased(history, content):
        message = f"{name} was purged: the record does not hold its text any more"
        hint = "to publish it again, put its file back into queue/ and approve it anew"
        raise ConflictError(message, hint=hint)


def _needs_assets(event: Event) -> bool:
    return event.facts is not None
