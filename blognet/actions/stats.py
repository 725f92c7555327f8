"""Count what the record says about deciding: load everything, then `blognet.moderation.stats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.entries import profiles_in
from blognet.actions.promise import promised
from blognet.content.values import Author
from blognet.kernel.ids import AuthorId
from blognet.kernel.text import slugify
from blognet.moderation.stats import Course, stats_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.actions.network import Network
    from blognet.moderation.stats import Stats


def stats(network: Network, *, since: datetime | None) -> Stats:
    """Count how long answers took, how many rounds there were, and why work was declined.

    Args:
        network: As it stands.
        since: Subjects whose first answer is earlier are left out; None for all.
    """
    answered = promised(network)
    courses = (
        Course(
            subject=subject,
            history=entry.decided.history,
            rounds=answered.rounds.get(subject, ()),
            authors=entry.authors,
            words=entry.decided.words,
        )
        for subject, entry in network.entries.items()
    )
    return stats_of(courses, answered.promise, teams=dict(_teams(network)), since=since)


def _teams(network: Network) -> Iterator[tuple[AuthorId, str]]:
    for entry in profiles_in(network.entries):
        content = entry.proposal.content if entry.proposal else None
        if isinstance(content, Author) and content.team:
            yield AuthorId(entry.subject.id), slugify(content.team)
