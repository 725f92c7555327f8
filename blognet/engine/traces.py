"""Traces as bytes: for a process that hands on what it recorded, and one that keeps more of it than it wants to hold.

Three lines of JSON: the keys, each once, those of what was made first; the digests of what was made; and for each of
these the numbers of the keys that were read. Reading them runs nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blognet.engine.facts import FactKey
from blognet.engine.recording import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def traces_as_bytes(traces: Sequence[Trace]) -> bytes:
    """Write traces, of which no two are of the same thing."""
    numbers = {trace.key: number for number, trace in enumerate(traces)}
    number_of = numbers.setdefault
    needs = [[number_of(need, len(numbers)) for need in trace.needs] for trace in traces]
    lines = (list(numbers), [trace.digest for trace in traces], needs)
    return "\n".join(json.dumps(line, separators=(",", ":")) for line in lines).encode("ascii")


def digests_in(raw: bytes) -> Mapping[FactKey, str]:
    """Return the digests of what was made, by key, as `traces_as_bytes` wrote them.

    Raises:
        ValueError: This is something else.
    """
    keys, digests, _ = _lines(raw)
    return dict(zip(_texts(keys), _texts(digests), strict=False))


def traces_in(raw: bytes) -> Iterator[Trace]:
    """Give the traces that `traces_as_bytes` wrote.

    Raises:
        ValueError: This is something else.
    """
    first, second, third = _lines(raw)
    keys, digests, all_needs = _texts(first), _texts(second), json.loads(third)
    for key, digest, needs in zip(keys, digests, all_needs, strict=False):
        yield Trace(
            key=FactKey(key), digest=digest, needs=tuple([FactKey(keys[need]) for need in needs])
        )


def _lines(raw: bytes) -> tuple[bytes, bytes, bytes]:
    first, second, third = raw.split(b"\n")
    return first, second, third


def _texts(line: bytes) -> list[FactKey]:
    said: object = json.loads(line)
    if not isinstance(said, list):
        raise ValueError(line)  # noqa: TRY004  # as where JSON finds it
    return said
