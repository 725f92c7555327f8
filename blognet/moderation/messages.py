"""Messages: what was decided, in plain text, for each person it concerns. Sends nothing and reads nothing.

Who hears of what is `audience`; when a message goes out is `due_now` (one a day and person, unless something is
urgent); what it says is `blognet.moderation.message_writing`. Everything is derived from events, where subjects
stand, and what was told before; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, tzinfo

    from blognet.kernel.ids import AuthorId, EventId, Subject
    from blognet.moderation.events import Event
    from blognet.moderation.promise import Wait

TOLD = frozenset(
    (
        "approve return decline hold release comment suggest resolve retract restore force correct thank grant revoke"
        " purge"
    ).split()
)
"""The verbs that are told; by name, so that a verb of a later version is none of them by accident."""

URGENT = frozenset({"retract", "force"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a message is for.

    Attributes:
        name: As their profile says.
        address: E-mail address; "" when nobody knows it.
        language: One that `blognet.moderation.message_texts` has.
    """

    id: AuthorId
    name: str
    address: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One event to tell.

    Attributes:
        ident: Its id.
        words: What its actor said; "" when nothing.
        actor: The actor's name.
    """

    ident: EventId
    event: Event
    words: str
    actor: str

    @property
    def is_urgent(self) -> bool:
        """Whether it does not wait for tomorrow."""
        is_must = self.event.options.get("kind") == "must" and self.event.verb is Verb.COMMENT
        return self.event.verb.value in URGENT or is_must


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One subject with its news, and where it stands now.

    Attributes:
        title: As shown.
        path: Where its file lies; "" when there is none.
        url: Its whole address on the site; "" when it has none.
        state: `returned`, `declined`, `held`, `queued`, `contested`, `scheduled`, `draft`, `faulty`, or `none` when
            nothing is proposed.
        published: `live`, `scheduled`, `retracted`, `expired` or `-`.
        when: When a hold ends, or when it appears; None when neither.
        due: When an answer is due; None when none is.
    """

    subject: Subject
    title: str
    path: str
    url: str
    state: str
    published: str
    when: datetime | None
    due: datetime | None
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """A line of what waits, for those who are asked to answer.

    Attributes:
        stage: The stage that the reader is asked for; "" for a mayor or a deputy.
    """

    wait: Wait
    title: str
    authors: tuple[str, ...]
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Everything there is to tell one person.

    Attributes:
        reader: Whom.
        matters: News about their own work, sorted by subject.
        said: What authors said about work that this reader decides on.
        queue: What waits for them, when they are asked for answers and have had no digest today; else ().
    """

    reader: Reader
    matters: tuple[Matter, ...] = ()
    said: tuple[Matter, ...] = ()
    queue: tuple[QueueLine, ...] = ()

    @property
    def news(self) -> tuple[News, ...]:
        """All news in it."""
        return tuple(news for matter in (*self.matters, *self.said) for news in matter.news)

    @property
    def is_urgent(self) -> bool:
        """Whether any of it does not wait for tomorrow."""
        return any(news.is_urgent for news in self.news)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What all messages of a network share.

    Attributes:
        network: The network's id.
        title: The site's name.
        url: The site's address.
        zone: In which times are said.
        edit_url: Where a file is edited in the browser, with ``:path``; "" when not said.
    """

    network: str
    title: str
    url: str
    zone: tzinfo
    edit_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message, ready to be written down or sent.

    Attributes:
        reader: Whom it is for.
        key: 32 hex digits; the same for the same person, news and day.
        topic: The subject line.
        body: Plain text, LF ends.
        urgent: Whether it did not wait for tomorrow.
        events: What it tells.
        threads: A key for each subject it is about, the same in every message to this person about that subject.
        answered_by: Whose decisions it tells: they answer questions.
        has_digest: Whether it holds what waits.
    """

    reader: Reader
    key: str
    topic: str
    body: str
    urgent: bool
    events: tuple[EventId, ...]
    threads: tuple[str, ...]
    answered_by: tuple[AuthorId, ...]
    has_digest: bool


def audience(
    event: Event,
    *,
    authors: Iterable[AuthorId],
    mayors: frozenset[AuthorId],
    took_part: Iterable[AuthorId],
    reviewers: frozenset[AuthorId] = frozenset(),
) -> tuple[AuthorId, ...]:
    """Return who hears of an event, sorted; never its actor.

    The authors hear of everything that is told. What an author or a reviewer says is told to the mayors and reviewers
    who took part in the conversation, and to all mayors when none of them has yet.

    Args:
        event: What happened.
        authors: Who wrote the subject.
        mayors: Those of today.
        took_part: Who said something about the subject before.
        reviewers: Those of today, of the stages that apply to the subject.
    """
    if event.verb.value not in TOLD:
        return ()
    heard = set(authors)
    if event.actor not in mayors:
        spoke = set(took_part)
        heard |= (spoke & mayors) or mayors
        heard |= spoke & reviewers
    return tuple(sorted(heard - {event.actor}))


def due_now(mail: Mail, *, last: date | None, today: date) -> bool:
    """Whether a message goes out now: at most one a day to a person, unless something in it is urgent."""
    if not mail.news and not mail.queue:
        return False
    return last is None or last < today or mail.is_urgent


def untold(news: Iterable[News], told: frozenset[str]) -> tuple[News, ...]:
    """Return the news of which nothing was told yet; ids are told by their first 16 digits."""
    return tuple(one for one in news if short_id(one.ident) not in told)


def short_id(ident: EventId) -> str:
    """Return how the private cursor names an event."""
    return ident[:16]
