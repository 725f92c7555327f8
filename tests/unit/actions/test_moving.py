"""The courtesy move, and the tidying of what stayed: nothing is overwritten, and nothing is left half moved."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from blognet.actions.tidy import tidy
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from tests.unit.actions.conftest import Folder


def git(folder: Folder, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder.root, capture_output=True, text=True, check=True
    )
    return done.stdout


def begin(folder: Folder) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "begin")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("queue/one.md", "posts/one.md"),
        ("queue/ben/deep/2026-11-01-one.md", "posts/ben/deep/2026-11-01-one.md"),
    ],
)
def test_an_approved_post_goes_to_the_same_place_under_posts(
    folder: Folder, before: str, after: str
) -> None:
    folder.write(before)
    raw = (folder.root / before).read_bytes()
    (decided,) = folder.approve("post/one").decided
    assert decided.moved is not None
    assert (decided.moved.target, decided.moved.stays) == (after, "")
    assert folder.files() == [after]
    assert (folder.root / after).read_bytes() == raw


def test_a_bundle_moves_as_a_whole(folder: Folder) -> None:
    folder.write("queue/trip/index.md")
    folder.draw("queue/trip/sea.png")
    (folder.root / "queue/trip/README.md").write_text("Notes.", encoding="utf-8")
    folder.approve("post/trip")
    assert folder.files() == ["posts/trip/README.md", "posts/trip/index.md", "posts/trip/sea.png"]


def test_a_bundle_stays_while_another_language_in_it_waits(folder: Folder) -> None:
    folder.write("queue/trip/index.md")
    folder.write("queue/trip/index.de.md")
    (decided,) = folder.approve("post/trip").decided
    assert decided.moved is not None
    assert decided.moved.stays == "trip.de in the same folder still waits"
    folder.approve("post/trip.de")
    assert folder.files() == ["posts/trip/index.de.md", "posts/trip/index.md"]


def test_a_commit_holds_the_whole_bundle_with_both_languages_and_its_notes(folder: Folder) -> None:
    folder.write("queue/trip/index.md")
    folder.write("queue/trip/index.de.md")
    folder.draw("queue/trip/sea.png")
    (folder.root / "queue/trip/README.md").write_text("Notes.", encoding="utf-8")
    begin(folder)
    outcome = folder.approve("post/trip", "post/trip.de", commit=True)
    assert outcome.commit
    assert git(folder, "status", "--porcelain", "-uall", "--", "queue", "posts", "record") == ""
    assert "posts/trip/README.md" in git(folder, "ls-files", "posts")


def test_nothing_is_moved_over_another_file(folder: Folder) -> None:
    folder.write("posts/one.md", "Older.")
    folder.approve("post/one")
    folder.write("posts/one.md", "An edit that nobody approved.")
    folder.write("queue/one.md", "Newer.")
    (decided,) = folder.approve("post/one").decided
    assert decided.moved is not None
    assert decided.moved.stays == "posts/one.md exists already, so queue/one.md stays where it is"
    assert folder.files() == ["posts/one.md", "queue/one.md"]
    assert "nobody approved" in (folder.root / "posts/one.md").read_text(encoding="utf-8")


def test_nothing_moves_while_another_branch_holds_another_version(folder: Folder) -> None:
    folder.write("queue/one.md")
    begin(folder)
    git(folder, "checkout", "-q", "-b", "side")
    folder.write("queue/one.md", "On the side.")
    git(folder, "commit", "-q", "-a", "-m", "edit")
    git(folder, "checkout", "-q", "-")
    (decided,) = folder.approve("post/one").decided
    assert decided.moved is not None
    assert decided.moved.stays == "another version lies on side"
    assert folder.files() == ["queue/one.md"]


def test_pages_profiles_and_what_lies_in_posts_do_not_move(folder: Folder) -> None:
    folder.write("pages/about.md")
    folder.write("posts/one.md")
    outcome = folder.approve("page/about", "post/one", "profile/ben")
    assert [one.moved for one in outcome.decided] == [None, None, None]
    assert folder.files() == ["pages/about.md", "posts/one.md"]


def test_only_an_approval_moves(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.decide(Verb.RETURN, "post/one")
    assert folder.files() == ["queue/one.md"]


def test_tidying_replaces_an_older_approved_version_which_the_record_keeps(folder: Folder) -> None:
    folder.write("queue/one.md", "Older.")
    folder.approve("post/one")
    folder.write("queue/one.md", "Newer.")
    folder.approve("post/one")
    assert folder.files() == ["posts/one.md", "queue/one.md"]
    done = tidy(folder.root, now=folder.now)
    assert [moved.target for moved in done.moved] == ["posts/one.md"]
    assert folder.files() == ["posts/one.md"]
    assert "Newer." in (folder.root / "posts/one.md").read_text(encoding="utf-8")


def test_tidying_leaves_what_was_never_approved(folder: Folder) -> None:
    folder.write("queue/one.md", "Older.")
    folder.approve("post/one")
    folder.write("queue/one.md", "Newer.")
    folder.approve("post/one")
    folder.write("posts/one.md", "An edit that nobody approved.")
    done = tidy(folder.root, now=folder.now)
    assert [moved.target for moved in done.moved] == [""]
    assert folder.files() == ["posts/one.md", "queue/one.md"]


def test_tidying_takes_no_picture_from_another_language(folder: Folder) -> None:
    folder.write("queue/trip/index.md")
    folder.draw("queue/trip/sea.png")
    folder.approve("post/trip")
    folder.write("posts/trip/index.de.md", "Nobody approved it; it shows the sea.")
    folder.write("queue/trip/index.md", "Newer.")
    folder.approve("post/trip")
    before = folder.files()
    tidy(folder.root, now=folder.now)
    assert folder.files() == before


def test_tidying_twice_does_nothing_more(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.approve("post/one")
    assert tidy(folder.root, now=folder.now).moved == ()
