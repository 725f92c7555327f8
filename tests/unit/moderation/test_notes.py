"""Notes: what became of each, who may do what about them, and what is wrong with a record of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from blognet.kernel.errors import BlognetError, ConflictError, NotAllowedError, UsageError
from blognet.kernel.ids import AuthorId, EventId, Kind, Subject
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.history import History, history_of
from blognet.moderation.notes import (
    Note,
    NoteKind,
    NoteState,
    find_note,
    is_outdated,
    note_faults,
    notes_of,
    number_of,
    waiting_notes,
)
from blognet.moderation.noting import refuse_note, refuse_resolution, refuse_unsettled
from blognet.moderation.suggestions import take_all
from blognet.moderation.trusting import Trust

SUBJECT = Subject(kind=Kind.POST, id="trip")
ANN, BEN, CLEO, DAN = (AuthorId(name) for name in ("ann", "ben", "cleo", "dan"))
MAYORS = frozenset({ANN, CLEO})
TRUST = Trust(network="test", mayors=MAYORS)


@dataclass
class Thread:
    """The events of a subject, each having seen all before it unless told otherwise."""

    events: dict[EventId, Event] = field(default_factory=dict)
    words: dict[EventId, str] = field(default_factory=dict)

    def say(
        self,
        verb: Verb,
        actor: AuthorId = ANN,
        *,
        words: str = "",
        prev: tuple[EventId, ...] | None = None,
        stage: str = "",
        **options: str,
    ) -> EventId:
        event = Event(
            network="test",
            subject=SUBJECT,
            verb=verb,
            actor=actor,
            time=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=len(self.events)),
            prev=self.history.heads if prev is None else prev,
            stage=stage,
            options={key.rstrip("_"): value for key, value in options.items()},
        )
        ident = event_id(event_to_bytes(event))
        self.events[ident] = event
        self.words[ident] = words
        return ident

    def resolve(self, note: EventId, how: str, actor: AuthorId = ANN) -> EventId:
        return self.say(Verb.RESOLVE, actor, note=note, how=how)

    @property
    def history(self) -> History:
        return history_of(SUBJECT, self.events)

    @property
    def notes(self) -> tuple[Note, ...]:
        return notes_of(self.history, self.words)

    def state(self, note: EventId) -> NoteState:
        return next(one.state for one in self.notes if one.id == note)


@pytest.fixture
def thread() -> Thread:
    return Thread()


def test_comments_and_suggestions_are_numbered_in_the_order_of_the_history(thread: Thread) -> None:
    first = thread.say(Verb.COMMENT, words="Nice.")
    thread.say(Verb.RETURN, words="Not yet.")
    second = thread.say(Verb.SUGGEST, quote="old", before="an ", with_="new")
    third = thread.say(Verb.COMMENT, kind="must", words="Say where.")
    assert [(note.number, note.id, note.kind) for note in thread.notes] == [
        (1, first, NoteKind.NOTE), (2, second, NoteKind.SUGGESTION), (3, third, NoteKind.MUST),
    ]  # fmt: skip
    assert [note.words for note in thread.notes] == ["Nice.", "", "Say where."]
    assert thread.notes[1].replacement == "new"
    assert thread.notes[1].anchor is not None
    assert (thread.notes[1].anchor.quote, thread.notes[1].anchor.before) == ("old", "an ")


def test_a_suggestion_without_new_words_takes_the_old_ones_out(thread: Thread) -> None:
    thread.say(Verb.SUGGEST, quote="old")
    assert thread.notes[0].replacement == ""


def test_a_kind_of_a_later_version_is_shown_as_a_note(thread: Thread) -> None:
    thread.say(Verb.COMMENT, kind="applause")
    assert thread.notes[0].kind is NoteKind.NOTE


@pytest.mark.parametrize("how", ["answered", "settled", "withdrawn"])
def test_a_resolution_gives_a_note_its_state(thread: Thread, how: str) -> None:
    note = thread.say(Verb.COMMENT, kind="question")
    assert thread.state(note) is NoteState.OPEN
    thread.resolve(note, how)
    assert thread.state(note) == how
    assert waiting_notes(thread.notes) == ()


def test_an_answer_does_not_settle_a_must(thread: Thread) -> None:
    must = thread.say(Verb.COMMENT, kind="must")
    thread.resolve(must, "answered", BEN)
    assert [(note.state, note.blocks, note.waits) for note in thread.notes] == [
        (NoteState.ANSWERED, True, True)
    ]
    thread.resolve(must, "settled")
    assert [(note.state, note.blocks) for note in thread.notes] == [(NoteState.SETTLED, False)]


def test_a_resolution_that_had_not_seen_the_note_counts_for_nothing(thread: Thread) -> None:
    note = thread.say(Verb.COMMENT, kind="must")
    thread.say(Verb.RESOLVE, note=note, how="settled", prev=())
    assert thread.state(note) is NoteState.OPEN


def test_nobody_withdraws_the_note_of_another_and_nobody_takes_a_comment(thread: Thread) -> None:
    note = thread.say(Verb.COMMENT, ANN)
    thread.resolve(note, "withdrawn", BEN)
    thread.resolve(note, "taken", BEN)
    assert thread.state(note) is NoteState.OPEN


def test_an_approval_passes_over_what_it_saw_but_not_over_a_must(thread: Thread) -> None:
    thread.say(Verb.COMMENT, kind="question")
    thread.say(Verb.COMMENT, kind="must")
    before = thread.history.heads
    thread.say(Verb.APPROVE)
    thread.say(Verb.COMMENT, kind="question", prev=before)
    assert [note.passed for note in thread.notes] == [True, True, False]
    assert [note.number for note in waiting_notes(thread.notes)] == [2, 3]


def test_the_approval_of_a_stage_passes_over_nothing(thread: Thread) -> None:
    thread.say(Verb.COMMENT, kind="question")
    thread.say(Verb.APPROVE, stage="legal")
    assert [note.waits for note in thread.notes] == [True]


def test_a_note_is_outdated_when_its_words_are_gone_and_stays_open(thread: Thread) -> None:
    thread.say(Verb.COMMENT, kind="must", quote="the map", before="that ", after=" was")
    (must,) = thread.notes
    assert not is_outdated(must, "We knew that the map was old.")
    assert is_outdated(must, "We knew it.")
    assert must.blocks


def test_a_note_is_named_by_its_number_or_the_beginning_of_its_id(thread: Thread) -> None:
    first, second = thread.say(Verb.COMMENT), thread.say(Verb.COMMENT)
    notes = thread.notes
    assert find_note(notes, "2", name="trip").id == second
    assert find_note(notes, "#1", name="trip").id == first
    assert find_note(notes, second[:8].upper(), name="trip").id == second
    for typed in ("3", "0", "", "-1", "zzzz", first[:3]):
        with pytest.raises(UsageError):
            find_note(notes, typed, name="trip")
    with pytest.raises(UsageError, match="no note '1'") as refused:
        find_note((), "1", name="trip")
    assert "nobody has commented" in refused.value.hint


def test_an_event_knows_the_number_of_the_note_that_it_makes_or_resolves(thread: Thread) -> None:
    note = thread.say(Verb.COMMENT)
    done = thread.resolve(note, "settled")
    other = thread.say(Verb.HOLD)
    history = thread.history
    numbers = [
        number_of(history.events[history.ids.index(i)], history) for i in (note, done, other)
    ]
    assert numbers == [1, 1, 0]


FORGED: dict[str, tuple[dict[str, str], AuthorId, str]] = {
    "a must by somebody who is no mayor": ({"verb": "comment", "kind": "must"}, BEN, "BN341"),
    "settled by somebody who is no mayor": ({"verb": "resolve", "how": "settled"}, BEN, "BN341"),
    "withdrawn by another": ({"verb": "resolve", "how": "withdrawn"}, BEN, "BN340"),
    "a comment that was taken": ({"verb": "resolve", "how": "taken"}, BEN, "BN340"),
    "a way that nobody knows": ({"verb": "resolve", "how": "forgotten"}, ANN, "BN340"),
    "of no note": ({"verb": "resolve", "how": "settled", "note": "0" * 64}, ANN, "BN340"),
}


@pytest.mark.parametrize(("options", "actor", "code"), FORGED.values(), ids=FORGED)
def test_a_record_of_notes_that_nobody_could_make_is_reported(
    thread: Thread, options: dict[str, str], actor: AuthorId, code: str
) -> None:
    note = thread.say(Verb.COMMENT, CLEO)
    said = {"note": note, **options}
    verb = Verb(said.pop("verb"))
    forged = thread.say(verb, actor, prev=None, words="", stage="", **said)
    faults = list(note_faults(thread.history, trust=TRUST))
    assert [(ident, found) for ident, found, _, _ in faults] == [(forged, code)]


@pytest.mark.parametrize(
    ("actor", "must_stage", "stage", "deputy", "is_sound"),
    [
        (BEN, "legal", "legal", "", True),
        (BEN, "", "legal", "", False),
        (BEN, "brand", "legal", "", False),
        (BEN, "legal", "", "", False),
        (DAN, "", "", "waited 2 working days", True),
        (DAN, "", "", "", False),
        (BEN, "", "", "waited 2 working days", False),
    ],
)
def test_a_reviewer_settles_for_the_same_stage_and_a_deputy_with_a_reason(
    thread: Thread, actor: AuthorId, must_stage: str, stage: str, deputy: str, *, is_sound: bool
) -> None:
    trust = Trust(
        network="test",
        mayors=MAYORS,
        deputies=frozenset({DAN}),
        reviewers={"legal": frozenset({BEN}), "brand": frozenset({BEN})},
    )
    must = thread.say(Verb.COMMENT, kind="must", stage=must_stage)
    thread.say(Verb.RESOLVE, actor, stage=stage, note=must, how="settled", deputy=deputy)
    codes = [code for _, code, _, _ in note_faults(thread.history, trust=trust)]
    assert codes == ([] if is_sound else ["BN341"])


def test_a_sound_record_of_notes_has_no_faults(thread: Thread) -> None:
    must = thread.say(Verb.COMMENT, kind="must")
    asked = thread.say(Verb.COMMENT, BEN, kind="question")
    better = thread.say(Verb.SUGGEST, CLEO, quote="a", with_="b")
    thread.resolve(must, "answered", BEN)
    thread.resolve(must, "settled")
    thread.resolve(asked, "withdrawn", BEN)
    thread.resolve(better, "taken", BEN)
    assert list(note_faults(thread.history, trust=TRUST)) == []


def test_nothing_is_approved_while_a_must_is_open_and_the_refusal_names_it(thread: Thread) -> None:
    thread.say(Verb.COMMENT, kind="question", words="Why?")
    first = thread.say(Verb.COMMENT, kind="must", words="Say\nwhere.")
    thread.say(Verb.COMMENT, CLEO, kind="must", words="x" * 200)
    thread.resolve(first, "answered", BEN)
    with pytest.raises(ConflictError) as refused:
        refuse_unsettled(thread.history, thread.words, name="trip")
    assert "2 musts are open: note 2 (ann, answered: Say where.); note 3 (cleo: xxx" in str(
        refused.value
    )
    assert "mayor settle trip 2 3" in refused.value.hint
    assert "mayor approve trip --settle" in refused.value.hint
    for note in thread.notes:
        thread.resolve(note.id, "settled")
    refuse_unsettled(thread.history, thread.words, name="trip")


def resolve(
    thread: Thread,
    note: EventId,
    how: str,
    actor: AuthorId,
    *,
    words: str = "",
    authors: tuple[AuthorId, ...] = (BEN,),
    solo: bool = False,
) -> None:
    refuse_resolution(
        {"note": note, "how": how},
        name="trip",
        words=words,
        history=thread.history,
        actor=actor,
        authors=authors,
        mayors=MAYORS,
        solo=solo,
    )


def test_who_may_resolve_a_note_and_how(thread: Thread) -> None:
    must = thread.say(Verb.COMMENT, ANN, kind="must")
    better = thread.say(Verb.SUGGEST, CLEO, quote="a", with_="b")
    allowed = [
        (must, "settled", CLEO),
        (must, "withdrawn", ANN),
        (better, "taken", BEN),
        (better, "withdrawn", CLEO),
        (better, "settled", ANN),
    ]
    for note, how, actor in allowed:
        resolve(thread, note, how, actor)
    resolve(thread, must, "answered", BEN, words="Done.")
    refused: list[tuple[EventId, str, AuthorId, type[BlognetError]]] = [
        (must, "settled", BEN, NotAllowedError),
        (must, "withdrawn", CLEO, NotAllowedError),
        (must, "taken", BEN, UsageError),
        (must, "answered", BEN, UsageError),
        (better, "taken", ANN, NotAllowedError),
        (EventId("0" * 64), "settled", ANN, UsageError),
        (must, "forgotten", ANN, UsageError),
    ]
    for note, how, actor, error in refused:
        with pytest.raises(error):
            resolve(thread, note, how, actor)


def test_nobody_answers_a_note_of_their_own(thread: Thread) -> None:
    note = thread.say(Verb.COMMENT, BEN, kind="question")
    with pytest.raises(UsageError, match="your own"):
        resolve(thread, note, "answered", BEN, words="I know.")


def test_a_mayor_does_not_settle_a_must_on_work_of_their_own_unless_the_network_is_solo(
    thread: Thread,
) -> None:
    must = thread.say(Verb.COMMENT, CLEO, kind="must")
    with pytest.raises(NotAllowedError, match="your own work"):
        resolve(thread, must, "settled", ANN, authors=(ANN,))
    resolve(thread, must, "settled", ANN, authors=(ANN,), solo=True)
    resolve(thread, must, "settled", CLEO, authors=(ANN,))


def test_where_nobody_is_an_author_a_mayor_takes_suggestions(thread: Thread) -> None:
    better = thread.say(Verb.SUGGEST, CLEO, quote="a", with_="b")
    resolve(thread, better, "taken", ANN, authors=())
    with pytest.raises(NotAllowedError):
        resolve(thread, better, "taken", BEN, authors=())


@pytest.mark.parametrize("how", ["taken", "settled", "withdrawn"])
def test_what_is_done_with_is_not_resolved_again(thread: Thread, how: str) -> None:
    note = thread.say(Verb.SUGGEST, ANN, quote="a", with_="b")
    thread.resolve(note, how, BEN if how == "taken" else ANN)
    with pytest.raises(ConflictError, match=f"is {how} already"):
        resolve(thread, note, "settled", CLEO)


def test_anybody_comments_and_suggests_and_only_a_mayor_insists() -> None:
    refuse_note(Verb.COMMENT, {"kind": "question"}, actor=BEN, mayors=MAYORS)
    refuse_note(Verb.SUGGEST, {"quote": "a"}, actor=BEN, mayors=MAYORS)
    refuse_note(Verb.COMMENT, {"kind": "must"}, actor=ANN, mayors=MAYORS)
    with pytest.raises(NotAllowedError, match="cannot insist"):
        refuse_note(Verb.COMMENT, {"kind": "must"}, actor=BEN, mayors=MAYORS)


@pytest.mark.parametrize(
    ("verb", "options"),
    [
        (Verb.COMMENT, {"kind": "applause"}),
        (Verb.COMMENT, {"kind": "suggestion"}),
        (Verb.SUGGEST, {"kind": "must", "quote": "a"}),
        (Verb.SUGGEST, {"with": "b"}),
        (Verb.SUGGEST, {"quote": "a", "with": "a"}),
        (Verb.COMMENT, {"quote": "x" * 4001}),
        (Verb.SUGGEST, {"quote": "a", "with": "caf\udce9"}),
        (Verb.SUGGEST, {"quote": "a", "with": "b\rc"}),
        (Verb.SUGGEST, {"quote": "a", "with": "b\0c"}),
    ],
)
def test_a_note_that_makes_no_sense_is_refused(verb: Verb, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        refuse_note(verb, options, actor=ANN, mayors=MAYORS)


def test_suggestions_go_into_a_text_one_after_the_other(thread: Thread) -> None:
    thread.say(Verb.SUGGEST, quote="one", after=" two", with_="1")
    thread.say(Verb.SUGGEST, quote=" two", before="one", after=" three")
    edited = take_all("one two three\n", thread.notes, name="trip")
    assert edited.text == "1 three\n"
    assert [edit.line for edit in edited.edits] == [1, 1]


def test_two_suggestions_about_the_same_words_are_not_both_taken(thread: Thread) -> None:
    for new in ("1", "I"):
        thread.say(Verb.SUGGEST, quote="one", after=" two", with_=new)
    with pytest.raises(ConflictError, match="suggestion 2 on trip is outdated"):
        take_all("one two\n", thread.notes, name="trip")


def test_a_suggestion_that_the_text_follows_already_changes_nothing(thread: Thread) -> None:
    thread.say(Verb.SUGGEST, quote="one", after=" two", with_="1")
    edited = take_all("1 two\n", thread.notes, name="trip")
    assert (edited.text, edited.edits[0].span) == ("1 two\n", None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nothing\n", "not in the text any more"),
        ("- the map here\n- the map there\n", "several places, on lines 1, 2"),
        ("In the end there was another map.\n", "only on line 1"),
    ],
)
def test_an_outdated_suggestion_is_refused_with_the_reason(
    thread: Thread, text: str, why: str
) -> None:
    thread.say(Verb.SUGGEST, quote="map", before="We knew the ", after=" was old", with_="chart")
    with pytest.raises(ConflictError, match=why):
        take_all(text, thread.notes, name="trip")
