"""Dividing the files of a site among machines that do not talk to each other. A pure function of the plan.

Posts are dealt out by date, in one piece to each shard, since lists show neighbours: so most of the texts that the
lists and feeds of a shard need are its own, and few are rendered twice. What anybody can make fills up the shards with
less work.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.site.pages import (
    Feed,
    ListPage,
    Made,
    Page,
    PlainPage,
    PostPage,
    SearchFile,
    SearchPosts,
    SearchWords,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.ids import SitePath, Subject
    from blognet.site.catalogue import Catalogue

MOST = 1_000
"""The most shards of one site."""
_TEXT, _PICTURE, _LIST, _SEARCH_FILE, _LITTLE = 8, 16, 3, 20, 1
"""About how long each kind of file takes, in milliseconds."""
_SLACK = 21, 20
"""A shard may have a twentieth more than its part before lists go elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Shard:
    """One part of a site, counted from 1: ``2/5``."""

    number: int
    of: int

    def __str__(self) -> str:
        """Write it as people type it."""
        return f"{self.number}/{self.of}"


def shard_in(text: str) -> Shard | None:
    """Read ``2/5``; None when it is no such thing."""
    number, slash, of = text.partition("/")
    if not slash or not all(part.isascii() and part.isdigit() for part in (number, of)):
        return None
    if len(of) > len(str(MOST)) or not 1 <= int(number or 0) <= int(of) <= MOST:
        return None
    return Shard(number=int(number), of=int(of))


def shards_of(catalogue: Catalogue, of: int) -> Mapping[Subject, int]:
    """Return the number of the shard of each text: posts and pages by date, then profiles."""
    lives = sorted(catalogue.contents.values(), key=lambda live: (live.date, live.subject))
    texts = (*(live.subject for live in lives), *sorted(catalogue.profiles))
    return {subject: 1 + rank * of // len(texts) for rank, subject in enumerate(texts)}


def pages_in_shards(
    pages: tuple[Page, ...], catalogue: Catalogue, of: int
) -> Mapping[SitePath, int]:
    """Return the number of the shard of each page, counted from 1.

    Args:
        pages: All of the site.
        catalogue: What they show.
        of: How many shards there are.
    """
    homes = shards_of(catalogue, of)
    room = -(-sum(map(_cost, pages)) * _SLACK[0] // (of * _SLACK[1]))
    load = dict.fromkeys(range(1, of + 1), 0)
    found: dict[SitePath, int] = {}
    for page in sorted(pages, key=lambda page: (_turn(page), page.path)):
        home = _home(page, homes)
        if home is None or (_turn(page) and load[home] >= room):
            home = min(load, key=lambda number: (load[number], number))
        load[home] += _cost(page)
        found[page.path] = home
    return found


def _turn(page: Page) -> int:
    """Return when a page is dealt out: texts and what goes with them first, what anybody can make last."""
    match page.shows:
        case PostPage() | PlainPage() | SearchPosts() | SearchWords() | SearchFile():
            return 0
        case ListPage() | Feed():
            return 1
        case _:
            return 2


def _home(page: Page, homes: Mapping[Subject, int]) -> int | None:
    match page.shows:
        case PostPage(post=subject) | PlainPage(page=subject):
            return homes[subject]
        case SearchPosts() | SearchWords() | SearchFile():
            return 1  # worked out in one go for all of them
        case ListPage(entries=entries) | Feed(entries=entries) if entries:
            counts = Counter(homes[subject] for subject in entries)
            return min(counts, key=lambda number: (-counts[number], number))
        case _:
            return None


def _cost(page: Page) -> int:
    match page.shows:
        case PostPage() | PlainPage():
            return _TEXT
        case SearchWords():
            return _SEARCH_FILE
        case Made():
            return _PICTURE
        case ListPage() | Feed():
            return _LIST
        case _:
            return _LITTLE
