"""Who may say what, and as what: mayors, deputies, reviewers and authors with a grant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from blognet.kernel.errors import BlognetError, ConflictError, NotAllowedError
from blognet.kernel.ids import AuthorId
from blognet.kernel.problems import Location, Severity
from blognet.kernel.times import iso
from blognet.moderation.asking import decide
from blognet.moderation.carrying import Survives
from blognet.moderation.deputies import Deputies
from blognet.moderation.events import Event, Verb
from blognet.moderation.findings import Examination, Finding
from blognet.moderation.granting import grants_in
from blognet.moderation.record_reading import read_record
from blognet.moderation.stages import StageRule
from blognet.moderation.trusting import Trust
from tests.unit.moderation.cases import (
    ANN,
    BEN,
    CLEO,
    NOW,
    POST,
    PROFILE,
    RIGHTS,
    SOLO,
    an_event,
    case,
    files_of,
    ident_of,
    past,
    proposal,
    wish,
)

DEV = AuthorId("dev")
LEGAL = StageRule(id="legal", reviewers=frozenset({DEV}))
DEPUTISED = replace(RIGHTS, deputies=Deputies(ids=frozenset({DEV}), after=2))
WEEK = timedelta(days=7)


def granted(*, posts: int = 2) -> Event:
    """Return a grant of ann's to ben."""
    said = wish(Verb.GRANT, words="Careful.", until=iso(NOW + WEEK), posts=str(posts))
    return decide(said, case(subject=PROFILE), RIGHTS)


def test_what_only_the_rules_give_cannot_be_asked_for() -> None:
    said = wish(Verb.APPROVE, deputy="x", second="wanted", carried_from="x", grant="x", solo="x")
    assert dict(decide(said, case(proposal()), RIGHTS).options) == {}


@pytest.mark.parametrize("verb", [Verb.FORCE, Verb.CORRECT, Verb.GRANT, Verb.REVOKE])
def test_deputies_reviewers_and_authors_have_no_right_to_what_is_the_mayors_alone(
    verb: Verb,
) -> None:
    rights = replace(DEPUTISED, stages=(LEGAL,))
    for actor in (DEV, BEN):
        with pytest.raises(NotAllowedError):
            decide(wish(verb, actor, words="Words."), case(proposal()), rights)


def test_a_deputys_event_says_why_it_was_the_deputys_turn() -> None:
    late = replace(case(proposal()), waits_since=NOW - WEEK)
    event = decide(wish(Verb.APPROVE, DEV), late, DEPUTISED)
    assert event.options["deputy"] == "waited 5 working days"


def test_a_deputy_approves_no_own_work_even_where_mayors_may() -> None:
    late = replace(case(proposal(authors=(DEV,))), waits_since=NOW - WEEK)
    with pytest.raises(NotAllowedError, match="your own work"):
        decide(wish(Verb.APPROVE, DEV), late, replace(SOLO, deputies=DEPUTISED.deputies))


def test_a_deputy_is_bound_to_the_stages() -> None:
    late = replace(case(proposal()), waits_since=NOW - WEEK)
    with pytest.raises(ConflictError, match="legal"):
        decide(wish(Verb.APPROVE, DEV), late, replace(DEPUTISED, stages=(LEGAL,)))


def test_a_force_fixes_facts_for_now_and_wants_a_second_look() -> None:
    later = proposal(publish_at=NOW + WEEK)
    event = decide(wish(Verb.FORCE, words="Recall."), case(later), RIGHTS)
    assert event.facts
    assert (event.facts.publish, event.options["second"]) == (NOW, "wanted")


def test_what_was_approved_for_later_can_be_forced() -> None:
    later = proposal(publish_at=NOW + WEEK)
    approval = decide(wish(Verb.APPROVE), case(later), RIGHTS)
    event = decide(wish(Verb.FORCE, CLEO, words="Now."), case(later, approval), RIGHTS)
    assert (event.content, event.prev) == (later.hash, (ident_of(approval),))


@pytest.mark.parametrize("found", [proposal(draft=True), None])
def test_drafts_and_nothing_cannot_be_forced(found: object) -> None:
    subject = case(found) if found is None else case(proposal(draft=True))
    with pytest.raises(ConflictError):
        decide(wish(Verb.FORCE, words="Now."), subject, RIGHTS)


