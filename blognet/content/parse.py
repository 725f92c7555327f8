"""From a source text to a post, page or profile. The same reader serves proposals and approved copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.content.front_matter import FrontReading, read_front_matter
from blognet.content.profile import read_profile
from blognet.content.references import missing_assets
from blognet.content.values import Content, Post, ReadingRules
from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.kernel.places import source_lines
from blognet.kernel.problems import Problem, errors_in
from blognet.kernel.times import parse_time

if TYPE_CHECKING:
    from blognet.kernel.hashing import AssetEntry, PathFacts


def parse_content(
    subject: Subject,
    *,
    text: str,
    path: str,
    path_facts: PathFacts,
    assets: tuple[AssetEntry, ...],
    rules: ReadingRules,
) -> tuple[Content | None, tuple[Problem, ...]]:
    """Read a source text.

    Whether the authors exist is not asked here: an approved post stays readable when a profile goes.

    Args:
        subject: What it is.
        text: As `blognet.kernel.text.decode_source` gives it.
        path: As shown in problems; for an approved copy, the record's.
        path_facts: What the path of the file contributed; for an approved copy, as the event says.
        assets: The files beside it.
        rules: The network's settings.

    Returns:
        The content, None when there is an error, and all faults, sorted.
    """
    if subject.kind is Kind.PROFILE:
        return read_profile(subject, text=text, path=path, assets=assets, zone=rules.zone)
    reading = read_front_matter(text, path=path, rules=rules)
    return post_of(
        reading,
        subject=subject,
        text=text,
        path=path,
        path_facts=path_facts,
        assets=assets,
        rules=rules,
    )


def post_of(
    reading: FrontReading,
    *,
    subject: Subject,
    text: str,
    path: str,
    path_facts: PathFacts,
    assets: tuple[AssetEntry, ...],
    rules: ReadingRules,
) -> tuple[Post | None, tuple[Problem, ...]]:
    """Make a post or page of what was read and of what the path contributed."""
    problems = [*reading.problems]
    front = reading.front
    authors: tuple[AuthorId, ...] = ()
    if front is not None:
        authors = front.authors or tuple(AuthorId(author) for author in path_facts.authors)
        if not authors and subject.kind is Kind.POST:
            problems.append(_no_author(text, path))
        problems += missing_assets(reading, text=text, path=path, assets=assets)
    if front is None or errors_in(tuple(problems)):
        return None, tuple(sorted(problems))
    named = parse_time(path_facts.date, zone=rules.zone) if path_facts.date else None
    post = Post(
        subject=subject,
        front=front,
        authors=authors,
        date=front.date or named,
        body=reading.body,
        body_line=reading.body_line,
    )
    return post, tuple(sorted(problems))


def _no_author(text: str, path: str) -> Problem:
    return Problem(
        location=source_lines(text, path=path).location(1),
        code=codes.NO_AUTHOR,
        message="no author: neither 'authors' in the front matter nor a folder with an author's id",
        hint="add a line such as authors: [your-id]",
    )
