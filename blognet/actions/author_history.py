"""What an author has done here so far: what is live, what was declined, and what came last. By the record alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.entries import by_author_in
from blognet.content.values import Author
from blognet.kernel.ids import Kind, Subject
from blognet.moderation.events import Verb
from blognet.moderation.standing import Live, published_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorHistory:
    """An author's posts so far.

    Attributes:
        author: Who.
        name: As the profile says, else the id.
        live: How many posts of theirs are on the site.
        declined: How often a post of theirs was declined.
        last: The post that was published last, by its date; None when nothing ever was.
        last_title: Its title.
        last_date: Its date.
    """

    author: AuthorId
    name: str
    live: int = 0
    declined: int = 0
    last: Subject | None = None
    last_title: str = ""
    last_date: datetime | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing of theirs was ever published."""
        return self.last is None


def author_history(network: Network, author: AuthorId) -> AuthorHistory:
    """Return what an author has done so far, co-written posts included."""
    profile = network.entries.get(Subject(kind=Kind.PROFILE, id=author))
    posts = tuple(_posts_of(network, author))
    versions = [
        (version.facts.date, entry.subject, entry.title_of(version))
        for entry in posts
        if (version := published_version(entry.standing.published))
        and author in version.facts.authors
    ]
    date, last, title = max(versions, default=(None, None, ""))
    return AuthorHistory(
        author=author,
        name=_name(profile) or author,
        live=sum(isinstance(entry.standing.published, Live) for entry in posts),
        declined=sum(
            event.verb is Verb.DECLINE for entry in posts for event in entry.decided.history.events
        ),
        last=last,
        last_title=title,
        last_date=date,
    )


def histories_of(network: Network, entry: Entry) -> tuple[AuthorHistory, ...]:
    """Return the history of each author of a subject."""
    return tuple(author_history(network, author) for author in dict.fromkeys(entry.authors))


def _posts_of(network: Network, author: AuthorId) -> Iterator[Entry]:
    found = by_author_in(network.entries, author)
    return (entry for entry in found if entry.subject.kind is Kind.POST)


def _name(profile: Entry | None) -> str:
    content = profile.proposal.content if profile and profile.proposal else None
    return content.name if isinstance(content, Author) else ""
