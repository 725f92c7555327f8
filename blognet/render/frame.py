"""What surrounds every page: the head, and what the site shows on each. Knows no kinds of pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.render.cards import feeds_view
from blognet.render.context import GENERATOR
from blognet.site import ListKey, ListKind, addresses
from blognet.site.plan import ICON, STYLE_SHEET, logo_path, theme_path
from blognet.themes.dates import locale_of
from blognet.themes.strings import phrase
from blognet.themes.views import LinkView, SiteView

if TYPE_CHECKING:
    from blognet.render.context import Context
    from blognet.site import Page

GROUP_WORDS = {
    ListKind.HOME: "this_site",
    ListKind.AUTHOR: "authors",
    ListKind.TOPIC: "topics",
    ListKind.TAG: "tags",
    ListKind.TEAM: "team",
    ListKind.SERIES: "series",
}
"""What each kind of list is called in the words of the theme."""
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he khw ks ps sd ur uz-arab yi".split())


def site_view(page: Page, context: Context) -> SiteView:
    """Return what a page shows of the site, in the page's language."""
    frame = site_frame(page.language, context)
    return replace(
        frame,
        navigation=_marked(frame.navigation, page),
        languages=_languages(page, spoken_at(page.language, context), context),
        footer_links=_marked(frame.footer_links, page),
    )


def site_frame(language: str, context: Context) -> SiteView:
    """Return what every page in a language shows of the site, with nothing that only one page has."""
    return context.memory.frames.of(language, lambda: _site_frame(language, context))


def _site_frame(page_language: str, context: Context) -> SiteView:
    config, language = context.config, spoken_at(page_language, context)
    tag = context.tag(page_language)
    home = ListKey(kind=ListKind.HOME, language=language)
    return SiteView(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        url=context.base_url,
        home=addresses.home(language),
        navigation=_navigation(language, tag, context),
        languages=(),
        footer_links=_footer_links(language, tag, context),
        footer=" · ".join(filter(None, (config.copyright, config.footer))),
        logo=logo_path(config) or "",
        accent=config.theme.accent,
        stylesheet=theme_path(STYLE_SHEET),
        feeds=feeds_view(context.catalogue.listings[home], context),
        generator=GENERATOR,
        icon=theme_path(ICON) if theme_path(ICON) in context.ground.paths else "",
    )


def spoken_at(language: str, context: Context) -> str:
    """Return the language whose home a page belongs to: its own, or the main one when that has no home."""
    return language if language in context.catalogue.languages else ""


def language_name(tag: str) -> str:
    """Return what speakers of a language call it; the tag when it is unknown."""
    locale = locale_of(tag)
    if locale.language != tag.partition("-")[0]:
        return tag
    name = locale.get_display_name() or tag
    return name[:1].upper() + name[1:]


def direction_of(tag: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if {tag.lower(), tag.partition("-")[0]} & _RIGHT_TO_LEFT else "ltr"


def _navigation(language: str, tag: str, context: Context) -> tuple[LinkView, ...]:
    ours = [
        (phrase(tag, "topics"), addresses.of_index(ListKind.TOPIC, language)),
        (phrase(tag, "authors"), addresses.of_index(ListKind.AUTHOR, language)),
        (phrase(tag, "archive"), addresses.of_archive(language)),
    ]
    theirs = [
        _translated(link.label, link.url, language, context) for link in context.config.navigation
    ]
    named = {url for _, url in theirs}
    links = [each for each in ours if each[1] in context.ground.paths and each[1] not in named]
    return tuple(LinkView(label=label, url=url) for label, url in (*links, *theirs))


def _translated(label: str, url: str, language: str, context: Context) -> tuple[str, str]:
    """Return a configured link; on pages in another language the page's translation, where there is one."""
    catalogue = context.catalogue
    for written in catalogue.languages:
        for live in catalogue.pages(written) if written != language else ():
            if live.url == url:
                for other in catalogue.translations.get(live.subject, ()):
                    if other.language == language:
                        found = catalogue.contents[other]
                        return found.post.front.title, found.url
    return label, url


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
        )
        for each in languages
    )


def _footer_links(language: str, tag: str, context: Context) -> tuple[LinkView, ...]:
    links = [(live.post.front.title, live.url) for live in context.catalogue.pages(language)]
    links += [
        (phrase(tag, "tags"), addresses.of_index(ListKind.TAG, language)),
        (phrase(tag, "archive"), addresses.of_archive(language)),
        (phrase(tag, "feeds"), addresses.of_feeds_page(language)),
    ]
    ours = [each for each in links if each[1] in context.ground.paths]
    theirs = [(link.label, link.url) for link in context.config.links]
    return tuple(LinkView(label=label, url=url) for label, url in (*ours, *theirs))


def _marked(links: tuple[LinkView, ...], page: Page) -> tuple[LinkView, ...]:
    """Say of each link whether it leads to the page, or to a list that the page belongs to."""
    return tuple(
        replace(link, current=True) if _leads_here(link.url, page) else link for link in links
    )


def _leads_here(url: str, page: Page) -> bool:
    inside = url.endswith("/") and url != "/" and page.path.startswith(url)
    return inside or page.path == url
