"""Mending changes nothing in a sound record, and takes nothing for right but what was there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from blognet.actions.mend import mend
from blognet.actions.verify import verify
from blognet.kernel.hashing import PathFacts, content_hash, sha256_hex
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.mending import events_by_folder, is_right
from blognet.moderation.record import RecordFile, event_path, text_file, words_file
from tests.property.record_strategies import START, SUBJECT, make_event

if TYPE_CHECKING:
    from blognet.kernel.ids import EventId

CONFIG = "id: test\ntitle: T\nurl: https://blog.example.org\nmayors: [ann]\n"
TEXTS = ("One.\n", "Two.\n\nAnd a half.", "")
SAID = (Verb.APPROVE, Verb.RETURN, Verb.COMMENT, Verb.SUBMIT, Verb.RECALL, Verb.RETRACT)
said = st.lists(
    st.tuples(st.sampled_from(SAID), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=8
)


def record_of(steps: list[tuple[Verb, int, int]]) -> tuple[RecordFile, ...]:
    """Make a sound record: each step is a verb, a text, and how many of the last heads it had seen."""
    files: dict[str, RecordFile] = {}
    known: list[EventId] = []
    for number, (verb, which, back) in enumerate(steps):
        content = content_hash(SUBJECT, path_facts=PathFacts(), text=TEXTS[which], assets=())
        words = f"Words {number}." if verb in {Verb.RETURN, Verb.RETRACT, Verb.COMMENT} else ""
        prev = tuple(known[-back:]) if back else ()
        _, event = make_event(verb, prev=prev, content=content, number=number, publish=START)
        fields = {name: getattr(event, name) for name in Event.__slots__}
        event = Event(**{**fields, "words": sha256_hex(words.encode()) if words else ""})
        raw = event_to_bytes(event)
        known.append(event_id(raw))
        made = [RecordFile(path=event_path(event, raw), raw=raw)]
        made += [words_file(event, raw, words)] if words else []
        made += [text_file(SUBJECT, content, TEXTS[which])] if verb is Verb.APPROVE else []
        files |= {file.path: file for file in made}
    return tuple(files.values())


@settings(max_examples=25, deadline=None)
@given(said)
def test_mending_a_sound_record_changes_nothing(steps: list[tuple[Verb, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "blognet.yml").write_text(CONFIG, encoding="utf-8")
        for file in record_of(steps):
            target = root / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.raw)
        assert verify(root).problems == ()
        done = mend(root, carry_out=True)
        assert (done.is_nothing, done.remaining) == (True, ())
        after = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in (root / "record").rglob("*")
            if path.is_file()
        }
        assert after == {file.path: file.raw for file in record_of(steps)}


@given(said, st.integers(0, 1000), st.binary(min_size=1, max_size=3))
def test_only_the_bytes_that_were_there_are_right(
    steps: list[tuple[Verb, int, int]], at: int, more: bytes
) -> None:
    files = record_of(steps)
    folders = events_by_folder(files)
    for file in files:
        events = folders[file.path.rpartition("/")[0]]
        assert is_right(file.path, file.raw, events)
        place = at % (len(file.raw) + 1)
        changed = file.raw[:place] + more + file.raw[place:]
        assert not is_right(file.path, changed, events)