def test_who_forced_is_not_the_second_look_and_a_second_force_is_none() -> None:
    forced = decide(wish(Verb.FORCE, words="Now."), case(proposal()), RIGHTS)
    with pytest.raises(NotAllowedError, match="another mayor"):
        decide(wish(Verb.APPROVE, ANN), case(proposal(), forced), SOLO)
    with pytest.raises(ConflictError):
        decide(wish(Verb.FORCE, CLEO, words="Too."), case(proposal(), forced), RIGHTS)
    looked = decide(wish(Verb.APPROVE, CLEO), case(proposal(), forced), RIGHTS)
    assert case(proposal(), forced, looked).standing.second is None


def test_a_grant_is_used_by_its_author_and_no_more_often_than_it_says() -> None:
    grant = granted(posts=1)
    profile = {PROFILE: past(grant, subject=PROFILE)}
    grants = grants_in(profile)
    said = wish(Verb.APPROVE, BEN, grant=ident_of(grant))
    event = decide(said, replace(case(proposal()), grants=grants), RIGHTS)
    assert dict(event.options) == {"grant": ident_of(grant)}
    used = grants_in({**profile, POST: past(event)})
    other = case(proposal(text="Another."))
    for refused in (
        (said, replace(other, grants=used)),
        (replace(said, actor=DEV), replace(case(proposal(authors=(DEV,))), grants=grants)),
        (replace(said, now=NOW + 2 * WEEK), replace(case(proposal()), grants=grants)),
    ):
        with pytest.raises(NotAllowedError):
            decide(*refused, RIGHTS)


@pytest.mark.parametrize(
    "found",
    [
        proposal(authors=(BEN, DEV)),
        proposal(authors=(DEV,)),
        proposal(PROFILE),
        proposal(draft=True),
    ],
    ids=["two authors", "another's", "profile", "draft"],
)
def test_a_grant_reaches_finished_own_posts_alone(found: object) -> None:
    grants = grants_in({PROFILE: past(grant := granted(), subject=PROFILE)})
    assert found is not None
    subject = case(found)  # type: ignore[arg-type]  # what the table above holds
    with pytest.raises(BlognetError):
        decide(
            wish(Verb.APPROVE, BEN, grant=ident_of(grant)), replace(subject, grants=grants), RIGHTS
        )


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.HOLD, Verb.DECLINE])
def test_a_grant_does_not_reach_what_a_mayor_answered(verb: Verb) -> None:
    grants = grants_in({PROFILE: past(grant := granted(), subject=PROFILE)})
    answer = decide(wish(verb, words="Hm."), case(proposal()), RIGHTS)
    waits = replace(case(proposal(), answer), grants=grants)
    with pytest.raises(NotAllowedError, match="answered by a mayor"):
        decide(wish(Verb.APPROVE, BEN, grant=ident_of(grant)), waits, RIGHTS)


def test_a_grant_does_not_reach_what_needs_a_stage_or_was_taken_down() -> None:
    grants = grants_in({PROFILE: past(grant := granted(), subject=PROFILE)})
    said = wish(Verb.APPROVE, BEN, grant=ident_of(grant))
    with pytest.raises(NotAllowedError, match="stage"):
        decide(said, replace(case(proposal()), grants=grants), replace(RIGHTS, stages=(LEGAL,)))
    approval = decide(wish(Verb.APPROVE), case(proposal()), RIGHTS)
    down = decide(wish(Verb.RETRACT, words="Wrong."), case(proposal(), approval), RIGHTS)
    edited = replace(case(proposal(text="Better."), approval, down), grants=grants)
    with pytest.raises(NotAllowedError, match="taken down"):
        decide(said, edited, RIGHTS)


def test_nothing_is_carried_over_but_by_a_mayor_and_a_policy() -> None:
    carry = wish(Verb.APPROVE, rule="asked")
    with pytest.raises(ConflictError, match="survives no edit"):
        decide(carry, case(proposal()), RIGHTS)
    late = replace(case(proposal()), waits_since=NOW - WEEK)
    with pytest.raises(NotAllowedError, match="only a mayor"):
        decide(replace(carry, actor=DEV), late, replace(DEPUTISED, survives=Survives(typo=3)))
    with pytest.raises(ConflictError, match="no queued revision"):
        decide(carry, case(proposal()), replace(RIGHTS, survives=Survives(typo=3)))


