"""The way from the home page to a page: what breadcrumbs show. Knows no HTML and no JSON.

A trail holds what is above a page, the home page first, and never the page itself: its heading follows the trail.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from blognet.render.frame import GROUP_WORDS, spoken_at
from blognet.site import ListKind, addresses
from blognet.site.pages import Archive, ListPage, NotFound, PostPage, Redirect, TombstonePage
from blognet.themes.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.kernel.ids import SitePath
    from blognet.render.context import Context
    from blognet.site import Page


def trail_of(page: Page, context: Context) -> tuple[LinkView, ...]:
    """Return what is above a page; nothing for a home page and for pages that stand for no place of the site."""
    home = addresses.home(spoken_at(page.language, context))
    if page.path == home or isinstance(page.shows, NotFound | Redirect | TombstonePage):
        return ()
    tag = context.tag(page.language)
    first = _link(context.words.phrase(tag, "home"), home, tag)
    return (first, *_between(page, tag, context))


def _between(page: Page, tag: str, context: Context) -> Iterator[LinkView]:
    """Give what is between the home page and a page, where it exists."""
    match page.shows:
        case PostPage():
            yield from _above_post(page, tag, context)
        case ListPage(list=key, number=number):
            yield from _above_list(key.kind, key.language, tag, context)
            if number and key.kind is not ListKind.HOME:
                listing = context.catalogue.listings[key]
                spoken = context.tag("" if listing.foreign else key.language)
                yield _link(listing.name, listing.url, spoken)
        case Archive(only=year) if year is not None:
            yield from _known("archive", addresses.of_archive(page.language), tag, context)
        case _:
            return


def _above_post(page: Page, tag: str, context: Context) -> Iterator[LinkView]:
    """Give a post's first topic; its year when it has none."""
    if not isinstance(page.shows, PostPage):
        return
    live = context.catalogue.contents[page.shows.post]
    if not live.is_listed:
        return
    for key in context.catalogue.terms[live.subject]:
        if key.kind is ListKind.TOPIC:
            listing = context.catalogue.listings[key]
            yield from _above_list(key.kind, key.language, tag, context)
            spoken = context.tag("" if listing.foreign else key.language)
            yield _link(listing.name, listing.url, spoken)
            return
    year = live.date.astimezone(context.config.zone).year
    path = addresses.of_year(year, page.language)
    if path in context.ground.paths:
        yield from _known("archive", addresses.of_archive(page.language), tag, context)
        yield _link(str(year), path, tag)


def _above_list(kind: ListKind, language: str, tag: str, context: Context) -> Iterator[LinkView]:
    match kind:
        case ListKind.HOME | ListKind.AUTHOR_TOPIC:
            return
        case ListKind.AUTHOR | ListKind.TOPIC | ListKind.TAG:
            yield from _known(GROUP_WORDS[kind], addresses.of_index(kind, language), tag, context)
        case ListKind.TEAM:
            index = addresses.of_index(ListKind.AUTHOR, language)
            yield from _known("authors", index, tag, context)
        case ListKind.SERIES:
            yield from _known("archive", addresses.of_archive(language), tag, context)
        case _:
            assert_never(kind)


def _known(word: str, path: SitePath, tag: str, context: Context) -> Iterator[LinkView]:
    if path in context.ground.paths:
        yield _link(context.words.phrase(tag, word), path, tag)


@lru_cache(maxsize=1024)
def _link(label: str, url: SitePath, language: str) -> LinkView:
    """Return a link; the very same one on each page, so that what is said of it can be said again."""
    return LinkView(label=label, url=url, language=language)
