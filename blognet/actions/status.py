"""Where the subjects of one person, or of everybody, stand: both lights, whose turn, and the mayor's last words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.entries import by_author_in
from blognet.actions.waiting import Turn, published_word, turn_of, what_of
from blognet.kernel.ids import Kind
from blognet.moderation.granting import open_grant
from blognet.moderation.notes import NoteKind, NoteState, notes_of, waiting_notes
from blognet.moderation.standing import Live, Proposed, Scheduled, published_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId, SitePath
    from blognet.moderation.events import Event
    from blognet.moderation.granting import Grant
    from blognet.moderation.notes import Note

_ANSWERED = frozenset(
    {
        Proposed.RETURNED,
        Proposed.HELD,
        Proposed.DECLINED,
        Proposed.CONTESTED,
        Proposed.RECALLED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a mayor said, that the proposed light comes from."""

    event: Event
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one subject stands.

    Attributes:
        published: The published light in a word, ``-`` for none.
        proposed: The proposed light in a word: as `blognet.actions.waiting.what_of` says it.
        url: Where it is, or will be; "" before the first approval.
        appears: When what is scheduled appears; None when nothing is.
        turn: Whose turn it is.
        next_command: What its author types next; "" when there is nothing to do.
        answers: The decisions on what lies there now, with their words.
        notes: The remarks about which something is still to be done.
    """

    entry: Entry
    published: str
    proposed: str
    url: SitePath | str
    appears: datetime | None
    turn: Turn
    next_command: str
    answers: tuple[Answer, ...]
    notes: tuple[Note, ...] = ()


_TURNS = (Turn.AUTHOR, Turn.MAYOR, Turn.NOBODY)


def grant_of(network: Network, author: AuthorId) -> Grant | None:
    """Return the grant that an author may use now; None for a mayor, who needs none."""
    if author in network.config.mayors:
        return None
    return open_grant(network.grants, author, network.now)


def places_of(network: Network, author: AuthorId | None) -> tuple[Place, ...]:
    """Return the subjects of an author, or of everybody: the author's turn first, then the mayor's, then the rest."""
    if author is None:
        return in_order(map(place_of, network.entries.values()))
    found = by_author_in(network.entries, author)
    return in_order(place_of(entry) for entry in found if author in entry.authors)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Sort by whose turn it is, posts before pages before profiles, then by name."""
    kinds = (Kind.POST, Kind.PAGE, Kind.PROFILE)
    return tuple(
        sorted(
            places,
            key=lambda one: (
                _TURNS.index(one.turn),
                kinds.index(one.entry.subject.kind),
                one.entry.subject,
            ),
        )
    )


def place_of(entry: Entry) -> Place:
    """Return where a subject stands."""
    turn, command = turn_of(entry)
    version = published_version(entry.standing.published)
    notes: tuple[Note, ...] = ()
    if entry.has_notes:  # histories are read of these alone
        notes = waiting_notes(notes_of(entry.decided.history, entry.decided.words))
    return Place(
        entry=entry,
        published=published_word(entry),
        proposed=what_of(entry),
        url=version.facts.url if version else "",
        appears=_appears(entry),
        turn=turn,
        next_command=_for_author(entry, turn, _with_suggestions(entry, notes, command))
        or _about_notes(entry, notes),
        answers=_answers(entry),
        notes=notes,
    )


def _appears(entry: Entry) -> datetime | None:
    match entry.standing.published:
        case Scheduled(version=version):
            return version.facts.publish
        case Live(next=following) if following is not None:
            return following.facts.publish
        case _:
            return None


def _for_author(entry: Entry, turn: Turn, command: str) -> str:
    """Return what the author does next; what a mayor would type is no use to them."""
    if turn is Turn.AUTHOR:
        return command
    if entry.standing.proposed is Proposed.DECLINED and entry.proposal is not None:
        name = entry.subject.typed
        return (
            f'change it and ask the mayor to look again, blognet submit {name} -m "…", or delete it'
        )
    return ""


def _with_suggestions(entry: Entry, notes: tuple[Note, ...], command: str) -> str:
    """Return what the author of something returned does, with the suggestions that only want to be taken."""
    numbers = [
        str(n.number) for n in notes if n.state is NoteState.OPEN and n.kind is NoteKind.SUGGESTION
    ]
    if not numbers or entry.standing.proposed is not Proposed.RETURNED:
        return command
    return f"blognet take {entry.subject.typed} {' '.join(numbers)}, or {command}"


def _about_notes(entry: Entry, notes: tuple[Note, ...]) -> str:
    """Return what the author does about notes: a plain one wants nothing, one that was answered waits for the mayor."""
    wanted = any(n.state is NoteState.OPEN and n.kind is not NoteKind.NOTE for n in notes)
    return f"blognet notes {entry.subject.name}" if wanted else ""


def _answers(entry: Entry) -> tuple[Answer, ...]:
    if entry.standing.proposed not in _ANSWERED:
        return ()
    history = entry.decided.history
    return tuple(
        Answer(
            event=history.events[history.ids.index(reason)],
            words=entry.decided.words.get(reason, ""),
        )
        for reason in entry.standing.reasons
    )
