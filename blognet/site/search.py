"""The search page of each language, and the files that its script asks for.

The page helps by itself: it leads to topics, tags, authors and years. The index is cut into a number of files that
grows with the number of posts, so that a reader fetches what their words need and no more. Knows no texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.site import addresses
from blognet.site.lists import home_key, in_configured_order, years_of
from blognet.site.pages import ListKind, Page, SearchPage, SearchPosts, SearchWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config import Config
    from blognet.site.catalogue import Catalogue

POSTS_A_FILE, MOST_FILES = 25, 256


def search_pages(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """Make the search page of every language with posts, and its index, where the network wants one."""
    homes = {each: catalogue.listings[home_key(each)].posts for each in catalogue.languages}
    speaking = tuple(language for language, posts in homes.items() if posts)
    if not config.search:
        return
    for language in speaking:
        alternates = tuple((each, addresses.of_search(each)) for each in speaking)
        yield Page(
            key=_key("search", language),
            path=addresses.of_search(language),
            shows=_page(catalogue, language, config),
            template="search.html",
            language=language,
            alternates=alternates if len(speaking) > 1 else (),
            feeds=(home_key(language),),
            indexed=False,
        )
        yield from _index(len(homes[language]), language)


def _page(catalogue: Catalogue, language: str, config: Config) -> SearchPage:
    topics, tags = (
        in_configured_order(catalogue.lists(kind, language), kind, config)
        for kind in (ListKind.TOPIC, ListKind.TAG)
    )
    return SearchPage(
        topics=tuple(item.key for item in topics),
        tags=tuple(item.key for item in tags),
        authors=tuple(item.key for item in catalogue.lists(ListKind.AUTHOR, language)),
        years=tuple(
            (year.year, year.path)
            for year in years_of(catalogue.listings[home_key(language)].posts, language, config)
        ),
    )


def files_for(posts: int) -> int:
    """Return how many files the words of so many posts are in.

    It is a power of two, since another number of files changes all of them.
    """
    wanted = min(MOST_FILES, -(-posts // POSTS_A_FILE))
    return 1 << (wanted - 1).bit_length() if wanted else 0


def _index(posts: int, language: str) -> Iterator[Page]:
    yield Page(
        key=_key("search/posts", language),
        path=addresses.of_search_posts(language),
        shows=SearchPosts(),
        language=language,
        indexed=False,
    )
    for number in range(files_for(posts)):
        yield Page(
            key=_key(f"search/words/{number}", language),
            path=addresses.of_search_words(language, number),
            shows=SearchWords(),
            language=language,
            indexed=False,
        )


def _key(name: str, language: str) -> str:
    return f"{name}.{language}" if language else name
