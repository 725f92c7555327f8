"""How far the stages of a subject are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.versions import waits_since
from blognet.disk.git import repository_of
from blognet.moderation.stages import stages_of
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from blognet.actions.network import Entry, Network
    from blognet.moderation.stages import StageState

_OVER = frozenset({Proposed.NONE, Proposed.DRAFT, Proposed.SCHEDULED, Proposed.FORCED})


def stages_on(network: Network, entry: Entry) -> tuple[StageState, ...]:
    """Return the stages that apply to what waits of a subject, met or not; none when nothing waits."""
    rules = network.rights.stages
    if not rules or entry.proposal is None or entry.standing.proposed in _OVER:
        return ()
    # Only a rule with a beginning asks since when something waits; git is not asked for nothing.
    dated = any(rule.since for rule in rules)
    since = waits_since(network, entry, repository_of(network.root)) if dated else None
    return stages_of(
        rules,
        entry.proposal,
        entry.decided.history,
        content=entry.proposal.hash,
        since=since or network.now,
    )
