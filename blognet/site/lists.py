"""The pages that gather posts: lists with their feeds, indexes, the archive. Knows nothing of single posts' pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.site import addresses
from blognet.site.catalogue import year_in
from blognet.site.members import picked_in, subjects
from blognet.site.pages import (
    Archive,
    AuthorIndex,
    Feed,
    FeedFormat,
    FeedsPage,
    ListKey,
    ListKind,
    ListPage,
    NotFound,
    Page,
    TermIndex,
    YearPosts,
)
from blognet.site.pagination import FIRST, slices_of
from blognet.site.terms import configured
from blognet.site.topics import experts_on, pinned_on, topics_of_expert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from blognet.config import Config
    from blognet.kernel.ids import SitePath, Subject
    from blognet.site.catalogue import Catalogue, Listing
    from blognet.site.published import LivePost

MOST_PICKS = 6
"""Recommendations that a page shows; older ones give way."""
LISTED_AT_MOST = 1_000
"""Posts that the archive names one by one; of more it says how many each year has, and the years name theirs."""
NEWEST_ON_NOT_FOUND = 5
_TEMPLATES = {ListKind.HOME: "home.html", ListKind.AUTHOR: "author.html"}


def list_pages(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """Make every page that gathers posts, and every feed."""
    parts = _parts(catalogue)
    for listing in catalogue.listings.values():
        if listing.key.kind is not ListKind.AUTHOR_TOPIC:
            yield from pages_of_list(listing, catalogue, config, parts.get(listing.key, ()))
        yield from feeds_of_list(listing, config)
    years = {
        language: years_of(catalogue.listings[home_key(language)].posts, language, config)
        for language in catalogue.languages
    }
    for language in catalogue.languages:
        yield from _indexes(catalogue, language, config)
        yield from archive_pages(catalogue, language, years)
        yield feeds_page(catalogue, language)


def pages_of_list(
    listing: Listing,
    catalogue: Catalogue,
    config: Config,
    parts: tuple[ListKey, ...],
    *,
    beyond: int = FIRST,
) -> Iterator[Page]:
    """Make the pages of a list.

    Args:
        listing: The list.
        catalogue: What is live.
        config: The network's settings.
        parts: The lists of an author's posts on a topic.
        beyond: As in `blognet.site.pagination.slices_of`.
    """
    key = listing.key
    if key.kind is ListKind.SERIES:
        slices = slices_of(listing.reading_order, max(1, len(listing.posts)))
    else:
        slices = slices_of(listing.posts, config.posts_per_page, beyond=beyond)
    for part in slices:
        newer, older = part.newer, part.older
        shows = ListPage(
            list=key,
            entries=subjects(part.entries),
            number=part.number,
            pages=0 if part.number else len(slices) - 1 + beyond,
            newer=None if newer is None else addresses.of_list_page(key, newer),
            older=None if older is None else addresses.of_list_page(key, older),
        )
        if not part.number:
            shows = replace(
                shows,
                picks=_picks(listing),
                pinned=pinned_on(key, catalogue, config),
                experts=experts_on(key, catalogue, config),
                expert_in=topics_of_expert(key, catalogue, config),
                parts=parts,
            )
        yield Page(
            key=f"{key}/page/{part.number}" if part.number else str(key),
            path=addresses.of_list_page(key, part.number),
            shows=shows,
            template=_TEMPLATES.get(key.kind, "list.html"),
            language=key.language,
            alternates=() if part.number else in_other_languages(catalogue, key),
            feeds=tuple(dict.fromkeys((key, home_key(key.language)))),
            changed=newest_change(part.entries),
        )


def feeds_of_list(listing: Listing, config: Config) -> Iterator[Page]:
    """Make the feeds of a list."""
    entries = listing.posts[: config.feeds.items]
    for feed in FeedFormat:
        yield Page(
            key=f"feed/{listing.key}/{feed.value}",
            path=addresses.of_feed(listing.key, feed),
            shows=Feed(list=listing.key, format=feed, entries=subjects(entries)),
            language=listing.key.language,
            indexed=False,
            changed=newest_change(entries),
        )


def archive_pages(
    catalogue: Catalogue, language: str, years_in: Mapping[str, tuple[YearPosts, ...]]
) -> Iterator[Page]:
    """Make the archive of a language, and the page of each year; `years_in` has the years of every language."""
    posts = catalogue.listings[home_key(language)].posts
    years = years_in[language]
    if years:
        yield archive_page(catalogue, language, years, newest_change(posts))
    for year in years:
        yield year_page(
            year,
            language,
            [
                other
                for other, theirs in years_in.items()
                if year.year in {one.year for one in theirs}
            ],
            newest_change(catalogue.contents[subject] for subject in year.posts),
        )


def archive_page(
    catalogue: Catalogue, language: str, years: tuple[YearPosts, ...], changed: datetime | None
) -> Page:
    """Make the archive of a language that has posts.

    Args:
        catalogue: What is live.
        language: The language.
        years: Its years; of very many posts, these need not be named.
        changed: The newest change among its posts.
    """
    listings = catalogue.listings
    with_posts = [other for other in catalogue.languages if listings[home_key(other)].posts]
    is_short = listings[home_key(language)].count <= LISTED_AT_MOST
    return Page(
        key=archive_key(language),
        path=addresses.of_archive(language),
        shows=Archive(years=years if is_short else _counted(years)),
        template="archive.html",
        language=language,
        alternates=_alternates(with_posts, addresses.of_archive("")),
        feeds=(home_key(language),),
        changed=changed,
    )


def year_page(
    year: YearPosts, language: str, languages: Iterable[str], changed: datetime | None
) -> Page:
    """Make the page of a year.

    Args:
        year: The year.
        language: Of its posts.
        languages: Those that have posts of that year.
        changed: The newest change among its posts.
    """
    return Page(
        key=year_key(year.year, language),
        path=year.path,
        shows=Archive(years=(year,), only=year.year),
        template="archive.html",
        language=language,
        alternates=_alternates(languages, addresses.of_year(year.year, "")),
        feeds=(home_key(language),),
        changed=changed,
    )


def archive_key(language: str) -> str:
    """Return the key of the archive of a language."""
    return _in_language("archive", language)


def year_key(year: int, language: str) -> str:
    """Return the key of the page of a year."""
    return _in_language(f"year/{year:04}", language)


def not_found(catalogue: Catalogue) -> Page:
    """Make the page for addresses at which nothing is."""
    newest = catalogue.listings[home_key("")].posts[:NEWEST_ON_NOT_FOUND]
    return Page(
        key="404",
        path=addresses.NOT_FOUND,
        shows=NotFound(entries=subjects(newest)),
        template="404.html",
        feeds=(home_key(""),),
        indexed=False,
    )


def as_new_as(page: Page, gone: Iterable[datetime], come: Iterable[datetime]) -> Page | None:
    """Return a page that gathers posts as it is when it gathers a few others.

    Args:
        page: As it was.
        gone: The changes of posts that it gathered.
        come: The changes of those that it gathers instead.

    Returns:
        The page; None when its newest post is gone, so that all others would have to be looked at.
    """
    newest = max((each for each in (page.changed, *come) if each), default=None)
    return (
        None
        if page.changed in set(gone) and newest not in set(come)
        else replace(page, changed=newest)
    )


def index_key(kind: ListKind, language: str) -> str:
    """Return the key of the page that names all lists of a kind."""
    path = addresses.of_index(kind, language)
    return _in_language(path.strip("/").rpartition("/")[2], language)


def newest_change(posts: Iterable[LivePost]) -> datetime | None:
    """Return the newest change among posts; None when there are none."""
    return max((live.changed for live in posts), default=None)


def home_key(language: str) -> ListKey:
    """Return the key of the home page of a language."""
    return ListKey(kind=ListKind.HOME, language=language)


def in_other_languages(catalogue: Catalogue, key: ListKey) -> tuple[tuple[str, SitePath], ...]:
    """Return the list in each language that has it, its own included; () when there is only one."""
    keys = [
        ListKey(kind=key.kind, id=key.id, language=language) for language in catalogue.languages
    ]
    found = [item for item in keys if item in catalogue.listings]
    return (
        tuple((item.language, addresses.of_list(item)) for item in found) if len(found) > 1 else ()
    )


def in_configured_order(
    listings: tuple[Listing, ...], kind: ListKind, config: Config
) -> tuple[Listing, ...]:
    """Return lists in the order of the configuration, the others behind as they were."""
    order = {ident: place for place, ident in enumerate(configured(kind, config))}
    return tuple(sorted(listings, key=lambda item: order.get(item.key.id, len(order))))


def years_of(posts: Sequence[LivePost], language: str, config: Config) -> tuple[YearPosts, ...]:
    """Return the posts of each year in the network's time zone, the newest year first."""
    gathered: dict[int, list[LivePost]] = defaultdict(list)
    zone = config.zone
    for live in posts:
        gathered[year_in(zone, live.date)].append(live)
    return tuple(
        YearPosts(
            year=year,
            path=addresses.of_year(year, language),
            posts=subjects(gathered[year]),
            count=len(gathered[year]),
        )
        for year in sorted(gathered, reverse=True)
    )


