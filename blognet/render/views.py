"""Pages as the views that templates are given. Answers for each kind of page that a template makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from blognet.content.values import AuthorStatus
from blognet.kernel.ids import AuthorId
from blognet.markup import LinkKind
from blognet.render.cards import (
    author_in_full,
    author_view,
    cards,
    feeds_view,
    post_card,
    term_view,
    uncounted_term,
)
from blognet.render.frame import GROUP_WORDS
from blognet.render.introductions import shown_introduction
from blognet.render.links import destination, origin_of
from blognet.render.media import media_view
from blognet.render.share import share_links
from blognet.render.texts import html_for_page
from blognet.site import ListKey, ListKind, addresses
from blognet.site.lists import in_configured_order
from blognet.site.pages import (
    Archive,
    AuthorIndex,
    FeedsPage,
    ListPage,
    NotFound,
    PlainPage,
    PostPage,
    Redirect,
    SearchPage,
    TermIndex,
    TombstonePage,
)
from blognet.site.plan import SEARCH_SCRIPT, theme_path
from blognet.site.terms import team_key
from blognet.themes.copies import changed
from blognet.themes.languages import language_name
from blognet.themes.safe import trusted_html
from blognet.themes.views import (
    ArchiveView,
    AuthorIndexView,
    AuthorPageView,
    CorrectionView,
    FeedsPageView,
    HomePageView,
    LinkView,
    ListPageView,
    NotFoundView,
    PagerView,
    PlainPageView,
    PostView,
    RedirectView,
    SearchView,
    SeriesView,
    TermIndexView,
    TocLine,
    TombstoneView,
    YearView,
)

if TYPE_CHECKING:
    from blognet.markup import Document
    from blognet.render.context import Context
    from blognet.site import Listing, LivePost, Page
    from blognet.themes.views import AuthorView, MediaView, PageView, TermView

Templated = (
    PostPage
    | PlainPage
    | ListPage
    | AuthorIndex
    | TermIndex
    | Archive
    | FeedsPage
    | SearchPage
    | TombstonePage
    | NotFound
    | Redirect
)
PEOPLE_ON_HOME = 12
TOC_DEEPEST = 3
TOC_WORTH_IT = 4
"""Headings that a text needs for a table of contents that its author did not ask for."""


def page_view(  # noqa: C901, PLR0911  # one for each kind of page
    page: Page, shows: Templated, context: Context
) -> PageView:
    """Return what the template of a page shows."""
    match shows:
        case PostPage():
            return _post(shows, context)
        case PlainPage(page=subject):
            return _plain(context.catalogue.contents[subject], context)
        case ListPage():
            return _list(shows, context)
        case AuthorIndex(authors=keys):
            return _author_index(keys, context)
        case TermIndex(kind=kind, terms=keys):
            terms = tuple(term_view(context.catalogue.listings[key], context) for key in keys)
            return TermIndexView(kind=kind.value, terms=terms)
        case Archive():
            return _archive(shows, context)
        case FeedsPage(lists=keys):
            return _feeds(keys, page.language, context)
        case TombstonePage(tombstone=stone, target=target):
            return TombstoneView(
                when=stone.when, kind=stone.kind.value, words=stone.words, target=target
            )
        case SearchPage():
            return _search(page, shows, context)
        case NotFound(entries=entries):
            return NotFoundView(posts=cards(entries, context))
        case Redirect(post=subject, target=target):
            title = context.catalogue.contents[subject].post.front.title if subject else ""
            return RedirectView(target=target, title=title)
        case _:
            assert_never(shows)


def _post(shows: PostPage, context: Context) -> PostView:
    live = context.catalogue.contents[shows.post]
    document = context.bodies.posts[shows.post]
    neighbours = [
        post_card(subject, context) if subject else None for subject in (shows.newer, shows.older)
    ]
    card = post_card(live.subject, context)
    hero = None if _shows_itself(live, document, context) else card.picture
    media = _media(live, document, context)
    is_film = media is not None and media.playable and media.kind == "video"
    poster = hero.url if hero is not None and is_film else ""
    return PostView(
        # An excerpt would repeat the text that follows it; on the post's own page only the author's words lead.
        card=changed(card, summary=live.post.front.summary),
        body=trusted_html(_body(live, document, context, first_is_late=hero is not None)),
        hero=None if poster else hero,
        toc=_toc(document, wanted=live.post.front.toc),
        series=_series(shows, context),
        newer=neighbours[0],
        older=neighbours[1],
        related=cards(shows.related, context),
        translations=tuple(
            LinkView(
                label=language_name(context.tag(subject.language)),
                url=context.catalogue.contents[subject].url,
                language=context.tag(subject.language),
            )
            for subject in shows.translations
        ),
        corrections=_corrections(live),
        share=share_links(
            live.post.front.title,
            live.post.front.canonical_url or context.whole(live.url),
            language=context.tag(shows.post.language),
            context=context,
        ),
        media=media,
        poster=poster,
    )


def _media(live: LivePost, document: Document, context: Context) -> MediaView | None:
    """Return what a post brings along, unless its text plays it."""
    found, origin = media_view(live.subject, context), origin_of(live)
    if found is None:
        return None
    played = (link.target for link in document.links if link.kind is LinkKind.SRC)
    shown = {destination(target, origin, context.ground).address for target in played}
    return None if found.url in shown else found


def _plain(live: LivePost, context: Context) -> PlainPageView:
    document = context.bodies.posts[live.subject]
    return PlainPageView(
        title=live.post.front.title,
        body=trusted_html(_body(live, document, context)),
        toc=_toc(document, wanted=live.post.front.toc),
        updated=live.updated,
        corrections=_corrections(live),
    )


def _corrections(live: LivePost) -> tuple[CorrectionView, ...]:
    return tuple(CorrectionView(when=note.when, words=note.words) for note in live.corrections)


def _body(
    live: LivePost, document: Document, context: Context, *, first_is_late: bool = False
) -> str:
    """Return the text as safe HTML with links that lead from its own page."""
    return html_for_page(
        document.html, origin_of(live), live.url, context, first_is_late=first_is_late
    )


def _shows_itself(live: LivePost, document: Document, context: Context) -> bool:
    """Whether a text shows the picture that its front matter names."""
    image = live.post.front.image
    if not image or not document.images:
        return False
    origin = origin_of(live)
    own = destination(image, origin, context.ground).address
    shown = (destination(image.src, origin, context.ground).address for image in document.images)
    return own in shown


def _toc(document: Document, *, wanted: bool | None) -> tuple[TocLine, ...]:
    entries = [entry for entry in document.toc if entry.level <= TOC_DEEPEST]
    if not (len(entries) >= TOC_WORTH_IT if wanted is None else wanted):
        return ()
    return tuple([TocLine(level=entry.level, id=entry.id, text=entry.text) for entry in entries])


def _series(shows: PostPage, context: Context) -> SeriesView | None:
    if shows.series is None:
        return None
    listing = context.catalogue.listings[shows.series]
    url = context.catalogue.contents[shows.post].url
    parts = series_parts(listing, context)
    if len(parts) == 1:
        return None  # a series is announced by its second part
    links = tuple(changed(part, current=part.url == url) for part in parts)
    here = next(place for place, part in enumerate(links, 1) if part.current)
    return SeriesView(term=term_view(listing, context), part=here, posts=links)


def series_parts(listing: Listing, context: Context) -> tuple[LinkView, ...]:
    """Return title and address of each part of a series, in reading order."""
    return context.memory.series.of(
        str(listing.key),
        lambda: tuple(
            LinkView(label=live.post.front.title, url=live.url) for live in listing.reading_order
        ),
    )


def _list(shows: ListPage, context: Context) -> HomePageView | AuthorPageView | ListPageView:
    listing = context.catalogue.listings[shows.list]
    posts = cards(shows.entries, context)
    pager = PagerView(
        page=shows.number, pages=shows.pages, newer=shows.newer or "", older=shows.older or ""
    )
    feeds = feeds_view(listing)
    match shows.list.kind:
        case ListKind.HOME:
            topics, authors = _doors(listing, context) if not shows.number else ((), ())
            layout = context.config.theme.home
            return HomePageView(
                posts=posts,
                pager=pager,
                topics=topics,
                authors=authors,
                layout=layout,
                picks=cards(shows.picks, context),
            )
        case ListKind.AUTHOR:
            author = author_in_full(listing, context)
            return AuthorPageView(
                author=author,
                posts=posts,
                pager=pager,
                feeds=feeds,
                expert_in=tuple(uncounted_term(key, context) for key in shows.expert_in),
                topic_feeds=tuple(
                    feeds_view(context.catalogue.listings[key]) for key in shows.parts
                ),
            )
        case (
            ListKind.TOPIC | ListKind.TAG | ListKind.TEAM | ListKind.SERIES | ListKind.AUTHOR_TOPIC
        ):
            return ListPageView(
                kind=shows.list.kind.value,
                term=term_view(listing, context),
                posts=posts,
                pager=pager,
                feeds=feeds,
                members=team_members(listing, context),
                picks=cards(shows.picks, context),
                introduction=trusted_html(
                    "" if shows.number else shown_introduction(shows.list, context)
                ),
                pinned=cards(shows.pinned, context),
                experts=tuple(
                    author_view(author, shows.list.language, context) for author in shows.experts
                ),
            )
        case _:
            assert_never(shows.list.kind)


def _doors(home: Listing, context: Context) -> tuple[tuple[TermView, ...], tuple[AuthorView, ...]]:
    """Return the topics of a home page, and the people who wrote last."""
    language = home.key.language
    topics = in_configured_order(
        context.catalogue.lists(ListKind.TOPIC, language), ListKind.TOPIC, context.config
    )
    shown: dict[AuthorId, None] = {}
    for live in home.posts:
        if len(shown) >= PEOPLE_ON_HOME:
            break  # whoever wrote before is not looked at, so that this page does not depend on it
        shown.update(dict.fromkeys(live.authors))
    people = tuple(shown)[:PEOPLE_ON_HOME]
    return (
        tuple(term_view(topic, context) for topic in topics),
        tuple(author_view(author, language, context) for author in people),
    )


def team_members(listing: Listing, context: Context) -> tuple[AuthorView, ...]:
    """Return the people of a team who have written something, by name; () for any other list."""
    if listing.key.kind is not ListKind.TEAM:
        return ()
    return context.memory.members.of(str(listing.key), lambda: _members(listing, context))


def _members(listing: Listing, context: Context) -> tuple[AuthorView, ...]:
    language, catalogue = listing.key.language, context.catalogue

    def has_written(author: AuthorId) -> bool:
        """Whether the author has a list in the language, whose posts are all in that of the team, too."""
        return ListKey(kind=ListKind.AUTHOR, id=author, language=language) in catalogue.listings

    # The posts of a team are not looked at: each that comes would lead to this, and there are thousands.
    views = (
        author_view(author, language, context)
        for author, live in catalogue.authors.items()
        if team_key(live, language, context.config) == listing.key and has_written(author)
    )
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.id)))


def _author_index(keys: tuple[ListKey, ...], context: Context) -> AuthorIndexView:
    listings = [context.catalogue.listings[key] for key in keys]
    people = [
        changed(author_view(AuthorId(item.key.id), item.key.language, context), count=item.count)
        for item in listings
    ]
    return AuthorIndexView(
        active=tuple(view for view in people if view.status != AuthorStatus.ALUMNI),
        alumni=tuple(view for view in people if view.status == AuthorStatus.ALUMNI),
    )


def _archive(shows: Archive, context: Context) -> ArchiveView:
    years = tuple(
        YearView(year=year.year, url=year.path, posts=cards(year.posts, context), count=year.count)
        for year in shows.years
    )
    return ArchiveView(years=years, only=shows.only)


def _feeds(keys: tuple[ListKey, ...], language: str, context: Context) -> FeedsPageView:
    tag = context.tag(language)
    groups = [
        (
            context.words.phrase(tag, GROUP_WORDS[kind]),
            tuple(feeds_view(context.catalogue.listings[key]) for key in keys if key.kind is kind),
        )
        for kind in ListKind
    ]
    return FeedsPageView(groups=tuple(group for group in groups if group[1]), opml=addresses.OPML)


def _search(page: Page, shows: SearchPage, context: Context) -> SearchView:
    script, listings = theme_path(SEARCH_SCRIPT), context.catalogue.listings
    return SearchView(
        script=script if script in context.ground.paths else "",
        index=page.path,
        pagefind=f"{addresses.PAGEFIND}pagefind.js" if shows.pagefind else "",
        topics=tuple(term_view(listings[key], context) for key in shows.topics),
        tags=tuple(term_view(listings[key], context) for key in shows.tags),
        authors=tuple(
            author_view(AuthorId(key.id), key.language, context) for key in shows.authors
        ),
        years=tuple(LinkView(label=f"{year:04}", url=path) for year, path in shows.years),
    )
