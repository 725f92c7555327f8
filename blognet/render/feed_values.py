"""What RSS, Atom and JSON Feed have in common, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

NO_ENTRIES = datetime(1970, 1, 1, tzinfo=UTC)
"""The update of a feed without entries: it has none, but Atom asks for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAuthor:
    """A byline in a feed; `avatar` is a whole address or ""."""

    name: str
    url: str
    avatar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedImage:
    """The picture of an entry: a whole address; type "" and measures 0 when not known."""

    url: str
    type: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMedia:
    """Sound or film of an entry: a whole address, its media type, its length in bytes (0 when nobody said it)."""

    url: str
    type: str
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One post in a feed.

    Attributes:
        id: A tag: URI.
        html: The whole text with whole addresses; "" when the network gives summaries only.
        categories: Names of its topics and tags.
        image: Its own picture, if any.
        media: What podcast programs fetch, if anything.
    """

    id: str
    title: str
    url: str
    html: str
    summary: str
    authors: tuple[FeedAuthor, ...]
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    image: FeedImage | None
    language: str
    media: FeedMedia | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """An entry that is written already, as it stands in a feed of the same format.

    Attributes:
        updated: As of the entry.
        raw: Its bytes, without what only stands between two of them.
    """

    updated: datetime
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSaid:
    """What feeds say of the site, in one language."""

    title: str
    description: str
    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """One feed.

    Attributes:
        id: A tag: URI, the same for the three formats.
        home: Whole address of the page it belongs to.
        address: Its own whole address.
        updated: The newest change of its entries.
        rights: Who holds the rights; "" when not said.
        icon: Whole address of a small square picture: of an author's feed the author's, else the site's; "" for none.
        image: Whole address of a picture as RSS takes it (GIF, JPEG or PNG): the icon, else the logo; "" for none.
        hub: Address of the WebSub hub that tells of changes; "" for none.
    """

    id: str
    title: str
    description: str
    home: str
    address: str
    language: str
    updated: datetime
    entries: tuple[FeedEntry | KeptEntry, ...]
    site_title: str
    rights: str = ""
    icon: str = ""
    image: str = ""
    hub: str = ""
