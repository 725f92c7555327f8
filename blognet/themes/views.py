"""What templates see: read-only views, one for each kind of page. Knows no files, no HTML but what markup made safe.

Addresses are `SitePath`s from the root of the site; a template turns one into a link from the page it stands on with
the filter ``url`` (``{{ card.url | url }}``), so that a site works at any base URL and a card looks the same wherever
it is shown. Dates are aware datetimes; the filters ``date`` and ``datetime`` write them in the page's language.
docs/themes.md documents every field; the fields are stable within a `VIEWS_VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from markupsafe import Markup

    from blognet.kernel.ids import SitePath

VIEWS_VERSION = 1


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
class PostView:
    """A post on its own page.

    Attributes:
        body: Safe HTML, headings from h2.
        hero: The post's own picture, unless the text shows it anyway.
        toc: Its headings; empty when the table of contents is not wanted or not worth it.
        newer: The next post in time, None for the newest.
        older: The one before.
        related: Posts that are like it, the likest first.
        translations: The same post in other languages.
        corrections: Public notes, the newest last.
        share: Links to pass it on, as configured.
    """

    card: PostCard
    body: Markup
    hero: PictureView | None = None
    toc: tuple[TocLine, ...] = ()
    series: SeriesView | None = None
    newer: PostCard | None = None
    older: PostCard | None = None
    related: tuple[PostCard, ...] = ()
    translations: tuple[LinkView, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    share: tuple[ShareView, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page may show of the site, in the language of the page.

    Attributes:
        home: The home page of this language.
        navigation: The main links of the header, the configured ones after ours.
        languages: The languages that have a home page, when there are several; the current one is marked. Each leads
            to the page's translation, where there is one, else home.
        tagline_language: The language tag of the tagline where it is not translated; else "".
        footer_language: The same of the footer.
        footer_links: Pages (About, Imprint), archive, feeds.
        accent: CSS colour; "" for the theme's own.
        stylesheet: Path of the style sheet.
        icon: Path of the site's icon; "" for none.
        feeds: The site's own feeds in this language.
    """

    title: str
    tagline: str
    description: str
    url: str
    home: SitePath
    navigation: tuple[LinkView, ...]
    languages: tuple[LinkView, ...]
    footer_links: tuple[LinkView, ...]
    footer: str
    logo: str
    accent: str
    stylesheet: SitePath
    feeds: FeedsView
    generator: str
    icon: str = ""
    tagline_language: str = ""
    footer_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """What the head of a page says of it.

    Attributes:
        path: The page's own path.
        title: Without the site's title.
        canonical: Whole address.
        robots: "" or e.g. ``noindex``.
        alternates: Translations as (language tag, whole address).
        default_alternate: Of these, the address for readers of any other language; "" for none.
        feeds: Feeds to announce, the nearest first.
        image: Whole address of a picture for other sites to show, "" when none.
        image_alt: What it shows.
        image_type: Its media type; "" when not known.
        image_width: In pixels; 0 when not known.
        image_height: The same.
        section: The name of an article's first topic.
        tags: The names of an article's tags.
        authors: Whole addresses of the pages of an article's authors.
        creators: The handles of its authors in the Fediverse, such as ``@ann@social.example``.
        trail: What is above the page, the home page first and the page itself left out; empty for none.
        structured: What the page is, as JSON-LD for a data block; empty for none.
        scripts: Paths of the theme's scripts that the page loads, all of them enhancements.
    """

    path: SitePath
    title: str
    description: str
    canonical: str
    language: str
    direction: str = "ltr"
    kind: str = "website"
    robots: str = ""
    image: str = ""
    image_alt: str = ""
    image_type: str = ""
    image_width: int = 0
    image_height: int = 0
    published: datetime | None = None
    updated: datetime | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    default_alternate: str = ""
    feeds: tuple[FeedsView, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    trail: tuple[LinkView, ...] = ()
    structured: Markup | str = ""
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePageView:
    """The home page of a language (``home.html``); `pager.page` is 0 on the first address.

    Attributes:
        layout: magazine or list, as ``theme.home`` in blognet.yml says.
        picks: What the mayors recommend, on the first address.
    """

    posts: tuple[PostCard, ...]
    pager: PagerView
    topics: tuple[TermView, ...]
    authors: tuple[AuthorView, ...]
    layout: str = "magazine"
    picks: tuple[PostCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPageView:
    """Posts of a tag, topic, team or series (``list.html``).

    Attributes:
        kind: tag, topic, team or series: also the word before the title.
        members: The authors of a team; empty otherwise.
        picks: What the mayors recommend of a topic, on its first address.
    """

    kind: str
    term: TermView
    posts: tuple[PostCard, ...]
    pager: PagerView
    feeds: FeedsView
    members: tuple[AuthorView, ...] = ()
    picks: tuple[PostCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPageView:
    """An author and the author's posts (``author.html``)."""

    author: AuthorView
    posts: tuple[PostCard, ...]
    pager: PagerView
    feeds: FeedsView


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorIndexView:
    """All authors with a live post, by name (``authors.html``); alumni apart."""

    active: tuple[AuthorView, ...]
    alumni: tuple[AuthorView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIndexView:
    """All tags or all topics (``terms.html``)."""

    kind: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """Every post by year (``archive.html``); on ``/2026/`` just that year."""

    years: tuple[YearView, ...]
    only: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPageView:
    """About, Imprint and such (``page.html``)."""

    title: str
    body: Markup
    toc: tuple[TocLine, ...] = ()
    updated: datetime | None = None
    corrections: tuple[CorrectionView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPageView:
    """All feeds, for people (``feeds.html``): groups of a heading and its feeds."""

    groups: tuple[tuple[str, tuple[FeedsView, ...]], ...]
    opml: SitePath


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page (``search.html``).

    Attributes:
        script: Path of the theme's script for searching; "" when it has none.
        index: Path of the folder with the index.
        topics: Ways into the site, as are tags, authors and years.
    """

    script: str
    index: SitePath
    topics: tuple[TermView, ...]
    tags: tuple[TermView, ...]
    authors: tuple[AuthorView, ...]
    years: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstoneView:
    """What is left of a retracted post (``tombstone.html``): no title, no text of it.

    Attributes:
        when: The time of the retraction.
        kind: error, moved or withdrawn.
        words: What the mayor says about it.
        target: Where it went; "" when nowhere.
    """

    when: datetime
    kind: str
    words: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """The page for a wrong address (``404.html``)."""

    posts: tuple[PostCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """An old address (``redirect.html``): refreshes to `target` and says so."""

    target: str
    title: str


PageView = (
    HomePageView
    | PostView
    | ListPageView
    | AuthorPageView
    | AuthorIndexView
    | TermIndexView
    | ArchiveView
    | PlainPageView
    | FeedsPageView
    | SearchView
    | TombstoneView
    | NotFoundView
    | RedirectView
)
"""What a page template shows: its ``view``."""
