"""Lists that a few posts leave, join, begin or end on a site that else stays: how they are called, what names them.

The rules are the plan's own. A new author or team shows in places that are not worked out, so neither begins or ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind, subject_of
from blognet.site.catalogue import Catalogue, Listing, by_name, listing_of, newest_first
from blognet.site.lists import feeds_page, home_key, term_index
from blognet.site.members import members_of, names_in, names_of
from blognet.site.pages import ListKey, ListKind, Opml, SearchPage, TermIndex
from blognet.site.search import page_key
from blognet.site.terms import stays_commonest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.site.pages import Page
    from blognet.site.published import LivePost
    from blognet.site.terms import Term

    TermsOf = Callable[[LivePost], tuple[Term, ...]]
    Lists = Mapping[Subject, tuple[ListKey, ...]]
    Posts = Mapping[Subject, LivePost]

MOST_UNLISTED = 100
"""More posts that no list has are not looked at one by one."""
_MAY_MOVE = frozenset((ListKind.TOPIC, ListKind.TAG, ListKind.SERIES, ListKind.AUTHOR_TOPIC))
"""Lists of these kinds may begin and end."""
_INDEXED = (ListKind.TOPIC, ListKind.TAG)
"""Those of these kinds are named by a page of their own and by the search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relisted:
    """The lists that a few posts are or were in.

    Attributes:
        before: Those that were, as they were.
        now: Those that are, as they are.
        behind: How many of the oldest posts in those that were and are are the same.
        begun: Those that were not; worked out here, since what is kept may be laid over later.
        ended: Those that are no longer.
    """

    before: Mapping[ListKey, Listing]
    now: Mapping[ListKey, Listing]
    behind: Mapping[ListKey, int]
    begun: frozenset[ListKey]
    ended: frozenset[ListKey]

    @property
    def moved(self) -> frozenset[ListKey]:
        """Those that begin or end."""
        return self.begun | self.ended


def relisted(
    olds: tuple[Posts, Lists],
    news: tuple[Posts, Lists],
    terms: TermsOf,
    kept: Catalogue,
    config: Config,
) -> Relisted | None:
    """Return the lists that a few posts are or were in; None when more is touched than is worked out here.

    Args:
        olds: The posts as they were, and the lists that each was in.
        news: The posts as they are, and the same.
        terms: Gives what a post is gathered by.
        kept: What was live, but that its contents are as they are.
        config: The network's settings.
    """
    before: dict[ListKey, Listing] = {}
    now: dict[ListKey, Listing] = {}
    behind: dict[ListKey, int] = {}
    for key in sorted(
        {key for _, lists in (olds, news) for keys in lists.values() for key in keys}
    ):
        listing = kept.listings.get(key)
        gone, come = (
            {subject: live for subject, live in lives.items() if key in lists[subject]}
            for lives, lists in (olds, news)
        )
        if listing is None:
            now[key] = _begun(key, newest_first(tuple(come.values())), terms, kept, config)
            continue
        was = members_of(listing.posts).laid_over(olds[0])
        before[key] = _with_posts(listing, was)
        posts, behind[key] = was.exchanged(gone.values(), come)
        if posts:
            now[key] = _with_posts(listing, posts)
            if not _is_called_alike(now[key], (olds, news), terms, kept, config):
                return None
    begun = frozenset(now.keys() - before.keys())
    ended = frozenset(before.keys() - now.keys())
    found = Relisted(before=before, now=now, behind=behind, begun=begun, ended=ended)
    is_further = any(_reaches_further(key, kept, config) for key in found.moved)
    known = olds[0].keys() | news[0].keys()
    if is_further or (found.moved and _has_unlisted(found.moved, kept, known, terms)):
        return None
    return found


def parts_with(
    known: tuple[ListKey, ...], author: ListKey, found: Relisted, now: Catalogue
) -> tuple[ListKey, ...]:
    """Return the lists of an author's posts on a topic, by name.

    Args:
        known: As they were.
        author: The author's list.
        found: The lists that begin and end.
        now: What is live.
    """
    begun = (
        key
        for key in found.begun
        if (key.kind, key.id.partition("/")[0], key.language)
        == (ListKind.AUTHOR_TOPIC, author.id, author.language)
    )
    keys = {*(key for key in known if key not in found.ended), *begun}
    return tuple(item.key for item in by_name(now.listings[key] for key in keys))


