"""Who may say what about which bytes, one example for each rule, and that each refusal says what to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from blognet.kernel.errors import BlognetError, ConflictError, NotAllowedError, UsageError
from blognet.kernel.hashing import AssetEntry, sha256_hex
from blognet.kernel.ids import Kind, SitePath, Subject
from blognet.kernel.problems import Location, Problem
from blognet.moderation.deciding import decide
from blognet.moderation.events import Event, Seen, Verb
from blognet.moderation.standing import Live, Retracted, Scheduled
from tests.unit.moderation.cases import (
    ANN,
    BEN,
    CLEO,
    NOW,
    PAGE,
    POST,
    PROFILE,
    RIGHTS,
    SOLO,
    approved,
    case,
    ident_of,
    past,
    proposal,
    wish,
)

if TYPE_CHECKING:
    from blognet.content.values import Proposal
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.cases import Case, Rights, Wish

FAULT = Problem(location=Location(path="queue/hello-world.md", line=2), code="BN104", message="no")
LATER = NOW + timedelta(days=3)


def refusal(kind: type[BlognetError], wanted: Wish, about: Case, rights: Rights = RIGHTS) -> str:
    """Decide, be refused in the way expected, and return what was said with the hint."""
    with pytest.raises(kind) as raised:
        decide(wanted, about, rights)
    assert type(raised.value) is kind
    assert raised.value.hint, "a refusal says what to type next"
    return f"{raised.value.message} | {raised.value.hint}"


def retracted(found_first: Event) -> Event:
    about = case(None, found_first, subject=found_first.subject)
    return decide(wish(Verb.RETRACT, words="Wrong."), about, RIGHTS)


# --- what an approval holds


def test_an_approval_names_the_bytes_the_person_and_what_it_fixes() -> None:
    image = AssetEntry(path="a.png", sha256=sha256_hex(b"image"))
    found = proposal(assets=(image,))
    about = case(found)
    event = decide(replace(wish(Verb.APPROVE, words="Fine."), seen=Seen.SHOWN), about, RIGHTS)
    assert event.content == found.hash
    assert event.assets == (image,)
    assert event.prev == ()
    assert (event.actor, event.time, event.seen) == (ANN, NOW, Seen.SHOWN)
    assert event.words == sha256_hex(b"Fine.")
    assert event.facts is not None
    assert event.facts.url == "/2026/hello-world/"
    assert event.facts.authors == (BEN,)
    assert event.options == {}


def test_a_decision_names_all_heads_that_the_actor_had() -> None:
    first = approved(proposal())
    comments = [
        decide(wish(Verb.COMMENT, who, words="Hm."), case(proposal(), first), RIGHTS)
        for who in (ANN, CLEO)
    ]
    event = decide(wish(Verb.APPROVE), case(proposal(text="New."), first, *comments), RIGHTS)
    assert event.prev == tuple(sorted(map(ident_of, comments)))


# --- who


@pytest.mark.parametrize(
    "verb",
    [Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RELEASE, Verb.RETRACT, Verb.RESTORE],
)
def test_only_a_mayor_of_today_decides(verb: Verb) -> None:
    said = refusal(NotAllowedError, wish(verb, BEN, words="Because."), case(proposal()))
    assert (
        said
        == f"'ben' is not a mayor of this network, so cannot {verb.value} | mayors are: ann, cleo"
    )


def test_anybody_may_comment() -> None:
    event = decide(wish(Verb.COMMENT, BEN, words="I like it."), case(proposal()), RIGHTS)
    assert event.actor == BEN


@pytest.mark.parametrize(
    "verb",
    [
        Verb.THANK,
    ],
)
def test_the_verbs_of_later_versions_are_names_only(verb: Verb) -> None:
    with pytest.raises(UsageError, match="kept for a later version"):
        decide(wish(verb, words="Words."), case(proposal()), RIGHTS)


def test_a_mayor_does_not_approve_what_they_wrote() -> None:
    said = refusal(NotAllowedError, wish(Verb.APPROVE), case(proposal(authors=(BEN, ANN))))
    assert "hello-world is your own work, so another mayor has to approve it" in said
    assert "other mayors: cleo" in said


def test_a_mayor_does_not_approve_their_own_profile() -> None:
    mine = proposal(Subject(kind=Kind.PROFILE, id="ann"))
    assert "ann is your own profile" in refusal(NotAllowedError, wish(Verb.APPROVE), case(mine))
    assert decide(wish(Verb.APPROVE, CLEO), case(mine), RIGHTS).facts is not None


def test_a_mayor_does_not_approve_what_they_edited_last() -> None:
    about = case(proposal(), last_editor=ANN)
    assert "was last edited by you" in refusal(NotAllowedError, wish(Verb.APPROVE), about)
    assert decide(wish(Verb.APPROVE, CLEO), about, RIGHTS).actor == CLEO


@pytest.mark.parametrize(
    ("found", "last_editor", "why"),
    [
        (proposal(authors=(ANN,)), None, "is your own work"),
        (proposal(Subject(kind=Kind.PROFILE, id="ann")), None, "is your own profile"),
        (proposal(), ANN, "was last edited by you"),
    ],
)
def test_where_one_mayor_is_alone_their_own_work_is_approved_and_the_event_says_so(
    found: Proposal, last_editor: AuthorId | None, why: str
) -> None:
    event = decide(wish(Verb.APPROVE), case(found, last_editor=last_editor), SOLO)
    assert event.options == {"solo": why}


def test_a_lone_mayor_approves_the_work_of_others_without_such_a_note() -> None:
    assert decide(wish(Verb.APPROVE), case(proposal()), SOLO).options == {}


# --- words and options


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RETRACT, Verb.COMMENT])
@pytest.mark.parametrize("words", ["", " \n"])
def test_a_reason_is_needed_in_words(verb: Verb, words: str) -> None:
    said = refusal(UsageError, wish(verb, words=words), case(proposal()))
    assert said.startswith(f"'{verb.value}' needs a reason in words | ")
    assert f'mayor {verb.value} hello-world -m "' in said


def test_words_that_are_no_text_are_refused() -> None:
    assert "no text" in refusal(UsageError, wish(Verb.RETURN, words="\udcff"), case(proposal()))


@pytest.mark.parametrize("until", ["tomorrow", "2026-11-22T09:15:03Z", "2020-01-01T00:00:00Z"])
def test_a_hold_lasts_until_a_time_to_come(until: str) -> None:
    said = refusal(UsageError, wish(Verb.HOLD, words="Wait.", until=until), case(proposal()))
    assert "mayor release" in said


def test_an_unknown_kind_of_retraction_is_refused() -> None:
    about = case(proposal(), approved(proposal()))
    said = refusal(UsageError, wish(Verb.RETRACT, words="Gone.", kind="lost"), about)
    assert "error, moved, withdrawn" in said


# --- which bytes


def test_there_must_be_a_file_to_decide_on() -> None:
    for verb in (Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD):
        said = refusal(ConflictError, wish(verb, words="Why."), case(None))
        assert (
            said
            == f"there is no file for hello-world to {verb.value} | mayor queue lists what waits"
        )


def test_a_draft_is_not_approved() -> None:
    said = refusal(ConflictError, wish(Verb.APPROVE), case(proposal(draft=True)))
    assert said == "hello-world is still a draft | its author types: blognet submit hello-world"


def test_a_faulty_post_is_not_approved_and_can_be_returned() -> None:
    about = case(proposal(problems=(FAULT,)))
    said = refusal(ConflictError, wish(Verb.APPROVE), about)
    assert said.endswith("see them with: blognet check queue/hello-world.md")
    assert decide(wish(Verb.RETURN, words="Mend it."), about, RIGHTS).verb is Verb.RETURN


def test_the_same_bytes_are_not_approved_twice() -> None:
    found = proposal()
    said = refusal(ConflictError, wish(Verb.APPROVE), case(found, approved(found)))
    assert "exactly these bytes were approved before" in said


def test_bytes_that_were_retracted_are_restored_and_not_approved_again() -> None:
    found = proposal()
    first = approved(found)
    about = case(found, first, retracted(first))
    assert "mayor restore hello-world" in refusal(ConflictError, wish(Verb.APPROVE), about)


def test_bytes_that_have_expired_need_another_end() -> None:
    found = proposal(expires=LATER)
    about = case(found, approved(found), now=LATER)
    said = refusal(ConflictError, wish(Verb.APPROVE, now=LATER), about)
    assert "with another 'expires' in queue/hello-world.md it waits again" in said


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.DECLINE, Verb.HOLD])
def test_what_is_live_is_not_answered_but_retracted(verb: Verb) -> None:
    found = proposal()
    said = refusal(ConflictError, wish(verb, words="No."), case(found, approved(found)))
    assert "has nothing that waits for an answer" in said
    assert 'mayor retract hello-world -m "' in said


@pytest.mark.parametrize("answer", [Verb.RETURN, Verb.DECLINE, Verb.HOLD])
def test_what_was_answered_before_can_still_be_approved(answer: Verb) -> None:
    found = proposal()
    answered = decide(wish(answer, words="Not yet."), case(found), RIGHTS)
    event = decide(wish(Verb.APPROVE), case(found, answered), RIGHTS)
    assert event.prev == (ident_of(answered),)


def test_a_release_ends_a_hold_and_nothing_else() -> None:
    found = proposal()
    held = decide(wish(Verb.HOLD, words="Wait."), case(found), RIGHTS)
    assert decide(wish(Verb.RELEASE), case(found, held), RIGHTS).verb is Verb.RELEASE
    assert "is not on hold" in refusal(ConflictError, wish(Verb.RELEASE), case(found))


# --- takeovers


def test_a_revision_that_shares_no_author_with_what_is_published_is_a_takeover() -> None:
    first = approved(proposal())
    about = case(proposal(text="Mine.", authors=(CLEO,)), first)
    said = refusal(NotAllowedError, wish(Verb.APPROVE), about)
    assert "was published by ben; this revision is by cleo and shares no author with it" in said
    assert "--takeover" in said
    meant = decide(wish(Verb.APPROVE, takeover="yes"), about, RIGHTS)
    assert meant.options == {"takeover": "yes"}


def test_a_retracted_or_expired_post_is_not_taken_over_either() -> None:
    first = approved(proposal())
    mine = proposal(text="Mine.", authors=(CLEO,))
    assert "takeover" in refusal(
        NotAllowedError, wish(Verb.APPROVE), case(mine, first, retracted(first))
    )
    ending = approved(proposal(expires=LATER))
    about = case(mine, ending, now=LATER)
    assert "takeover" in refusal(NotAllowedError, wish(Verb.APPROVE, now=LATER), about)


def test_one_author_in_common_is_enough_and_the_option_is_not_noted_then() -> None:
    about = case(proposal(text="Ours.", authors=(CLEO, BEN)), approved(proposal()))
    assert decide(wish(Verb.APPROVE, takeover="yes"), about, RIGHTS).options == {}


# --- addresses


def test_a_page_at_the_address_of_a_list_is_refused() -> None:
    tags = proposal(Subject(kind=Kind.PAGE, id="tags"), authors=())
    assert "would live at /tags/, which the site needs" in refusal(
        ConflictError, wish(Verb.APPROVE), case(tags)
    )


def test_an_address_that_another_subject_has_is_refused() -> None:
    rights = replace(RIGHTS, permalink="/:slug/")
    about = case(proposal(replace(PAGE, id="hello-world")), taken={SitePath("/hello-world/"): POST})
    said = refusal(ConflictError, wish(Verb.APPROVE), about, rights)
    assert "would live at /hello-world/, which post/hello-world already has" in said
    assert "another slug" in said


@pytest.mark.parametrize(
    "rights",
    [
        replace(RIGHTS, permalink="/blog/:year/:month/:slug/"),
        replace(RIGHTS, zone=ZoneInfo("Pacific/Auckland")),
    ],
)
def test_the_address_is_fixed_by_the_first_approval_whatever_changes_later(rights: Rights) -> None:
    first = approved(proposal())
    newer = proposal(text="New.", date=NOW - timedelta(days=3000))
    event = decide(wish(Verb.APPROVE), case(newer, first), rights)
    assert event.facts is not None
    assert event.facts.url == "/2026/hello-world/"
    assert event.facts.date == NOW - timedelta(days=3000)


def test_the_address_survives_a_retraction() -> None:
    first = approved(proposal())
    about = case(proposal(text="New.", date=NOW - timedelta(days=3000)), first, retracted(first))
    event = decide(wish(Verb.APPROVE), about, RIGHTS)
    assert event.facts is not None
    assert event.facts.url == "/2026/hello-world/"


# --- dates


def test_an_undated_post_gets_the_date_of_its_first_approval_and_keeps_it() -> None:
    first = approved(proposal())
    event = decide(
        wish(Verb.APPROVE, now=LATER), case(proposal(text="New."), first, now=LATER), RIGHTS
    )
    assert event.facts is not None
    assert (event.facts.date, event.facts.publish) == (NOW, NOW)


def test_a_date_to_come_or_a_publishing_time_schedules() -> None:
    dated = approved(proposal(date=LATER))
    timed = approved(proposal(date=NOW, publish_at=LATER))
    for event in (dated, timed):
        assert event.facts is not None
        assert event.facts.publish == LATER
        assert isinstance(case(None, event).standing.published, Scheduled)
        assert isinstance(case(None, event, now=LATER).standing.published, Live)


def test_a_profile_has_its_id_as_author_and_no_address() -> None:
    event = decide(wish(Verb.APPROVE), case(proposal(PROFILE)), RIGHTS)
    assert event.facts is not None
    assert (event.facts.url, event.facts.authors) == ("", (BEN,))


# --- retractions


def test_only_what_is_published_is_retracted() -> None:
    said = refusal(ConflictError, wish(Verb.RETRACT, words="Gone."), case(proposal()))
    assert said.startswith("hello-world is not published, so there is nothing to retract | ")
    first = approved(proposal())
    twice = case(None, first, retracted(first))
    assert "not published" in refusal(ConflictError, wish(Verb.RETRACT, words="Gone."), twice)


def test_a_retraction_is_about_the_published_bytes_and_not_about_those_on_disk() -> None:
    first = approved(proposal())
    event = decide(wish(Verb.RETRACT, words="Gone."), case(proposal(text="New."), first), RIGHTS)
    assert event.content == first.content


def test_a_retraction_of_something_moved_says_where_to() -> None:
    about = case(None, approved(proposal()))
    for kind, to in (("moved", ""), ("", "new-one"), ("error", "new-one")):
        wanted = wish(Verb.RETRACT, words="Moved.", kind=kind, to=to)
        said = refusal(UsageError, wanted, about)
        assert "--kind moved --to NEW-SLUG" in said
    event = decide(wish(Verb.RETRACT, words="Moved.", kind="moved", to="new-one"), about, RIGHTS)
    assert event.options == {"kind": "moved", "to": "new-one"}


def test_an_approval_for_later_can_be_taken_back_after_a_retraction_too() -> None:
    first = approved(proposal())
    gone = retracted(first)
    again = approved(proposal(text="New.", publish_at=LATER), first, gone)
    event = decide(wish(Verb.RETRACT, words="No."), case(None, first, gone, again), RIGHTS)
    assert event.content == again.content
    after = case(None, first, gone, again, event, now=LATER).standing.published
    assert isinstance(after, Retracted)
    assert after.next is None


def test_only_what_was_retracted_is_restored_as_it_was() -> None:
    first = approved(proposal())
    said = refusal(ConflictError, wish(Verb.RESTORE), case(None, first))
    assert said.startswith("hello-world was not retracted, so there is nothing to restore | ")
    event = decide(wish(Verb.RESTORE), case(proposal(text="New."), first, retracted(first)), RIGHTS)
    assert event.content == first.content


def test_a_return_ends_when_the_bytes_change_and_a_decline_does_not() -> None:
    found, newer = proposal(), proposal(text="New.")
    returned = decide(wish(Verb.RETURN, words="Change it."), case(found), RIGHTS)
    declined = decide(wish(Verb.DECLINE, words="No."), case(found), RIGHTS)
    assert case(newer, returned).standing.proposed.value == "queued"
    assert case(newer, declined).standing.proposed.value == "declined"
    assert past(returned).heads == (ident_of(returned),)
