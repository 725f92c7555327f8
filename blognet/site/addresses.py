"""Where things live on the site. Knows no posts and no settings.

The addresses of posts and pages are not made here: the first approval fixes each of them.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.site.pages import FeedFormat, ListKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.kernel.ids import AuthorId
    from blognet.site.pages import ListKey

FEED_NAMES = {
    FeedFormat.RSS: "feed.xml",
    FeedFormat.ATOM: "atom.xml",
    FeedFormat.JSON: "feed.json",
}
_FOLDERS = {
    ListKind.AUTHOR: "authors",
    ListKind.TOPIC: "topics",
    ListKind.TAG: "tags",
    ListKind.TEAM: "teams",
    ListKind.SERIES: "series",
    ListKind.AUTHOR_TOPIC: "authors",
}
LIST_FOLDERS = frozenset(("", "archive", "feeds", "search", *_FOLDERS.values()))
"""What the addresses of lists begin with, behind their language; "" is that of the home page."""
NOT_FOUND = SitePath("/404.html")
OPML = SitePath("/feeds.opml")
ROBOTS = SitePath("/robots.txt")
PAGEFIND = SitePath("/search/pagefind/")
"""The folder with what Pagefind made, for all languages."""
SITEMAP = SitePath("/sitemap.xml")
_INDEX = "index.html"


def home(language: str) -> SitePath:
    """Return the home page of a language; "" is the main one."""
    return SitePath(f"/{language}/" if language else "/")


def of_list(key: ListKey) -> SitePath:
    """Return the first address of a list; of an author's posts on a topic, where its feeds are."""
    root = home(key.language)
    if key.kind is ListKind.HOME:
        return root
    ident = key.id.replace("/", "/topics/")  # only an author's posts on a topic have a slash there
    return SitePath(f"{root}{_FOLDERS[key.kind]}/{ident}/")


def of_index(kind: ListKind, language: str) -> SitePath:
    """Return the address that lists all authors, topics or tags."""
    return SitePath(f"{home(language)}{_FOLDERS[kind]}/")


def of_list_page(key: ListKey, number: int) -> SitePath:
    """Return the address of a numbered page of a list; 0 is the first address."""
    return SitePath(f"{of_list(key)}page/{number}/") if number else of_list(key)


def of_feed(key: ListKey, feed: FeedFormat) -> SitePath:
    """Return the address of a feed, beside its list."""
    return SitePath(of_list(key) + FEED_NAMES[feed])


def of_archive(language: str) -> SitePath:
    """Return the address of the archive."""
    return SitePath(f"{home(language)}archive/")


def of_year(year: int, language: str) -> SitePath:
    """Return the address of one year."""
    return SitePath(f"{home(language)}{year:04}/")


def of_feeds_page(language: str) -> SitePath:
    """Return the address of the page that lists the feeds for people."""
    return SitePath(f"{home(language)}feeds/")


def of_search(language: str) -> SitePath:
    """Return the search page."""
    return SitePath(f"{home(language)}search/")


def of_search_posts(language: str) -> SitePath:
    """Return the file that says of what posts the search can find."""
    return SitePath(f"{of_search(language)}posts.json")


def of_search_year(language: str, year: str) -> SitePath:
    """Return the file that says what the search can find of a year."""
    return SitePath(f"{of_search(language)}posts-{year}.json")


def of_search_words(language: str, number: int) -> SitePath:
    """Return one of the files of the search's words, counted from 0."""
    return SitePath(f"{of_search(language)}words-{number}.json")


def of_search_found(language: str) -> SitePath:
    """Return the file that says which post each name of Pagefind's stands for."""
    return SitePath(f"{of_search(language)}found.json")


def of_avatar(author: AuthorId, file_name: str) -> SitePath:
    """Return the address of an author's picture; the file's ending is kept, in lower case."""
    return SitePath(f"/authors/{author}/avatar{PurePosixPath(file_name).suffix.lower()}")


def in_language(path: SitePath, language: str) -> SitePath:
    """Return the address in a language of what has `path` in the main language."""
    return SitePath(home(language) + path.removeprefix("/"))


def beside(url: SitePath, name: str) -> str:
    """Return the address of a file in the bundle of the post at `url`; not yet checked for safety.

    A post at an address without a slash at its end (``/2026/x.html``) has its files in ``/2026/x/``.
    """
    return (url if url.endswith("/") else f"{url.removesuffix('.html')}/") + name


def as_page_address(text: str) -> str:
    """Return an old address as a page's: ``/old`` becomes ``/old/``; one with a file ending stays."""
    last = text.rpartition("/")[2]
    return text if not last or "." in last else f"{text}/"


def output_name(path: SitePath) -> str:
    """Return the file in the output folder that a static host serves at an address."""
    return (path + _INDEX if path.endswith("/") else path).removeprefix("/")


def address_of_file(name: str) -> SitePath:
    """Return the address at which a static host serves a file of the output."""
    folder, slash, last = f"/{name}".rpartition("/")
    return SitePath(f"{folder}{slash}" if last == _INDEX else f"/{name}")


def are_plain(paths: Iterable[SitePath]) -> bool:
    """Whether each address is the one by which its file tells it: not that of an ``index.html`` by its own name."""
    return not any(path.endswith(f"/{_INDEX}") for path in paths)
