"""``urls.lock``: the addresses that readers keep although no decision fixes them. Reads no file.

Posts and pages are fixed by the record. Lists, numbered pages of lists and feeds come and go with what is in them;
once one of them was written down here, it must be there in every build, or lead on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath, parse_site_path
from blognet.kernel.problems import Location, Problem
from blognet.site import codes
from blognet.site.pages import (
    Archive,
    AuthorIndex,
    Feed,
    FeedsPage,
    ListPage,
    Opml,
    Page,
    TermIndex,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "urls.lock"
_ABOUT = (
    "# Addresses of lists and feeds that must not vanish. Written by: blognet urls --lock\n"
    "# A line goes when its address may: blognet urls --forget ADDRESS\n"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Kept:
    """An address that is kept, and the line that says so, from 1."""

    path: SitePath
    line: int = 0


def read_urls_lock(text: str) -> tuple[tuple[Kept, ...], tuple[Problem, ...]]:
    """Read the lines of ``urls.lock``.

    Returns:
        The addresses, each once, and an error for each line that is none, such as a mark of a merge.
    """
    kept: dict[SitePath, Kept] = {}
    problems: list[Problem] = []
    for line, written in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        said = written.strip()
        path = parse_site_path(said)
        if path is not None:
            kept.setdefault(path, Kept(path=path, line=line))
        elif said and not said.startswith("#"):
            problems.append(_unreadable(line, said))
    return tuple(sorted(kept.values())), tuple(problems)


def write_urls_lock(paths: Iterable[str]) -> str:
    """Return the text of ``urls.lock``: sorted, each address once."""
    return _ABOUT + "".join(f"{path}\n" for path in sorted(set(paths)))


def worth_keeping(pages: Iterable[Page]) -> tuple[SitePath, ...]:
    """Return the addresses that no decision fixes and that readers may have kept, sorted."""
    shapes = ListPage | AuthorIndex | TermIndex | Archive | FeedsPage | Feed | Opml
    return tuple(sorted(page.path for page in pages if isinstance(page.shows, shapes)))


def vanished(kept: tuple[Kept, ...], pages: Iterable[Page]) -> tuple[Problem, ...]:
    """Return an error for each kept address that is gone; one for a folder stands for all below it."""
    there = {page.path for page in pages}
    gone = [one for one in kept if one.path not in there]
    folders = tuple(one.path for one in gone if one.path.endswith("/"))
    problems = []
    for one in gone:
        if not any(one.path != folder and one.path.startswith(folder) for folder in folders):
            below = sum(
                1 for other in gone if other.path != one.path and other.path.startswith(one.path)
            )
            problems.append(_vanished(one, below if one.path.endswith("/") else 0))
    return tuple(problems)


def _vanished(one: Kept, below: int) -> Problem:
    more = f", nor at {below} {'address' if below == 1 else 'addresses'} below it" if below else ""
    return Problem(
        location=Location(path=NAME, line=one.line),
        code=codes.VANISHED,
        message=f"nothing is at {one.path} any more{more}, and it leads nowhere",
        hint=f"write 'redirects: {{{one.path}: /NEW/}}' into blognet.yml, or let it go: "
        f"blognet urls --forget {one.path}",
    )


def _unreadable(line: int, said: str) -> Problem:
    return Problem(
        location=Location(path=NAME, line=line),
        code=codes.LOCK_UNREADABLE,
        message=f"expected an address such as /tags/brass/, found {said[:60]!r}",
        hint="delete the line; after a merge keep the addresses of both sides, then: blognet urls --lock",
    )
