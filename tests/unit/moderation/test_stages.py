"""What a stage applies to, and whose yes counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.content.values import Post
from blognet.kernel.errors import ConflictError
from blognet.kernel.ids import AuthorId
from blognet.moderation.asking import decide
from blognet.moderation.events import Verb
from blognet.moderation.stages import StageRule, applies, stages_of
from tests.unit.moderation.cases import (
    ANN,
    BEN,
    CLEO,
    NOW,
    PAGE,
    PROFILE,
    RIGHTS,
    case,
    past,
    proposal,
    wish,
)

if TYPE_CHECKING:
    from blognet.content.values import Proposal
    from blognet.moderation.events import Event

DEV, EVA = AuthorId("dev"), AuthorId("eva")
LEGAL = StageRule(id="legal", reviewers=frozenset({DEV, EVA}))
STAGED = replace(RIGHTS, stages=(LEGAL,))


def written(*, topics: tuple[str, ...], tags: tuple[str, ...]) -> Proposal:
    found = proposal(text="The price, list price and so on.")
    assert isinstance(found.content, Post)
    content = replace(found.content, front=replace(found.content.front, topics=topics, tags=tags))
    return replace(found, content=content)


def yes(found: Proposal, actor: AuthorId, *before: Event, stage: str = "legal") -> Event:
    said = replace(wish(Verb.APPROVE, actor), stage=stage)
    return decide(said, case(found, *before), STAGED)


@pytest.mark.parametrize(
    ("rule", "is_meant"),
    [
        (replace(LEGAL, words=("PRICE",)), True),
        (replace(LEGAL, words=("list price",)), True),
        (replace(LEGAL, words=("pric",)), False),
        (replace(LEGAL, topics=("press",)), True),
        (replace(LEGAL, topics=("pres",)), False),
        (replace(LEGAL, tags=("MONEY",)), True),
        (replace(LEGAL, authors=("ben",)), True),
        (replace(LEGAL, authors=("dev",)), False),
        (replace(LEGAL, paths=("queue/*.md",)), True),
        (replace(LEGAL, paths=("posts/*",)), False),
        (replace(LEGAL, topics=("x",), authors=("ben",)), True),
        (LEGAL, True),
    ],
)
def test_any_of_what_a_rule_names_is_enough(rule: StageRule, *, is_meant: bool) -> None:
    assert applies(rule, written(topics=("press",), tags=("money",))) is is_meant


def test_a_rule_for_everything_is_about_posts_and_pages_and_no_profiles() -> None:
    assert applies(LEGAL, proposal(PAGE))
    assert not applies(LEGAL, proposal(PROFILE))
    assert applies(replace(LEGAL, paths=("queue/ben.md",)), proposal(PROFILE))


def test_two_of_three_are_two_different_people() -> None:
    rule = replace(LEGAL, need=2)
    found = proposal()
    one = yes(found, DEV)
    first = stages_of((rule,), found, past(one), content=found.hash, since=NOW)
    assert (first[0].said_yes, first[0].is_met) == ((DEV,), False)
    assert first[0].in_words == "legal 1 of 2 (eva)"
    with pytest.raises(ConflictError, match="before"):
        yes(found, DEV, one)
    two = yes(found, EVA, one)
    second = stages_of((rule,), found, past(one, two), content=found.hash, since=NOW)
    assert second[0].is_met


def test_reviewers_in_parallel_both_count() -> None:
    found = proposal()
    rule = replace(LEGAL, need=2)
    history = past(yes(found, DEV), yes(found, EVA))
    assert len(history.heads) == 2
    assert stages_of((rule,), found, history, content=found.hash, since=NOW)[0].is_met


def test_a_reviewer_who_sends_back_takes_the_yes_back() -> None:
    found = proposal()
    one = yes(found, DEV)
    back = decide(wish(Verb.RETURN, DEV, words="No."), case(found, one), STAGED)
    history = past(one, back)
    assert stages_of((LEGAL,), found, history, content=found.hash, since=NOW)[0].said_yes == ()


def test_the_yes_of_a_former_reviewer_counts_and_that_of_an_author_does_not() -> None:
    found = proposal()
    history = past(yes(found, DEV))
    former = replace(LEGAL, reviewers=frozenset({EVA}), former=frozenset({DEV}))
    gone = replace(LEGAL, reviewers=frozenset({EVA}))
    by_dev = proposal(authors=(DEV,))
    assert stages_of((former,), found, history, content=found.hash, since=NOW)[0].is_met
    assert not stages_of((gone,), found, history, content=found.hash, since=NOW)[0].is_met
    assert not stages_of((LEGAL,), by_dev, history, content=found.hash, since=NOW)[0].is_met


def test_a_rule_holds_from_its_day_on() -> None:
    rule = replace(LEGAL, since=NOW)
    found, nothing = proposal(), past()
    assert stages_of((rule,), found, nothing, content=found.hash, since=NOW)
    before = NOW - timedelta(seconds=1)
    assert not stages_of((rule,), found, nothing, content=found.hash, since=before)


def test_the_mayors_approval_names_what_the_stages_said() -> None:
    found = proposal()
    one, two = yes(found, DEV), yes(found, EVA)
    event = decide(wish(Verb.APPROVE, ANN), case(found, one, two), STAGED)
    assert event.prev == past(one, two).heads
    assert event.stage == ""


def test_other_bytes_need_another_yes() -> None:
    one = yes(proposal(), DEV)
    edited = proposal(text="Hello again.", authors=(BEN,))
    with pytest.raises(ConflictError, match="legal 0 of 1"):
        decide(wish(Verb.APPROVE, CLEO), case(edited, one), STAGED)
