"""Who, besides the mayors, is asked for an answer: reviewers of open stages, and deputies whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.staged import stages_on
from blognet.actions.versions import waits_since
from blognet.disk.git import repository_of
from blognet.kernel.ids import AuthorId
from blognet.moderation.deputies import deputys_turn
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import Subject


def deciders(network: Network) -> frozenset[AuthorId]:
    """Return everybody who may have to answer today: mayors, deputies, and the reviewers of every stage."""
    config = network.config
    reviewers = (name for stage in config.stages for name in stage.reviewers)
    return frozenset(AuthorId(name) for name in (*config.mayors, *config.deputies, *reviewers))


def reviewers_of(network: Network, entry: Entry) -> frozenset[AuthorId]:
    """Return the reviewers of the stages that apply to what waits of a subject."""
    return frozenset(one for stage in stages_on(network, entry) for one in stage.rule.reviewers)


def asked_besides_mayors(
    network: Network, waiting: Iterable[Subject]
) -> Mapping[AuthorId, Mapping[Subject, str]]:
    """Return who is asked about which of the subjects that wait, each with the stage; "" for a deputy.

    Who wrote something is not asked about it, and who said yes is not asked again.
    """
    asked: dict[AuthorId, dict[Subject, str]] = {}
    for subject in waiting:
        entry = network.entries[subject]
        for stage in stages_on(network, entry):
            open_to = stage.rule.reviewers - set(stage.said_yes) if not stage.is_met else ()
            for reviewer in open_to:
                if reviewer not in entry.authors:
                    asked.setdefault(reviewer, {}).setdefault(subject, stage.rule.id)
        for deputy in _deputies_for(network, entry):
            asked.setdefault(deputy, {}).setdefault(subject, "")
    return asked


def _deputies_for(network: Network, entry: Entry) -> frozenset[AuthorId]:
    deputies = network.rights.deputies
    if not deputies.ids:
        return frozenset()
    turn = deputys_turn(
        deputies,
        Verb.APPROVE,
        mayors=network.rights.mayors,
        waits_since=waits_since(network, entry, repository_of(network.root)),
        now=network.now,
        zone=network.rights.zone,
    )
    return deputies.ids - set(entry.authors) if turn else frozenset()
