"""What may be on the site: approved content with the facts that its approval fixed. Values only.

The build makes these from approved copies and standings; nothing here is ever derived from files that wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.content.values import Author, Post
    from blognet.kernel.hashing import AssetEntry, ContentHash
    from blognet.kernel.ids import AuthorId, SitePath, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A public note of a mayor on a live post or page: what was wrong. Plain text, no Markdown."""

    when: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A recommendation of the mayors: where (a topic's id, "" for the home page), and since when."""

    topic: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePost:
    """A live post or page.

    Attributes:
        subject: Kind post or page.
        hash: Of the approved bytes.
        post: What the approved text says.
        url: Where it lives, from the approval's facts.
        authors: The approval's, in order.
        date: The approval's, aware UTC.
        updated: When it was last changed in a way that readers should know; None when never.
        assets: The approved ones.
        corrections: By time, the newest last.
        picks: Where the mayors recommend it, sorted by topic.
        since: From when on readers could see its first version; None when nobody said. No page shows it: what is
            numbered by it keeps its numbers when a post with an old date comes.
    """

    subject: Subject
    hash: ContentHash
    post: Post
    url: SitePath
    authors: tuple[AuthorId, ...]
    date: datetime
    updated: datetime | None = None
    assets: tuple[AssetEntry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    picks: tuple[Pick, ...] = ()
    since: datetime | None = None

    @property
    def changed(self) -> datetime:
        """The later of its date and its update: what feeds and the sitemap tell."""
        return max(self.date, self.updated) if self.updated else self.date

    @property
    def is_listed(self) -> bool:
        """Whether it may appear anywhere but at its own address."""
        return not self.post.front.unlisted


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAuthor:
    """An author whose profile was approved."""

    author: Author
    hash: ContentHash
    assets: tuple[AssetEntry, ...] = ()


class TombstoneKind(StrEnum):
    """Why a post was taken down."""

    ERROR = "error"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a retracted post or page: no title and no text of it.

    Attributes:
        url: Where it lived.
        when: The time of the retraction.
        words: The mayor's; "" when purged.
        target: Where it went: the name of a live post (``new-slug``, ``new-slug.de``), an address of this site, or a
            whole web address; "" when nowhere.
    """

    subject: Subject
    url: SitePath
    when: datetime
    kind: TombstoneKind
    words: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Everything that may be on the site; each tuple in any order, each subject once.

    Attributes:
        authors: Every author with an approved profile, live posts or not.
    """

    posts: tuple[LivePost, ...] = ()
    pages: tuple[LivePost, ...] = ()
    authors: tuple[LiveAuthor, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
