"""A few posts laid over a whole site, so that their pages can be shown before the site has been laid out again.

What is above was planned by itself, as a site of these posts alone; that costs the same however large the site is.
Everything that only the whole can tell is taken from below, as it was: the lists with their names, the neighbours of a
post, what is like it. So a page above is what it will be but for such things, and never more than provisional.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.overlaid import Overlaid
from blognet.render.pictures import Pictures
from blognet.render.scene import Scene
from blognet.site.catalogue import newest_first
from blognet.site.pages import Asset, ListKind, Made, PlainPage, PostPage, Redirect

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.kernel.ids import SitePath, Subject
    from blognet.site import Catalogue, Listing, Page


def laid_over(below: Scene, above: Scene, page_at: Callable[[SitePath], Page | None]) -> Scene:
    """Return what the pages of some posts look up.

    Args:
        below: The whole site.
        above: The site of these posts alone, with the profiles of their authors.
        page_at: Gives the page of the whole site at an address.

    Returns:
        The look-ups of both; its pages are only those above, and of them only those that belong to the posts and whose
        address is no other page's.
    """
    own = (_own(page, below, above, page_at) for page in above.pages)
    pages = tuple(page for page in own if page is not None)
    return Scene(
        catalogue=_catalogue(below.catalogue, above.catalogue),
        config=below.config,
        logo=below.logo,
        pages=pages,
        paths=_Paths(below.paths, frozenset(page.path for page in pages)),
        problems=(),
        pictures=Pictures(shown=Overlaid(below.pictures.shown, above.pictures.shown)),
        social=replace(
            below.social, articles=Overlaid(below.social.articles, above.social.articles)
        ),
    )


def _catalogue(below: Catalogue, above: Catalogue) -> Catalogue:
    lists = {key: one for key, one in above.listings.items() if key not in below.listings}
    lists |= {
        # A part of a series has to find itself among the others.
        key: _with_posts(below.listings[key], one)
        for key, one in above.listings.items()
        if key.kind is ListKind.SERIES and key in below.listings
    }
    more = tuple(each for each in above.languages if each not in below.languages)
    return replace(
        below,
        contents=Overlaid(below.contents, above.contents),
        listings=Overlaid(below.listings, lists),
        terms=Overlaid(below.terms, above.terms),
        languages=(*below.languages, *more),
    )


def _with_posts(below: Listing, above: Listing) -> Listing:
    new = {live.subject for live in above.posts}
    others = tuple(live for live in below.posts if live.subject not in new)
    return replace(below, posts=newest_first((*others, *above.posts)))


def _own(
    page: Page, below: Scene, above: Scene, page_at: Callable[[SitePath], Page | None]
) -> Page | None:
    """Return a page as it is shown for now; None when it is not one of the posts', or its address is another's."""
    shows = page.shows
    if isinstance(shows, Made):
        return page  # named by what it shows, so that two of one name are the same
    there = page_at(page.path)
    if there is not None and there.key != page.key:
        return None
    match shows:
        case PostPage(post=subject) | PlainPage(page=subject):
            return _as_before(page, _page_of(subject, below, page_at))
        case Redirect(post=subject) if subject in above.catalogue.contents:
            return page
        case Asset() if page.key.startswith("asset/"):
            return page
        case _:
            return None


def _page_of(
    subject: Subject, below: Scene, page_at: Callable[[SitePath], Page | None]
) -> Page | None:
    live = below.catalogue.contents.get(subject)
    return page_at(live.url) if live else None


def _as_before(page: Page, before: Page | None) -> Page:
    """Return a page with what only the whole site tells, as far as it told so before."""
    if before is None or before.key != page.key:
        return page
    match before.shows, page.shows:
        case PostPage() as old, PostPage() as new:
            shows: PostPage | PlainPage = replace(old, series=new.series)
        case PlainPage() as old_page, PlainPage():
            shows = old_page
        case _:
            return page
    return replace(page, shows=shows, alternates=before.alternates)


class _Paths(AbstractSet["SitePath"]):
    """The addresses of both."""

    def __init__(self, below: AbstractSet[SitePath], above: frozenset[SitePath]) -> None:
        self._below = below
        self._above = above

    def __contains__(self, path: object) -> bool:
        return path in self._above or path in self._below

    def __iter__(self) -> Iterator[SitePath]:
        yield from self._below
        yield from self._above - self._below

    def __len__(self) -> int:
        return len(self._below) + len(self._above - self._below)
