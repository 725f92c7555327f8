"""What a build did, as it is told; and as a text, so that it can be told again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from blognet.disk.output import OutputChange
from blognet.kernel.problem_lists import problem_as_list, problem_from_list
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.actions.outdated import Why
    from blognet.engine import FactKey
    from blognet.kernel.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did.

    Attributes:
        root: The network's folder.
        target: Where the site is.
        posts: How many posts are on it.
        authors: How many people wrote them.
        plain_pages: How many pages (About, Imprint) are on it.
        pages: How many files it has.
        change: Which files differ from what was there.
        made: The files that were made, and why; those that came out as they were, too.
        lost: Why everything had to be made, for people; "" when only some had to.
        needs: What the file that was asked about was made from.
        problems: Warnings, sorted: dead links, addresses that could not be given.
        help_problems: Why the shared cache, or workers, were not used to their end; they say nothing about the site.
        waiting: Subjects that wait for a mayor.
        faulty: Subjects that wait for their author to mend them.
        next_due: When something scheduled appears or something expires next; None when nothing does.
        timezone: The network's.
        site_url: The site's own address.
    """

    root: Path
    target: Path
    posts: int
    authors: int
    plain_pages: int
    pages: int
    change: OutputChange
    made: Mapping[str, Why] = field(default_factory=dict)
    lost: str = ""
    needs: tuple[FactKey, ...] = ()
    problems: tuple[Problem, ...]
    waiting: tuple[str, ...]
    faulty: tuple[str, ...]
    next_due: datetime | None
    timezone: str
    site_url: str
    help_problems: tuple[Problem, ...] = ()

    def again(self, change: OutputChange) -> Built:
        """Return the same with another change, nothing made."""
        return replace(self, change=change, made={}, lost="", needs=())


def built_as_text(built: Built) -> str:
    """Write what a build told, without what it made."""
    return json.dumps(
        [
            [built.posts, built.authors, built.plain_pages, built.pages],
            [problem_as_list(problem) for problem in built.problems],
            [list(built.waiting), list(built.faulty)],
            [iso(built.next_due) if built.next_due else "", built.timezone, built.site_url],
        ]
    )


def built_from_text(text: str, *, root: Path, target: Path) -> Built | None:
    """Read what `built_as_text` wrote; None when it is something else."""
    try:
        counts, problems, (waiting, faulty), (due, timezone, site_url) = json.loads(text)
        posts, authors, plain_pages, pages = counts
        return Built(
            root=root,
            target=target,
            posts=posts,
            authors=authors,
            plain_pages=plain_pages,
            pages=pages,
            change=OutputChange(written=(), unchanged=0, removed=()),
            problems=tuple(problem_from_list(problem) for problem in problems),
            waiting=tuple(waiting),
            faulty=tuple(faulty),
            next_due=datetime.fromisoformat(due) if due else None,
            timezone=timezone,
            site_url=site_url,
        )
    except (TypeError, ValueError):
        return None
