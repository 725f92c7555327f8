"""What an author wrote, normalised, as values. Knows no YAML, no files and no decisions.

A *proposal* is a source as it lies in the network folder, with its content hash; *content* is what its text says
once parsed. The same parser reads proposals and approved copies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.kernel.problems import errors_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from blognet.kernel.hashing import AssetEntry, ContentHash, PathFacts
    from blognet.kernel.ids import AuthorId, SourcePath, Subject
    from blognet.kernel.problems import Problem
    from blognet.pictures.structure import Flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the front matter of a post or page says, in canonical keys; docs/posts.md describes each.

    Times are aware UTC. Missing texts are "", missing lists (), missing times None.
    """

    title: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    authors: tuple[AuthorId, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    slug: str = ""
    image: str = ""
    image_alt: str = ""
    media: str = ""
    media_length: int | None = None
    media_type: str = ""
    draft: bool = False
    unlisted: bool = False
    lang: str = ""
    translation_key: str = ""
    series: str = ""
    series_order: int | None = None
    aliases: tuple[str, ...] = ()
    canonical_url: str = ""
    publish_at: datetime | None = None
    expires: datetime | None = None
    review_by: datetime | None = None
    toc: bool | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post or page as its text says.

    Attributes:
        subject: Kind post or page.
        front: The front matter.
        authors: The resolved authors: the front matter's, else the path's.
        date: The resolved date: the front matter's, else the path's, else None (then: of the first approval).
        body: Markdown after the front matter. See `post_without_body`.
        body_line: Line of the source, counted from 1, on which the body begins.
    """

    subject: Subject
    front: FrontMatter
    authors: tuple[AuthorId, ...]
    date: datetime | None
    body: str
    body_line: int
    _read_body: Callable[[], str] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> str:
            """Read the body that `post_without_body` left out; all bodies of a site would take much memory."""
            if name != "body" or self._read_body is None:
                raise AttributeError(name)
            return self._read_body()


def post_without_body(
    *,
    subject: Subject,
    front: FrontMatter,
    authors: tuple[AuthorId, ...],
    date: datetime | None,
    body_line: int,
    read_body: Callable[[], str],
) -> Post:
    """Return a post whose body is read whenever somebody asks for it: most who look at posts never do.

    It equals the post with that body, and can be copied and sent to another process like it.
    """
    post = object.__new__(Post)
    put = object.__setattr__
    put(post, "subject", subject)
    put(post, "front", front)
    put(post, "authors", authors)
    put(post, "date", date)
    put(post, "body_line", body_line)
    put(post, "_read_body", read_body)
    return post


def reading_of(post: Post) -> Callable[[], str] | None:
    """Return how the body of a post is read that nobody asked for yet; None when it is there."""
    return post._read_body  # noqa: SLF001  # of this module


class AuthorStatus(StrEnum):
    """How an author belongs to the company."""

    ACTIVE = "active"
    ALUMNI = "alumni"
    GUEST = "guest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLink:
    """A link of an author's profile: a label and an http(s) or mailto address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """An author as the profile's text says.

    Attributes:
        subject: Kind profile; its id is the author's id.
        name: As shown.
        title: The role in the company, "" when not said.
        team: As written; the team's id is its slug.
        email: Never shown unless the network says so; "" when not said.
        links: In the order written.
        status: Active, alumni or guest.
        avatar: Path of the avatar among the subject's assets; "" when there is none.
        body: The bio, Markdown.
        extra: Free data.
    """

    subject: Subject
    name: str
    title: str = ""
    team: str = ""
    email: str = ""
    links: tuple[ProfileLink, ...] = ()
    status: AuthorStatus = AuthorStatus.ACTIVE
    avatar: str = ""
    body: str = ""
    body_line: int = 1
    extra: Mapping[str, object] = field(default_factory=dict)


Content = Post | Author


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """The settings of the network that change how a source is read.

    Attributes:
        main_language: Tag of the main language, e.g. ``en``.
        languages: All configured tags, the main one included.
        zone: The network's time zone, for naive times.
        topics: Known topic ids; empty means that any topic is accepted.
    """

    main_language: str
    languages: tuple[str, ...]
    zone: tzinfo
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """One file of the network folder as `blognet.disk` found it.

    Attributes:
        path: Where, from the network's root.
        raw: All bytes of a text that must be read to be judged (``.md``, ``.markdown``, ``.svg``, in any
            case of letters), else None.
        sha256: Hex digest of the bytes; "" when they could not be read.
        size: In bytes.
        fault: "" or why it was not read: a `FileFault`.
        head: The first 32 bytes of any other file, so that what it is can be compared with its ending.
        flaw: Why a picture is refused; None for a sound one and for what is no picture.
    """

    path: SourcePath
    raw: bytes | None
    sha256: str
    size: int
    fault: str = ""
    head: bytes = b""
    flaw: Flaw | None = None


class FileFault(StrEnum):
    """Why a file was not read."""

    SYMLINK = "symlink"
    SPECIAL = "special"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A source as it lies in the network folder.

    Attributes:
        subject: What it would be.
        path: Its text file.
        bundle: Its folder when it is a bundle, else "".
        text: Decoded source; "" when it could not be decoded.
        assets: The bundle's other files (for a profile: the avatar), sorted by path.
        asset_sources: Where each asset lies, in the order of `assets`.
        path_facts: What the path contributed.
        hash: None when the text could not be decoded.
        content: None when an error keeps it from being parsed.
        problems: All faults found in it, sorted.
    """

    subject: Subject
    path: SourcePath
    bundle: SourcePath | None
    text: str
    assets: tuple[AssetEntry, ...]
    asset_sources: tuple[SourcePath, ...]
    path_facts: PathFacts
    hash: ContentHash | None
    content: Content | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether an error keeps it waiting."""
        return bool(errors_in(self.problems))

    @property
    def is_draft(self) -> bool:
        """Whether its author still keeps it back."""
        return isinstance(self.content, Post) and self.content.front.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything that lies in ``queue/``, ``posts/``, ``pages/`` and ``authors/``.

    Attributes:
        proposals: One for each subject on disk, sorted by subject.
        shadowed: The copies under ``posts/`` whose subject also lies in ``queue/``.
        problems: Faults that belong to no subject (a lone image, a fifo), sorted.
    """

    proposals: Sequence[Proposal]
    shadowed: tuple[Proposal, ...] = ()
    problems: tuple[Problem, ...] = ()