def _picks(listing: Listing) -> tuple[Subject, ...]:
    """Return what the mayors recommend on a list, the newest recommendation first."""
    if listing.key.kind not in {ListKind.HOME, ListKind.TOPIC}:
        return ()
    found = [
        (pick.when, live.subject)
        for live in picked_in(listing.posts)
        for pick in live.picks
        if pick.topic == listing.key.id
    ]
    found.sort(key=lambda one: one[1])
    found.sort(key=lambda one: one[0], reverse=True)
    return tuple(subject for _, subject in found[:MOST_PICKS])


def _parts(catalogue: Catalogue) -> Mapping[ListKey, tuple[ListKey, ...]]:
    """Return for each author who has any the lists of the author's posts on a topic, by name."""
    found: dict[ListKey, tuple[ListKey, ...]] = {}
    for language in catalogue.languages:
        for item in catalogue.lists(ListKind.AUTHOR_TOPIC, language):
            author = ListKey(
                kind=ListKind.AUTHOR, id=item.key.id.partition("/")[0], language=language
            )
            found[author] = (*found.get(author, ()), item.key)
    return found


def _indexes(catalogue: Catalogue, language: str, config: Config) -> Iterator[Page]:
    authors = catalogue.lists(ListKind.AUTHOR, language)
    shown = AuthorIndex(authors=tuple(item.key for item in authors))
    yield from _index(catalogue, language, "authors.html", ListKind.AUTHOR, authors, shown)
    for kind in (ListKind.TOPIC, ListKind.TAG):
        yield from term_index(catalogue, language, kind, config)


