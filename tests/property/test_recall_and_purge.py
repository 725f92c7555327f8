"""What authors take back, and what purges cover, for any history that clones can grow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.moderation.erasing import covered, is_erased
from blognet.moderation.events import Verb
from blognet.moderation.history import history_of
from blognet.moderation.standing import Live, Proposed, Standing, standing_of
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
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId
    from blognet.moderation.events import Event

on_disk = st.sampled_from(HASHES)
days = st.sampled_from([10, 30, 50])


def stands(events: dict[EventId, Event], content: ContentHash, *, day: int = 10) -> Standing:
    """Return what stands with these events."""
    return standing_of(
        history_of(SUBJECT, events),
        content=content,
        is_draft=False,
        on_disk=True,
        now=START + timedelta(days=day),
    )


def after_all(
    events: dict[EventId, Event], verb: Verb, content: ContentHash | None
) -> dict[EventId, Event]:
    """Return the events with one more, by somebody who had seen everything."""
    ident, event = make_event(
        verb, prev=heads_of(events, frozenset(events)), content=content, number=len(events)
    )
    return {**events, ident: event}


@given(branches(steps=8), on_disk)
def test_an_approval_and_a_recall_that_did_not_see_each_other_are_contested(
    grown: Branches, content: ContentHash
) -> None:
    heads = heads_of(grown.events, frozenset(grown.events))
    yes, approval = make_event(Verb.APPROVE, prev=heads, content=content, number=3)
    back, recall = make_event(Verb.RECALL, prev=heads, content=content, number=4)
    before = stands(grown.events, content)
    after = stands({**grown.events, yes: approval, back: recall}, content)
    assert after.proposed is Proposed.CONTESTED
    assert {yes, back} <= set(after.reasons)
    if before.proposed is not Proposed.CONTESTED:
        assert after.published == before.published


@given(branches(steps=8), on_disk)
def test_a_recall_takes_back_what_waits_until_a_submit_and_touches_no_published_version(
    grown: Branches, content: ContentHash
) -> None:
    before = stands(grown.events, content)
    recalled = after_all(grown.events, Verb.RECALL, content)
    during = stands(recalled, content)
    after = stands(after_all(recalled, Verb.SUBMIT, content), content)
    if before.proposed in {Proposed.QUEUED, Proposed.HELD}:
        assert during.proposed is Proposed.RECALLED
    elif before.proposed is not Proposed.RECALLED:
        assert during.proposed is before.proposed
    assert after.proposed is not Proposed.RECALLED
    assert during.published == after.published == before.published


@given(branches(steps=8))
def test_a_recall_is_about_exactly_its_bytes(grown: Branches) -> None:
    one, other = HASHES[:2]
    assert (
        stands(after_all(grown.events, Verb.RECALL, one), other).proposed
        is stands(grown.events, other).proposed
    )


@given(branches(), days)
def test_nothing_is_ever_live_whose_text_a_purge_excuses(grown: Branches, day: int) -> None:
    published = stands(grown.events, HASHES[0], day=day).published
    if isinstance(published, Live):
        assert not is_erased(whole_history(grown), published.version.content)


@given(branches(), on_disk, days)
def test_after_a_purge_that_saw_everything_nothing_is_live_and_no_version_counts_as_known(
    grown: Branches, content: ContentHash, day: int
) -> None:
    after = stands(after_all(grown.events, Verb.PURGE, None), content, day=day)
    assert not isinstance(after.published, Live)
    assert after.proposed not in {Proposed.NONE, Proposed.SCHEDULED}


@given(branches(), on_disk, days)
def test_a_purge_lights_nothing_that_was_not_live_before(
    grown: Branches, content: ContentHash, day: int
) -> None:
    before = stands(grown.events, content, day=day).published
    after = stands(after_all(grown.events, Verb.PURGE, None), content, day=day).published
    assert not isinstance(after, Live) or after == before


@given(branches())
def test_a_purge_covers_what_it_had_seen_and_nothing_else(grown: Branches) -> None:
    history = whole_history(grown)
    expected = 0
    for at, event in enumerate(history.events):
        if event.verb is Verb.PURGE:
            expected |= history.seen[at]
    assert covered(history, history.everything) == expected
    assert covered(history, history.everything, by=frozenset({"nobody"})) == 0
