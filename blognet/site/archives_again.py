"""The archive and the pages of years that a few posts touch on a site that was planned, and who stands beside them.

The pages are the plan's own. Which posts a year has is found by halving the list of all; how new a page is follows
from how new it was, so that no other post is looked at.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blognet.site import addresses
from blognet.site.catalogue import year_in
from blognet.site.lists import (
    LISTED_AT_MOST,
    archive_key,
    archive_page,
    as_new_as,
    home_key,
    newest_change,
    year_key,
    year_page,
    years_of,
)
from blognet.site.members import have_years_in_order, members_of, spans_of, subjects
from blognet.site.pages import YearPosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.site.catalogue import Catalogue
    from blognet.site.pages import Page
    from blognet.site.published import LivePost

    PageOf = Callable[[str], Page | None]
    Moved = tuple[tuple[LivePost, ...], tuple[LivePost, ...]]
    """The posts that left a language, and those that came, or came back as others."""


def archives_again(
    before: Catalogue, now: Catalogue, moved: Mapping[str, Moved], config: Config, page_of: PageOf
) -> tuple[Page, ...] | None:
    """Return the archives and the pages of the years of some posts, as they are.

    None when a year ends, or there are posts so old that their years may be in another order than they.

    Args:
        before: What was live.
        now: What is live.
        moved: Listed posts as they were and as they are, by language.
        config: The network's settings.
        page_of: Gives a page as it was, by its key; None when there was none.
    """
    pages: list[Page] = []
    homes = (each.listings[home_key(one)].posts for each in (before, now) for one in now.languages)
    if not all(map(have_years_in_order, homes)):
        return None
    for language, (gone, come) in moved.items():
        zone = config.zone
        posts = now.listings[home_key(language)].posts
        spans = spans_of(posts, zone)
        if spans_of(before.listings[home_key(language)].posts, zone).keys() - spans.keys():
            return None
        if spans:
            pages.append(_archive(now, language, (gone, come), spans, config, page_of))
        for year in sorted({year_in(zone, live.date) for live in (*gone, *come)}, reverse=True):
            start, end = spans[year]
            some = (_in_year(gone, year, config), _in_year(come, year, config))
            known = page_of(year_key(year, language))
            pages.append(
                year_page(
                    YearPosts(
                        year=year,
                        path=addresses.of_year(year, language),
                        posts=subjects(posts, start, end),
                        count=end - start,
                    ),
                    language,
                    tuple(_with_year(now, year, config)),
                    _changed(known, some, partial(_between, posts, start, end)),
                )
            )
    return tuple(pages)


def neighbours_again(
    before: Catalogue, now: Catalogue, moved: Mapping[str, Moved]
) -> dict[Subject, tuple[Subject | None, Subject | None]]:
    """Return the next and the previous listed post of posts, and of all that stood or stand beside them.

    Args:
        before: What was live.
        now: What is live.
        moved: As in `archives_again`.
    """
    found: dict[Subject, tuple[Subject | None, Subject | None]] = {}
    for language, (gone, come) in moved.items():
        were, are = (members_of(each.listings[home_key(language)].posts) for each in (before, now))
        away = {live.subject for live in gone}
        touched = {subject for live in gone for subject in were.around(live)} - away
        touched |= {subject for live in come for subject in (live.subject, *are.around(live))}
        found |= {subject: are.beside(now.contents[subject]) for subject in touched}
    return found


def _archive(
    now: Catalogue,
    language: str,
    moved: Moved,
    spans: Mapping[int, tuple[int, int]],
    config: Config,
    page_of: PageOf,
) -> Page:
    posts = now.listings[home_key(language)].posts
    years = (
        years_of(posts, language, config)
        if len(posts) <= LISTED_AT_MOST
        else tuple(
            YearPosts(
                year=year, path=addresses.of_year(year, language), posts=(), count=end - start
            )
            for year, (start, end) in spans.items()
        )
    )
    changed = _changed(page_of(archive_key(language)), moved, lambda: posts)
    return archive_page(now, language, years, changed)


def _changed(
    known: Page | None, moved: Moved, posts: Callable[[], Sequence[LivePost]]
) -> datetime | None:
    """Return the newest change among posts; all are looked at when there was no page, or the newest is gone."""
    gone, come = ([live.changed for live in some] for some in moved)
    page = known and as_new_as(known, gone, come)
    return page.changed if page else newest_change(posts())


def _between(posts: Sequence[LivePost], start: int, end: int) -> Sequence[LivePost]:
    return posts[start:end]


def _in_year(lives: tuple[LivePost, ...], year: int, config: Config) -> tuple[LivePost, ...]:
    return tuple(live for live in lives if year_in(config.zone, live.date) == year)


def _with_year(now: Catalogue, year: int, config: Config) -> Iterator[str]:
    """Give the languages that have posts of a year."""
    for language in now.languages:
        if year in spans_of(now.listings[home_key(language)].posts, config.zone):
            yield language