def pages_with(
    found: Relisted,
    now: Catalogue,
    config: Config,
    page_of: Callable[[str], Page | None],
    newest: Callable[[str], datetime | None],
) -> Iterator[Page | None]:
    """Give the pages that name lists, as they are with those that begin and end; None for one that does so itself.

    Args:
        found: The lists.
        now: What is live.
        config: The network's settings.
        page_of: Gives a page as it was, by its key.
        newest: Gives how new the page of all lists of a kind is, by its key.
    """
    for language in sorted({key.language for key in found.moved}):
        kinds = {key.kind for key in found.moved if key.language == language}
        search = page_of(page_key("search", language))
        for kind in (each for each in _INDEXED if each in kinds):
            index = next(term_index(now, language, kind, config, newest), None)
            if index is None or page_of(index.key) is None:
                yield None
                return
            yield index
            search = search and _search_with(search, index, kind)
        if search:
            yield search
        yield feeds_page(now, language)
    opml = page_of("opml")
    yield opml and replace(opml, shows=Opml(lists=tuple(sorted(now.listings))))


def _search_with(search: Page, index: Page, kind: ListKind) -> Page:
    """Return the search page with the lists that the index of their kind names."""
    if not (isinstance(search.shows, SearchPage) and isinstance(index.shows, TermIndex)):
        return search
    ways = index.shows.terms
    shows = (
        replace(search.shows, topics=ways)
        if kind is ListKind.TOPIC
        else replace(search.shows, tags=ways)
    )
    return replace(search, shows=shows)


def _with_posts(listing: Listing, posts: Sequence[LivePost]) -> Listing:
    return Listing(
        key=listing.key,
        name=listing.name,
        description=listing.description,
        url=listing.url,
        posts=posts,
        foreign=listing.foreign,
    )


def _begun(
    key: ListKey, posts: tuple[LivePost, ...], terms: TermsOf, kept: Catalogue, config: Config
) -> Listing:
    by_subject = {live.subject: live for live in posts}
    people = (kept.profiles, kept.authors)
    return listing_of(key, posts, lambda each: terms(by_subject[each]), people, config)


def _is_called_alike(
    listing: Listing,
    changed: Iterable[tuple[Posts, Lists]],
    terms: TermsOf,
    kept: Catalogue,
    config: Config,
) -> bool:
    """Whether a list that a few posts left and joined is called as before.

    Args:
        listing: As it is now, by its name of before.
        changed: The posts as they were with their lists, and as they are with theirs.
        terms: Gives what a post is gathered by.
        kept: What was live, but that its contents are as they are.
        config: The network's settings.
    """
    gone, new = (
        [
            term.spelling
            for live in lives.values()
            if listing.key
            in lists[live.subject]  # who is listed nowhere does not say how a list is called
            for term in terms(live)
            if term.key == listing.key
        ]
        for lives, lists in changed
    )
    if stays_commonest(listing.name, gone, new):
        return True
    people = (kept.profiles, kept.authors)
    found = listing_of(
        listing.key, listing.posts, lambda each: terms(kept.contents[each]), people, config
    )
    return found == listing


def _reaches_further(key: ListKey, kept: Catalogue, config: Config) -> bool:
    """Whether a list that begins or ends shows in other places: in other languages, with those who know its topic."""
    others = (replace(key, language=each) for each in kept.languages if each != key.language)
    return (
        key.kind not in _MAY_MOVE
        or key.language not in kept.languages
        or any(each in kept.listings for each in others)
        or any(topic.experts for topic in config.topics if topic.id == key.id)
    )


def _has_unlisted(
    moved: AbstractSet[ListKey], kept: Catalogue, without: AbstractSet[Subject], terms: TermsOf
) -> bool:
    """Whether a post that no list has may have a word of a list that begins or ends: it names lists that are there.

    Args:
        moved: The lists.
        kept: What was live, but that its contents are as they are.
        without: Posts that are known to be others.
        terms: Gives what a post is gathered by.
    """
    homes = (kept.listings[home_key(each)] for each in kept.languages)
    listed = {name for home in homes for name in names_of(home.posts)}
    others = set(names_in(kept.contents)) - listed - set(map(str, without))
    rest = [each for each in map(subject_of, others) if each.kind is Kind.POST]
    if len(rest) > MOST_UNLISTED:
        return True
    return any(term.key in moved for each in rest for term in terms(kept.contents[each]))
