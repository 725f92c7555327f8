"""What holds for every history of notes, on however many branches it grew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.history import history_of
from blognet.moderation.notes import How, NoteKind, NoteState, notes_of

if TYPE_CHECKING:
    from blognet.kernel.ids import EventId

SUBJECT = Subject(kind=Kind.POST, id="trip")
PEOPLE = tuple(AuthorId(name) for name in ("ann", "ben"))


@st.composite
def threads(draw: st.DrawFn) -> dict[EventId, Event]:
    """Notes and resolutions on up to three clones, which pull from each other now and then."""
    events: dict[EventId, Event] = {}
    clones: list[frozenset[EventId]] = [frozenset() for _ in range(draw(st.integers(1, 3)))]
    for number in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(clones) - 1))
        if draw(st.integers(0, 3)) == 0:
            clones[at] |= clones[draw(st.integers(0, len(clones) - 1))]
            continue
        known = clones[at]
        verb = draw(st.sampled_from([Verb.COMMENT, Verb.SUGGEST, Verb.RESOLVE, Verb.APPROVE]))
        options: dict[str, str] = {}
        if verb is Verb.COMMENT:
            options = {"kind": draw(st.sampled_from(["note", "question", "must"]))}
        elif verb is Verb.RESOLVE:
            # Any event, seen or not, note or not: what makes no sense must count for nothing.
            options = {
                "note": draw(st.sampled_from([str(one) for one in sorted(events)] or ["none"])),
                "how": draw(st.sampled_from([*How, "forgotten"])),
            }
        overtaken = {prev for ident in known for prev in events[ident].prev}
        event = Event(
            network="test",
            subject=SUBJECT,
            verb=verb,
            actor=draw(st.sampled_from(PEOPLE)),
            time=datetime(2026, 1, 1, tzinfo=UTC)
            + timedelta(seconds=100 * draw(st.integers(0, 50)) + number),
            prev=tuple(sorted(known - overtaken)),
            options=options,
        )
        ident = event_id(event_to_bytes(event))
        events[ident] = event
        clones[at] |= {ident}
    return events


@given(threads())
def test_the_order_in_which_branches_were_merged_does_not_matter(
    events: dict[EventId, Event],
) -> None:
    forwards = notes_of(history_of(SUBJECT, events))
    backwards = notes_of(history_of(SUBJECT, dict(reversed(events.items()))))
    assert forwards == backwards
    assert [note.number for note in forwards] == list(range(1, len(forwards) + 1))


@given(threads())
def test_a_note_is_open_until_something_that_saw_it_names_it(events: dict[EventId, Event]) -> None:
    history = history_of(SUBJECT, events)
    for note in notes_of(history):
        at = history.ids.index(note.id)
        later = [
            history.events[other]
            for other, seen in enumerate(history.seen)
            if seen >> at & 1 and history.events[other].options.get("note") == note.id
        ]
        hows = {event.options["how"] for event in later}
        if note.state is NoteState.OPEN:
            assert "settled" not in hows
            assert "answered" not in hows
        else:
            assert note.state in hows


@given(threads())
def test_a_must_is_never_lost(events: dict[EventId, Event]) -> None:
    history = history_of(SUBJECT, events)
    done = {NoteState.SETTLED, NoteState.WITHDRAWN}
    for note in notes_of(history):
        assert note.blocks == (note.kind is NoteKind.MUST and note.state not in done)
        assert note.waits or not note.blocks


@given(threads())
def test_more_of_a_history_never_opens_what_was_done_with(events: dict[EventId, Event]) -> None:
    history = history_of(SUBJECT, events)
    whole = {note.id: note.state for note in notes_of(history)}
    for ident, seen in zip(history.ids, history.seen, strict=True):
        past = {
            one: event
            for at, (one, event) in enumerate(zip(history.ids, history.events, strict=True))
            if seen >> at & 1 or one == ident
        }
        for note in notes_of(history_of(SUBJECT, past)):
            if note.state is not NoteState.OPEN:
                assert whole[note.id] is not NoteState.OPEN
