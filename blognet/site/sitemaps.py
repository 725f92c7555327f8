"""How many files the sitemap needs, and what stands in which. Knows no XML.

https://www.sitemaps.org/protocol.html: a file holds at most 50,000 addresses and 50 MB; several are named by an index,
which then has the sitemap's address. We begin to cut much earlier: what stands in which file is told by each address
alone, so that a new post changes a few small files, which is what search engines have to fetch again.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.site import addresses
from blognet.site.articles import asset_addresses
from blognet.site.pages import Page, PlainPage, PostPage, Sitemap, SitemapEntry, SitemapIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
    from datetime import datetime

    from blognet.site.catalogue import Catalogue

MOST_ADDRESSES = 2_048
"""In one file."""
MOST_BYTES = 50_000_000
MOST_IMAGES = 1_000
"""Of one page, as https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps asks."""
_ROOM = 4
"""Files hold a quarter of what they may on the average, so that all of them hold no more, and fewer than an eighth
nowhere."""
_SPARSEST = 16
"""There are not more than so many files for each address, whatever they hold."""
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
    spread, needed = _parts(_all_entries(pages, catalogue), site_url, most, most_bytes)
    parts = needed if spread > 1 else ()
    return (
        Page(key="sitemap", path=addresses.SITEMAP, shows=Sitemap(entries=()), indexed=False),
        *(
            Page(
                key=_part_key(number, spread),
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
    spread, parts = _parts(_all_entries(pages, catalogue), site_url, most, most_bytes)
    shows: dict[str, Sitemap | SitemapIndex] = {
        addresses.SITEMAP: Sitemap(entries=parts.get(1, ()))
    }
    if spread > 1:
        shows = {part_path(number): Sitemap(entries=part) for number, part in parts.items()}
        index = tuple(
            SitemapEntry(path=part_path(number), changed=_newest(part))
            for number, part in parts.items()
        )
        total = sum(map(len, parts.values()))
        shows[addresses.SITEMAP] = SitemapIndex(parts=index, spread=spread, total=total)
    return tuple(
        replace(page, shows=shows[page.path]) if isinstance(page.shows, Sitemap) else page
        for page in pages
        if not isinstance(page.shows, Sitemap) or page.path in shows
    )


def sitemap_again(  # what `with_sitemap` is told, and what it gave
    page_of: Callable[[str], Page | None],
    pages: Iterable[Page],
    gone: Iterable[Page],
    paths: Container[SitePath],
    catalogue: Catalogue,
    *,
    site_url: str,
    most: int = MOST_ADDRESSES,
    most_bytes: int = MOST_BYTES,
) -> tuple[Page, ...] | None:
    """Return the files of the sitemap that differ on a site on which a few pages do.

    Args:
        page_of: Gives a page as it was, by its key; None when there was none.
        pages: Those that are new or others.
        gone: Those at whose addresses nothing is any more.
        paths: All addresses of the site.
        catalogue: What is live.
        site_url: As in `with_sitemap`.
        most: The same.
        most_bytes: The same.

    Returns:
        The files; None when a file begins or ends, or the addresses have to be spread otherwise.
    """
    some = tuple(pages)
    fresh = {entry.path: entry for entry in _entries(some, catalogue, paths)}
    olds = [old for page in some if (old := page_of(page.key))]
    others = {page.path for page in (*olds, *gone) if page.indexed} | fresh.keys()
    front = page_of("sitemap")
    index = front.shows if front else None
    spread, total = (index.spread, index.total) if isinstance(index, SitemapIndex) else (1, 0)
    changed: dict[SitePath, Page] = {}
    for number in sorted({_part_of(path, spread) for path in others}):
        part = page_of(_part_key(number, spread))
        if part is None or not isinstance(part.shows, Sitemap):
            return None
        stay = (entry for entry in part.shows.entries if entry.path not in others)
        come = (entry for entry in fresh.values() if _part_of(entry.path, spread) == number)
        entries = tuple(sorted((*stay, *come), key=_path))
        if not entries or not _fits(entries, site_url, most, most_bytes):
            return None
        total += len(entries) - len(part.shows.entries)
        if entries != part.shows.entries:
            changed[part.path] = replace(part, shows=Sitemap(entries=entries))
    if front is None or not isinstance(index, SitemapIndex):
        return tuple(changed.values())
    if spread_for(total, most) != spread:
        return None
    named = tuple(_named(entry, changed) for entry in index.parts)
    front = replace(front, shows=replace(index, parts=named, total=total))
    return (*changed.values(), *([] if front.shows == index else [front]))


def _named(entry: SitemapEntry, changed: Mapping[SitePath, Page]) -> SitemapEntry:
    """Return a part as the index names it."""
    page = changed.get(entry.path)
    if page is None or not isinstance(page.shows, Sitemap):
        return entry
    return replace(entry, changed=_newest(page.shows.entries))


def _part_key(number: int, spread: int) -> str:
    return f"sitemap/{number}" if spread > 1 else "sitemap"


def part_path(number: int) -> SitePath:
    """Return the address of a part of the sitemap, counted from 1."""
    return SitePath(f"/sitemap-{number}.xml")


def _all_entries(pages: Iterable[Page], catalogue: Catalogue) -> Iterator[SitemapEntry]:
    known = list(pages)
    return _entries(known, catalogue, {page.path for page in known})


def _entries(
    pages: Iterable[Page], catalogue: Catalogue, paths: Container[SitePath]
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
) -> tuple[int, Mapping[int, tuple[SitemapEntry, ...]]]:
    """Return by how much entries are spread, and the parts that hold any, by their numbers from 1."""
    every = tuple(entries)
    if _fits(every, site_url, most, most_bytes):
        return 1, {1: every} if every else {}
    spread = spread_for(len(every), most)
    while True:
        parts: dict[int, list[SitemapEntry]] = {}
        for entry in every:
            parts.setdefault(_part_of(entry.path, spread), []).append(entry)
        if spread > _SPARSEST * len(every) or all(
            _fits(part, site_url, most, most_bytes) for part in parts.values()
        ):
            return spread, {number: tuple(parts[number]) for number in sorted(parts)}
        spread *= 2


def spread_for(many: int, most: int = MOST_ADDRESSES) -> int:
    """Return over how many parts so many addresses are spread, if these are not too large then; a power of two.

    Half as many parts would be more than a quarter full, so that none is likely to be too large.
    """
    return 1 if many <= most else 1 << (many // max(1, most // _ROOM)).bit_length()


def _part_of(path: SitePath, spread: int) -> int:
    """Return the number of the part that an address stands in, whatever other addresses there are."""
    return zlib.crc32(path.encode("utf-8", "surrogatepass")) % spread + 1


def _fits(entries: Collection[SitemapEntry], site_url: str, most: int, most_bytes: int) -> bool:
    """Whether entries fit into a file, whatever their addresses need to be escaped."""
    if len(entries) > most:
        return False
    around = _AROUND + len(site_url)
    return most_bytes >= sum(
        around + _LONGEST_ESCAPE * len(path)
        for entry in entries
        for path in (entry.path, *(each for _, each in entry.alternates), *entry.images)
    )


def _newest(entries: Iterable[SitemapEntry]) -> datetime | None:
    return max(filter(None, (entry.changed for entry in entries)), default=None)
