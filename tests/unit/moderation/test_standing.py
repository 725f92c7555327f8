"""What stands, story by story. The invariants for any history are in tests/property."""

from __future__ import annotations

import pytest

from blognet.moderation.approvals import first_approval, shown_since
from blognet.moderation.events import Verb
from blognet.moderation.standing import RULES, Retracted
from tests.unit.moderation.stories import day, history_told, in_words, standing_told

ONE_LINE = [
    ("", "A", "nothing; queued"),
    ("", "", "nothing; none"),
    ("1 approve A", "A", "live A; none"),
    ("1 approve A", "B", "live A; queued"),
    ("1 approve A", "", "live A; none"),
    ("1 approve A; 2 approve B", "B", "live B; none"),
    ("1 approve A; 2 approve B", "A", "live B; queued"),
    ("1 return A", "A", "nothing; returned"),
    ("1 return A", "B", "nothing; queued"),
    ("1 approve A; 2 return B", "B", "live A; returned"),
    ("1 approve A; 2 return B", "A", "live A; none"),
    ("1 decline A", "A", "nothing; declined"),
    ("1 decline A", "B", "nothing; declined"),
    ("1 decline A; 2 approve B", "B", "live B; none"),
    ("1 approve A; 2 decline B", "B", "live A; declined"),
    ("1 hold A", "B", "nothing; held"),
    ("1 hold A; 2 release A", "A", "nothing; queued"),
    ("1 hold A; 2 approve A", "A", "live A; none"),
    ("1 hold A; 2 return A", "A", "nothing; returned"),
    ("1 comment A", "A", "nothing; queued"),
    ("1 return A; 2 comment A", "A", "nothing; returned"),
    ("1 approve A; 2 retract A", "A", "retracted A; none"),
    ("1 approve A; 2 retract A", "B", "retracted A; queued"),
    ("1 approve A; 2 retract A; 3 restore A", "A", "live A; none"),
    ("1 approve A; 2 approve B; 3 retract B; 4 restore B", "A", "live B; queued"),
    ("1 approve A; 2 retract A; 3 approve B", "B", "live B; none"),
    ("1 restore A", "A", "nothing; queued"),
]


@pytest.mark.parametrize(("story", "disk", "expected"), ONE_LINE)
def test_decisions_one_after_the_other_stand_as_told(story: str, disk: str, expected: str) -> None:
    assert in_words(standing_told(story, disk=disk)) == expected


IN_TIME = [
    ("1 approve A from day 20", "A", 10, "scheduled A; none"),
    ("1 approve A from day 20", "A", 20, "live A; none"),
    ("1 approve A; 2 approve B from day 20", "B", 19, "live A, then B; scheduled"),
    ("1 approve A; 2 approve B from day 20", "B", 20, "live B; none"),
    ("1 approve A; 2 approve B from day 20", "C", 19, "live A, then B; queued"),
    ("1 approve A from day 20; 2 approve B", "B", 10, "live B; none"),
    ("1 approve A from day 20; 2 approve B from day 30", "B", 25, "live A, then B; scheduled"),
    ("1 approve A until day 20", "A", 19, "live A; none"),
    ("1 approve A until day 20", "A", 20, "expired A; none"),
    ("1 approve A until day 20", "B", 20, "expired A; queued"),
    ("1 approve A until day 20; 2 approve B from day 30", "B", 25, "scheduled B; none"),
    ("1 approve A until day 20; 2 approve B from day 30", "B", 15, "live A, then B; scheduled"),
    (
        "1 approve A; 2 retract A; 3 approve B from day 20",
        "B",
        10,
        "retracted A, then B; scheduled",
    ),
    (
        "1 approve A; 2 retract A; 3 approve B from day 20; 4 retract B",
        "B",
        30,
        "retracted B; none",
    ),
    ("1 hold A until day 20", "A", 19, "nothing; held"),
    ("1 hold A until day 20", "A", 20, "nothing; queued"),
]


@pytest.mark.parametrize(("story", "disk", "on", "expected"), IN_TIME)
def test_what_is_due_later_waits_for_its_time(
    story: str, disk: str, on: int, expected: str
) -> None:
    assert in_words(standing_told(story, disk=disk, on=on)) == expected


