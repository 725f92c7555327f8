"""What a build keeps of a whole site beside its units, so that the next can tell what is others now."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.kernel.problems import Problem
    from blognet.render.search import KeptSearch
    from blognet.render.social import Shared
    from blognet.site import LivePost, Pick

Counts: TypeAlias = tuple[int, int, int, int]
"""How many posts, authors, plain pages and files there are."""
SITE = "site"
"""The name of its value."""
COLUMNS = "columns"
"""The kind of what is known of when posts and pages were published, in leaves; see `column_of`."""
LISTED = "listed"
"""The name of what is known of every list at once: how many posts it has, and its name, by its key as a text."""
PICKED = "picked"
"""The name of what the mayors recommend: posts and pages, each with where."""
_LEAVES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """When some posts and pages were published, and changed since, if they were.

    Attributes:
        text: ``name``, ``date`` and ``updated``, with tabs between, of one a line; sorted.
    """

    text: str

    def lines(self) -> list[str]:
        """Return the lines."""
        return self.text.split("\n") if self.text else []

    def exchanged(self, name: str, live: LivePost | None) -> Column:
        """Return the same with a post, told by its name, as it is now; None when it is gone."""
        lines = [line for line in self.lines() if not line.startswith(f"{name}\t")]
        if live:
            insort(lines, _line_of(live))
        return Column(text="\n".join(lines))


def times_in(lines: list[str], name: str) -> tuple[datetime, datetime | None]:
    """Return when a post was published, and changed since.

    Args:
        lines: Of a leaf.
        name: Of the post.

    Raises:
        KeyError: There is no such post.
        ValueError: The times are none.
    """
    at = bisect_left(lines, f"{name}\t")
    known, date, updated = (lines[at] if at < len(lines) else "\t\t").split("\t")
    if known != name:
        raise KeyError(name)
    when = datetime.fromisoformat
    return when(date), when(updated) if updated else None


def column_of(name: str) -> str:
    """Return the name of the leaf in which a post or page, told by its name, has its times."""
    return f"{COLUMNS} {crc32(name.encode('utf-8', 'surrogatepass')) % _LEAVES}"


def _line_of(live: LivePost) -> str:
    updated = live.updated.isoformat() if live.updated else ""
    return f"{live.subject}\t{live.date.isoformat()}\t{updated}"


def columns_of(lives: Iterable[LivePost]) -> dict[str, object]:
    """Return what decides on the places of posts and pages, by the names of what is kept."""
    lines: dict[str, list[str]] = {f"{COLUMNS} {number}": [] for number in range(_LEAVES)}
    picks: dict[str, tuple[Pick, ...]] = {}
    for live in lives:
        name = str(live.subject)
        lines[column_of(name)].append(_line_of(live))
        if live.picks:
            picks[name] = live.picks
    leaves = {name: Column(text="\n".join(sorted(some))) for name, some in lines.items()}
    return {**leaves, PICKED: tuple(picks.items())}


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
