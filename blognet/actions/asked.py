"""Who, besides the mayors, is asked for an answer: reviewers of open stages, and deputies whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.staged import stages_by_subject
from blognet.kernel.ids import AuthorId
from blognet.moderation.deputies import deputys_turn
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.actions.network import Network
    from blognet.kernel.ids import Subject
    from blognet.moderation.promise import Wait


def deciders(network: Network) -> frozenset[AuthorId]:
    """Return everybody who may have to answer today: mayors, deputies, and the reviewers of every stage."""
    config = network.config
    reviewers = (name for stage in config.stages for name in stage.reviewers)
    return frozenset(AuthorId(name) for name in (*config.mayors, *config.deputies, *reviewers))


def reviewers_by_subject(network: Network) -> Mapping[Subject, frozenset[AuthorId]]:
    """Return the reviewers of the stages that apply to what waits."""
    return {
        subject: frozenset(one for stage in stages for one in stage.rule.reviewers)
        for subject, stages in stages_by_subject(network, network.entries.values()).items()
    }


def asked_besides_mayors(
    network: Network, waits: Iterable[Wait]
) -> Mapping[AuthorId, Mapping[Subject, str]]:
    """Return who is asked about which of the subjects that wait, each with the stage; "" for a deputy.

    Who wrote something is not asked about it, and who said yes is not asked again.
    """
    waiting = {wait.subject: wait for wait in waits}
    stages = stages_by_subject(network, (network.entries[subject] for subject in waiting))
    asked: dict[AuthorId, dict[Subject, str]] = {}
    for subject, wait in waiting.items():
        authors = set(network.entries[subject].authors)
        for stage in stages.get(subject, ()):
            open_to = stage.rule.reviewers - set(stage.said_yes) if not stage.is_met else ()
            for reviewer in {*open_to} - authors:
                asked.setdefault(reviewer, {}).setdefault(subject, stage.rule.id)
        for deputy in _deputies_for(network, wait) - authors:
            asked.setdefault(deputy, {}).setdefault(subject, "")
    return asked


def _deputies_for(network: Network, wait: Wait) -> frozenset[AuthorId]:
    turn = deputys_turn(
        network.rights.deputies,
        Verb.APPROVE,
        mayors=network.rights.mayors,
        waits_since=wait.since,
        now=network.now,
    )
    return network.rights.deputies.ids if turn else frozenset()
