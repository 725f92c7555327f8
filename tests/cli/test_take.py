"""Taking suggestions: the file changes exactly there, the record credits, git keeps the trailer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.moderation.event_json import event_from_bytes
from blognet.moderation.events import Event

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

BODY = (
    "We left at six. By seven we knew that the map was older\nthan the road.\n\nThe map was wrong."
)
PATH = "queue/trip.md"


@pytest.fixture
def folder(network_folder: NetworkFolder) -> NetworkFolder:
    network_folder.post(PATH, title="Our trip", body=BODY)
    return network_folder


@pytest.fixture
def repository(folder: NetworkFolder) -> NetworkFolder:
    folder.git("init", "--quiet", "--initial-branch=main")
    folder.git("config", "user.name", "Ben")
    folder.git("config", "user.email", "ben@example.org")
    folder.git("add", "--all")
    folder.git("commit", "--quiet", "--message=Begin")
    return folder


def suggest(
    folder: NetworkFolder, old: str, new: str, *more: str, who: str = "ann", name: str = "trip"
) -> None:
    done = folder.mayor("suggest", name, "--replace", old, "--with", new, *more, who=who)
    assert done.code == 0, done.err


def resolutions(folder: NetworkFolder) -> list[Event]:
    paths = sorted((folder.root / "record/post/trip").glob("*-resolve-*.json"))
    events = [event_from_bytes(path.read_bytes()) for path in paths]
    assert all(isinstance(event, Event) for event in events)
    return [event for event in events if isinstance(event, Event)]


def test_a_suggestion_changes_the_file_there_and_nowhere_else(folder: NetworkFolder) -> None:
    suggest(folder, "older than the road", "from 1931", "-m", "Say when.")
    before = folder.read(PATH)
    done = folder.blognet("take", "trip", "1")
    assert (done.code, "suggested by ann" in done.out) == (0, True), done.err
    assert folder.read(PATH) == before.replace("older\nthan the road", "from 1931")


def test_the_record_says_who_took_it_and_who_had_suggested_it(folder: NetworkFolder) -> None:
    suggest(folder, "six", "6", who="cleo")
    folder.blognet("take", "trip", "1")
    (event,) = resolutions(folder)
    (waiting,) = [
        one for one in folder.mayor("queue", "--json").listed("waiting") if one["name"] == "trip"
    ]
    assert event.actor == "ben"
    assert (event.options["how"], event.options["suggested_by"]) == ("taken", "cleo")
    assert event.content is not None
    assert event.content.hex == waiting["hash"]
    assert "suggested by cleo" in folder.mayor("log", "trip").out
    assert folder.mayor("verify").code == 0


def test_line_ends_and_a_byte_order_mark_stay_as_they_were(folder: NetworkFolder) -> None:
    raw = b"\xef\xbb\xbf" + folder.read(PATH).replace("\n", "\r\n").encode()
    folder.write(PATH, raw)
    suggest(folder, "older than the road.", "older:\n\n> much older.")
    folder.blognet("take", "trip", "1")
    expected = raw.replace(b"older\r\nthan the road.", b"older:\r\n\r\n> much older.")
    assert (folder.root / PATH).read_bytes() == expected


def test_a_suggestion_is_taken_where_its_words_stand_by_now(folder: NetworkFolder) -> None:
    suggest(folder, "The map was wrong", "It was wrong")
    folder.write(PATH, folder.read(PATH).replace("We left", "A new beginning.\n\nWe left"))
    assert folder.blognet("take", "trip", "1").code == 0
    assert folder.read(PATH).endswith("than the road.\n\nIt was wrong.\n")


def test_a_suggestion_whose_words_changed_is_refused_and_nothing_is_written(
    folder: NetworkFolder,
) -> None:
    suggest(folder, "The map was wrong", "It was wrong")
    suggest(folder, "six", "6")
    folder.write(PATH, folder.read(PATH).replace("The map was wrong", "The chart was wrong"))
    before = folder.files()
    done = folder.blognet("take", "trip", "2", "1")
    assert (done.code, "suggestion 1 on trip is outdated" in done.err) == (5, True)
    assert folder.files() == before


def test_a_suggestion_whose_words_stand_twice_by_now_is_refused(folder: NetworkFolder) -> None:
    suggest(folder, "The map was wrong", "It was wrong")
    text = folder.read(PATH)
    folder.write(PATH, text + text.partition("\n\n")[2])
    done = folder.blognet("take", "trip", "1")
    assert (done.code, "stand in several places, on lines" in done.err) == (5, True)


def test_what_the_author_changed_by_hand_already_is_only_recorded(folder: NetworkFolder) -> None:
    suggest(folder, "The map was wrong", "It was wrong")
    folder.write(PATH, folder.read(PATH).replace("The map was wrong", "It was wrong"))
    before = folder.read(PATH)
    done = folder.blognet("take", "trip", "1")
    assert (done.code, "reads so already" in done.out) == (0, True)
    assert folder.read(PATH) == before
    assert [event.options["how"] for event in resolutions(folder)] == ["taken"]


def test_only_an_author_of_the_post_takes(folder: NetworkFolder) -> None:
    suggest(folder, "six", "6")
    before = folder.files()
    for who in ("ann", "dev"):
        assert folder.blognet("take", "trip", "1", who=who).code == 4
    assert folder.files() == before


def test_several_are_taken_at_once_and_each_only_once(folder: NetworkFolder) -> None:
    suggest(folder, "six", "6")
    suggest(folder, "seven", "7", who="cleo")
    done = folder.blognet("take", "trip", "1", "2", "1", "--json")
    assert [one["number"] for one in done.listed("taken")] == [1, 2]
    assert "at 6. By 7 we" in folder.read(PATH)
    assert folder.blognet("take", "trip", "1").code == 5


def test_words_are_taken_out(folder: NetworkFolder) -> None:
    suggest(folder, " By seven we knew that the map was older\nthan the road.", "")
    assert folder.blognet("take", "trip", "1").code == 0
    assert "We left at six.\n\nThe map" in folder.read(PATH)


def test_a_suggestion_for_the_title_changes_the_front_matter(folder: NetworkFolder) -> None:
    suggest(folder, "Our trip", "Our trip to the sea")
    folder.blognet("take", "trip", "1")
    assert folder.read(PATH).startswith("---\ntitle: Our trip to the sea\nauthors: [ben]\n---\n")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title: Our trip", "title: Our: trip", 1),
        ("authors: [ben]", "authors: [ben]\nslug: journey", 5),
    ],
)
def test_a_suggestion_that_would_break_the_post_is_refused(
    folder: NetworkFolder, old: str, new: str, code: int
) -> None:
    suggest(folder, old, new)
    before = folder.files()
    done = folder.blognet("take", "trip", "1")
    assert (done.code, "error" in done.err) == (code, True), done.err
    assert folder.files() == before


def test_nobody_takes_themselves_out_of_the_authors(folder: NetworkFolder) -> None:
    suggest(folder, "authors: [ben]", "authors: [dev]")
    before = folder.files()
    assert folder.blognet("take", "trip", "1").code == 4
    assert folder.files() == before


def test_a_dry_run_changes_nothing(folder: NetworkFolder) -> None:
    suggest(folder, "six", "6")
    before = folder.files()
    done = folder.blognet("take", "trip", "1", "--dry-run")
    assert (done.code, 'would put in "6" for "six"' in done.out) == (0, True)
    assert folder.files() == before


def test_taking_sends_a_returned_post_back_to_the_mayor(folder: NetworkFolder) -> None:
    suggest(folder, "six", "6")
    folder.mayor("return", "trip", "-m", "See the suggestion.")
    folder.blognet("take", "trip", "1")
    (one,) = folder.blognet("status", "trip", "--json").listed("subjects")
    assert (one["proposed"], one["turn"]) == ("new", "mayor")


def test_a_suggestion_on_a_live_post_makes_a_revision_that_waits(folder: NetworkFolder) -> None:
    folder.mayor("show", "trip")
    folder.mayor("approve", "trip")
    suggest(folder, "six", "6")
    assert folder.blognet("take", "trip", "1").code == 0
    assert "at 6." in folder.read("posts/trip.md")
    (one,) = folder.blognet("status", "trip", "--json").listed("subjects")
    assert (one["published"], one["proposed"]) == ("live", "edited")


def test_a_profile_is_its_own_authors(folder: NetworkFolder) -> None:
    suggest(folder, "Hello.", "Ben sails.", name="profile/ben")
    assert folder.blognet("take", "profile/ben", "1", who="dev").code == 4
    assert folder.blognet("take", "profile/ben", "1").code == 0
    assert folder.read("authors/ben.md").endswith("\nBen sails.\n")


def test_take_commit_credits_whoever_suggested_it(repository: NetworkFolder) -> None:
    suggest(repository, "six", "6")
    suggest(repository, "seven", "7", who="cleo")
    repository.write("queue/unrelated.md", "left alone")
    done = repository.blognet("take", "trip", "1", "2", "--commit")
    assert (done.code, "committed as" in done.out) == (0, True), done.err
    message = repository.git("log", "-1", "--format=%B")
    assert message.startswith("take 2 suggestions on post/trip\n\n")
    trailers = repository.git("log", "-1", "--format=%(trailers:key=Suggested-by)")
    assert trailers.strip().split("\n") == ["Suggested-by: Ann <ann>", "Suggested-by: Cleo <cleo>"]
    changed = repository.git("show", "--name-only", "--format=").split()
    assert PATH in changed
    assert sum(path.startswith("record/") for path in changed) == 2
    assert "unrelated" not in " ".join(changed)


def test_a_taken_suggestion_does_not_make_its_mayor_the_editor(
    repository: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ann@example.org")
    suggest(repository, "six", "6", "--commit")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ben@example.org")
    repository.blognet("take", "trip", "1", "--commit")
    repository.mayor("show", "trip")
    done = repository.mayor("approve", "trip")
    assert done.code == 0, done.err


def test_a_mayor_who_makes_the_suggested_change_is_the_editor(
    repository: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggest(repository, "six", "6", "--commit")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ann@example.org")
    repository.write(PATH, repository.read(PATH).replace("six", "6"))
    repository.git("commit", "--quiet", "--all", "--message=Change")
    repository.mayor("show", "trip")
    assert repository.mayor("approve", "trip").code == 4


def test_without_git_a_wanted_commit_is_missed_but_the_change_stands(folder: NetworkFolder) -> None:
    suggest(folder, "six", "6")
    done = folder.blognet("take", "trip", "1", "--commit")
    assert (done.code, "not committed" in done.err) == (1, True)
    assert "at 6." in folder.read(PATH)
