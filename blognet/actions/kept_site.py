"""What a build keeps of a whole site beside its units, so that the next can tell what is others now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from blognet.kernel.problems import Problem
    from blognet.render.search import KeptSearch
    from blognet.render.social import Shared
    from blognet.site import LivePost, Pick

Counts: TypeAlias = tuple[int, int, int, int]
"""How many posts, authors, plain pages and files there are."""
SITE = "site"
"""The name of its value."""
COLUMNS = "columns"
"""The name of what is known of every post and page at once, as `Columns`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What decides on the places of posts and pages; by name.

    Attributes:
        dates: When each was published, and changed since, if it was.
        picks: Where the mayors recommend some.
    """

    dates: Mapping[str, tuple[datetime, datetime | None]]
    picks: Mapping[str, tuple[Pick, ...]]


def columns_of(lives: Iterable[LivePost]) -> Columns:
    """Return what decides on the places of posts and pages."""
    dates: dict[str, tuple[datetime, datetime | None]] = {}
    picks: dict[str, tuple[Pick, ...]] = {}
    for live in lives:
        name = str(live.subject)
        dates[name] = (live.date, live.updated)
        if live.picks:
            picks[name] = live.picks
    return Columns(dates=dates, picks=picks)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSite:
    """A site, without its pages and what they show.

    Attributes:
        surroundings: Their mark.
        theme: The mark of what templates and files of the theme say.
        assets: The marks of the approved files; "" when they say nothing.
        pictures: The approved pictures that it needs, by SHA-256 in hex.
        languages: Those that have a home.
        social: What is shown of every page that has no picture of its own.
        problems: What could not be laid out, or is not shown.
        missing: Those of them about pages that are missing.
        is_plain: Whether the name of each file tells its address, as that of an ``index.html`` does its folder's.
        counts: How much there is on it.
        related: By language, what tells whether the shelf holds what posts are like which.
        search: By language, what is known of the search.
    """

    surroundings: str
    theme: str
    assets: str
    pictures: tuple[str, ...]
    languages: tuple[str, ...]
    social: Shared | None
    problems: tuple[Problem, ...]
    missing: tuple[Problem, ...]
    is_plain: bool
    counts: Counts
    related: Mapping[str, str]
    search: Mapping[str, KeptSearch]