def term_index(
    catalogue: Catalogue,
    language: str,
    kind: ListKind,
    config: Config,
    newest: Callable[[str], datetime | None] | None = None,
) -> Iterator[Page]:
    """Make the index of topics or tags, when the language has any.

    `newest` gives the newest change of all their posts by the key of the page, where that is known already.
    """
    terms = in_configured_order(catalogue.lists(kind, language), kind, config)
    index = TermIndex(kind=kind, terms=tuple(item.key for item in terms))
    yield from _index(catalogue, language, "terms.html", kind, terms, index, newest)


def _index(
    catalogue: Catalogue,
    language: str,
    template: str,
    kind: ListKind,
    listings: tuple[Listing, ...],
    shows: AuthorIndex | TermIndex,
    newest: Callable[[str], datetime | None] | None = None,
) -> Iterator[Page]:
    """Make the index of a kind of list, when the language has any."""
    path = addresses.of_index(kind, language)
    others = [other for other in catalogue.languages if catalogue.lists(kind, other)]
    if listings:
        key = index_key(kind, language)
        yield Page(
            key=key,
            path=path,
            shows=shows,
            template=template,
            language=language,
            alternates=_alternates(others, addresses.of_index(kind, "")),
            feeds=(home_key(language),),
            changed=newest(key)
            if newest
            else newest_change(live for item in listings for live in item.posts),
        )


def _counted(years: tuple[YearPosts, ...]) -> tuple[YearPosts, ...]:
    return tuple(replace(year, posts=()) for year in years)


def feeds_page(catalogue: Catalogue, language: str) -> Page:
    """Make the page that names all feeds of a language."""
    lists = tuple(item.key for kind in ListKind for item in catalogue.lists(kind, language))
    return Page(
        key=_in_language("feeds", language),
        path=addresses.of_feeds_page(language),
        shows=FeedsPage(lists=lists),
        template="feeds.html",
        language=language,
        alternates=_alternates(catalogue.languages, addresses.of_feeds_page("")),
        feeds=(home_key(language),),
    )


def _alternates(languages: Iterable[str], main_path: SitePath) -> tuple[tuple[str, SitePath], ...]:
    """Return the addresses in several languages of what has `main_path` in the main one."""
    found = [(language, addresses.in_language(main_path, language)) for language in languages]
    return tuple(found) if len(found) > 1 else ()


def _in_language(key: str, language: str) -> str:
    return f"{key}.{language}" if language else key
