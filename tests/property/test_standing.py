"""The rules of trust hold for any history that clones can grow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.hashing import ContentHash
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Verb
from blognet.moderation.history import history_of
from blognet.moderation.standing import (
    RULES,
    Live,
    Proposed,
    Published,
    Retracted,
    Standing,
    Verdict,
    published_version,
    standing_of,
)
from tests.property.record_strategies import (
    HASHES,
    MAYORS,
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

    from blognet.kernel.ids import EventId
    from blognet.moderation.events import Event

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


def says_yes_for_readers(event: Event) -> bool:
    """Whether an event may light anything, by the words of the design and not by the program's."""
    return event.verb is Verb.FORCE or (event.verb is Verb.APPROVE and event.stage == "")


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
    approved = {event.content for event in grown.events.values() if says_yes_for_readers(event)}
    version = published_version(standing.published)
    if version is not None:
        approval = grown.events[version.approval]
        assert version.content in approved
        assert says_yes_for_readers(approval)
        assert approval.content == version.content


@given(branches(), moments)
def test_what_was_taken_down_stays_down_until_somebody_who_knew_of_it_brings_it_back(
    grown: Branches, now: datetime
) -> None:
    history = whole_history(grown)
    lifting = [
        history.seen[at]
        for at, event in enumerate(history.events)
        if says_yes_for_readers(event) or event.verb is Verb.RESTORE
    ]
    unknown = [
        at
        for at, event in enumerate(history.events)
        if event.verb is Verb.RETRACT and not any(seen >> at & 1 for seen in lifting)
    ]
    standing = standing_of(history, content=None, is_draft=False, on_disk=False, now=now)
    if unknown:
        assert isinstance(standing.published, Retracted)


@given(branches(), on_disk)
def test_without_approvals_nothing_is_ever_live(grown: Branches, content: ContentHash) -> None:
    kept = {ident: event for ident, event in grown.events.items() if not event.is_for_readers}
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
    assert standing.proposed is (Proposed.FORCED if standing.second else Proposed.NONE)


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
    verdicts = {verb for verb, rule in RULES.items() if rule.verdict is not Verdict.UNTOUCHED}
    open_declines = {
        history.ids[at]
        for at in history.newest(
            history.among(history.everything, lambda e: e.verb in verdicts and not e.stage)
        )
        if history.events[at].verb is Verb.DECLINE
    }
    never_written = ContentHash("f" * 64)
    standing = stands(grown, content=never_written)
    if open_declines:
        assert standing.proposed in {Proposed.DECLINED, Proposed.CONTESTED}
        assert open_declines <= set(standing.reasons)


@given(branches(), on_disk, moments)
def test_approvals_of_stages_corrections_and_recommendations_change_nothing(
    grown: Branches, content: ContentHash, now: datetime
) -> None:
    """Taken for remarks, they give the same standing: what follows them in `prev` stays connected."""
    events: dict[EventId, Event] = {}
    renamed: dict[EventId, EventId] = {}
    for ident in history_of(SUBJECT, grown.events).ids:
        event = grown.events[ident]
        prev = tuple(sorted(renamed[one] for one in event.prev))
        is_neutral = bool(event.stage) or event.verb in {Verb.CORRECT, Verb.FEATURE}
        plain = replace(event, verb=Verb.COMMENT, stage="") if is_neutral else event
        renamed[ident] = event_id(event_to_bytes(replace(plain, prev=prev)))
        events[renamed[ident]] = replace(plain, prev=prev)
    before, after = (
        standing_of(
            history_of(SUBJECT, dict(known)), content=content, is_draft=False, on_disk=True, now=now
        )
        for known in (grown.events, events)
    )
    assert after.proposed is before.proposed
    assert shown(after.published) == shown(before.published)
    assert {renamed[one] for one in before.reasons} == set(after.reasons)


@given(branches(), on_disk, st.booleans())
def test_a_forced_version_that_is_live_waits_until_another_mayor_approves_it(
    grown: Branches,
    content: ContentHash,
    is_draft: bool,  # noqa: FBT001  drawn by hypothesis
) -> None:
    history = whole_history(grown)
    standing = standing_of(history, content=content, is_draft=is_draft, on_disk=True, now=LATER)
    live = shown(standing.published)
    forces = [
        at
        for at, event in enumerate(history.events)
        if event.verb is Verb.FORCE and event.content == live
    ]
    looked = [
        force
        for force in forces
        if any(
            event.verb is Verb.APPROVE
            and not event.stage
            and event.content == live
            and event.actor != history.events[force].actor
            and not {"grant", "carried_from"} & event.options.keys()  # nobody's look
            and not history.seen[force] >> at & 1
            for at, event in enumerate(history.events)
        )
    ]
    assert (standing.second is not None) is (live is not None and len(looked) < len(forces))
    if standing.second and content == live:
        assert standing.proposed in {Proposed.FORCED, Proposed.CONTESTED}


@given(branches(), on_disk)
def test_the_look_of_another_mayor_ends_the_wait_of_a_force(
    grown: Branches, content: ContentHash
) -> None:
    events = dict(grown.events)
    standing = stands(grown, content=content)
    for number, (verb, actor) in enumerate([(Verb.FORCE, MAYORS[0]), (Verb.APPROVE, MAYORS[1])]):
        ident, event = make_event(
            verb,
            prev=heads_of(events, frozenset(events)),
            content=content,
            number=number,
            actor=actor,
        )
        events[ident] = event
        standing = stands(Branches(events=events, clones=()), content=content)
        assert shown(standing.published) == content
        if verb is Verb.FORCE:
            assert standing.proposed is Proposed.FORCED
    others = {
        event.actor
        for event in grown.events.values()
        if event.verb is Verb.FORCE and event.content == content
    }
    if others <= {MAYORS[0]}:
        assert standing.second is None


@given(branches(steps=8), on_disk)
def test_an_approval_of_one_side_settles_a_contest_with_other_bytes_on_disk(
    grown: Branches, content: ContentHash
) -> None:
    heads = heads_of(grown.events, frozenset(grown.events))
    one, first = make_event(Verb.APPROVE, prev=heads, content=HASHES[0], number=3)
    two, second = make_event(Verb.APPROVE, prev=heads, content=HASHES[1], number=4)
    events = {**grown.events, one: first, two: second}
    settled, last = make_event(
        Verb.APPROVE, prev=heads_of(events, frozenset(events)), content=HASHES[1], number=5
    )
    after = stands(Branches(events={**events, settled: last}, clones=()), content=content)
    assert shown(after.published) == HASHES[1]
    assert after.proposed is not Proposed.CONTESTED
