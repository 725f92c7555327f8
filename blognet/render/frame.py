"""What surrounds every page: the head, and what the site shows on each. Knows no kinds of pages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.markup import is_rich
from blognet.render.cards import feeds_view
from blognet.render.context import GENERATOR
from blognet.render.site_links import configured_links
from blognet.site import ListKey, ListKind, addresses
from blognet.site.pages import PlainPage, PostPage
from blognet.site.plan import ARTICLE_SHEET, ICON, RICH_SHEET, STYLE_SHEET, logo_path, theme_path
from blognet.themes.copies import changed
from blognet.themes.languages import language_name
from blognet.themes.views import LinkView, SiteView

if TYPE_CHECKING:
    from blognet.kernel.ids import SitePath
    from blognet.render.context import Context
    from blognet.site import Page

GROUP_WORDS = {
    ListKind.HOME: "this_site",
    ListKind.AUTHOR: "authors",
    ListKind.TOPIC: "topics",
    ListKind.TAG: "tags",
    ListKind.TEAM: "teams",
    ListKind.SERIES: "series",
    ListKind.AUTHOR_TOPIC: "authors_by_topic",
}
"""What each kind of list is called in the words of the theme."""


def site_view(page: Page, context: Context) -> SiteView:
    """Return what a page shows of the site, in the page's language."""
    frame = site_frame(page.language, context)
    return changed(
        frame,
        navigation=_marked(frame.navigation, page),
        languages=_languages(page, spoken_at(page.language, context), context),
        footer_links=_marked(frame.footer_links, page),
        stylesheet=_sheet_of(page, frame, context),
    )


def _sheet_of(page: Page, frame: SiteView, context: Context) -> SitePath:
    """Return the style sheet of a page; posts and plain pages have one of their own, and those with rarer things."""
    match page.shows:
        case PostPage(post=subject) | PlainPage(page=subject):
            is_rare = is_rich(context.bodies.posts[subject].html)
            return theme_path(RICH_SHEET if is_rare else ARTICLE_SHEET)
        case _:
            return frame.stylesheet


def site_frame(language: str, context: Context) -> SiteView:
    """Return what every page in a language shows of the site, with nothing that only one page has."""
    return context.memory.frames.of(language, lambda: _site_frame(language, context))


def _site_frame(page_language: str, context: Context) -> SiteView:
    config, language = context.config, spoken_at(page_language, context)
    tag = context.tag(page_language)
    said, translated = config.site_in(page_language), config.translations.get(page_language)
    main = config.language
    home = ListKey(kind=ListKind.HOME, language=language)
    return SiteView(
        title=said.title,
        tagline=said.tagline,
        description=said.description,
        url=context.base_url,
        home=addresses.home(language),
        navigation=_navigation(language, tag, context),
        languages=(),
        footer_links=_footer_links(language, tag, context),
        footer=" · ".join(filter(None, (said.copyright, said.footer))),
        logo=logo_path(config) or "",
        accent=config.theme.accent,
        stylesheet=theme_path(STYLE_SHEET),
        feeds=feeds_view(context.catalogue.listings[home]),
        generator=GENERATOR,
        icon=theme_path(ICON) if theme_path(ICON) in context.ground.paths else "",
        tagline_language=tag if translated and translated.tagline else main,
        footer_language=tag if translated and translated.footer else main,
    )


def spoken_at(language: str, context: Context) -> str:
    """Return the language whose home a page belongs to: its own, or the main one when that has no home."""
    return language if language in context.catalogue.languages else ""


def _navigation(language: str, tag: str, context: Context) -> tuple[LinkView, ...]:
    ours = [
        (context.words.phrase(tag, "topics"), addresses.of_index(ListKind.TOPIC, language)),
        (context.words.phrase(tag, "authors"), addresses.of_index(ListKind.AUTHOR, language)),
        (context.words.phrase(tag, "archive"), addresses.of_archive(language)),
        (context.words.phrase(tag, "search"), addresses.of_search(language)),
    ]
    theirs = configured_links(context.config.navigation, language, context)
    named = {link.url for link in theirs}
    links = [
        LinkView(label=label, url=url, language=tag)
        for label, url in ours
        if url in context.ground.paths and url not in named
    ]
    return (*links, *theirs)


def _languages(page: Page, language: str, context: Context) -> tuple[LinkView, ...]:
    """Return the languages that have a home, each leading to this page where it exists in it."""
    languages = context.catalogue.languages
    same_page = dict(page.alternates)
    if len(languages) == 1:
        return ()
    return tuple(
        LinkView(
            label=language_name(context.tag(each)),
            url=same_page.get(each, addresses.home(each)),
            current=each == language,
            language=context.tag(each),
        )
        for each in languages
    )


def _footer_links(language: str, tag: str, context: Context) -> tuple[LinkView, ...]:
    links = [(live.post.front.title, live.url) for live in context.catalogue.pages(language)]
    links += [
        (context.words.phrase(tag, "tags"), addresses.of_index(ListKind.TAG, language)),
        (context.words.phrase(tag, "archive"), addresses.of_archive(language)),
        (context.words.phrase(tag, "feeds"), addresses.of_feeds_page(language)),
    ]
    ours = [
        LinkView(label=label, url=path, language=tag)
        for label, path in links
        if path in context.ground.paths
    ]
    return (*ours, *configured_links(context.config.links, language, context))


def _marked(links: tuple[LinkView, ...], page: Page) -> tuple[LinkView, ...]:
    """Say of each link whether it leads to the page, or to a list that the page belongs to."""
    return tuple(_current(link) if _leads_here(link.url, page) else link for link in links)


@lru_cache(maxsize=256)
def _current(link: LinkView) -> LinkView:
    return changed(link, current=True)


def _leads_here(url: str, page: Page) -> bool:
    inside = url.endswith("/") and url != "/" and page.path.startswith(url)
    return inside or page.path == url
