"""What a few other posts come to on a site that was planned: posts that are new, that say other things, or are gone.

The rules are the plan's own: what they give for the lists of these posts as they were is compared with what they give
for them as they are. So only what the posts touch is worked out, and the rest is neither looked at nor read. Whatever
reaches further (a list that begins or ends, another name of one, an address that is taken) is refused: then the whole
site is planned.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind, Subject, parse_site_path
from blognet.kernel.overlaid import Overlaid
from blognet.site import addresses
from blognet.site.archives_again import archives_again, neighbours_again
from blognet.site.articles import files, post_page, tombstone_pages
from blognet.site.catalogue import Catalogue, Listing, lists_of
from blognet.site.collisions import has_room
from blognet.site.lists import (
    as_new_as,
    feeds_of_list,
    index_key,
    newest_change,
    not_found,
    pages_of_list,
)
from blognet.site.lists_again import Relisted, pages_with, parts_with, relisted
from blognet.site.pages import ListKey, ListKind, ListPage, Page, PostPage
from blognet.site.pagination import FIRST, staying
from blognet.site.sitemaps import sitemap_again
from blognet.site.terms import term_finder, terms_of
from blognet.site.years_again import pages_to_years

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from blognet.config import Config
    from blognet.kernel.ids import SitePath
    from blognet.site.archives_again import Moved
    from blognet.site.published import LivePost, Tombstone
    from blognet.site.related import Change
    from blognet.site.terms import Term

    Find = Callable[[Subject], tuple[Term, ...]]
    PageOf = Callable[[str], Page | None]

MOST_PAGES = 300
"""More pages than this are not compared one by one."""


class FurtherError(Exception):
    """What the posts touch reaches further than is worked out here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regathered:
    """What is live, as it was and as it is.

    Attributes:
        changes: The posts, as they were and as they are.
        before: What was live.
        now: What is live.
        lists: The lists that differ.
        terms: The lists of the posts that are there.
        moved: The changes of posts as they were and as they are in each kind of list of each language.
    """

    changes: tuple[Change, ...]
    before: Catalogue
    now: Catalogue
    lists: Relisted
    terms: Mapping[Subject, tuple[ListKey, ...]]
    moved: Mapping[tuple[ListKind, str], tuple[tuple[datetime, ...], tuple[datetime, ...]]]

    def staying(self, key: ListKey, config: Config) -> int:
        """Return the number of a page of a list that stays as it is, and so do all older ones."""
        if key in self.lists.moved:
            return FIRST
        lists = self.lists
        before, now = lists.before[key].count, lists.now[key].count
        return staying(before, now, lists.behind[key], config.posts_per_page)

    @property
    def by_language(self) -> Mapping[str, Moved]:
        """The posts that are or were in lists, by their language."""
        found: dict[str, tuple[list[LivePost], list[LivePost]]] = {}
        for change in self.changes:
            for side, live in enumerate(change):
                if live and live.is_listed:
                    found.setdefault(live.subject.language, ([], []))[side].append(live)
        return {each: (tuple(found[each][0]), tuple(found[each][1])) for each in sorted(found)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """The pages of a site that differ.

    Attributes:
        pages: Those that are new or others, by key.
        gone: The keys of those that are there no longer.
    """

    pages: Mapping[str, Page]
    gone: AbstractSet[str]


class _Either:
    """What is in one of two sets."""

    def __init__(self, one: Container[SitePath], other: Container[SitePath]) -> None:
        self._both = (one, other)

    def __contains__(self, path: object) -> bool:
        return any(path in each for each in self._both)


def gathered_again(changes: Iterable[Change], kept: Catalogue, config: Config) -> Regathered:
    """Return what is live when a few posts are others.

    Args:
        changes: Those, as they were and as they are; of none is there a version in another language.
        kept: What was live, but that its contents are as they are.
        config: The network's settings, which are as they were.

    Raises:
        FurtherError: See the module.
    """
    some = tuple(changes)
    for change in some:
        _check(change, kept, config)
    find = term_finder(config)

    def terms(live: LivePost) -> tuple[Term, ...]:
        found, problems = terms_of(live, kept.authors, find)
        if problems:
            raise FurtherError
        return found

    olds = {old.subject: old for old, _ in some if old}
    news = {new.subject: new for _, new in some if new}
    were, are = (
        {live.subject: _lists(live, terms(live), config) for live in lives.values()}
        for lives in (olds, news)
    )
    _check_authors(olds, news, kept)
    lists = relisted((olds, were), (news, are), terms, kept, config)
    if lists is None:
        raise FurtherError
    listings = Overlaid(kept.listings, lists.now, without=lists.ended)
    new_terms = {
        live.subject: tuple(term.key for term in terms(live) if term.key in listings)
        for live in news.values()
        if live.subject.kind is Kind.POST
    }
    fresh = news.keys() - olds.keys()
    return Regathered(
        changes=some,
        before=replace(
            kept,
            listings=Overlaid(kept.listings, lists.before, without=lists.begun),
            contents=Overlaid(kept.contents, olds, without=frozenset(fresh)),
        ),
        now=replace(kept, listings=listings, terms=Overlaid(kept.terms, new_terms)),
        lists=lists,
        terms=new_terms,
        moved=_moved(olds, were, news, are),
    )


def pages_again(
    found: Regathered, config: Config, page_of: PageOf, names: Sequence[str]
) -> Replanned:
    """Return the pages that differ, but for the sitemap; of a post that is new nothing is known to be like it yet.

    Args:
        found: What is live.
        config: The network's settings.
        page_of: Gives a page as it was, by its key; None when there was none.
        names: Of the files of the site as it was, sorted.

    Raises:
        FurtherError: See the module.
    """
    before, now = (
        dict(_of_lists(each, lists, found, config, page_of))
        for each, lists in ((found.before, found.lists.before), (found.now, found.lists.now))
    )
    years = archives_again(found.before, found.now, found.by_language, config, page_of)
    if years is None:
        raise FurtherError  # the search leads to each year, and so do other languages
    begins_year = any(page_of(page.key) is None for page in years)
    if "" in found.by_language:
        years = (*years, not_found(found.now))
    pages = {page.key: page for page in years if page_of(page.key) != page}
    pages |= {key: page for key, page in now.items() if before.get(key) != page}
    gone = before.keys() - now.keys()
    pages |= _of_posts(found, page_of)
    pages |= _of_files(found)
    gone |= {str(old.subject) for old, new in found.changes if old and new is None}
    pages |= _of_indexes(found, page_of)

    def newest(key: str) -> datetime | None:
        page = pages.get(key) or page_of(key)
        return page.changed if page else None

    lists = found.lists
    for page in pages_with(lists, found.now, config, page_of, newest) if lists.moved else ():
        if page is None:
            raise FurtherError
        pages[page.key] = page
    if begins_year:
        pages |= {page.key: page for page in pages_to_years(found.now, config, page_of)}
    if len(pages) >= MOST_PAGES:
        raise FurtherError
    free = {addresses.output_name(old.url) for old, new in found.changes if old and new is None}
    fresh = [page.path for key, page in pages.items() if page_of(key) is None]
    if not all(map(parse_site_path, fresh)) or not has_room(
        names, map(addresses.output_name, fresh), without=free
    ):
        raise FurtherError
    return Replanned(pages=pages, gone=gone)


def stones_again(
    tombstones: tuple[Tombstone, ...], found: Regathered, page_of: PageOf
) -> Mapping[str, Page]:
    """Return the pages of tombstones that differ, of all there are."""
    made = {page.key: page for page in tombstone_pages(tombstones, found.now)}
    return {key: page for key, page in made.items() if page_of(key) != page}


def with_sitemap_again(  # what there was, and what there is
    planned: Replanned,
    found: Regathered,
    config: Config,
    page_of: PageOf,
    paths: AbstractSet[SitePath],
) -> Replanned:
    """Add the sitemap, when it differs.

    Raises:
        FurtherError: It has to be cut into files in another way.
    """
    gone = [page for key in planned.gone if (page := page_of(key))]
    known = _Either(paths, {page.path for page in planned.pages.values()})
    parts = sitemap_again(
        page_of, planned.pages.values(), gone, known, found.now, site_url=config.url
    )
    if parts is None:
        raise FurtherError
    return replace(planned, pages={**planned.pages, **{page.key: page for page in parts}})


def _check(change: Change, kept: Catalogue, config: Config) -> None:
    """Refuse what touches more than lists and neighbours; nobody sees the post in another language now.

    Raises:
        FurtherError: It does.
    """
    old, new = change
    live = new or old
    if live is None or live.subject.kind is not Kind.POST:
        raise FurtherError
    for one, other in ((old, new), (new, old)):
        if one is None:
            continue
        front = one.post.front
        is_new = old is None  # its files and pictures come with it
        if not is_new and one.assets != (other.assets if other else ()):
            raise FurtherError
        if front.aliases and (other is None or other.post.front.aliases != front.aliases):
            raise FurtherError
        if not is_new and front.image != (other.post.front.image if other else ""):
            raise FurtherError
        if front.translation_key or (other and other.url != one.url):
            raise FurtherError
    if live.subject in kept.translations:  # both may be gone at once
        raise FurtherError
    pinned = {ident for topic in config.topics for ident in topic.pinned}
    is_there = (one is not None and one.is_listed for one in change)
    if live.subject.id in pinned and not all(is_there):
        raise FurtherError


def _check_authors(
    olds: Mapping[Subject, LivePost], news: Mapping[Subject, LivePost], kept: Catalogue
) -> None:
    """Refuse authors of whom there was no list, or is none: whoever is named nowhere has no face on the site."""
    for live in (*olds.values(), *news.values()):
        for author in live.authors:
            key = ListKey(kind=ListKind.AUTHOR, id=author, language=live.subject.language)
            if key not in kept.listings:
                raise FurtherError


def _lists(live: LivePost, terms: tuple[Term, ...], config: Config) -> tuple[ListKey, ...]:
    return tuple(lists_of(live, terms, config)) if live.is_listed else ()


def _moved(
    olds: Mapping[Subject, LivePost],
    were: Mapping[Subject, tuple[ListKey, ...]],
    news: Mapping[Subject, LivePost],
    are: Mapping[Subject, tuple[ListKey, ...]],
) -> Mapping[tuple[ListKind, str], tuple[tuple[datetime, ...], tuple[datetime, ...]]]:
    kinds = {
        (key.kind, key.language) for lists in (were, are) for keys in lists.values() for key in keys
    }

    def changes(
        kind: tuple[ListKind, str],
        lives: Mapping[Subject, LivePost],
        lists: Mapping[Subject, tuple[ListKey, ...]],
    ) -> tuple[datetime, ...]:
        return tuple(
            live.changed
            for subject, live in lives.items()
            if any((key.kind, key.language) == kind for key in lists[subject])
        )

    return {kind: (changes(kind, olds, were), changes(kind, news, are)) for kind in kinds}


def _of_lists(
    catalogue: Catalogue,
    lists: Mapping[ListKey, Listing],
    found: Regathered,
    config: Config,
    page_of: PageOf,
) -> Iterator[tuple[str, Page]]:
    """Give the pages of the lists that differ."""
    for key, listing in lists.items():
        if key.kind is not ListKind.AUTHOR_TOPIC:
            first = page_of(str(key))
            parts = first.shows.parts if first and isinstance(first.shows, ListPage) else ()
            if lists is found.lists.now:
                parts = parts_with(parts, key, found.lists, catalogue)
            beyond = FIRST if key.kind is ListKind.SERIES else found.staying(key, config)
            for page in pages_of_list(listing, catalogue, config, parts, beyond=beyond):
                yield page.key, page
        for page in feeds_of_list(listing, config):
            yield page.key, page


def _of_posts(found: Regathered, page_of: PageOf) -> Mapping[str, Page]:
    """Return the pages of the posts, and of those beside them in time."""
    are = neighbours_again(found.before, found.now, found.by_language)
    touched = are.keys() | {new.subject for _, new in found.changes if new}
    pages: dict[str, Page] = {}
    for subject in sorted(touched):
        known = page_of(str(subject))
        live = found.now.contents[subject]
        shows = known.shows if known and live.is_listed else None
        related = shows.related if isinstance(shows, PostPage) else ()
        page = post_page(live, found.now, are.get(subject, (None, None)), related)
        if page != known:
            pages[page.key] = page
    return pages


def _of_files(found: Regathered) -> Mapping[str, Page]:
    """Return the files beside posts that are new, as they were approved."""
    fresh = {new.subject: new for old, new in found.changes if new and old is None}
    pages, problems = files(replace(found.now, contents=fresh, authors={}))
    if problems:
        raise FurtherError
    return {page.key: page for page in pages}


def _of_indexes(found: Regathered, page_of: PageOf) -> Mapping[str, Page]:
    """Return the indexes of authors, topics and tags: the lists they name are the same, but may be newer."""
    pages: dict[str, Page] = {}
    for (kind, language), (gone, come) in found.moved.items():
        if kind not in {ListKind.AUTHOR, ListKind.TOPIC, ListKind.TAG}:
            continue
        known = page_of(index_key(kind, language))
        if known is None:
            raise FurtherError
        page = as_new_as(known, gone, come)
        if page is None:  # the newest is gone: all others are looked at
            keys = (
                key for key in found.now.listings if (key.kind, key.language) == (kind, language)
            )
            posts = (live for key in keys for live in found.now.listings[key].posts)
            page = replace(known, changed=newest_change(posts))
        if page != known:
            pages[page.key] = page
    return pages
