"""What templates see: read-only views, one for each kind of page. Knows no files, no HTML but what markup made safe.

Addresses are `SitePath`s from the root of the site; a template turns one into a link from the page it stands on with
the filter ``url`` (``{{ card.url | url }}``), so that a site works at any base URL and a card looks the same wherever
it is shown. Dates are aware datetimes; the filters ``date`` and ``datetime`` write them in the page's language.
docs/themes.md documents every field; the fields are stable within a `VIEWS_VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.themes.parts import (
    AuthorView,
    CandidateView,
    CorrectionView,
    FeedsView,
    LinkView,
    MediaView,
    PagerView,
    PictureView,
    PostCard,
    SeriesView,
    ShareView,
    SourceView,
    TermView,
    TocLine,
    TrackView,
    YearView,
)

if TYPE_CHECKING:
    from datetime import datetime

    from markupsafe import Markup

    from blognet.kernel.ids import SitePath

__all__ = [
    "VIEWS_VERSION",
    "ArchiveView",
    "AuthorIndexView",
    "AuthorPageView",
    "AuthorView",
    "CandidateView",
    "CorrectionView",
    "FeedsPageView",
    "FeedsView",
    "HeadView",
    "HomePageView",
    "LinkView",
    "ListPageView",
    "MediaView",
    "NotFoundView",
    "PageView",
    "PagerView",
    "PictureView",
    "PlainPageView",
    "PostCard",
    "PostView",
    "RedirectView",
    "SearchView",
    "SeriesView",
    "ShareView",
    "SiteView",
    "SourceView",
    "TermIndexView",
    "TermView",
    "TocLine",
    "TombstoneView",
    "TrackView",
    "YearView",
]

VIEWS_VERSION = 1


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
        media: Sound or film that belongs to it, unless the text shows it anyway.
        poster: Address of the picture before a film begins; "" for none.
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
    media: MediaView | None = None
    poster: str = ""


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
        stylesheet: Path of the style sheet: one for posts and plain pages, one for those whose text holds what few do,
            one for all others.
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
        locale: Language and region as Open Graph writes them, such as ``de_DE``.
        other_locales: Those of the translations.
        feeds: Feeds to announce, the nearest first.
        image: Whole address of a picture for other sites to show, "" when none.
        image_alt: What it shows.
        image_type: Its media type; "" when not known.
        image_width: In pixels; 0 when not known.
        image_height: The same.
        section: The name of an article's first topic.
        tags: The names of an article's tags.
        authors: Whole addresses of the pages of an article's authors.
        names: The names of its authors, in their order.
        creators: The handles of its authors in the Fediverse, such as ``@ann@social.example``.
        trail: What is above the page, the home page first and the page itself left out; empty for none.
        structured: What the page is, as JSON-LD for a data block; empty for none.
        media: Whole address of sound or film that belongs to the page; "" for none.
        media_type: Its media type.
        scripts: Paths of the theme's scripts that the page loads, all of them enhancements.
        frames: Hosts from which the scripts may show a page in a frame, after a click.
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
    locale: str = ""
    other_locales: tuple[str, ...] = ()
    feeds: tuple[FeedsView, ...] = ()
    media: str = ""
    media_type: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    trail: tuple[LinkView, ...] = ()
    structured: Markup | str = ""
    scripts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()


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
        introduction: What newcomers to a topic should know, as safe HTML, on its first address; "" for none.
        pinned: What they should read first.
        experts: Whom they can ask.
    """

    kind: str
    term: TermView
    posts: tuple[PostCard, ...]
    pager: PagerView
    feeds: FeedsView
    members: tuple[AuthorView, ...] = ()
    picks: tuple[PostCard, ...] = ()
    introduction: Markup | str = ""
    pinned: tuple[PostCard, ...] = ()
    experts: tuple[AuthorView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPageView:
    """An author and the author's posts (``author.html``).

    Attributes:
        expert_in: Topics that the author can be asked about.
        topic_feeds: Feeds of the author's posts on one topic each, where the network has them.
    """

    author: AuthorView
    posts: tuple[PostCard, ...]
    pager: PagerView
    feeds: FeedsView
    expert_in: tuple[TermView, ...] = ()
    topic_feeds: tuple[FeedsView, ...] = ()


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
        pagefind: Path of Pagefind's script, when that looks for the words; "" when our own index does.
    """

    script: str
    index: SitePath
    topics: tuple[TermView, ...]
    tags: tuple[TermView, ...]
    authors: tuple[AuthorView, ...]
    years: tuple[LinkView, ...]
    pagefind: str = ""


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
