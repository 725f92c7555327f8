"""What is asked about a few subjects reads those few, however many there are. Opened files are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from blognet.actions.check import check_all
from blognet.actions.decided_subjects import count_events
from blognet.actions.entries import lately_in
from blognet.actions.new import Wanted, begin_post
from blognet.actions.people import who_am_i
from blognet.actions.status import places_of
from blognet.actions.tidy import tidy
from blognet.kernel.ids import AuthorId
from blognet.moderation.events import Verb
from tests.opened_files import let_the_clock_tick, texts_opened
from tests.unit.actions.conftest import MANY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.unit.actions.conftest import Folder


def old(names: Iterable[str]) -> list[str]:
    """Return what is about posts that are live and were not touched."""
    return [name for name in names if name.removeprefix("post/").startswith("old-")]


def test_approving_a_post_reads_that_post_alone(known: Folder) -> None:
    with texts_opened() as opened:
        (decided,) = known.approve("post/one").decided
    assert decided.moved is not None
    assert decided.moved.target == "posts/one.md"
    assert set(opened) == {"one.md"}


def test_tidying_reads_what_lies_in_queue(known: Folder) -> None:
    with texts_opened() as opened:
        assert tidy(known.root, now=known.now).moved == ()
    assert set(opened) <= {"one.md"}


def test_where_everything_stands_is_known_without_reading_what_nobody_touched(
    known: Folder,
) -> None:
    with texts_opened() as opened:
        places = places_of(known.network(), None)
        assert {(one.published, one.proposed) for one in places} == {("live", "none"), ("-", "new")}
    assert old(opened) == []


def test_what_has_notes_is_read_to_show_them(known: Folder) -> None:
    known.decide(Verb.COMMENT, "post/old-3", words="Is this right?", kind="question")
    let_the_clock_tick(known.root)
    known.network()
    with texts_opened() as opened:
        noted = [one for one in places_of(known.network(), None) if one.notes]
    assert [one.entry.subject.id for one in noted] == ["old-3"]
    assert set(old(opened)) <= {"old-3.md"}


def test_nobody_s_profile_is_read_for_somebody_who_says_who_they_are(known: Folder) -> None:
    network = known.network()
    with texts_opened() as opened:
        identity = who_am_i(network, named="ben")
    assert identity is not None
    assert identity.author == "ben"
    assert opened == []


def test_checking_everything_reads_what_waits(known: Folder) -> None:
    with texts_opened() as opened:
        assert check_all(known.network()).subjects == MANY + 1 + 3
    assert old(opened) == []


def test_faults_are_told_of_texts_that_are_not_read_again(known: Folder) -> None:
    known.write("queue/wrong.md", front="authors: [nobody]")
    let_the_clock_tick(known.root)
    first = check_all(known.network())
    with texts_opened() as opened:
        assert check_all(known.network()) == first
    assert "BN022" in {problem.code for problem in first.problems}
    assert old(opened) == []


def test_a_new_draft_is_begun_without_reading_others(known: Folder) -> None:
    network = known.network()
    with texts_opened() as opened:
        begin_post(network, Wanted(title="Something new", author=AuthorId("ben")))
    assert opened == []


def test_counting_decisions_and_what_was_lately_seen_reads_nothing(known: Folder) -> None:
    network = known.network()
    with texts_opened() as opened:
        assert count_events(network.record) == MANY
        assert old(str(one.subject) for one in lately_in(network.entries, known.now)) == []
    assert opened == []
    before = lately_in(network.entries, known.now - timedelta(minutes=1))
    assert len(old(one.subject.id for one in before)) == MANY
