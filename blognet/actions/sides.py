"""The sides of a contest: decisions that did not see each other, with their words and, where approved, their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.actions.show import Version
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One decision.

    Attributes:
        words: Its words; "" when it has none.
        version: The text that it is about, when the record or the folder holds it.
    """

    event: Event
    words: str
    version: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Decisions that contradict each other.

    Attributes:
        before: What was published before all of them; None when nothing was.
        sides: By time.
        approved: The short hashes of the sides that are approvals, each once.
    """

    before: Version | None
    sides: tuple[Side, ...]
    approved: tuple[str, ...]

    @property
    def unaware(self) -> tuple[AuthorId, ...]:
        """Who answered otherwise without having seen an approval, each once; () when approvals alone contradict."""
        others = (side.event.actor for side in self.sides if not _publishes(side.event))
        return tuple(dict.fromkeys(others)) if self.approved else ()


def sides_of_contest(entry: Entry) -> Contest | None:
    """Return what contradicts; None when nothing does."""
    if entry.standing.proposed is not Proposed.CONTESTED:
        return None
    from blognet.actions.show import as_published

    decided = entry.decided
    known = dict(zip(decided.history.ids, decided.history.events, strict=True))
    sides = tuple(
        Side(
            event=known[ident],
            words=decided.words.get(ident, ""),
            version=_version(entry, known[ident]),
        )
        for ident in entry.standing.reasons
    )
    approved = dict.fromkeys(
        side.event.content.short
        for side in sides
        if side.event.content and side.event.content in decided.texts and _publishes(side.event)
    )
    return Contest(before=as_published(entry), sides=sides, approved=tuple(approved))


def _publishes(event: Event) -> bool:
    return event.is_for_readers or event.verb == "restore"


def _version(entry: Entry, event: Event) -> Version | None:
    content = event.content
    if content is None:
        return None
    from blognet.actions.show import Version

    label = f"{event.verb.value} by {event.actor}"
    text = entry.decided.texts.get(content)
    if text is not None:
        return Version(label=label, content=content, text=text, assets=event.assets)
    proposal = entry.proposal
    if proposal is not None and proposal.hash == content:
        return Version(label=label, content=content, text=proposal.text, assets=proposal.assets)
    return None
