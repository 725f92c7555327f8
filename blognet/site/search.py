"""The search page of each language, and the files that its script asks for.

The page helps by itself: it leads to topics, tags, authors and years. The index is cut into a number of files that
grows with the number of posts, so that a reader fetches what their words need and no more. Knows no texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.site import addresses
from blognet.site.lists import home_key, in_configured_order, subjects, years_of
from blognet.site.pages import ListKind, Page, SearchPage, SearchPosts, SearchWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.site.catalogue import Catalogue

POSTS_A_FILE, MOST_FILES = 25, 256


def search_pages(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """Make the search page of every language with posts, and its index, where the network wants one."""
    homes = {each: catalogue.listings[home_key(each)].posts for each in catalogue.languages}
    speaking = tuple(language for language, posts in homes.items() if posts)
    if not config.search:
        return
    for language in speaking:
        posts = subjects(homes[language])
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
        yield from _index(posts, language)


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


def _index(posts: tuple[Subject, ...], language: str) -> Iterator[Page]:
    folder = addresses.of_search(language)
    files = min(MOST_FILES, -(-len(posts) // POSTS_A_FILE))
    yield Page(
        key=_key("search/posts", language),
        path=SitePath(f"{folder}posts.json"),
        shows=SearchPosts(posts=posts, files=files),
        language=language,
        indexed=False,
    )
    for number in range(files):
        yield Page(
            key=_key(f"search/words/{number}", language),
            path=SitePath(f"{folder}words-{number}.json"),
            shows=SearchWords(posts=posts, number=number, files=files),
            language=language,
            indexed=False,
        )


def _key(name: str, language: str) -> str:
    return f"{name}.{language}" if language else name
