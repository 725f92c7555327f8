"""From what is published to the files of the site, as values. Pure: no clock, no files, no order of input.

Every address is given once. What wins when two things want one address is decided here, by rank: fixed addresses of
the site, then live posts and pages, tombstones, lists and feeds, the theme, files of bundles, old addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.content.assets import ending_of
from blognet.kernel.ids import SitePath
from blognet.site import addresses
from blognet.site.articles import files, plain_pages, post_pages, redirects, tombstone_pages
from blognet.site.catalogue import catalogue_of
from blognet.site.collisions import Claim, Rank, without_collisions
from blognet.site.hosting import host_claims, with_host_files
from blognet.site.lists import list_pages, not_found
from blognet.site.moved import moved_pages
from blognet.site.pages import (
    Logo,
    Opml,
    Page,
    Robots,
    ThemeFile,
)
from blognet.site.search import search_pages
from blognet.site.sitemaps import sitemap_claims, with_sitemap
from blognet.site.topics import topic_problems
from blognet.site.urls_lock import vanished

if TYPE_CHECKING:
    from blognet.config import Config
    from blognet.kernel.problems import Problem
    from blognet.kernel.shelves import Shelf
    from blognet.site.catalogue import Catalogue
    from blognet.site.published import Published
    from blognet.site.urls_lock import Kept

THEME_FOLDER = "/theme/"
STYLE_SHEET = "style.css"
ARTICLE_SHEET = "article.css"
"""For posts and plain pages; where the theme has none, it is made from the other."""

SEARCH_SCRIPT = "search.js"
SHARE_SCRIPT = "share.js"
VIDEO_SCRIPT = "embed.js"
RICH_SHEET = "rich.css"
"""For posts and plain pages whose text needs the rules that most do without; made from the first as well."""
ICON = "icon.svg"
"""The theme's icon; where the theme has none, one is made from the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All files of a site.

    Attributes:
        catalogue: What the pages are made from.
        pages: Sorted by path, each path once.
        problems: Addresses that two things wanted, names that cannot be addresses; sorted.
    """

    catalogue: Catalogue
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()


def plan(
    published: Published,
    config: Config,
    *,
    theme_files: tuple[str, ...] = (),
    kept: tuple[Kept, ...] = (),
    shelf: Shelf | None = None,
) -> Plan:
    """Return every file of the site.

    Args:
        published: What may be on the site, in any order.
        config: The network's settings.
        theme_files: Paths of the theme's static files inside its folder, e.g. ``fonts/serif.woff2``.
        kept: Addresses that must be there or lead on.
        shelf: Where what took long to work out is kept; it changes nothing but the time.

    Returns:
        The pages, each address once, and what could not have its address.
    """
    catalogue = catalogue_of(published, config)
    old_addresses, alias_problems = redirects(catalogue)
    beside, file_problems = files(catalogue)
    ranked = (
        (
            Rank.SITE,
            (not_found(catalogue), *_site_files(catalogue), *host_claims(config), *_logo(config)),
        ),
        (Rank.ARTICLE, (*post_pages(catalogue, config, shelf), *plain_pages(catalogue))),
        (Rank.TOMBSTONE, tombstone_pages(published.tombstones, catalogue)),
        (Rank.LIST, (*list_pages(catalogue, config), *search_pages(catalogue, config))),
        (Rank.THEME, map(_theme_file, _theme_names(theme_files, config))),
        (Rank.FILE, beside),
        (Rank.ALIAS, old_addresses),
    )
    claimed = tuple(Claim(rank=rank, page=page) for rank, pages in ranked for page in pages)
    wanted = (claim.page for claim in claimed)
    sitemaps = sitemap_claims(wanted, catalogue, site_url=config.url)
    claims = (*(Claim(rank=Rank.SITE, page=page) for page in sitemaps), *claimed)
    pages, collisions = without_collisions(claims)
    moved, move_problems = moved_pages(pages, config, tuple(one.path for one in kept))
    if moved:
        leading_on = (Claim(rank=Rank.MOVED, page=page) for page in moved)
        pages, collisions = without_collisions((*claims, *leading_on))
    in_order, host_problems = with_host_files(pages, config)
    problems = (*catalogue.problems, *alias_problems, *file_problems, *collisions, *move_problems)
    problems = (*problems, *host_problems, *vanished(kept, in_order))
    problems = (*problems, *topic_problems(catalogue, config))
    return Plan(
        catalogue=catalogue,
        pages=with_sitemap(in_order, catalogue, site_url=config.url),
        problems=tuple(sorted(problems)),
    )


def theme_path(name: str) -> SitePath:
    """Return the address of a static file of the theme."""
    return SitePath(THEME_FOLDER + name)


def has_script(config: Config) -> bool:
    """Whether pages of posts load the script that copies their address."""
    return "copy" in config.share


def _theme_names(theme_files: tuple[str, ...], config: Config) -> list[str]:
    """Return the theme's files; the scripts of links to pass a post on and of videos only where one may need them."""
    ours = {STYLE_SHEET, ARTICLE_SHEET, RICH_SHEET, ICON, *theme_files}
    ours -= set() if config.embeds.sites else {VIDEO_SCRIPT}
    return sorted(ours | {SHARE_SCRIPT} if has_script(config) else ours - {SHARE_SCRIPT})


def _site_files(catalogue: Catalogue) -> tuple[Page, ...]:
    return (
        Page(
            key="opml",
            path=addresses.OPML,
            shows=Opml(lists=tuple(catalogue.listings)),
            indexed=False,
        ),
        Page(key="robots", path=addresses.ROBOTS, shows=Robots(), indexed=False),
    )


def logo_path(config: Config) -> SitePath | None:
    """Return the address of the configured logo; None when there is none."""
    logo = config.theme.logo
    return theme_path(f"logo{ending_of(logo)}") if logo else None


def _logo(config: Config) -> tuple[Page, ...]:
    path = logo_path(config)
    if path is None:
        return ()
    logo = Logo(source=config.theme.logo)
    return (Page(key="logo", path=path, shows=logo, indexed=False),)


def _theme_file(name: str) -> Page:
    return Page(
        key=f"theme/{name}", path=theme_path(name), shows=ThemeFile(name=name), indexed=False
    )
