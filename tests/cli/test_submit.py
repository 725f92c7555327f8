"""``blognet submit``: the draft line goes, every other byte stays; faulty drafts stay drafts."""

from __future__ import annotations

import io
import shlex
import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

DRAFT = "---\ntitle: {title}\nauthors: [ben]\ndraft: true\n---\n\nText.\n"


def draft(network_folder: NetworkFolder, name: str) -> str:
    path = f"queue/{name}.md"
    network_folder.write(path, DRAFT.format(title=name.title()))
    return path


def test_submit_takes_out_one_line_and_the_post_waits_for_the_mayor(
    network_folder: NetworkFolder,
) -> None:
    path = draft(network_folder, "hello")
    done = network_folder.blognet("submit", "hello")
    assert (done.code, done.out) == (0, "hello: handed over (queue/hello.md)\n")
    assert "It waits for the mayor (ann, cleo), as do 4 others." in done.err
    assert network_folder.read(path) == DRAFT.format(title="Hello").replace("draft: true\n", "")
    place = network_folder.blognet("status", "hello", "--json").listed("subjects")[0]
    assert (place["proposed"], place["turn"]) == ("new", "mayor")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"\xef\xbb\xbf---\r\ntitle: A\r\nauthors: [ben]\r\ndraft: True # not yet\r\n---\r\nHi",
            b"\xef\xbb\xbf---\r\ntitle: A\r\nauthors: [ben]\r\n---\r\nHi",
        ),
        (
            b"---\npublished: false\ntitle: A\nauthor: ben\n---\nHi\ndraft: true\n",
            b"---\ntitle: A\nauthor: ben\n---\nHi\ndraft: true\n",
        ),
    ],
    ids=["windows line ends, a mark and a remark", "another spelling"],
)
def test_submit_leaves_every_other_byte(
    network_folder: NetworkFolder, before: bytes, after: bytes
) -> None:
    path = network_folder.write("queue/hello.md", before)
    done = network_folder.blognet("submit", "hello")
    assert done.code == 0, done.err
    assert path.read_bytes() == after


def test_a_faulty_draft_is_refused_with_its_faults_and_the_others_are_handed_over(
    network_folder: NetworkFolder,
) -> None:
    draft(network_folder, "good")
    bad = network_folder.write(
        "queue/bad.md",
        "---\ntitle: Bad\nauthors: [ben]\nlangs: de\ndraft: true\ntaggs: [a]\n---\nHi\n",
    )
    kept = bad.read_bytes()
    done = network_folder.blognet("submit", "bad", "queue/good.md")
    assert done.code == 1
    assert done.out == "good: handed over (queue/good.md)\n"
    assert "queue/bad.md:4:1  error BN118" in done.err
    assert "queue/bad.md:6:1  error BN118" in done.err
    assert "mend them, then repeat: blognet submit bad" in done.err
    assert bad.read_bytes() == kept


def test_a_draft_without_text_is_not_handed_over(network_folder: NetworkFolder) -> None:
    network_folder.blognet("new", "Empty")
    done = network_folder.blognet("submit", "empty")
    assert done.code == 1
    assert "there is no text in it yet" in done.err
    assert "draft: true" in network_folder.read("queue/empty.md")


