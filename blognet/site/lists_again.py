"""Lists that a few posts leave, join or begin on a site that else stays: how they are called, and what names them.

The rules are the plan's own. Only tags begin here: a new author, topic, team or series shows in places that are not
worked out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind
from blognet.site.catalogue import Catalogue, Listing, listing_of, newest_first
from blognet.site.lists import feeds_page, home_key, term_index
from blognet.site.pages import ListKey, ListKind, Opml, SearchPage, TermIndex
from blognet.site.search import page_key
from blognet.site.terms import stays_commonest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.site.pages import Page
    from blognet.site.published import LivePost
    from blognet.site.terms import Term

    TermsOf = Callable[[LivePost], tuple[Term, ...]]

MOST_UNLISTED = 100
"""More posts that no list has are not looked at one by one."""


def with_posts(listing: Listing, posts: tuple[LivePost, ...]) -> Listing:
    """Return a list with other posts."""
    return Listing(
        key=listing.key,
        name=listing.name,
        description=listing.description,
        url=listing.url,
        posts=posts,
        foreign=listing.foreign,
    )


def is_called_alike(
    listing: Listing,
    changed: Iterable[tuple[Mapping[Subject, LivePost], Mapping[Subject, tuple[ListKey, ...]]]],
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


def begun_list(
    key: ListKey, posts: tuple[LivePost, ...], terms: TermsOf, kept: Catalogue, config: Config
) -> Listing | None:
    """Return a list that begins with these posts; None when that changes more than is worked out here.

    What begins is a tag that nobody had in any language.
    """
    others = (replace(key, language=each) for each in kept.languages if each != key.language)
    is_known = key.language not in kept.languages or any(each in kept.listings for each in others)
    if key.kind is not ListKind.TAG or is_known or not posts:
        return None
    by_subject = {live.subject: live for live in posts}
    people = (kept.profiles, kept.authors)
    return listing_of(
        key, newest_first(posts), lambda each: terms(by_subject[each]), people, config
    )


def has_unlisted(
    begun: AbstractSet[ListKey],
    kept: Catalogue,
    without: AbstractSet[Subject],
    terms: TermsOf,
) -> bool:
    """Whether a post that no list has may have a tag that begins: it names the tag from then on.

    Args:
        begun: The tags.
        kept: What was live, but that its contents are as they are.
        without: Posts that are known to be others.
        terms: Gives what a post is gathered by.
    """
    listed = {
        live.subject for each in kept.languages for live in kept.listings[home_key(each)].posts
    }
    rest = [
        subject
        for subject in kept.contents
        if subject.kind is Kind.POST and subject not in listed and subject not in without
    ]
    if len(rest) > MOST_UNLISTED:
        return True
    return any(term.key in begun for each in rest for term in terms(kept.contents[each]))


def pages_with(
    begun: AbstractSet[ListKey],
    now: Catalogue,
    config: Config,
    page_of: Callable[[str], Page | None],
) -> Iterator[Page | None]:
    """Give the pages that name all tags, as they are with those that begin; None for one that begins as well.

    Args:
        begun: The tags.
        now: What is live.
        config: The network's settings.
        page_of: Gives a page as it was, by its key.
    """
    for language in sorted({key.language for key in begun}):
        for page in term_index(now, language, ListKind.TAG, config):
            yield page if page_of(page.key) else None
            search = page_of(page_key("search", language))
            if (
                search
                and isinstance(search.shows, SearchPage)
                and isinstance(page.shows, TermIndex)
            ):
                yield replace(search, shows=replace(search.shows, tags=page.shows.terms))
        yield feeds_page(now, language)
    opml = page_of("opml")
    yield opml and replace(opml, shows=Opml(lists=tuple(sorted(now.listings))))
