"""The rules of trust hold for any history that clones can grow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.hashing import ContentHash
from blognet.moderation.events import Verb
from blognet.moderation.history import history_of
from blognet.moderation.standing import (
    Live,
    Proposed,
    Published,
    Retracted,
    Standing,
    published_version,
    standing_of,
)
from tests.property.record_strategies import (
    HASHES,
    START,
    SUBJECT,
    Branches,
    branches,
    heads_of,
    make_event,
    whole_history,
)

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

LATER = START + timedelta(days=10)
moments = st.sampled_from([LATER, START + timedelta(days=30), START + timedelta(days=50)])
on_disk = st.sampled_from(HASHES)


def stands(grown: Branches, *, content: ContentHash = HASHES[0], days: int = 10) -> Standing:
    """Return what stands after merging everything."""
    now = START + timedelta(days=days)
    return standing_of(whole_history(grown), content=content, is_draft=False, on_disk=True, now=now)


def shown(published: Published) -> ContentHash | None:
    """Return the hash that readers would see."""
    return published.version.content if isinstance(published, Live) else None


@given(branches(), on_disk, moments, st.randoms(use_true_random=False))
def test_events_arriving_in_any_order_give_the_same_standing(
    grown: Branches, content: ContentHash, now: datetime, random: Random
) -> None:
    shuffled = list(grown.events.items())
    random.shuffle(shuffled)
    one, other = (
        standing_of(
            history_of(SUBJECT, dict(events)),
            content=content,
            is_draft=False,
            on_disk=True,
            now=now,
        )
        for events in (grown.events.items(), shuffled)
    )
    assert one == other


@given(branches(), moments)
def test_nothing_is_live_without_an_approval_of_exactly_these_bytes(
    grown: Branches, now: datetime
) -> None:
    standing = standing_of(
        whole_history(grown), content=None, is_draft=False, on_disk=False, now=now
    )
    approved = {event.content for event in grown.events.values() if event.verb is Verb.APPROVE}
    version = published_version(standing.published)
    if version is not None:
        approval = grown.events[version.approval]
        assert version.content in approved
        assert approval.verb is Verb.APPROVE
        assert approval.content == version.content


@given(branches(), on_disk)
def test_without_approvals_nothing_is_ever_live(grown: Branches, content: ContentHash) -> None:
    kept = {ident: event for ident, event in grown.events.items() if event.verb is not Verb.APPROVE}
    standing = standing_of(
        history_of(SUBJECT, kept), content=content, is_draft=False, on_disk=True, now=LATER
    )
    assert shown(standing.published) is None


@given(branches(), on_disk)
def test_an_approval_that_saw_everything_settles_it(grown: Branches, content: ContentHash) -> None:
    ident, event = make_event(
        Verb.APPROVE,
        prev=heads_of(grown.events, frozenset(grown.events)),
        content=content,
        number=1,
    )
    standing = stands(Branches(events={**grown.events, ident: event}, clones=()), content=content)
    assert shown(standing.published) == content
    assert standing.proposed is Proposed.NONE


@given(branches(), on_disk)
def test_a_decline_that_saw_everything_settles_it_and_takes_nothing_down(
    grown: Branches, content: ContentHash
) -> None:
    before = stands(grown, content=content)
    ident, event = make_event(
        Verb.DECLINE,
        prev=heads_of(grown.events, frozenset(grown.events)),
        content=content,
        number=1,
    )
    after = stands(Branches(events={**grown.events, ident: event}, clones=()), content=content)
    if before.proposed is not Proposed.CONTESTED:
        assert after.published == before.published
        assert after.proposed in {Proposed.DECLINED, before.proposed}


@given(branches(), on_disk)
def test_only_a_retraction_or_an_expiry_takes_a_version_down_when_all_was_seen(
    grown: Branches, content: ContentHash
) -> None:
    """On one line of decisions, without branches, a live post stays live through any remark or verdict."""
    events = dict(grown.events)
    before = stands(grown, content=content)
    for verb in (Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RELEASE, Verb.COMMENT):
        known = frozenset(events)
        ident, event = make_event(
            verb, prev=heads_of(events, known), content=content, number=len(events)
        )
        events[ident] = event
        after = stands(Branches(events=events, clones=()), content=content)
        if isinstance(before.published, Live) and before.proposed is not Proposed.CONTESTED:
            assert after.published == before.published


@given(branches(steps=8), on_disk)
def test_opposite_decisions_that_did_not_see_each_other_are_contested(
    grown: Branches, content: ContentHash
) -> None:
    heads = heads_of(grown.events, frozenset(grown.events))
    yes, approval = make_event(Verb.APPROVE, prev=heads, content=content, number=3)
    no, decline = make_event(Verb.DECLINE, prev=heads, content=content, number=4)
    events = {**grown.events, yes: approval, no: decline}
    before = stands(grown, content=content)
    after = stands(Branches(events=events, clones=()), content=content)
    assert after.proposed is Proposed.CONTESTED
    assert {yes, no} <= set(after.reasons)
    if before.proposed is not Proposed.CONTESTED:
        assert after.published == before.published


@given(branches(steps=8), on_disk)
def test_a_retraction_wins_over_an_approval_that_did_not_see_it(
    grown: Branches, content: ContentHash
) -> None:
    heads = heads_of(grown.events, frozenset(grown.events))
    up, approval = make_event(Verb.APPROVE, prev=heads, content=content, number=3)
    down, retraction = make_event(Verb.RETRACT, prev=heads, content=content, number=4)
    after = stands(Branches(events={**grown.events, up: approval, down: retraction}, clones=()))
    assert isinstance(after.published, Retracted)


@given(branches())
def test_a_decline_is_never_lost(grown: Branches) -> None:
    """A decline that no later verdict saw shows: as declined, or as one side of a contest."""
    history = whole_history(grown)
    verdicts = {Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RELEASE}
    open_declines = {
        history.ids[at]
        for at in history.newest(history.among(history.everything, lambda e: e.verb in verdicts))
        if history.events[at].verb is Verb.DECLINE
    }
    never_written = ContentHash("f" * 64)
    standing = stands(grown, content=never_written)
    if open_declines:
        assert standing.proposed in {Proposed.DECLINED, Proposed.CONTESTED}
        assert open_declines <= set(standing.reasons)
