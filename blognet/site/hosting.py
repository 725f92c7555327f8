"""Files that tell a host what to do: which addresses have moved, and what to send with every page.

Pages lead on from old addresses by themselves; a host that reads these files does it sooner, and in a way that search
engines and feed readers remember. Knows the files' names and what they hold, not how it is written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.kernel.problems import Location, Problem, Severity
from blognet.site import addresses, codes
from blognet.site.host_file import HostFile, HostFileName, Move
from blognet.site.pages import (
    Feed,
    Page,
    Redirect,
    TombstonePage,
)
from blognet.site.published import TombstoneKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blognet.config import Config

MOST_ON_CLOUDFLARE = 2000
"""https://developers.cloudflare.com/pages/configuration/redirects/"""
_FILES = {
    "netlify": (HostFileName.REDIRECTS, HostFileName.HEADERS),
    "cloudflare": (HostFileName.REDIRECTS, HostFileName.HEADERS),
    "nginx": (HostFileName.NGINX,),
    "apache": (HostFileName.APACHE,),
}


def with_host_files(
    pages: tuple[Page, ...], config: Config
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Add the files of the configured hosts, now that it is settled which pages there are.

    No page can have their addresses: their names begin with ``_`` or a dot, and `host_claims` keeps the former.

    Returns:
        The pages, and a warning when a host follows fewer redirects than there are.
    """
    moves = tuple(sorted(moves_in(pages), key=lambda move: move.source))
    filled = {page.path: replace(page, shows=_filled(page, moves)) for page in _files(config)}
    others = [page for page in pages if page.path not in filled]
    problems: tuple[Problem, ...] = ()
    if "cloudflare" in config.host_files and len(moves) > MOST_ON_CLOUDFLARE:
        problems = (_too_many(len(moves)),)
    in_order = sorted((*others, *filled.values()), key=lambda page: page.path)
    return tuple(in_order), problems


def host_claims(config: Config) -> tuple[Page, ...]:
    """Return the files whose addresses a page could otherwise have."""
    return tuple(page for page in _files(config) if not page.path.startswith("/."))


def moves_in(pages: Iterable[Page]) -> Iterator[Move]:
    """Give every address that leads on to another: old addresses, posts that moved, feeds at a second address."""
    for page in pages:
        match page.shows:
            case Redirect(target=target):
                yield Move(source=page.path, target=target)
            case TombstonePage(tombstone=stone, target=target) if target:
                if stone.kind is TombstoneKind.MOVED:
                    yield Move(source=page.path, target=target)
            case Feed(list=key, format=feed):
                if page.path != addresses.of_feed(key, feed):
                    yield Move(source=page.path, target=addresses.of_feed(key, feed))
            case _:
                continue


def _files(config: Config) -> tuple[Page, ...]:
    names = dict.fromkeys(name for host in config.host_files for name in _FILES[host])
    return tuple(
        Page(
            key=f"host/{name.value}",
            path=SitePath(f"/{name.value}"),
            shows=HostFile(name=name, forced="netlify" in config.host_files),
            indexed=False,
        )
        for name in names
    )


def _filled(page: Page, moves: tuple[Move, ...]) -> HostFile:
    shows = page.shows
    if not isinstance(shows, HostFile):
        message = f"{page.key} is no file for a host"
        raise TypeError(message)
    return replace(shows, moves=moves)


def _too_many(count: int) -> Problem:
    return Problem(
        location=Location(path="site/_redirects"),
        code=codes.TOO_MANY_REDIRECTS,
        severity=Severity.WARNING,
        message=f"{count} addresses lead on; Cloudflare follows {MOST_ON_CLOUDFLARE} of them",
        hint="nothing is lost, the pages at the others lead on by themselves",
    )
