"""The notes on a subject. Answers: what was remarked, about which words, and what became of each remark?

A *note* is a comment or a suggestion. What became of it are the ``resolve`` events that name it and had seen it. Pure,
and independent of the order in which branches were merged. What was resolved by somebody without the right to do so
counts for nothing, and is reported (`note_faults`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.kernel.errors import UsageError
from blognet.kernel.ids import EventId
from blognet.moderation.anchors import Anchor, Lost, Span, find_anchor
from blognet.moderation.events import CLAIM, Verb
from blognet.moderation.trusting import may_insist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.moderation.events import Event
    from blognet.moderation.history import History
    from blognet.moderation.trusting import Trust

_NOTES = (Verb.COMMENT, Verb.SUGGEST)
_SHORTEST_ID = 4


class NoteKind(StrEnum):
    """What a note wants."""

    NOTE = "note"
    """A remark; nothing has to follow."""
    QUESTION = "question"
    """An answer is wanted."""
    MUST = "must"
    """No approval until a mayor has settled it, or a reviewer of the stage that it was made for."""
    SUGGESTION = "suggestion"
    """Other words, for the author to take or to answer."""


COMMENT_KINDS = (NoteKind.NOTE, NoteKind.QUESTION, NoteKind.MUST)


class How(StrEnum):
    """How a note was resolved: ``how`` of a ``resolve`` event."""

    ANSWERED = "answered"
    TAKEN = "taken"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class NoteState(StrEnum):
    """What became of a note. Whether its words are still there is another matter: `is_outdated`."""

    OPEN = "open"
    ANSWERED = "answered"
    TAKEN = "taken"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


_FINAL = (How.TAKEN, How.SETTLED, How.WITHDRAWN, How.ANSWERED)
"""Of several resolutions that did not see each other, the one that counts; an answer gives way to the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody said or did about a note.

    Attributes:
        words: "" for none.
    """

    event: Event
    how: How
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One remark about a subject.

    Attributes:
        number: Counted from 1 in the order of the subject's history; a merge may change it.
        id: Of its event; never changes.
        kind: What it wants.
        state: What became of it.
        event: Who, when, about which bytes.
        words: "" for a suggestion without a reason.
        anchor: The words it is about; None when it is about all of the text.
        replacement: What a suggestion would put in place of these words, "" to take them out; None for a comment.
        replies: Causes before effects.
        passed: Whether something was approved by somebody who had seen it; it is not waited for any longer then,
            unless it is a must.
    """

    number: int
    id: EventId
    kind: NoteKind
    state: NoteState
    event: Event
    words: str
    anchor: Anchor | None
    replacement: str | None
    replies: tuple[Reply, ...]
    passed: bool

    @property
    def blocks(self) -> bool:
        """Whether it keeps the subject from being approved: an answer does not settle a must, a mayor does."""
        return self.kind is NoteKind.MUST and self.state in {NoteState.OPEN, NoteState.ANSWERED}

    @property
    def waits(self) -> bool:
        """Whether something about it is still to be done."""
        return self.blocks or (self.state is NoteState.OPEN and not self.passed)


def notes_of(history: History, words: Mapping[EventId, str] | None = None) -> tuple[Note, ...]:
    """Return the notes on a subject, numbered in the order of its history.

    Args:
        history: Its events.
        words: What their words are; without them, all are "".
    """
    said = words or {}
    resolutions = _resolutions(history, said)
    approved = 0
    for at, event in enumerate(history.events):
        # The approval of a stage ends nothing: the mayor has still to look.
        if event.is_for_readers:
            approved |= history.seen[at]
    places = [at for at, event in enumerate(history.events) if _is_note(event)]
    return tuple(
        Note(
            number=number,
            id=history.ids[at],
            kind=_kind_of(history.events[at]),
            state=_state_of(resolutions.get(at, ())),
            event=history.events[at],
            words=said.get(history.ids[at], ""),
            anchor=_anchor_of(history.events[at]),
            replacement=_replacement_of(history.events[at]),
            replies=resolutions.get(at, ()),
            passed=bool(approved >> at & 1),
        )
        for number, at in enumerate(places, start=1)
    )


