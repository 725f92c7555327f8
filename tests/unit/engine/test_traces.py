"""Traces are the same after they were bytes, and bytes that are something else are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.engine import FactKey, Trace, digest_of_text
from blognet.engine.traces import digests_in, traces_as_bytes, traces_in

_KEYS = st.text(max_size=8).map(FactKey)
_TRACES = st.dictionaries(_KEYS, st.frozensets(_KEYS, max_size=6), max_size=6).map(
    lambda made: tuple(
        Trace(key=key, digest=digest_of_text(key), needs=tuple(sorted(needs)))
        for key, needs in made.items()
    )
)


@given(traces=_TRACES)
def test_traces_survive_being_written_as_bytes(traces: tuple[Trace, ...]) -> None:
    raw = traces_as_bytes(traces)
    assert tuple(traces_in(raw)) == traces
    assert digests_in(raw) == {trace.key: trace.digest for trace in traces}


@pytest.mark.parametrize(
    "raw", [b"", b"[]\n[]", b"{}\n[]\n[]", b"[]\n[\n[]", b"[]\n1\n[]", b"\n\n\n"]
)
def test_bytes_that_are_something_else_are_told(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        digests_in(raw)
