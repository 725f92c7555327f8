"""The queue as a mayor works through it: the longest waiting first, with its age, and who has taken it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.claims import claimed_by
from blognet.actions.waiting import Turn, for_mayor, waiting
from blognet.disk.ages import bytes_since
from blognet.disk.git import repository_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from blognet.actions.network import Entry, Network
    from blognet.actions.promise import Promised
    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import AuthorId, SourcePath, Subject

_TURNS = {Turn.MAYOR: 0, Turn.AUTHOR: 1, Turn.NOBODY: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """Something that waits, with what a queue adds.

    Attributes:
        waiting: What waits, and for whom.
        since: Since when: for the mayor, since the bytes are what they are; for the author, since the answer.
        age: How long that is; never below nothing.
        claimed_by: Who has taken it on.
    """

    waiting: Waiting
    since: datetime
    age: timedelta
    claimed_by: tuple[AuthorId, ...]

    @property
    def entry(self) -> Entry:
        """The subject."""
        return self.waiting.entry


def in_line(
    network: Network,
    *,
    everything: bool = False,
    author: str = "",
    claimed: AuthorId | None = None,
) -> tuple[InLine, ...]:
    """Return what waits, worst first: what mayors disagree on, then the mayor's turn, the longest waiting first.

    Args:
        network: Where.
        everything: Drafts and what was declined, too.
        author: Only this author's; "" for everybody's.
        claimed: Only what this person has taken on.
    """
    found = waiting(network)
    chosen = found if everything else for_mayor(found)
    chosen = tuple(one for one in chosen if not author or author in one.entry.authors)
    times = bytes_since(
        network.root,
        repository_of(network.root),
        [path for one in chosen for path in _files(one.entry)],
    )
    rows = [_in_line(one, network, times) for one in chosen]
    if claimed is not None:
        rows = [row for row in rows if claimed in row.claimed_by]
    return tuple(sorted(rows, key=_worst_first))


def by_promise(rows: Iterable[InLine], promise: Promised) -> tuple[InLine, ...]:
    """Return what mayors disagree on, then what waits for an answer by when it is due, and the rest as it was."""
    places = {wait.subject: wait.place for wait in promise.waits}
    last = len(places) + 1
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.waiting.what != "contested",
                places.get(row.entry.subject, last),
            ),
        )
    )


def _in_line(one: Waiting, network: Network, times: Mapping[SourcePath, datetime]) -> InLine:
    moments = [times[path] for path in _files(one.entry) if path in times]
    since = max(moments, default=network.now)
    if one.turn is not Turn.MAYOR and one.since is not None:
        since = one.since
    since = min(since, network.now)  # a clock somewhere ran ahead
    return InLine(
        waiting=one, since=since, age=network.now - since, claimed_by=claimed_by(one.entry)
    )


def _worst_first(row: InLine) -> tuple[bool, int, datetime, Subject]:
    one = row.waiting
    return one.what != "contested", _TURNS[one.turn], row.since, one.entry.subject


def _files(entry: Entry) -> tuple[SourcePath, ...]:
    proposal = entry.proposal
    return (proposal.path, *proposal.asset_sources) if proposal else ()
