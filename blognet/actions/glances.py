"""What most commands ask of every subject: its title, who wrote it, where it lives, whether it waits.

The same glance is taken at parts that were read and at cards that were kept (`blognet.actions.cards`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.cards import moment_of
from blognet.actions.decided_cards import published_word
from blognet.kernel.ids import AuthorId, Kind, SitePath, Subject
from blognet.moderation.standing import Proposed, published_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from blognet.actions.decided_cards import DecidedCard
    from blognet.actions.source_cards import TextCard
    from blognet.moderation.approvals import Approved
    from blognet.moderation.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """Where a subject stands, in short.

    Attributes:
        proposed: The proposed light.
        wants_second: Whether a force wants a second look.
        published: The published light in a word: ``none``, ``live``, ``scheduled``, ``retracted`` or ``expired``.
        url: The address that an approved version binds, "" for a profile's; None when there is no such version.
        authors: Of the version whose address is bound.
    """

    proposed: Proposed
    wants_second: bool
    published: str
    url: SitePath | None
    authors: tuple[AuthorId, ...]

    @property
    def is_proposed(self) -> bool:
        """Whether something is proposed, or a force wants a second look."""
        return self.proposed is not Proposed.NONE or self.wants_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What is seen of a subject without reading it.

    Attributes:
        title: The title or name as it lies on disk, else as it was approved, else the id; secrets masked.
        authors: The authors as they stand on disk, else as they were approved.
        lights: Where it stands.
        path: The text on disk, "" when there is none.
        beside: The bundle and the files in it, as paths of the network.
        assets: Paths in the bundle.
        aliases: Old addresses that the text on disk names.
        date: The date that the text on disk gives.
        is_faulty: Whether an error keeps what lies on disk waiting.
    """

    title: str
    authors: tuple[AuthorId, ...]
    lights: Lights
    path: str = ""
    beside: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    date: datetime | None = None
    is_faulty: bool = False


Outline = tuple[str | None, str, "Sequence[str]", "Sequence[str]"]
"""Of a subject: the address that is bound or None, the title, aliases on disk, authors of what is bound."""


def outline_of(glance: Glance) -> Outline:
    """Return what a subject is found by."""
    lights = glance.lights
    return lights.url, glance.title, glance.aliases, lights.authors


def glance_at(
    subject: Subject,
    standing: Standing,
    text: TextCard | None,
    *,
    title_of: Callable[[Approved], str],
) -> Glance:
    """Return the glance at a subject whose standing is known.

    Args:
        subject: Which.
        standing: Where it stands.
        text: What lies on disk.
        title_of: Reads what an approved version is called; asked only when nothing on disk tells.
    """
    published = standing.published
    version = published_version(published)
    is_told = text is not None and text.title is not None
    return _glance(
        subject,
        text,
        proposed=standing.proposed,
        wants_second=standing.second is not None,
        published=published_word(published),
        url=version.facts.url if version else None,
        authors=version.facts.authors if version else (),
        title="" if is_told or version is None else title_of(version),
    )


def glance_on(subject: Subject, card: DecidedCard, text: TextCard | None) -> Glance:
    """Return the glance at a subject whose standing is on a card.

    Args:
        subject: Which.
        card: Where it stands.
        text: What lies on disk.
    """
    is_told = text is not None and text.title is not None
    return _glance(
        subject,
        text,
        proposed=Proposed(card.proposed),
        wants_second=bool(card.second),
        published=card.published,
        url=card.bound_url,
        authors=card.by.split(),
        title="" if is_told else card.rest.title,
    )


def _glance(
    subject: Subject,
    text: TextCard | None,
    *,
    proposed: Proposed,
    wants_second: bool,
    published: str,
    url: str | None,
    authors: Sequence[str],
    title: str,
) -> Glance:
    approved = tuple(AuthorId(one) for one in authors)
    lights = Lights(
        proposed=proposed,
        wants_second=wants_second,
        published=published,
        url=None if url is None else SitePath(url),
        authors=approved,
    )
    if text is None:
        mine = (AuthorId(subject.id),) if subject.kind is Kind.PROFILE else approved
        return Glance(title=title or subject.id, authors=mine, lights=lights)
    rest, on_disk = text.rest, text.title
    written = approved if rest.authors is None else tuple(AuthorId(one) for one in rest.authors)
    return Glance(
        title=(title or subject.id) if on_disk is None else on_disk,
        authors=(AuthorId(subject.id),) if subject.kind is Kind.PROFILE else written,
        lights=lights,
        path=text.path,
        beside=(text.bundle, *text.sources) if text.bundle else tuple(text.sources),
        assets=tuple(rest.assets),
        aliases=tuple(text.aliases),
        date=moment_of(rest.date) if rest.date else None,
        is_faulty=text.is_faulty,
    )
