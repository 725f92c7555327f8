"""What waits, for whom, and what `approve --all` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.waiting import approvable_at_once, for_mayor, waiting
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from tests.unit.actions.conftest import Folder


def states(folder: Folder) -> dict[str, str]:
    return {
        one.entry.subject.name: f"{one.what} {one.turn.value}"
        for one in waiting(folder.network())
        if one.entry.subject.kind.value == "post"
    }


def fill(folder: Folder) -> None:
    for name in ("new", "edited", "returned", "held", "declined", "gone"):
        folder.write(f"queue/{name}.md")
    folder.write("queue/later.md", front="authors: [ben]\npublish_at: 2027-01-01")
    folder.write("queue/faulty.md", front="no-such-key: 1")
    folder.write("queue/draft.md", front="authors: [ben]\ndraft: true")
    folder.approve("post/edited", "post/gone", "post/later")
    folder.decide(Verb.RETURN, "post/returned")
    folder.decide(Verb.HOLD, "post/held")
    folder.decide(Verb.DECLINE, "post/declined")
    folder.decide(Verb.RETRACT, "post/gone")
    folder.write("posts/edited.md", "New.")
    folder.write("posts/gone.md", "New.")


def test_each_subject_says_what_it_is_and_whose_turn(folder: Folder) -> None:
    fill(folder)
    assert states(folder) == {
        "faulty": "faulty author",
        "new": "new mayor",
        "edited": "edited mayor",
        "gone": "edited mayor",
        "held": "held mayor",
        "returned": "returned author",
        "declined": "declined nobody",
        "draft": "draft author",
    }


def test_what_was_approved_waits_no_more_not_even_when_its_time_has_not_come(
    folder: Folder,
) -> None:
    folder.write("queue/later.md", front="authors: [ben]\npublish_at: 2027-01-01")
    folder.approve("post/later")
    assert states(folder) == {}


def test_all_means_faultless_and_queued_profiles_first_and_never_what_was_answered(
    folder: Folder,
) -> None:
    fill(folder)
    names = [str(one.entry.subject) for one in approvable_at_once(waiting(folder.network()))]
    assert names == ["profile/ann", "profile/ben", "profile/cleo", "post/edited", "post/new"]


def test_a_mayor_is_not_shown_drafts_and_declined_posts(folder: Folder) -> None:
    fill(folder)
    whats = {one.what for one in for_mayor(waiting(folder.network()))}
    assert whats == {"faulty", "new", "edited", "held", "returned"}


def test_the_first_post_of_somebody_is_marked(folder: Folder) -> None:
    folder.write("queue/one.md")
    assert [
        one.is_first for one in waiting(folder.network()) if one.entry.subject.name == "one"
    ] == [True]
    folder.approve("post/one")
    folder.write("queue/two.md")
    assert [
        one.is_first for one in waiting(folder.network()) if one.entry.subject.name == "two"
    ] == [False]


def test_everything_that_waits_for_a_mayor_names_the_next_command(folder: Folder) -> None:
    fill(folder)
    for one in waiting(folder.network()):
        assert bool(one.next_command) == (one.turn.value != "nobody")
        assert one.entry.subject.name in one.next_command or one.turn.value == "nobody"


def test_words_are_counted_where_no_blanks_stand_between_them_too(folder: Folder) -> None:
    folder.write("queue/plain.md", "Five words stand right here.")
    folder.write("queue/kana.md", "\u6b22\u8fce, blognet \u3078\u3002")
    counts = {one.entry.subject.name: one.words for one in waiting(folder.network())}
    assert (counts["plain"], counts["kana"]) == (5, 4)
