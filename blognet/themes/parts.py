"""What pages are put together from, as templates see it: links, pictures, people, terms, posts as cards.

`blognet.themes.views` says what a view is, holds those of whole pages, and gives these out as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from markupsafe import Markup

    from blognet.kernel.ids import SitePath


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A label and where it leads: a path of this site, or a whole address.

    Attributes:
        current: Whether it leads to the page it stands on, or to a list this page belongs to.
        language: The language tag of what it leads to and of its label, where that is another one than the page's;
            "" where it is the page's own or nobody knows.
    """

    label: str
    url: str
    current: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsView:
    """The three feeds of a list, each a path of this site, and the name of what they list."""

    title: str
    rss: SitePath
    atom: SitePath
    json: SitePath


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A tag, topic, team or series, with the number of live posts in it.

    Attributes:
        language: The language tag of name and description where they are not translated; "" where they are in the
            language of their list.
    """

    id: str
    name: str
    url: SitePath
    description: str = ""
    count: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """One file of a picture: its address, and its width in pixels."""

    url: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """The files of a picture in one format, narrowest first; `media` says when they apply, "" is always."""

    type: str
    candidates: tuple[CandidateView, ...]
    media: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture as a page shows it.

    Attributes:
        url: The file for browsers that know none of the sources.
        width: In pixels; 0 when it is not known.
        height: The same.
        alt: What people hear who cannot see it; "" when it is decoration.
        sources: Better formats, the best first.
    """

    url: str
    width: int = 0
    height: int = 0
    alt: str = ""
    sources: tuple[SourceView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorView:
    """An author as shown in bylines, boxes and on the author's page.

    Attributes:
        name: The approved name; the bare id while no profile was approved.
        url: The author's page.
        initials: One or two letters for authors without an avatar.
        hue: 0 to 359, steady for an id; colours the initials.
        avatar: Path of the picture, "" when there is none.
        face: The picture, square; initials drawn as SVG when there is none.
        status: active, alumni or guest.
        bio: Safe HTML, empty while no profile was approved.
        bio_text: The bio's beginning as plain text.
        language: The language tag of title and bio; "" while no profile was approved.
    """

    id: str
    name: str
    url: SitePath
    initials: str
    hue: int
    face: PictureView
    title: str = ""
    team: TermView | None = None
    avatar: str = ""
    status: str = "active"
    links: tuple[LinkView, ...] = ()
    bio: Markup | str = ""
    bio_text: str = ""
    count: int = 0
    feeds: FeedsView | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """A post in a list. The same on every page that shows it.

    Attributes:
        image: Address of its own picture; "" when it has none.
        picture: The same with its sources and measures.
        media: audio or video when it brings sound or film along; else "".
    """

    id: str
    title: str
    url: SitePath
    summary: str
    date: datetime
    updated: datetime | None
    authors: tuple[AuthorView, ...]
    topics: tuple[TermView, ...]
    tags: tuple[TermView, ...]
    minutes: int
    language: str
    image: str = ""
    image_alt: str = ""
    picture: PictureView | None = None
    media: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackView:
    """Captions of a film: a file of WebVTT, its language tag, and what speakers of the language call it."""

    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaView:
    """Sound or film that a post brings along.

    Attributes:
        kind: audio or video.
        url: A path of this site, or a whole address.
        type: Its media type.
        length: In bytes; 0 when nobody said it.
        playable: Whether readers' browsers may fetch it from where it is; otherwise it is shown as a link.
        host: Where it lies; "" for this site.
        tracks: Captions, those in the post's language first.
    """

    kind: str
    url: str
    type: str
    length: int = 0
    playable: bool = False
    host: str = ""
    tracks: tuple[TrackView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TocLine:
    """A heading of a post: level 2 to 6, its anchor and its text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """The series a post belongs to: this is part `part` (from 1) of `posts`, in order."""

    term: TermView
    part: int
    posts: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A public note on what was wrong: when, and the mayor's words as plain text."""

    when: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """A link with which readers pass a post on.

    Attributes:
        kind: copy, mail, linkedin, mastodon, bluesky, facebook, x or whatsapp.
        url: A whole address; of `copy`, the post's own.
    """

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerView:
    """Where a list goes on. Pages are numbered from the oldest; "" is no such page."""

    page: int
    pages: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year of the archive with its posts, newest first.

    Attributes:
        posts: None on the archive of a very large network, which only says how many there are.
        count: How many posts there are.
    """

    year: int
    url: SitePath
    posts: tuple[PostCard, ...]
    count: int = 0