def test_what_waits_already_is_no_fault_and_what_came_back_is(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    again = network_folder.blognet("submit", "hello")
    assert (again.code, again.out) == (0, "hello: it waits for the mayor already\n")
    network_folder.mayor("return", "hello", "-m", "Shorter.")
    returned = network_folder.blognet("submit", "hello")
    assert returned.code == 1
    assert "a change of the file hands it over again" in returned.err


def test_a_draft_line_that_cannot_be_found_is_left_to_the_person(
    network_folder: NetworkFolder,
) -> None:
    path = network_folder.write(
        "queue/hello.md", "---\n{title: A, authors: [ben], draft: true}\n---\nHi\n"
    )
    kept = path.read_bytes()
    done = network_folder.blognet("submit", "hello")
    assert done.code == 1
    assert path.read_bytes() == kept


def test_an_unknown_name_changes_nothing_at_all(network_folder: NetworkFolder) -> None:
    draft(network_folder, "hello")
    before = network_folder.files()
    done = network_folder.blognet("submit", "hello", "helo-world")
    assert done.code == 2
    assert network_folder.files() == before


def test_names_come_from_standard_input_too(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(network_folder, "one")
    draft(network_folder, "two")
    monkeypatch.setattr("sys.stdin", io.StringIO("one\n\ntwo\n"))
    done = network_folder.blognet("submit", "-", "--json")
    assert done.code == 0
    assert [post["handed_over"] for post in done.listed("posts")] == [True, True]


def test_a_dry_run_of_submit_changes_nothing(network_folder: NetworkFolder) -> None:
    draft(network_folder, "hello")
    before = network_folder.files()
    done = network_folder.blognet("submit", "hello", "--dry-run")
    assert (done.code, done.out) == (0, "hello: would be handed over (queue/hello.md)\n")
    assert network_folder.files() == before


def test_in_a_repository_submit_names_the_files_to_push(network_folder: NetworkFolder) -> None:
    network_folder.git("init", "--quiet")
    path = network_folder.write("queue/it's mine.md", DRAFT.format(title="Mine"))
    done = network_folder.blognet("submit", str(path))
    command = done.err.partition(": git ")[2].partition(", commit")[0]
    network_folder.git(*shlex.split(command))
    mine, event = network_folder.git("ls-files").splitlines()
    assert mine == "queue/it's mine.md"
    assert event.startswith("record/post/its-mine/")


def test_a_name_whose_accents_this_disk_writes_in_another_way_is_handed_over(
    network_folder: NetworkFolder,
) -> None:
    name = unicodedata.normalize("NFD", "Köln")
    path = network_folder.write(f"queue/{name}.md", DRAFT.format(title="Köln"))
    done = network_folder.blognet("submit", "koeln")
    assert done.code == 0, done.err
    assert "draft" not in path.read_text(encoding="utf-8")


def test_every_hand_over_is_an_event_about_the_bytes_that_the_mayor_sees(
    network_folder: NetworkFolder,
) -> None:
    draft(network_folder, "hello")
    network_folder.blognet("submit", "hello", "-m", "The second part is new.")
    event = network_folder.mayor("log", "hello", "--json").listed("events")[0]
    place = network_folder.blognet("status", "hello", "--json").listed("subjects")[0]
    assert (event["verb"], event["actor"], event["hash"]) == ("submit", "ben", place["hash"])
    assert event["words"] == "The second part is new."


def test_submitting_again_says_nothing_new_unless_there_are_words(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.blognet("submit", "hello")
    network_folder.blognet("submit", "hello")
    again = network_folder.blognet("submit", "hello", "-m", "Please look again.")
    assert "your words are in its thread" in again.out
    events = network_folder.mayor("log", "hello", "--json").listed("events")
    assert [event["words"] for event in events] == ["", "Please look again."]


def test_only_an_author_hands_over(network_folder: NetworkFolder) -> None:
    path = draft(network_folder, "hello")
    before = network_folder.files()
    done = network_folder.blognet("submit", "hello", who="dev")
    assert done.code == 1
    assert "hello is by ben, so 'dev' cannot submit it" in done.err
    assert network_folder.files() == before
    assert "draft: true" in network_folder.read(path)


def test_words_ask_the_mayor_to_look_again_at_what_was_declined(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("decline", "hello", "-m", "Not here.")
    assert network_folder.blognet("submit", "hello").code == 1
    asked = network_folder.blognet("submit", "hello", "-m", "It is about us after all.")
    assert asked.code == 0
    place = network_folder.blognet("status", "hello", "--json").listed("subjects")[0]
    assert place["proposed"] == "declined"


def test_nothing_is_handed_over_on_top_of_a_faulty_record(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/other.md")
    network_folder.blognet("submit", "other")
    for file in (network_folder.root / "record").rglob("*.json"):
        file.write_bytes(b"{}")
    path = draft(network_folder, "hello")
    done = network_folder.blognet("submit", "hello")
    assert done.code == 1
    assert "the record has faults" in done.err
    assert "draft: true" in network_folder.read(path)
