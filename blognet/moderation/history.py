"""The events of one subject in the order of cause. Answers: which event had seen which? Clocks order nothing.

Each event names in `prev` the heads its actor had. Sets of events are whole numbers used as bit sets, so that
"everything this event had seen" and "what all of these had seen" are single operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from blognet.kernel.ids import EventId, Subject
    from blognet.moderation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The events of a subject, causes before effects.

    Made by `history_of` alone, which keeps the invariants: every `prev` is known and stands earlier in `ids`.

    Attributes:
        subject: What the events are about.
        ids: Ids of the events, causes first; among events that did not see each other, by time and id.
        events: In the order of `ids`.
        seen: For each event, the bit set of all events it had seen, directly or not.
    """

    subject: Subject
    ids: tuple[EventId, ...] = ()
    events: tuple[Event, ...] = ()
    seen: tuple[int, ...] = ()

    @property
    def everything(self) -> int:
        """The bit set of all events."""
        return (1 << len(self.ids)) - 1

    @property
    def heads(self) -> tuple[EventId, ...]:
        """The events that no other has seen, sorted: the `prev` of whoever decides next."""
        return tuple(sorted(self.ids[at] for at in self.newest(self.everything)))

    def among(self, wanted: int, chosen: Callable[[Event], bool]) -> int:
        """Return the bit set of those of `wanted` that are `chosen`."""
        return sum(1 << at for at in members(wanted) if chosen(self.events[at]))

    def newest(self, wanted: int) -> tuple[int, ...]:
        """Return the positions of those of `wanted` that no other of `wanted` has seen."""
        overtaken = 0
        for at in members(wanted):
            overtaken |= self.seen[at]
        return tuple(members(wanted & ~overtaken))

    def seen_by_all(self, positions: Iterable[int]) -> int:
        """Return the bit set of what every one of these events had seen; everything when there are none."""
        common = self.everything
        for at in positions:
            common &= self.seen[at]
        return common

    def unaware(self, one: int, other: int) -> bool:
        """Whether two different events had not seen each other."""
        return one != other and not (self.seen[one] >> other & 1 or self.seen[other] >> one & 1)


def history_of(subject: Subject, events: Mapping[EventId, Event]) -> History:
    """Order the events of a subject.

    Args:
        subject: What the events are about.
        events: By id. An event whose `prev` is not among them, or only reachable through such an event, is left out:
            a chain with a hole proves nothing. `blognet.moderation.record` reports each as a problem that stops a
            build.
    """
    depths = _depths(events)
    ordered = sorted(depths, key=lambda ident: (depths[ident], events[ident].time, ident))
    place = {ident: at for at, ident in enumerate(ordered)}
    seen: list[int] = []
    for ident in ordered:
        mask = 0
        for prev in events[ident].prev:
            mask |= 1 << place[prev] | seen[place[prev]]
        seen.append(mask)
    return History(
        subject=subject,
        ids=tuple(ordered),
        events=tuple(events[ident] for ident in ordered),
        seen=tuple(seen),
    )


def longer(history: History, ident: EventId, event: Event) -> History:
    """Return a history with one event more; its `prev` has to be known."""
    events = dict(zip(history.ids, history.events, strict=True))
    return history_of(history.subject, {**events, ident: event})


def _depths(events: Mapping[EventId, Event]) -> dict[EventId, int]:
    """Return how many events stand before each on its longest chain; without those whose chain has a hole."""
    after: dict[EventId, list[EventId]] = {}
    missing: dict[EventId, int] = {}
    for ident, event in events.items():
        before = set(event.prev)
        missing[ident] = len(before)
        for prev in before:
            after.setdefault(prev, []).append(ident)
    depths = {ident: 0 for ident, count in missing.items() if count == 0}
    reached: dict[EventId, int] = {}
    ready = list(depths)
    while ready:
        done = ready.pop()
        for ident in after.get(done, ()):
            depth = depths[done] + 1
            reached[ident] = max(depth, reached.get(ident, 0))
            missing[ident] -= 1
            if missing[ident] == 0:
                depths[ident] = reached[ident]
                ready.append(ident)
    return depths


def members(bits: int) -> Iterator[int]:
    """Iterate the positions in a bit set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
