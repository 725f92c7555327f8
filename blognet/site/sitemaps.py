"""How many files the sitemap needs, and what stands in which. Knows no XML.

https://www.sitemaps.org/protocol.html: a file holds at most 50,000 addresses and 50 MB; several are named by an index,
which then has the sitemap's address.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.site import addresses
from blognet.site.articles import asset_addresses
from blognet.site.pages import Page, PlainPage, PostPage, Sitemap, SitemapEntry, SitemapIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from blognet.site.catalogue import Catalogue

MOST_ADDRESSES = 50_000
MOST_BYTES = 50_000_000
MOST_IMAGES = 1_000
"""Of one page, as https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps asks."""
_AROUND = 120
"""More than the bytes of the elements around an address, dates included."""
_LONGEST_ESCAPE = 3 * 4
"""A character is at most four bytes, each written as ``%`` and two digits."""


def sitemap_claims(
    pages: Iterable[Page],
    catalogue: Catalogue,
    *,
    site_url: str,
    most: int = MOST_ADDRESSES,
    most_bytes: int = MOST_BYTES,
) -> tuple[Page, ...]:
    """Return the pages of the sitemap that so many pages may need, empty: they claim their addresses."""
    needed = len(list(_parts(_all_entries(pages, catalogue), site_url, most, most_bytes)))
    parts = range(1, needed + 1) if needed > 1 else ()
    return (
        Page(key="sitemap", path=addresses.SITEMAP, shows=Sitemap(entries=()), indexed=False),
        *(
            Page(
                key=f"sitemap/{number}",
                path=part_path(number),
                shows=Sitemap(entries=()),
                indexed=False,
            )
            for number in parts
        ),
    )


def with_sitemap(
    pages: tuple[Page, ...],
    catalogue: Catalogue,
    *,
    site_url: str,
    most: int = MOST_ADDRESSES,
    most_bytes: int = MOST_BYTES,
) -> tuple[Page, ...]:
    """Fill the sitemap, which claimed its addresses empty, now that it is settled which pages there are."""
    parts = list(_parts(_all_entries(pages, catalogue), site_url, most, most_bytes)) or [()]
    shows: dict[str, Sitemap | SitemapIndex] = {addresses.SITEMAP: Sitemap(entries=parts[0])}
    if len(parts) > 1:
        named = {part_path(number): part for number, part in enumerate(parts, start=1)}
        index = tuple(
            SitemapEntry(path=path, changed=max(filter(None, (one.changed for one in part)), default=None))
            for path, part in named.items()
        )  # fmt: skip
        shows = {path: Sitemap(entries=part) for path, part in named.items()}
        shows[addresses.SITEMAP] = SitemapIndex(parts=index)
    return tuple(
        replace(page, shows=shows[page.path]) if isinstance(page.shows, Sitemap) else page
        for page in pages
        if not isinstance(page.shows, Sitemap) or page.path in shows
    )


def sitemap_again(  # what `with_sitemap` is told, and what it gave
    sitemap: Page,
    pages: Iterable[Page],
    gone: AbstractSet[SitePath],
    paths: AbstractSet[SitePath],
    catalogue: Catalogue,
    *,
    site_url: str,
) -> Page | None:
    """Return the sitemap of a site on which a few pages are others.

    Args:
        sitemap: As it was.
        pages: Those that are new or others.
        gone: The addresses at which nothing is any more.
        paths: All addresses of the site.
        catalogue: What is live.
        site_url: As in `with_sitemap`.

    Returns:
        The sitemap; None when it has several files, or needs them now.
    """
    some = tuple(pages)
    if not isinstance(sitemap.shows, Sitemap):
        return None
    others = {page.path for page in some} | gone
    found = [entry for entry in sitemap.shows.entries if entry.path not in others]
    found += _entries(some, catalogue, paths)
    parts = list(_parts(sorted(found, key=_path), site_url, MOST_ADDRESSES, MOST_BYTES)) or [()]
    return replace(sitemap, shows=Sitemap(entries=parts[0])) if len(parts) == 1 else None


def part_path(number: int) -> SitePath:
    """Return the address of a part of the sitemap, counted from 1."""
    return SitePath(f"/sitemap-{number}.xml")


def _all_entries(pages: Iterable[Page], catalogue: Catalogue) -> Iterator[SitemapEntry]:
    known = list(pages)
    return _entries(known, catalogue, {page.path for page in known})


def _entries(
    pages: Iterable[Page], catalogue: Catalogue, paths: AbstractSet[SitePath]
) -> Iterator[SitemapEntry]:
    for page in pages:
        if page.indexed:
            images = tuple(path for path in _images(page, catalogue) if path in paths)
            yield SitemapEntry(
                path=page.path,
                changed=page.changed,
                alternates=page.alternates,
                images=images[:MOST_IMAGES],
            )


def _path(entry: SitemapEntry) -> SitePath:
    return entry.path


def _images(page: Page, catalogue: Catalogue) -> tuple[SitePath, ...]:
    match page.shows:
        case PostPage(post=subject) | PlainPage(page=subject):
            return asset_addresses(catalogue.contents[subject], images=True)
        case _:
            return ()


def _parts(
    entries: Iterable[SitemapEntry], site_url: str, most: int, most_bytes: int
) -> Iterator[tuple[SitemapEntry, ...]]:
    """Give the entries in groups that each fit into a file, whatever their addresses need to be escaped."""
    part: list[SitemapEntry] = []
    size = 0
    for entry in entries:
        written = (entry.path, *(path for _, path in entry.alternates), *entry.images)
        more = sum(_AROUND + len(site_url) + _LONGEST_ESCAPE * len(path) for path in written)
        if part and (len(part) == most or size + more > most_bytes):
            yield tuple(part)
            part, size = [], 0
        part.append(entry)
        size += more
    if part:
        yield tuple(part)
