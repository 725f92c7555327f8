"""What is read is noted, by everyone who reads it."""

from __future__ import annotations

from blognet.engine import Recorder, fact_key
from blognet.render.watched import WatchedMapping


def test_a_value_that_was_read_last_is_noted_by_the_next_reader_too() -> None:
    recorder, key = Recorder(), "one"
    watched = WatchedMapping("thing", {"one": 1, "two": 2}, recorder.note)
    for name in ("first", "second"):
        recorder.make(fact_key("file", name), lambda: watched[key], str)
    recorder.make(fact_key("file", "third"), lambda: watched["two"], str)
    needs = {trace.key: trace.needs for trace in recorder.traces()}
    assert needs == {
        "file first": ("thing one",),
        "file second": ("thing one",),
        "file third": ("thing two",),
    }
