"""How far the stages of subjects are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.roles import stage_rules
from blognet.actions.since import waiting_since
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import Subject
    from blognet.moderation.stages import StageState

_OVER = frozenset({Proposed.NONE, Proposed.DRAFT, Proposed.SCHEDULED, Proposed.FORCED})


def stages_on(network: Network, entry: Entry) -> tuple[StageState, ...]:
    """Return the stages that apply to what waits of a subject, met or not; none when nothing waits."""
    return stages_by_subject(network, (entry,)).get(entry.subject, ())


def stages_by_subject(
    network: Network, entries: Iterable[Entry]
) -> Mapping[Subject, tuple[StageState, ...]]:
    """Return the stages that apply to what waits of some subjects, met or not; without those that have none."""
    rules = stage_rules(network.config)
    if not rules:
        return {}
    from blognet.moderation.stages import stages_of

    # Where something stands is known without its text, which is read of what waits alone.
    waiting = [one for one in entries if one.standing.proposed not in _OVER and one.proposal]
    # Only a rule with a beginning asks since when something waits; git is not asked for nothing.
    since = waiting_since(network, waiting) if any(rule.since for rule in rules) else {}
    found = (
        (
            one.subject,
            stages_of(
                rules,
                one.proposal,
                one.decided.history,
                content=one.standing.content,
                since=since.get(one.subject, network.now),
            ),
        )
        for one in waiting
    )
    return {subject: stages for subject, stages in found if stages}
