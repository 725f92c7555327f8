"""Since when has what lies on disk waited for an answer? One run of git for everything that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.disk.committed import arrivals
from blognet.moderation.promise import queued_since
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.content.values import Proposal
    from blognet.disk.committed import Arrivals
    from blognet.kernel.ids import SourcePath, Subject

_WAITING = frozenset({Proposed.QUEUED, Proposed.HELD, Proposed.CONTESTED, Proposed.FORCED})


def waiting_since(network: Network, entries: Iterable[Entry]) -> Mapping[Subject, datetime]:
    """Return since when the bytes on disk have waited: since they were handed in, else since they came to lie there.

    A subject of which nothing waits, or nothing tells, is left out.
    """
    waiting = [one for one in entries if one.proposal and one.standing.proposed in _WAITING]
    if not waiting:
        return {}
    came = arrived(network, waiting)
    found = ((one.subject, since_of(one, came, network.now)) for one in waiting)
    return {subject: since for subject, since in found if since is not None}


def arrived(network: Network, entries: Iterable[Entry]) -> Arrivals:
    """Ask git, and the files themselves, when what lies on disk of some subjects came."""
    return arrivals(network.root, (path for one in entries for path in _files(one.proposal)))


def since_of(entry: Entry, came: Arrivals, now: datetime) -> datetime | None:
    """Return since when the bytes of a subject have waited; None when nobody knows."""
    history = entry.decided.history
    return queued_since(
        history, entry.standing.content, arrived=came.since(_files(entry.proposal)), now=now
    )


def _files(proposal: Proposal | None) -> tuple[SourcePath, ...]:
    return (proposal.path, *proposal.asset_sources) if proposal else ()
