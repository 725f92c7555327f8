"""What waits for the mayor, with its faults, and what waits for its author."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.actions.entries import bound_authors_in, proposed_in
from blognet.content.values import Author, Post
from blognet.kernel.ids import Kind
from blognet.kernel.patterns import later
from blognet.moderation.events import Verb
from blognet.moderation.notes import NoteState, blocking_notes, notes_of, waiting_notes
from blognet.moderation.standing import (
    Live,
    NotPublished,
    Proposed,
    Retracted,
    Scheduled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.kernel.problems import Problem
    from blognet.moderation.notes import Note


_HAN_OR_KANA = later(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
"""No blanks stand between words of these: each sign counts as one, as for readers (`blognet.markup`, slow to load)."""


class Turn(StrEnum):
    """Who has to do something next."""

    MAYOR = "mayor"
    AUTHOR = "author"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A subject with something proposed.

    Attributes:
        what: ``new``, ``edited`` (a version is live), ``returned``, ``held``, ``declined``, ``contested``, ``draft``,
            ``scheduled``, ``recalled``, ``forced`` or ``faulty``.
        turn: Whose turn it is.
        next_command: What that person types next; "" when there is nothing to type.
        is_first: Whether none of its authors has anything published yet.
        since: Time of the decision it comes from; None for what was never decided on.
        notes: Those about which something is still to be done.
        returned: How often it was returned since something of it was approved; it is back when it waits all the same.
    """

    entry: Entry
    what: str
    turn: Turn
    next_command: str
    is_first: bool
    since: datetime | None
    notes: tuple[Note, ...] = ()
    returned: int = 0

    @property
    def what_now(self) -> str:
        """What it is in a word, and that it was returned and is back."""
        is_back = self.returned and self.what in {"new", "edited", "faulty"}
        return f"{self.what}, back" if is_back else self.what

    @property
    def words(self) -> int:
        """Length of the text in words; it is read for that."""
        return _word_count(self.entry)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of what lies on disk."""
        return self.entry.problems


_ORDER = (
    "contested",
    "forced",
    "faulty",
    "new",
    "edited",
    "held",
    "returned",
    "declined",
    "scheduled",
    "recalled",
    "draft",
)


def waiting(network: Network) -> tuple[Waiting, ...]:
    """Return everything proposed, the mayor's turn first, then by what it is and by name."""
    everyone = published_authors(network)
    return in_waiting_order(waiting_of(entry, everyone) for entry in proposed_in(network.entries))


def in_waiting_order(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Sort what waits as `waiting` does."""
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.what), one.entry.subject)))


def for_mayor(all_waiting: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Return what a mayor can do something about, drafts, what was declined and what was recalled left out."""
    return tuple(
        one
        for one in all_waiting
        if one.what not in {"draft", "declined", "recalled"}
        or one.entry.standing.second is not None
    )


def approvable_at_once(all_waiting: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Return what ``approve --all`` means: faultless and queued, profiles first.

    Never what was answered before, nor what was retracted: to bring that back needs somebody who means it.
    """
    plain = [
        one
        for one in all_waiting
        if one.what in {"new", "edited"} and not isinstance(one.entry.standing.published, Retracted)
    ]
    return tuple(
        sorted(
            plain, key=lambda one: (one.entry.subject.kind is not Kind.PROFILE, one.entry.subject)
        )
    )


def what_of(entry: Entry) -> str:
    """Return in a word what the proposed light of a subject means for its reader."""
    light = entry.standing.proposed
    if light is Proposed.QUEUED:
        if entry.glance.is_faulty:
            return "faulty"
        return "new" if isinstance(entry.standing.published, NotPublished) else "edited"
    return str(light.value)


def published_word(entry: Entry) -> str:
    """Return the published light in a word: ``-``, ``live``, ``scheduled``, ``retracted`` or ``expired``."""
    match entry.standing.published:
        case NotPublished():
            return "-"
        case Live():
            return "live"
        case Scheduled():
            return "scheduled"
        case Retracted():
            return "retracted"
        case _:
            return "expired"


def turn_of(entry: Entry) -> tuple[Turn, str]:
    """Return whose turn it is and what that person types next."""
    name = entry.subject.typed
    path = entry.glance.path
    what = what_of(entry)
    if what in {"new", "edited"} and _must_be_answered(entry):
        return Turn.AUTHOR, f"blognet notes {name}"
    turns = {
        "draft": (Turn.AUTHOR, f"blognet submit {name}"),
        "recalled": (Turn.AUTHOR, f"blognet submit {name}"),
        "returned": (Turn.AUTHOR, f"change {path} as asked; saving it sends it back"),
        "faulty": (Turn.AUTHOR, f"blognet check {path}"),
        "new": (Turn.MAYOR, f"mayor show {name}"),
        "edited": (Turn.MAYOR, f"mayor diff {name}"),
        "contested": (Turn.MAYOR, f"mayor diff {name} --sides"),
        "forced": (Turn.MAYOR, f"mayor show {name} --published"),
        "held": (Turn.MAYOR, f"mayor release {name}"),
    }
    return turns.get(what, (Turn.NOBODY, ""))


def _must_be_answered(entry: Entry) -> bool:
    """Whether a must is open to which its author has not reacted: neither in words nor by a change."""
    return any(
        note.state is NoteState.OPEN and note.event.content == entry.standing.content
        for note in blocking_notes(entry.decided.history)
    )


def waiting_of(entry: Entry, published_authors: frozenset[str]) -> Waiting:
    """Return an entry with something proposed as one that waits.

    Args:
        entry: The subject.
        published_authors: Those who have something published.
    """
    turn, command = turn_of(entry)
    history = entry.decided.history
    times = [history.events[history.ids.index(reason)].time for reason in entry.standing.reasons]
    return Waiting(
        entry=entry,
        what=what_of(entry),
        turn=turn,
        next_command=command,
        is_first=entry.subject.kind is Kind.POST
        and bool(entry.authors)
        and not published_authors & set(entry.authors),
        since=max(times, default=None),
        notes=waiting_notes(notes_of(history, entry.decided.words)),
        returned=_times_returned(entry),
    )


def _times_returned(entry: Entry) -> int:
    times = 0
    for event in entry.decided.history.events:
        if event.is_for_readers:
            times = 0
        elif event.verb is Verb.RETURN:
            times += 1
    return times


def _word_count(entry: Entry) -> int:
    content = entry.proposal.content if entry.proposal else None
    if not isinstance(content, Post | Author):
        return 0
    body, signs = _HAN_OR_KANA.subn(" ", content.body)
    words = body.split()
    return len(words) if not signs else signs + sum(any(map(str.isalnum, word)) for word in words)


def published_authors(network: Network) -> frozenset[str]:
    """Return the authors of everything that is published, or was."""
    return bound_authors_in(network.entries, Kind.POST)
