"""Traces of others and one's own are gone through as if all had been made here."""

from __future__ import annotations

from blognet.actions.far_traces import FarTraces, Traces
from blognet.engine import FactKey, Recorder, Trace, digest_of
from blognet.engine.traces import traces_as_bytes

HERE, THERE, BOTH = FactKey("page here"), FactKey("page there"), FactKey("card both")


def test_what_was_made_by_several_is_told_once_and_as_often_as_somebody_asks() -> None:
    recorder, far = Recorder(), FarTraces()
    recorder.make(HERE, str, digest_of)
    recorder.make(BOTH, str, digest_of)
    own = recorder.traces()
    others = (
        Trace(key=BOTH, digest=digest_of(""), needs=()),
        Trace(key=THERE, digest="1", needs=(BOTH,)),
    )
    far.add(traces_as_bytes(others))
    far.add(traces_as_bytes(others[:1]))
    traces = Traces(recorder, far)
    assert traces.keys() == {HERE, THERE, BOTH}
    assert tuple(traces) == (*own, others[1])
    assert tuple(traces) == (*own, others[1])
    assert traces.of(THERE) == others[1]
    assert traces.of(FactKey("page nowhere")) is None
