"""What somebody types finds one subject, or says which ones it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.actions.naming import find_entry
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from tests.unit.actions.conftest import Folder


@pytest.fixture
def full(folder: Folder) -> Folder:
    folder.write("queue/hello-world.md")
    folder.write("queue/hello-moon.md")
    folder.write("queue/ben/2026-11-01-odd@name.md")
    folder.write("queue/trip/index.md")
    folder.write("queue/trip/index.de.md")
    folder.draw("queue/trip/sea.png")
    folder.write("queue/solo/index.md")
    folder.draw("queue/solo/sea.png")
    folder.write("pages/about.md")
    folder.write("queue/about.md")
    folder.write("pages/imprint.md")
    return folder


def found(folder: Folder, typed: str, *, here: str = "") -> str:
    named = find_entry(folder.network(), typed, here=folder.root / here)
    return f"{named.entry.subject}{'@' if named.hash else ''}{named.hash}"


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("hello-world", "post/hello-world"),
        ("post/hello-world", "post/hello-world"),
        ("hello-w", "post/hello-world"),
        ("post/hello-m", "post/hello-moon"),
        ("trip", "post/trip"),
        ("trip.de", "post/trip.de"),
        ("profile/ann", "profile/ann"),
        ("ann", "profile/ann"),
        ("imp", "page/imprint"),
        ("about", "post/about"),
        ("page/about", "page/about"),
        ("queue/hello-world.md", "post/hello-world"),
        ("queue/trip/index.de.md", "post/trip.de"),
        ("queue/solo", "post/solo"),
        ("queue/solo/", "post/solo"),
        ("queue/solo/sea.png", "post/solo"),
        ("authors/ben.md", "profile/ben"),
        ("queue/ben/2026-11-01-odd@name.md", "post/odd-name"),
        ("hello-world@3f9c2a", "post/hello-world@3f9c2a"),
        ("queue/hello-world.md@3f9c2a1b", "post/hello-world@3f9c2a1b"),
    ],
)
def test_a_name_a_beginning_or_a_path_finds_its_subject(
    full: Folder, typed: str, subject: str
) -> None:
    assert found(full, typed) == subject


def test_a_path_is_taken_from_the_folder_one_is_in(full: Folder) -> None:
    assert found(full, "hello-world.md", here="queue") == "post/hello-world"
    assert found(full, "../pages/imprint.md", here="queue") == "page/imprint"
    assert found(full, str(full.root / "pages/imprint.md"), here="queue") == "page/imprint"


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("hello", "'hello' could be any of: post/hello-moon, post/hello-world"),
        ("queue/trip", "'queue/trip' could be any of: post/trip, post/trip.de"),
        ("queue/trip/sea.png", "'queue/trip/sea.png' could be any of: post/trip, post/trip.de"),
    ],
)
def test_a_name_of_several_subjects_lists_them(full: Folder, typed: str, candidates: str) -> None:
    with pytest.raises(UsageError) as raised:
        found(full, typed)
    assert raised.value.message == candidates
    assert raised.value.hint


def test_a_name_of_nothing_suggests_what_was_meant(full: Folder) -> None:
    with pytest.raises(UsageError) as raised:
        found(full, "helo-world")
    assert raised.value.message == "there is no post, page or profile 'helo-world'"
    assert raised.value.hint == "did you mean 'hello-world'?"


@pytest.mark.parametrize("typed", ["", "nothing-like-it", "../../etc/passwd", "post/none", "\0"])
def test_nonsense_is_refused_in_a_sentence(full: Folder, typed: str) -> None:
    with pytest.raises(UsageError):
        found(full, typed)


def test_a_hash_needs_enough_digits(full: Folder) -> None:
    with pytest.raises(UsageError, match="too little of a hash"):
        found(full, "hello-world@3f9")


def test_the_one_on_disk_is_meant_when_the_other_is_in_the_record_only(full: Folder) -> None:
    full.approve("post/hello-moon")
    for path in full.root.rglob("hello-moon.md"):
        path.unlink()
    assert found(full, "hello") == "post/hello-world"
    assert found(full, "hello-moon") == "post/hello-moon"
