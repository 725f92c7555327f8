"""Noting what is read while something is made. Answers: what did this result come from?

Readings are noted where they happen, by the views that give the values out (`blognet.render.watched`), never by those
who ask. Whatever is made inside something else has its own trace, and the other depends on it as a whole: that is
where a wave of changes can stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from blognet.engine.digests import digest_of, digest_of_text
from blognet.engine.facts import FactKey, fact_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """How something was made.

    Attributes:
        key: What was made.
        digest: Of what came out.
        needs: Everything that was read to make it, sorted; what was made on the way counts as read.
    """

    key: FactKey
    digest: str
    needs: tuple[FactKey, ...]

    @property
    def reading(self) -> str:
        """A digest of what was read, by name: what is made again often reads the same."""
        return digest_of_text("\n".join(self.needs))


class Recorder:
    """Keeps what was read since the innermost thing that is being made was begun."""

    def __init__(self) -> None:
        """Begin with nothing being made and no traces."""
        self._open: list[set[FactKey]] = []
        self._traces: dict[FactKey, Trace] = {}

    def note(self, key: FactKey) -> None:
        """Say that a fact is read now; no matter when nothing is being made."""
        if self._open:
            self._open[-1].add(key)

    def make(
        self, key: FactKey, make: Callable[[], ValueT], digest: Callable[[ValueT], str]
    ) -> ValueT:
        """Make something and keep its trace.

        Args:
            key: What is made.
            make: Makes it; what it reads is noted.
            digest: Gives the digest of what came out.

        Raises:
            Exception: What `make` raises; then there is no trace.
        """
        self._open.append(set())
        try:
            value = make()
        finally:
            needs = self._open.pop()
        self._traces[key] = Trace(key=key, digest=digest(value), needs=tuple(sorted(needs)))
        return value

    def trace_of(self, key: FactKey) -> Trace | None:
        """Return how something was made; None when it was not made here."""
        return self._traces.get(key)

    def traces(self) -> tuple[Trace, ...]:
        """Return all traces, sorted by key."""
        return tuple(self._traces[key] for key in sorted(self._traces))

    def let_go(self) -> tuple[Trace, ...]:
        """Return all traces, and keep none: for a process that hands on what it recorded."""
        traces, self._traces = self.traces(), {}
        return traces


class Made(Generic[ValueT]):
    """Values of one kind, each made once, and noted by everyone who uses it, the first as well as the later."""

    def __init__(self, kind: str, recorder: Recorder) -> None:
        """Keep the kind of the keys and who notes."""
        self._kind = kind
        self._recorder = recorder
        self._values: dict[str, tuple[FactKey, ValueT]] = {}
        self.as_before: Callable[[str], ValueT | None] = _not_known
        """Gives a value that an earlier build kept and that is the same still; then it is noted, and not made."""

    def of(self, name: str, make: Callable[[], ValueT]) -> ValueT:
        """Return the value of a name; made now when it is asked for the first time."""
        known = self._values.get(name)
        if known is None:
            key = fact_key(self._kind, name)
            value = self.as_before(name)
            if value is None:
                value = self._recorder.make(key, make, digest_of)
            known = self._values[name] = (key, value)
        self._recorder.note(known[0])
        return known[1]

    def values(self) -> Mapping[str, ValueT]:
        """Return those that were asked for, by name."""
        return {name: value for name, (_, value) in self._values.items()}

    def let_go(self, *, beyond: int) -> None:
        """Forget the oldest values beyond so many; what is asked for again is made again, the same."""
        for name in tuple(islice(self._values, max(0, len(self._values) - beyond))):
            del self._values[name]


def _not_known(_name: str) -> None:
    """Give what an earlier build kept: nothing."""
