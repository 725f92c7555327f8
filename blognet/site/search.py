"""The search page of each language, and the files that its script asks for.

The page helps by itself: it leads to topics, tags, authors and years. The index is cut into a number of files that
grows with the number of posts, so that a reader fetches what their words need and no more. Knows no texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import FaultsError
from blognet.kernel.problems import Location, Problem
from blognet.site import addresses, codes
from blognet.site.lists import home_key, in_configured_order, years_of
from blognet.site.pages import ListKind, Page, SearchFile, SearchPage, SearchPosts, SearchWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from blognet.config import Config
    from blognet.kernel.ids import SitePath
    from blognet.site.catalogue import Catalogue

POSTS_A_FILE, MANY_FILES = 25, 256
MORE_POSTS_A_FILE, MOST_FILES = 100, 1024
"""From many files on their number grows more slowly."""
FILES_A_GROUP = 16
_WITHOUT_SPACES = frozenset(("ja", "km", "lo", "my", "th", "yue", "zh"))
"""Languages whose words Pagefind, as the extra brings it, does not tell apart."""


def search_pages(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """Make the search page of every language with posts, and its index, where the network wants one."""
    homes = {each: catalogue.listings[home_key(each)].posts for each in catalogue.languages}
    speaking = tuple(language for language, posts in homes.items() if posts)
    if not config.search.is_on:
        return
    for language in speaking:
        alternates = tuple((each, addresses.of_search(each)) for each in speaking)
        shows = _page(catalogue, language, config)
        yield Page(
            key=page_key("search", language),
            path=addresses.of_search(language),
            shows=shows,
            template="search.html",
            language=language,
            alternates=alternates if len(speaking) > 1 else (),
            feeds=(home_key(language),),
            indexed=False,
        )
        years = tuple(year for year, _ in shows.years)
        yield from _index(len(homes[language]), years, language, config)


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
        pagefind=has_pagefind(language, config),
    )


def has_pagefind(language: str, config: Config) -> bool:
    """Whether Pagefind looks for the words of a language; what it cannot cut into words is left to our own index."""
    tag = (language or config.language).lower()
    return config.search.is_pagefind and tag.partition("-")[0] not in _WITHOUT_SPACES


def with_search_files(
    pages: tuple[Page, ...], digests: Mapping[SitePath, str], languages: AbstractSet[str]
) -> tuple[Page, ...]:
    """Return the pages of a site with the files of Pagefind's index, sorted by path.

    Args:
        pages: All others.
        digests: For each address the SHA-256 of the file's bytes, in hex.
        languages: Those that Pagefind looks for words of.

    Raises:
        FaultsError: Something else wants to be where these files are.
    """
    ours = {path.casefold() for path in digests}
    taken = [
        _taken(page)
        for page in pages
        if (path := page.path.casefold()) in ours or path.startswith(addresses.PAGEFIND)
    ]
    if taken:
        message = "the site cannot be laid out"
        raise FaultsError(message, problems=tuple(taken))
    spoken = {addresses.of_search_found(language): language for language in languages}
    files = (
        Page(
            key=path.removeprefix("/"),
            path=path,
            shows=SearchFile(sha256=sha256),
            language=spoken.get(path, ""),
            indexed=False,
        )
        for path, sha256 in digests.items()
    )
    return tuple(sorted((*pages, *files), key=lambda page: page.path))


def _taken(page: Page) -> Problem:
    return Problem(
        location=Location(path="blognet.yml", key="search"),
        code=codes.SEARCH_ADDRESS_TAKEN,
        message=f"'{page.key}' is at {page.path}, where the files of the search are",
        hint="give it another address, such as another alias",
    )


def files_for(posts: int) -> int:
    """Return how many files the words of so many posts are in.

    It is a power of two, since another number of files changes all of them.
    """
    wanted = min(
        -(-posts // POSTS_A_FILE), max(MANY_FILES, -(-posts // MORE_POSTS_A_FILE)), MOST_FILES
    )
    return 1 << (wanted - 1).bit_length() if wanted else 0


def groups_of(files: int) -> int:
    """Return how many groups so many files of words are in.

    A post touches a hundred files, so the files of a group take up posts only when one of them belongs to the group;
    until then their words are in one more file, which is last. With one group there is no such file.
    """
    return max(1, files // FILES_A_GROUP)


def count_of(files: int) -> int:
    """Return how many files of words there are, with the newest."""
    return files + 1 if groups_of(files) > 1 else files


def _index(posts: int, years: tuple[int, ...], language: str, config: Config) -> Iterator[Page]:
    files = {"search/posts": addresses.of_search_posts(language)}
    files |= {
        f"search/posts/{year}": addresses.of_search_year(language, str(year)) for year in years
    }
    for name, path in files.items():
        yield Page(
            key=page_key(name, language),
            path=path,
            shows=SearchPosts(),
            language=language,
            indexed=False,
        )
    files_of_words = 0 if has_pagefind(language, config) else files_for(posts)
    for number in range(count_of(files_of_words)):
        yield Page(
            key=page_key(f"search/words/{number}", language),
            path=addresses.of_search_words(language, number),
            shows=SearchWords(),
            language=language,
            indexed=False,
        )


def page_key(name: str, language: str) -> str:
    """Return the key of a page of the search in a language."""
    return f"{name}.{language}" if language else name
