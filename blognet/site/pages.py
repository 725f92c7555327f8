"""Pages as values: an address, and what is shown there. No HTML, no words of the interface.

A page says everything that decides which things it shows and in which order; what those things look like is looked up
by `blognet.render` under the subjects and list keys that the page names. Keys are readable and keep their meaning
from build to build: ``post/hello-world.de``, ``tag/python/page/2``, ``feed/author/ann/atom``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.site.host_file import HostFile

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.kernel.ids import AuthorId, SitePath, Subject
    from blognet.pictures.cards import Card
    from blognet.pictures.initials import Initials
    from blognet.pictures.recipes import Recipe
    from blognet.site.published import Tombstone


class ListKind(StrEnum):
    """What a list gathers its posts by."""

    HOME = "home"
    AUTHOR = "author"
    TOPIC = "topic"
    TAG = "tag"
    TEAM = "team"
    SERIES = "series"
    AUTHOR_TOPIC = "author-topic"
    """An author's posts on a topic; has feeds and no page, and its id is ``AUTHOR/TOPIC``."""

    __hash__ = str.__hash__  # equal to its text, and asked for by every look-up of a list


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ListKey:
    """Names one list of one language.

    Attributes:
        id: Of the author or term; "" for home.
        language: As in `Subject`: "" for the main language.
    """

    kind: ListKind
    id: str = ""
    language: str = ""

    def __hash__(self) -> int:
        """Give the hash of the id, which few lists share: a build asks for it a hundred thousand times."""
        return hash(self.id)

    def __str__(self) -> str:
        """Give ``home``, ``tag/python``, ``tag/python.de``."""
        name = f"{self.kind}/{self.id}" if self.id else str(self.kind)
        return f"{name}.{self.language}" if self.language else name


class FeedFormat(StrEnum):
    """The three feeds of every list."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """A post at its own address.

    Attributes:
        newer: The next listed post in time, None for the newest and for unlisted posts.
        older: The one before.
        translations: Listed versions in other languages, the main language first.
        series: The series it is part of.
        related: Posts that are like it, the likest first.
    """

    post: Subject
    newer: Subject | None = None
    older: Subject | None = None
    translations: tuple[Subject, ...] = ()
    series: ListKey | None = None
    related: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """About, Imprint and such."""

    page: Subject
    translations: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list; the kind of the list decides whether it is a home page, an author's or a term's.

    Attributes:
        entries: In the order shown.
        number: 0 on the first address, else counted from the oldest.
        pages: How many numbered pages there are; 0 on a numbered page, which must not change with each new post.
        newer: Address of the page with newer posts.
        older: Address of the page with older posts.
        picks: On the first address of a home page or topic, what the mayors recommend there.
        pinned: On the first address of a topic, what to read first.
        experts: There, too, whom to ask.
        expert_in: On the first address of an author, topics that the author can be asked about.
        parts: On the first address of an author, the lists of the author's posts on a topic that have feeds.
    """

    list: ListKey
    entries: tuple[Subject, ...]
    number: int = 0
    pages: int = 0
    newer: SitePath | None = None
    older: SitePath | None = None
    picks: tuple[Subject, ...] = ()
    pinned: tuple[Subject, ...] = ()
    experts: tuple[AuthorId, ...] = ()
    expert_in: tuple[ListKey, ...] = ()
    parts: tuple[ListKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorIndex:
    """All authors with a listed live post, by name."""

    authors: tuple[ListKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIndex:
    """All tags, by name, or all topics, in the configured order."""

    kind: ListKind
    terms: tuple[ListKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPosts:
    """The listed posts of a year in the network's time zone, newest first.

    Attributes:
        posts: Those that are shown.
        count: How many there are.
    """

    year: int
    path: SitePath
    posts: tuple[Subject, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Every listed post by year, newest first; of very many posts, only how many there are in each year.

    Attributes:
        only: The year when the page shows only one.
    """

    years: tuple[YearPosts, ...]
    only: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPage:
    """All lists that have feeds, grouped by kind in the order of `ListKind`."""

    lists: tuple[ListKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Where readers search a language: ways into it, in the order shown; years with their addresses.

    Attributes:
        pagefind: Whether Pagefind looks for the words.
    """

    topics: tuple[ListKey, ...]
    tags: tuple[ListKey, ...]
    authors: tuple[ListKey, ...]
    years: tuple[tuple[int, SitePath], ...]
    pagefind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPosts:
    """What the search can find in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """One of the files that say which words stand in which posts of a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFile:
    """A file of Pagefind's index, or one that goes with it; found by the SHA-256 of its bytes, in hex."""

    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstonePage:
    """What is left of a retracted post.

    Attributes:
        target: The tombstone's target as an address; "" when it leads nowhere on the site.
    """

    tombstone: Tombstone
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """The page for a wrong address, with the newest posts."""

    entries: tuple[Subject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old address.

    Attributes:
        post: The post or page that it is one of; None for what the settings say.
        target: A path of the site, or a whole address.
    """

    post: Subject | None
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of a list; entries newest first, not more than the configured number."""

    list: ListKey
    format: FeedFormat
    entries: tuple[Subject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opml:
    """Every feed of the site for feed readers: all lists of all languages."""

    lists: tuple[ListKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One address for search engines.

    Attributes:
        changed: The newest change of what it shows, from facts; None when nothing there has a date.
        alternates: As in `Page`.
        images: Addresses of the pictures that belong to the page.
    """

    path: SitePath
    changed: datetime | None
    alternates: tuple[tuple[str, SitePath], ...] = ()
    images: tuple[SitePath, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """Everything that search engines should know, sorted by path; or a part of it."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex:
    """The parts of a sitemap that is too large for one file, with the newest change in each.

    Attributes:
        spread: Over how many parts addresses are dealt out, those that hold none included.
        total: How many addresses there are.
    """

    parts: tuple[SitemapEntry, ...]
    spread: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The file ``robots.txt``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """An approved file, byte for byte; the SHA-256 of its bytes, in hex, finds it in the record.

    Attributes:
        is_face: Whether it is the picture of an author.
    """

    sha256: str
    is_face: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A picture that is made for the site."""

    recipe: Recipe | Initials | Card


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """A file of the theme, by its path among the theme's static files."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The picture beside the site's title, by its path in the network folder."""

    source: str


Shows = (
    PostPage
    | PlainPage
    | ListPage
    | AuthorIndex
    | TermIndex
    | Archive
    | FeedsPage
    | SearchPage
    | SearchPosts
    | SearchWords
    | SearchFile
    | TombstonePage
    | NotFound
    | Redirect
    | Feed
    | Opml
    | Sitemap
    | SitemapIndex
    | Robots
    | HostFile
    | Asset
    | Made
    | ThemeFile
    | Logo
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site.

    Attributes:
        key: Unique, readable, the same in every build.
        path: Its address.
        shows: What is there; its class is the page's kind.
        template: File name of the template; "" for what is not made by one.
        language: As in `Subject`: "" for the main language.
        alternates: The same page in each language that has it, its own included, as (language, path); empty when
            there is only one.
        feeds: The lists whose feeds it announces, the nearest first.
        indexed: Whether search engines may list it.
        changed: The newest change of the posts it shows; None when it has no date.
    """

    key: str
    path: SitePath
    shows: Shows
    template: str = ""
    language: str = ""
    alternates: tuple[tuple[str, SitePath], ...] = ()
    feeds: tuple[ListKey, ...] = ()
    indexed: bool = True
    changed: datetime | None = None