PARALLEL = [
    # Approvals of different bytes.
    ("1 approve A after nothing; 2 approve B after nothing", "B", "nothing; contested"),
    ("1 approve A; 2 approve B after 1; 3 approve C after 1", "C", "live A; contested"),
    ("1 approve A; 2 approve B after 1; 3 approve C after 1", "", "live A; contested"),
    ("1 approve A; 2 approve B after 1; 3 approve C after 1; 4 approve C", "C", "live C; none"),
    # Approvals of the same bytes agree.
    ("1 approve A after nothing; 2 approve A after nothing", "A", "live A; none"),
    # An approval beside a decline, a hold, or a return of the same bytes.
    ("1 approve A after nothing; 2 decline A after nothing", "A", "nothing; contested"),
    ("1 approve A; 2 approve B after 1; 3 decline B after 1", "B", "live A; contested"),
    ("1 approve A; 2 approve B after 1; 3 decline C after 1", "B", "live A; contested"),
    ("1 approve A; 2 approve B after 1; 3 hold B after 1", "B", "live A; contested"),
    ("1 approve A; 2 approve B after 1; 3 return B after 1", "B", "live A; contested"),
    ("1 approve A; 2 approve B after 1; 3 return A after nothing", "B", "live B; none"),
    # A return made long ago, of the newest bytes alone, does not reach back to older approvals.
    ("1 approve A; 2 approve B after 1; 3 return B after nothing", "B", "live A; contested"),
    # Somebody who saw the decline answered it on the same branch.
    ("1 approve A after nothing; 2 decline A after nothing; 3 release A after 2", "A", "live A; none"),
    # Two different verdicts.
    ("1 return A after nothing; 2 decline A after nothing", "A", "nothing; contested"),
    ("1 hold A after nothing; 2 decline A after nothing", "A", "nothing; contested"),
    ("1 hold A after nothing; 2 hold A after nothing", "A", "nothing; held"),
    ("1 return A after nothing; 2 decline A after nothing; 3 hold A", "A", "nothing; held"),
    # A retraction wins over what did not see it, and what saw it lifts it.
    ("1 approve A; 2 retract A after 1; 3 approve B after 1", "B", "retracted A; queued"),
    ("1 approve A; 2 retract A after 1; 3 approve B after 1; 4 approve B", "B", "live B; none"),
    ("1 approve A; 2 retract A after 1; 3 approve B after 1; 4 restore A", "B", "live A; queued"),
    ("1 approve A; 2 retract A; 3 restore A after 2; 4 retract A after 2", "A", "retracted A; none"),
    ("1 approve A; 2 retract A after 1; 3 decline B after 1", "B", "retracted A; declined"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "disk", "expected"), PARALLEL)
def test_decisions_that_did_not_see_each_other_stand_as_told(
    story: str, disk: str, expected: str
) -> None:
    assert in_words(standing_told(story, disk=disk)) == expected


CONTEST = "1 approve A; 2 approve B after 1; 3 decline B after 1"
RIVALS = "1 approve A; 2 approve B after 1; 3 approve C after 1"


@pytest.mark.parametrize("contest", [CONTEST, RIVALS])
@pytest.mark.parametrize(
    ("answer", "proposed"),
    [
        ("4 decline B", "declined"),
        ("4 hold B", "held"),
        ("4 return B", "returned"),
        ("4 release B", "queued"),
    ],
)
def test_only_an_approval_settles_a_contest_in_favour_of_publishing(
    contest: str, answer: str, proposed: str
) -> None:
    standing = standing_told(f"{contest}; {answer}", disk="B")
    assert in_words(standing) == f"live A; {proposed}"
    assert in_words(standing_told(f"{contest}; 4 approve B", disk="B")) == "live B; none"


def test_a_contest_that_was_settled_opens_again_for_what_the_settling_did_not_see() -> None:
    story = f"{CONTEST}; 4 release B; 5 hold B after 1"
    assert in_words(standing_told(story, disk="B")) == "live A; contested"


def test_a_comment_settles_nothing() -> None:
    assert in_words(standing_told(f"{CONTEST}; 4 comment B", disk="B")) == "live A; contested"


def test_a_draft_waits_for_its_author_and_for_nobody_else() -> None:
    assert in_words(standing_told("", disk="A", draft=True)) == "nothing; draft"
    assert in_words(standing_told("1 approve A", disk="B", draft=True)) == "live A; draft"
    assert in_words(standing_told("1 decline A", disk="B", draft=True)) == "nothing; draft"


def test_the_reasons_of_a_contest_are_all_its_sides() -> None:
    standing = standing_told(CONTEST, disk="B")
    history = history_told(CONTEST)
    assert standing.reasons == history.ids[1:]


def test_a_quiet_retraction_gives_way_to_one_that_is_not() -> None:
    story = "1 approve A; 2 retract A after 1 quietly; 3 retract A after 1"
    retracted = standing_told(story, disk="A").published
    history = history_told(story)
    assert isinstance(retracted, Retracted)
    assert retracted.retraction == history.ids[2]


def test_a_post_approved_a_thousand_times_still_stands() -> None:
    story = "; ".join(f"{number % 10} approve {'AB'[number % 2]}" for number in range(1500))
    assert in_words(standing_told(story, disk="B")) == "live B; none"


def test_the_first_of_two_first_approvals_is_the_same_in_every_clone() -> None:
    one = history_told("1 approve A after nothing; 2 approve B after nothing; 3 approve C")
    first = first_approval(one)
    assert first is not None
    assert first.verb is Verb.APPROVE
    assert first.prev == ()


@pytest.mark.parametrize(
    ("story", "event", "published"),
    [
        ("1 return A", None, None),
        ("1 approve A", 0, None),
        ("1 return A; 2 approve B; 3 retract B; 4 restore B; 5 approve C", 1, None),
        ("1 approve A from day 20", None, 20),
        ("1 approve A from day 20; 2 approve B", 1, None),
    ],
)
def test_since_when_readers_can_see_something_is_said_once_and_for_ever(
    story: str, event: int | None, published: int | None
) -> None:
    history = history_told(story)
    expected = history.events[event].time if event is not None else None
    assert shown_since(history) == (day(published) if published else expected)


def test_every_verb_of_the_design_has_a_rule() -> None:
    assert set(RULES) == set(Verb)
    assert {verb.value for verb in Verb} == set(
        "submit recall approve return decline hold release comment suggest resolve retract restore force correct grant"
        " revoke thank feature purge".split()
    )
    assert {verb for verb, rule in RULES.items() if rule.needs_words and not rule.reserved} == {
        Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RETRACT, Verb.COMMENT, Verb.FORCE, Verb.CORRECT,
        Verb.GRANT, Verb.REVOKE, Verb.PURGE,
    }  # fmt: skip
