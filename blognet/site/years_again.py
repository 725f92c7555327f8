"""What a year with its first post comes to on a site that was planned: what leads to the years, in any language.

The plan's own functions are asked for all of that; it is little, and a year begins once a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.site.lists import archive_pages, home_key, years_of
from blognet.site.pages import SearchWords
from blognet.site.search import search_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blognet.config import Config
    from blognet.site.catalogue import Catalogue
    from blognet.site.pages import Page


def pages_to_years(
    now: Catalogue, config: Config, page_of: Callable[[str], Page | None]
) -> Iterator[Page]:
    """Give the pages that differ of those that lead to years: the archives and the search, with its file of each year.

    Args:
        now: What is live.
        config: The network's settings.
        page_of: Gives a page as it was, by its key; None when there was none.
    """
    years = {
        language: years_of(now.listings[home_key(language)].posts, language, config)
        for language in now.languages
    }
    for language in now.languages:
        for page in archive_pages(now, language, years):
            if page_of(page.key) != page:
                yield page
    for page in search_pages(now, config):
        # How many files of words there are moves with the number of posts alone, and is looked at elsewhere.
        if not isinstance(page.shows, SearchWords) and page_of(page.key) != page:
            yield page
