"""What an event keeps beside it is read back whole, and after a purge no file of the record holds a word of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.ids import AuthorId, EventId, Kind, Subject
from blognet.moderation.event_json import Malformed, event_from_bytes, event_id, event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.kept_words import with_kept_words, without_kept_words
from blognet.moderation.notes import notes_of
from blognet.moderation.record import RecordFile, event_path, words_file
from blognet.moderation.record_reading import read_record
from blognet.moderation.standing import standing_of
from blognet.moderation.trusting import Trust

if TYPE_CHECKING:
    from blognet.moderation.record import Record

SUBJECT = Subject(kind=Kind.POST, id="hello")
START = datetime(2026, 1, 1, tzinfo=UTC)
TRUST = Trust(network="test", mayors=frozenset({"ann"}))
ZOE = "Zoë"
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=12)
secrets = texts.map(lambda text: f"{ZOE}{text}")


@st.composite
def remarks(draw: st.DrawFn) -> tuple[Event, str]:
    """Draw a note, an answer or a waiver as it was decided, with its words."""
    verb = draw(st.sampled_from([Verb.COMMENT, Verb.SUGGEST, Verb.DECLINE, Verb.HOLD]))
    options: dict[str, str] = {}
    if verb is Verb.SUGGEST or (verb is Verb.COMMENT and draw(st.booleans())):
        options = {"quote": draw(secrets), "before": draw(secrets), "after": draw(secrets)}
        options |= {"with": draw(secrets)} if verb is Verb.SUGGEST else {}
    if verb is Verb.COMMENT:
        options |= {"kind": draw(st.sampled_from(["note", "question", "must"]))}
    waivers = tuple(draw(st.lists(secrets.map("phone: {}".format), max_size=2)))
    event = Event(
        network="test",
        subject=SUBJECT,
        verb=verb,
        actor=AuthorId("ann"),
        time=START,
        options=options,
        waivers=waivers,
    )
    words = draw(secrets | st.just("")) if verb is Verb.SUGGEST else draw(secrets)
    return event, words


histories = st.lists(st.tuples(remarks(), st.integers(0, 2)), min_size=1, max_size=5)


def chained(said: list[tuple[tuple[Event, str], int]]) -> list[tuple[EventId, Event, str]]:
    """Return the events one after the other, each having seen as many of the last ones as drawn."""
    made: list[tuple[EventId, Event, str]] = []
    for number, ((event, words), back) in enumerate(said):
        prev = tuple(sorted(ident for ident, _, _ in made[len(made) - back :])) if back else ()
        placed = replace(event, prev=prev, time=START + timedelta(seconds=number))
        kept = with_kept_words(placed, words)
        made.append((event_id(event_to_bytes(kept)), kept, words))
    return made


def files_of(made: list[tuple[EventId, Event, str]]) -> list[RecordFile]:
    files: list[RecordFile] = []
    for _, event, words in made:
        raw = event_to_bytes(event)
        files.append(RecordFile(path=event_path(event, raw), raw=raw))
        if event.words:
            files.append(words_file(event, raw, words))
    return files


def record_of(files: list[RecordFile]) -> Record:
    return read_record(files, asset_names=frozenset(), trust=TRUST)


@given(histories)
def test_what_is_kept_beside_an_event_is_read_back_whole(
    said: list[tuple[tuple[Event, str], int]],
) -> None:
    made = chained(said)
    record = record_of(files_of(made))
    assert record.problems == ()
    decided = record.of(SUBJECT)
    known = dict(zip(decided.history.ids, decided.history.events, strict=True))
    assert known == {ident: event for ident, event, _ in made}
    assert decided.words == {ident: words for ident, event, words in made if event.words}


@given(histories)
def test_after_a_purge_no_file_holds_a_word_and_the_record_stands_as_before(
    said: list[tuple[tuple[Event, str], int]],
) -> None:
    made = chained(said)
    before = record_of(files_of(made)).of(SUBJECT).history
    reason = Event(
        network="test",
        subject=SUBJECT,
        verb=Verb.PURGE,
        actor=AuthorId("ann"),
        time=START + timedelta(days=1),
        prev=before.heads,
    )
    purge = with_kept_words(reason, "Ticket 12.")
    files = files_of([*made, (event_id(event_to_bytes(purge)), purge, "Ticket 12.")])
    whole = record_of(files).of(SUBJECT).history
    left = [one for one in files if one.path.endswith(".json") or b"Ticket 12." in one.raw]
    assert not [one.path for one in left if ZOE.encode() in one.raw]
    record = record_of(left)
    assert record.problems == ()
    after = record.of(SUBJECT).history
    assert (after.ids, after.seen) == (whole.ids, whole.seen)
    stands = [
        standing_of(one, content=None, is_draft=False, on_disk=True, now=START)
        for one in (whole, after)
    ]
    assert stands[0] == stands[1]
    states = [
        [(note.id, note.kind, note.state) for note in notes_of(one)] for one in (whole, after)
    ]
    assert states[0] == states[1]


@given(histories, st.data())
def test_a_changed_words_file_is_noticed_whatever_was_changed(
    said: list[tuple[tuple[Event, str], int]], data: st.DataObject
) -> None:
    files = files_of(chained(said))
    wordy = [at for at, one in enumerate(files) if one.path.endswith(".md")]
    if not wordy:
        return
    at = data.draw(st.sampled_from(wordy))
    raw = files[at].raw
    place = data.draw(st.integers(2, len(raw) - 1))
    changed = raw[:place] + data.draw(st.binary(min_size=1, max_size=3)) + raw[place:]
    files[at] = RecordFile(path=files[at].path, raw=changed)
    assert {one.code for one in record_of(files).problems} == {"BN310"}


@given(remarks())
def test_an_event_holds_no_word_twice_and_names_nothing_that_this_version_does_not_know(
    said: tuple[Event, str],
) -> None:
    event, words = said
    kept = with_kept_words(event, words)
    raw = event_to_bytes(kept)
    assert event_from_bytes(raw) == without_kept_words(kept)
    mapping = json.loads(raw)
    for options in ({"private": "grant"}, {"private": "with quote"}, {"private": "quote quote"}):
        forged = {**mapping, "options": {**mapping.get("options", {}), **options}}
        text = json.dumps(forged, sort_keys=True, ensure_ascii=False, indent=1) + "\n"
        assert isinstance(event_from_bytes(text.encode()), Malformed)
    if kept.options.get("private"):
        both = {**mapping, "options": {**mapping["options"], "quote": "x"}, "waivers": ["y"]}
        text = json.dumps(both, sort_keys=True, ensure_ascii=False, indent=1) + "\n"
        assert isinstance(event_from_bytes(text.encode()), Malformed)
