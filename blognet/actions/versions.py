"""The versions of a subject that decisions compare: what somebody looked at, and what lies there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.actions.entries import proposed_in
from blognet.content.values import Post
from blognet.moderation.carrying import Side, looked_at, rule_for
from blognet.moderation.standing import Live, Proposed

if TYPE_CHECKING:
    from blognet.actions.network import Entry, Network
    from blognet.kernel.hashing import ContentHash


def sides_of(network: Network, entry: Entry) -> tuple[Side, Side] | None:
    """Return the live version that somebody looked at, and what lies on disk; None when one of them is missing."""
    published, proposal = entry.standing.published, entry.proposal
    if not isinstance(published, Live) or proposal is None:
        return None
    before = _approved(network, entry, looked_at(entry.decided.history, published.version.content))
    if before is None or not isinstance(proposal.content, Post):
        return None
    after = Side(
        text=proposal.text,
        post=proposal.content,
        assets=proposal.assets,
        path_facts=proposal.path_facts,
    )
    return before, after


def _approved(network: Network, entry: Entry, content: ContentHash) -> Side | None:
    events = entry.decided.history.events
    event = next((one for one in events if one.is_for_readers and one.content == content), None)
    text = entry.decided.texts.get(content)
    if event is None or text is None:
        return None
    from blognet.content.parse import parse_content

    post, _ = parse_content(
        entry.subject,
        text=text,
        path="",
        path_facts=event.path_facts,
        assets=event.assets,
        rules=replace(network.rules, topics=()),
    )
    if not isinstance(post, Post):
        return None
    return Side(text=text, post=post, assets=event.assets, path_facts=event.path_facts)


def carriable(network: Network) -> tuple[Entry, ...]:
    """Return the queued edits to which the policy lets an approval carry over, before anybody decides."""
    survives, names = network.rights.survives, network.rights.names
    if survives.is_nothing:
        return ()
    return tuple(
        entry
        for entry in proposed_in(network.entries)
        if entry.standing.proposed is Proposed.QUEUED
        and (sides := sides_of(network, entry)) is not None
        and rule_for(*sides, survives, names=names)
    )