FOUND = Finding(
    location=Location(path="queue/hello-world.md", line=3, column=1),
    code="BN611",
    check="secrets",
    severity=Severity.ERROR,
    message="this looks like a key",
)
LEAK = Examination(findings=(FOUND,), rules="ab" * 32)
MUST = an_event(Verb.COMMENT, options={"kind": "must"})


@pytest.mark.parametrize("severity", list(Severity))
def test_a_grant_does_not_reach_what_the_checks_found_anything_in(severity: Severity) -> None:
    grants = grants_in({PROFILE: past(grant := granted(), subject=PROFILE)})
    found = Examination(findings=(replace(FOUND, severity=severity),))
    about = replace(case(proposal()), grants=grants, examination=found)
    with pytest.raises(NotAllowedError, match="findings of the checks"):
        decide(wish(Verb.APPROVE, BEN, grant=ident_of(grant)), about, RIGHTS)


def test_an_approval_under_a_grant_keeps_which_checks_had_nothing_to_say() -> None:
    grants = grants_in({PROFILE: past(grant := granted(), subject=PROFILE)})
    about = replace(case(proposal()), grants=grants, examination=Examination(rules="ab" * 32))
    event = decide(wish(Verb.APPROVE, BEN, grant=ident_of(grant)), about, RIGHTS)
    assert event.options["rules"] == "ab" * 32


def test_a_grant_does_not_reach_what_has_an_open_must() -> None:
    grants = grants_in({PROFILE: past(grant := granted(), subject=PROFILE)})
    about = replace(case(proposal(), MUST), grants=grants)
    with pytest.raises(NotAllowedError, match="must that is not settled"):
        decide(wish(Verb.APPROVE, BEN, grant=ident_of(grant)), about, RIGHTS)


def test_a_force_passes_an_open_must_and_the_second_look_does_not() -> None:
    forced = decide(wish(Verb.FORCE, words="Now."), case(proposal(), MUST), RIGHTS)
    with pytest.raises(ConflictError, match="a must is open"):
        decide(wish(Verb.APPROVE, CLEO), case(proposal(), MUST, forced), RIGHTS)


def test_a_force_does_not_pass_what_the_checks_forbid_but_with_a_reason() -> None:
    about = replace(case(proposal()), examination=LEAK)
    said = wish(Verb.FORCE, words="Now.")
    with pytest.raises(ConflictError, match="secrets on line 3"):
        decide(said, about, RIGHTS)
    event = decide(replace(said, waivers={"secrets": "An example."}), about, RIGHTS)
    assert event.findings == ("secrets:3:error",)
    assert event.waivers == ("secrets: An example.",)


TRUST = Trust(
    network="clocks",
    mayors=frozenset({"ann"}),
    deputies=frozenset({"dev"}),
    reviewers={"legal": frozenset({"eva"})},
)
NOBODY, EVA = AuthorId("nobody"), AuthorId("eva")


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        (an_event(stage="legal", actor=EVA, facts=None), []),
        (an_event(stage="legal", actor=ANN, facts=None), []),
        (an_event(stage="brand", actor=EVA, facts=None), ["BN320"]),
        (an_event(stage="legal", actor=DEV, facts=None), ["BN320"]),
        (an_event(actor=EVA), ["BN305"]),
        (an_event(Verb.RETURN, actor=EVA), []),
        (an_event(Verb.DECLINE, actor=EVA), ["BN305"]),
        (an_event(actor=DEV), ["BN321"]),
        (an_event(actor=DEV, options={"deputy": "waited 3 working days"}), []),
        (an_event(Verb.FORCE, actor=DEV, options={"deputy": "x"}), ["BN301", "BN305"]),
        (an_event(Verb.CORRECT, actor=BEN), ["BN305"]),
        (an_event(Verb.FORCE), ["BN301"]),
        (an_event(actor=BEN, options={"grant": "f" * 64}), ["BN322"]),
        (an_event(options={"carried_from": "x", "rule": "typo"}), ["BN326"]),
        (an_event(actor=NOBODY), ["BN305"]),
    ],
)
def test_the_record_trusts_everyone_within_their_part(event: Event, codes: list[str]) -> None:
    files = [one for one in files_of(event) if not (event.stage and one.path.endswith(".txt"))]
    found = read_record(files, asset_names=frozenset(), trust=TRUST).problems
    assert sorted(one.code for one in found if one.code != "BN307") == codes
