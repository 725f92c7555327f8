"""Approve what a trusted author handed in, when a mayor's grant reaches it. Refusing is no failure: it waits then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.decide import Request, decide_all
from blognet.actions.network import load_network
from blognet.moderation.events import Seen, Verb
from blognet.moderation.granting import open_grant
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.decide import Outcome
    from blognet.kernel.ids import AuthorId, Subject


def approve_under_grant(
    start: Path, subjects: tuple[Subject, ...], *, actor: AuthorId, now: datetime
) -> Outcome | None:
    """Approve those of an author's posts that wait and that an open grant reaches.

    Args:
        start: A folder in the network.
        subjects: What was handed in.
        actor: Who handed it in.
        now: The time, whole seconds.

    Returns:
        What was decided, and why not the rest; None when the author has no open grant, or is a mayor.

    Raises:
        BlognetError: The record is not sound, or the disk refuses.
    """
    network = load_network(start, now=now)
    grant = open_grant(network.grants, actor, now)
    if grant is None or actor in network.config.mayors:
        return None
    entries = [
        entry
        for subject in subjects
        if (entry := network.entries.get(subject)) is not None
        and entry.standing.proposed is Proposed.QUEUED
    ]
    left = grant.posts - len(grant.used)
    requests = tuple(
        Request(
            subject=entry.subject,
            verb=Verb.APPROVE,
            expected=entry.standing.content,
            seen=Seen.ASSUMED,
            options={"grant": grant.event},
        )
        for entry in entries[:left]
    )
    if not requests:
        return None
    return decide_all(start, requests, actor=actor, now=now, leave_out_refused=True)
