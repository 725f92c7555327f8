"""A grant is never worth more than a mayor gave, whatever clones do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, Subject
from blognet.kernel.times import iso
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.granting import doubts_about_grants, grants_in, open_grant
from blognet.moderation.history import history_of
from blognet.moderation.trusting import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

START = datetime(2026, 1, 1, tzinfo=UTC)
ANN, BEN, DEV = AuthorId("ann"), AuthorId("ben"), AuthorId("dev")
TRUST = Trust(network="test", mayors=frozenset({"ann"}))
PROFILE = Subject(kind=Kind.PROFILE, id="ben")
days = st.integers(0, 20)
flaws = st.sampled_from(
    [
        "",
        "",
        "",
        "findings",
        "waivers",
        "stage",
        "takeover",
        "carried",
        "author",
        "other grant",
        "page",
    ]
)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def event(verb: Verb, subject: Subject, actor: AuthorId, on: int, **options: str) -> Event:
    return Event(
        network="test",
        subject=subject,
        verb=verb,
        actor=actor,
        time=day(on),
        options={key: value for key, value in options.items() if value},
    )


def ident(one: Event) -> EventId:
    return event_id(event_to_bytes(one))


def approval(number: int, on: int, grant: EventId, flaw: str) -> Event:
    kind = Kind.PAGE if flaw == "page" else Kind.POST
    authors = (BEN, DEV) if flaw == "author" else (BEN,)
    facts = Facts(
        url=SitePath(f"/p{number}/"),
        authors=authors,
        date=START,
        publish=START,
        expires=None,
        title="T",
    )
    made = replace(
        event(
            Verb.APPROVE,
            Subject(kind=kind, id=f"p{number}"),
            BEN,
            on,
            grant=EventId("f" * 64) if flaw == "other grant" else grant,
            takeover="yes" if flaw == "takeover" else "",
            carried_from=f"sha256:{'0' * 64}" if flaw == "carried" else "",
        ),
        content=ContentHash(sha256_hex(str(number).encode())),
        facts=facts,
        findings=("alt-text:1:warning",) if flaw == "findings" else (),
        waivers=("alt-text: mine",) if flaw == "waivers" else (),
    )
    return replace(made, stage="legal") if flaw == "stage" else made


def revocation(
    grant: Event,
    seen: Iterable[EventId],
    *,
    by: AuthorId = ANN,
    on: int = 0,
    after: Event | None = None,
) -> Event:
    made = event(Verb.REVOKE, PROFILE, by, on, uses=" ".join(sorted(seen)))
    return replace(made, prev=(ident(after or grant),))


@given(days, days, st.booleans())
def test_what_a_revocation_had_seen_stays_and_the_rest_does_not_whatever_the_clocks_say(
    used: int,
    revoked: int,
    knew: bool,  # noqa: FBT001  drawn
) -> None:
    grant = event(Verb.GRANT, PROFILE, ANN, 0, until=iso(day(30)), posts="9")
    made = approval(0, used, ident(grant), "")
    end = revocation(grant, [ident(made)] if knew else [], on=revoked)
    histories = {
        PROFILE: history_of(PROFILE, {ident(grant): grant, ident(end): end}),
        made.subject: history_of(made.subject, {ident(made): made}),
    }
    doubted = [doubt.code for _, _, doubt in doubts_about_grants(histories, TRUST)]
    assert doubted == ([] if knew else ["BN323"])


@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)), days, days, st.booleans())
def test_of_two_revocations_each_must_have_seen_a_use_unless_one_had_seen_the_other(
    one: set[int],
    other: set[int],
    early: int,
    late: int,
    parallel: bool,  # noqa: FBT001  drawn
) -> None:
    grant = event(Verb.GRANT, PROFILE, ANN, 0, until=iso(day(30)), posts="9")
    uses = [approval(number, number, ident(grant), "") for number in range(4)]
    first = revocation(grant, (ident(uses[at]) for at in one), on=early)
    after = None if parallel else first
    second = revocation(grant, (ident(uses[at]) for at in other), by=DEV, on=late, after=after)
    events = {ident(each): each for each in (grant, first, second)}
    histories = {PROFILE: history_of(PROFILE, events)}
    histories |= {each.subject: history_of(each.subject, {ident(each): each}) for each in uses}
    doubted = {ident_ for _, ident_, _ in doubts_about_grants(histories, TRUST)}
    spared = one & other if parallel else one
    assert doubted == {ident(each) for at, each in enumerate(uses) if at not in spared}


@given(
    st.integers(1, 4),
    days,
    st.none() | st.sets(st.integers(0, 7)),
    st.lists(st.tuples(days, flaws), max_size=8),
)
def test_no_more_than_granted_nothing_late_and_nothing_beyond_its_bounds_counts(
    posts: int, until: int, revoked: set[int] | None, tried: list[tuple[int, str]]
) -> None:
    grant = event(Verb.GRANT, PROFILE, ANN, 0, until=iso(day(until)), posts=str(posts))
    given_out = {ident(grant): grant}
    uses = [approval(number, on, ident(grant), flaw) for number, (on, flaw) in enumerate(tried)]
    seen = {ident(one) for number, one in enumerate(uses) if number in (revoked or ())}
    if revoked is not None:
        end = revocation(grant, seen)
        given_out[ident(end)] = end
    histories = {PROFILE: history_of(PROFILE, given_out)}
    approvals: dict[EventId, tuple[int, str]] = {}
    for made, (on, flaw) in zip(uses, tried, strict=True):
        histories[made.subject] = history_of(made.subject, {ident(made): made})
        if flaw != "stage":  # an approval of a stage is a reviewer's matter, and publishes nothing
            approvals[ident(made)] = (on, flaw)
    doubted = {one for _, one, _ in doubts_about_grants(histories, TRUST)}
    counted = approvals.keys() - doubted
    assert len(counted) <= posts
    for one in counted:
        on, flaw = approvals[one]
        assert on <= until
        assert revoked is None or one in seen
        assert flaw == ""
    found = grants_in(histories)
    last = open_grant(found, BEN, day(until + 1))
    assert last is None
    sound = [
        one
        for one, (on, flaw) in approvals.items()
        if flaw == "" and on <= until and (revoked is None or one in seen)
    ]
    if len(sound) == len(approvals) and len(sound) <= posts:
        assert counted == approvals.keys()


@given(
    days,
    st.sampled_from([ANN, BEN, DEV]),
    st.sampled_from([PROFILE, Subject(kind=Kind.PROFILE, id="dev")]),
)
def test_only_a_mayors_grant_to_this_author_counts(
    on: int, giver: AuthorId, about: Subject
) -> None:
    grant = event(Verb.GRANT, about, giver, 0, until=iso(day(30)), posts="9")
    made = approval(0, on, ident(grant), "")
    histories = {
        about: history_of(about, {ident(grant): grant}),
        made.subject: history_of(made.subject, {ident(made): made}),
    }
    doubted = [doubt.code for _, _, doubt in doubts_about_grants(histories, TRUST)]
    assert doubted == ([] if giver == ANN and about == PROFILE else ["BN322"])


@given(st.sampled_from([Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RETRACT, Verb.APPROVE]), days)
def test_what_a_mayor_has_answered_is_beyond_every_grant(verb: Verb, on: int) -> None:
    grant = event(Verb.GRANT, PROFILE, ANN, 0, until=iso(day(30)), posts="9")
    made = approval(0, on, ident(grant), "")
    answer = replace(
        event(verb, made.subject, ANN, 0),
        content=made.content,
        facts=made.facts if verb is Verb.APPROVE else None,
    )
    later = replace(made, prev=(ident(answer),))
    subject = made.subject
    histories = {
        PROFILE: history_of(PROFILE, {ident(grant): grant}),
        subject: history_of(subject, {ident(answer): answer, ident(later): later}),
    }
    assert [doubt.code for _, _, doubt in doubts_about_grants(histories, TRUST)] == ["BN325"]