def waiting_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return those about which something is still to be done."""
    return tuple(note for note in notes if note.waits)


def blocking_notes(history: History) -> tuple[Note, ...]:
    """Return the musts that no mayor has settled."""
    return tuple(note for note in notes_of(history) if note.blocks)


def number_of(event: Event, history: History) -> int:
    """Return the number of the note that an event makes or resolves; 0 when it is about none.

    Args:
        event: The newest of the history, or any other.
        history: Of its subject, the event included.
    """
    ident = event.options.get("note", "")
    notes = notes_of(history) if ident or _is_note(event) else ()
    same = (note for note in notes if note.id == ident or note.event is event)
    return next((note.number for note in same), 0)


def place_of_note(note: Note, text: str) -> Span | Lost | None:
    """Return where the words of a note stand in a text; None when it is about all of it."""
    return None if note.anchor is None else find_anchor(text, note.anchor)


def is_outdated(note: Note, text: str) -> bool:
    """Whether the words that a note is about cannot be found for sure."""
    return isinstance(place_of_note(note, text), Lost)


def find_note(notes: tuple[Note, ...], typed: str, *, name: str) -> Note:
    """Return the note that somebody typed: its number, or the first digits of its event's id.

    Args:
        notes: All of the subject's.
        typed: ``2``, ``#2`` or ``3f9c2a1b``.
        name: The subject's, for messages.

    Raises:
        UsageError: None or several are meant.
    """
    text = typed.removeprefix("#").lower()
    same = [note for note in notes if text == str(note.number)]
    if not same and len(text) >= _SHORTEST_ID:
        same = [note for note in notes if note.id.startswith(text)]
    if len(same) == 1:
        return same[0]
    if same:
        message = f"'{typed}' could be any of the notes {named(same)}"
        raise UsageError(message, hint="type the number, or more digits")
    message = f"{name} has no note '{typed}'"
    if not notes:
        raise UsageError(message, hint="nobody has commented on it")
    hint = f"it has {len(notes)}: blognet notes {name} --all"
    raise UsageError(message, hint=hint)


def named(notes: Iterable[Note]) -> str:
    """Return the numbers of notes for a sentence: ``1, 3 and 4``."""
    numbers = [str(note.number) for note in notes]
    return " and ".join(filter(None, (", ".join(numbers[:-1]), *numbers[-1:])))


def note_faults(history: History, *, trust: Trust) -> Iterator[tuple[EventId, str, str, str]]:
    """Yield what is wrong with the notes of a record: event, code, message, hint.

    Args:
        history: Of one subject.
        trust: Whose events count.
    """
    place = {ident: at for at, ident in enumerate(history.ids)}
    for at, (ident, event) in enumerate(zip(history.ids, history.events, strict=True)):
        insists = event.verb is Verb.COMMENT and event.options.get("kind") == NoteKind.MUST
        settles = event.verb is Verb.RESOLVE and event.options.get("how") == How.SETTLED
        note = _resolved(history, at, place) if event.verb is Verb.RESOLVE else at
        if note is None:
            message = "this event resolves no note that its actor had seen, or not as that is done"
            yield ident, "BN340", message, "remove it if it was made by hand"
        elif (insists or settles) and not may_insist(
            event, trust, stage=history.events[note].stage
        ):
            what = "insists on something" if insists else "settles a note"
            message = f"'{event.actor}' {what} here, but has and had no right to it"
            hint = (
                "former mayors, reviewers and deputies are named in blognet.yml: former_mayors, …"
            )
            yield ident, "BN341", message, hint


def _kind_of(event: Event) -> NoteKind:
    if event.verb is Verb.SUGGEST:
        return NoteKind.SUGGESTION
    kind = event.options.get("kind", "")
    return next((known for known in COMMENT_KINDS if known == kind), NoteKind.NOTE)


def _is_note(event: Event) -> bool:
    return event.verb in _NOTES and event.options.get("kind") != CLAIM


def _anchor_of(event: Event) -> Anchor | None:
    quote = event.options.get("quote", "")
    if not quote:
        return None
    before, after = event.options.get("before", ""), event.options.get("after", "")
    return Anchor(quote=quote, before=before, after=after)


def _replacement_of(event: Event) -> str | None:
    # Empty texts are not kept in an event: a suggestion without new words takes the old ones out.
    # One whose words were purged suggests nothing any more.
    is_whole = event.verb is Verb.SUGGEST and bool(event.options.get("quote"))
    return event.options.get("with", "") if is_whole else None


def _resolutions(history: History, words: Mapping[EventId, str]) -> Mapping[int, tuple[Reply, ...]]:
    """Return the replies to each note, by its place in the history."""
    place = {ident: at for at, ident in enumerate(history.ids)}
    found: dict[int, tuple[Reply, ...]] = {}
    for at, event in enumerate(history.events):
        note = _resolved(history, at, place) if event.verb is Verb.RESOLVE else None
        if note is not None:
            said = words.get(history.ids[at], "")
            reply = Reply(event=event, how=How(event.options["how"]), words=said)
            found[note] = (*found.get(note, ()), reply)
    return found


def _resolved(history: History, at: int, place: Mapping[EventId, int]) -> int | None:
    """Return the place of the note that an event resolves; None when it can resolve nothing."""
    event = history.events[at]
    wanted, how = event.options.get("note", ""), event.options.get("how", "")
    note = place.get(EventId(wanted))
    if note is None or how not in tuple(How) or not history.seen[at] >> note & 1:
        return None
    about = history.events[note]
    fits = {
        How.TAKEN: about.verb is Verb.SUGGEST,
        How.WITHDRAWN: about.actor == event.actor,
    }
    return note if about.verb in _NOTES and fits.get(How(how), True) else None


def _state_of(replies: tuple[Reply, ...]) -> NoteState:
    hows = {reply.how for reply in replies}
    return next((NoteState(how.value) for how in _FINAL if how in hows), NoteState.OPEN)
