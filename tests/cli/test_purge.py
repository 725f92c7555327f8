"""``mayor purge``: words and texts go, hashes and the event that excuses them stay, and the record still holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.moderation.event_json import event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.record import event_path

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

PRIVATE = "Dev lives in Nowhere Street."


@pytest.fixture
def gone(network_folder: NetworkFolder) -> NetworkFolder:
    """A network in which a post was returned, approved and retracted, each with words."""
    network_folder.post("queue/hello.md", body="First.")
    network_folder.mayor("return", "hello", "-m", PRIVATE)
    network_folder.post("queue/hello.md", body=PRIVATE)
    network_folder.mayor("approve", "hello", "--yes", "-m", "Fine.")
    network_folder.mayor("retract", "hello", "-m", PRIVATE)
    return network_folder


def in_record(network: NetworkFolder, text: str) -> list[str]:
    return [
        path
        for path, raw in network.files().items()
        if path.startswith("record/") and text in raw.decode()
    ]


def in_private_folder(network: NetworkFolder, text: str) -> list[str]:
    return [
        str(path)
        for path in sorted((network.root / ".blognet").rglob("*"))
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def test_a_purge_removes_words_and_texts_and_the_record_still_verifies_and_builds(
    gone: NetworkFolder,
) -> None:
    assert len(in_record(gone, PRIVATE)) == 3
    done = gone.mayor("purge", "hello", "-m", "On request.")
    assert done.code == 0, done.err
    assert in_record(gone, PRIVATE) == []
    assert in_record(gone, "Fine.") == []
    assert gone.mayor("verify").code == 0
    assert gone.blognet("build").code == 0
    log = gone.mayor("log", "hello", "--json").listed("events")
    assert [event["verb"] for event in log] == ["return", "approve", "retract", "purge"]
    assert [event["words"] for event in log] == ["", "", "", "On request."]


def test_a_purge_leaves_nothing_in_the_private_folder_not_even_in_deleted_rows(
    gone: NetworkFolder,
) -> None:
    gone.post("queue/second.md", body="Second.")
    gone.mayor("approve", "second", "--yes")
    gone.post("queue/hello.md", body=PRIVATE, title=PRIVATE)
    gone.mayor("approve", "hello", "--yes")
    gone.blognet("build")
    gone.mayor("queue")
    assert in_private_folder(gone, PRIVATE)
    gone.mayor("retract", "hello", "-m", "Out of date.")
    (gone.root / "posts/hello.md").unlink(missing_ok=True)
    (gone.root / "queue/hello.md").unlink(missing_ok=True)
    gone.blognet("build")
    gone.mayor("queue")
    # What a part of a build, a larger site and a run that was killed leave.
    standby = "standby/2026/hello/index.html"
    for left in ("shards/1-of-2.tar", standby, "memory.sqlite.new", "laid/0123abcd"):
        gone.write(f".blognet/{left}", PRIVATE)
    done = gone.mayor("purge", "hello", "-m", "On request.")
    assert done.code == 0, done.err
    assert in_private_folder(gone, PRIVATE) == []
    gone.mayor("queue")
    gone.blognet("build")
    assert in_private_folder(gone, PRIVATE) == []


def test_a_missing_text_or_words_without_a_purge_is_still_a_fault(gone: NetworkFolder) -> None:
    for path in in_record(gone, PRIVATE):
        (gone.root / path).unlink()
    broken = gone.mayor("verify")
    assert broken.code == 1
    assert "BN307" in broken.out
    assert "BN310" in broken.out
    assert gone.blognet("build").code == 1


def test_a_purge_excuses_nothing_of_another_subject_and_nothing_that_came_later(
    gone: NetworkFolder,
) -> None:
    gone.post("queue/other.md", title="Other", author="dev")
    gone.mayor("approve", "other", "--yes", "-m", "Other words.")
    gone.mayor("purge", "hello", "-m", "On request.")
    gone.mayor("comment", "hello", "-m", "Later words.")
    for text in ("Other words.", "Later words."):
        (path,) = in_record(gone, text)
        kept = (gone.root / path).read_bytes()
        (gone.root / path).unlink()
        assert "BN310" in gone.mayor("verify").out
        (gone.root / path).write_bytes(kept)
    assert gone.mayor("verify").code == 0


def test_what_is_live_or_scheduled_cannot_be_purged(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    network_folder.write(
        "queue/later.md", "---\ntitle: Later\nauthors: [ben]\ndate: 2099-01-01\n---\n\nX\n"
    )
    network_folder.mayor("approve", "hello", "later", "--yes")
    before = network_folder.files()
    for name in ("hello", "later"):
        done = network_folder.mayor("purge", name, "-m", "On request.")
        assert (done.code, f"mayor retract {name}" in done.err) == (5, True)
    assert network_folder.files() == before


def test_a_purge_needs_a_mayor_and_a_reason(gone: NetworkFolder) -> None:
    assert gone.mayor("purge", "hello", "-m", "Mine.", who="ben").code == 4
    assert gone.mayor("purge", "hello").code == 2
    assert len(in_record(gone, PRIVATE)) == 3


def test_a_dry_run_of_purge_removes_nothing_and_names_what_would_go(gone: NetworkFolder) -> None:
    before = gone.files()
    expected = sorted({*in_record(gone, PRIVATE), *in_record(gone, "> Fine.")})
    done = gone.mayor("purge", "hello", "-m", "On request.", "--dry-run", "--json")
    assert done.json()["removed"] == expected
    assert gone.files() == before


def test_purged_bytes_cannot_be_restored_and_live_again_only_by_a_new_approval(
    gone: NetworkFolder,
) -> None:
    gone.mayor("purge", "hello", "-m", "On request.")
    refused = gone.mayor("restore", "hello")
    assert refused.code == 5
    assert "the record does not hold its text any more" in refused.err
    assert gone.blognet("revise", "hello").out == "posts/hello.md\n"
    assert gone.mayor("approve", "hello", "--yes").code == 0
    assert in_record(gone, PRIVATE) != []
    assert gone.mayor("verify").code == 0
    place = gone.blognet("status", "hello", "--json").listed("subjects")[0]
    assert (place["published"], place["url"]) == ("live", place["url"])


def test_after_a_purge_a_vanished_post_cannot_be_brought_back(gone: NetworkFolder) -> None:
    gone.mayor("purge", "hello", "-m", "On request.")
    (gone.root / "posts/hello.md").unlink()
    done = gone.blognet("revise", "hello")
    assert done.code == 5
    assert "it was purged" in done.err


def test_pictures_go_along_unless_another_subject_shows_them(
    network_folder: NetworkFolder,
) -> None:
    text = "---\ntitle: {0}\nauthors: [ben]\n---\n\nSee [a](both.csv).\n"
    for name in ("one", "two"):
        network_folder.write(f"queue/{name}/index.md", text.format(name))
        network_folder.write(f"queue/{name}/both.csv", "a,b\n")
        network_folder.write(f"queue/{name}/own.csv", f"{name},b\n")
        network_folder.mayor("approve", name, "--yes")
    network_folder.mayor("retract", "one", "-m", "Wrong.")
    done = network_folder.mayor("purge", "one", "-m", "On request.")
    assert "both.csv stays: another subject shows it, too" in done.out
    assert len(list((network_folder.root / "record/assets").iterdir())) == 2
    assert network_folder.mayor("verify").code == 0
    assert network_folder.blognet("build").code == 0
    network_folder.mayor("retract", "two", "-m", "Wrong.")
    network_folder.mayor("purge", "two", "-m", "On request.")
    assert not list((network_folder.root / "record").glob("assets/*"))
    assert network_folder.mayor("verify").code == 0


def test_a_purge_that_was_interrupted_is_finished_by_mending(gone: NetworkFolder) -> None:
    kept = {path: gone.files()[path] for path in in_record(gone, PRIVATE)}
    gone.mayor("purge", "hello", "-m", "On request.")
    for path, raw in kept.items():
        gone.write(path, raw)
    found = gone.mayor("verify")
    assert (found.code, found.out.count("BN345")) == (0, 3)
    assert "it was purged" in gone.mayor("mend").out
    assert gone.mayor("mend", "--yes").code == 0
    assert in_record(gone, PRIVATE) == []
    assert not (gone.root / ".blognet/removed").exists()


def test_a_purge_says_what_git_still_holds_and_how_history_is_rewritten(
    gone: NetworkFolder,
) -> None:
    gone.git("init", "--quiet")
    gone.git("add", ".")
    gone.git("commit", "--quiet", "-m", "everything")
    done = gone.mayor("purge", "hello", "-m", "On request.", "--commit")
    assert "committed as" in done.out
    assert gone.git("status", "--short") == ""
    assert "git's history: 1 commit still holds it" in done.err
    assert "git filter-repo --invert-paths --path record/post/hello/" in done.err
    assert "'Hello'" not in done.err
    assert "posts/hello.md; delete it" in done.err


def test_a_retracted_page_keeps_its_place_after_a_purge_without_the_words(
    gone: NetworkFolder,
) -> None:
    gone.blognet("build")
    (page,) = (gone.root / "site").glob("*/hello/index.html")
    assert PRIVATE in page.read_text()
    gone.mayor("purge", "hello", "-m", "On request.")
    gone.blognet("build")
    assert PRIVATE not in page.read_text()
    assert "On request." not in page.read_text()


def test_comments_on_what_was_never_published_can_be_purged(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("decline", "hello", "-m", PRIVATE)
    network_folder.mayor("purge", "hello", "-m", "On request.")
    assert in_record(network_folder, PRIVATE) == []
    assert network_folder.mayor("verify").code == 0
    assert network_folder.mayor("purge", "never", "-m", "x").code == 2


def test_a_purge_removes_what_notes_quoted_the_title_and_reasons_of_waivers(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + "checks: {phones: error}\n")
    net.post("queue/hello.md", title="Zoe of Nowhere", body="Zoe lives at Nowhere, +49 30 1234567.")
    net.mayor("comment", "hello", "--on", "at Nowhere", "--kind", "must", "-m", "Is this meant?")
    net.mayor("suggest", "hello", "--replace", "Zoe lives", "--with", "Somebody like Zoe lives")
    waived = ("--waive", "phones=Zoe wants it there")
    assert net.mayor("approve", "hello", "--yes", "--settle", *waived).code == 0
    assert "Zoe wants it there" in net.mayor("log", "hello").out
    net.mayor("retract", "hello", "-m", "On request.")
    before = net.mayor("log", "hello", "--json").listed("events")
    assert net.mayor("purge", "hello", "-m", "Ticket 12.").code == 0
    for words in ("Zoe", "Nowhere"):
        assert in_record(net, words) == []
    assert net.mayor("verify").code == 0
    after = net.mayor("log", "hello", "--json").listed("events")
    assert [one["id"] for one in before] == [one["id"] for one in after][: len(before)]
    notes = net.blognet("notes", "hello", "--all").out
    assert (notes.count("its words were purged"), "settled" in notes) == (2, True)
    assert net.blognet("take", "hello", "2", who="ben").code != 0


def test_a_purge_says_which_words_stand_in_events_of_an_earlier_version(
    gone: NetworkFolder,
) -> None:
    # Written by a version that kept quotes in the event itself.
    event = Event(
        network="network",
        subject=Subject(kind=Kind.POST, id="hello"),
        verb=Verb.SUGGEST,
        actor=AuthorId("ann"),
        time=datetime(2026, 1, 1, tzinfo=UTC),
        options={"quote": "Nowhere\nStreet", "with": "a street"},
    )
    event = replace(event, network=network_of(gone))
    raw = event_to_bytes(event)
    gone.write(event_path(event, raw), raw)
    assert gone.mayor("verify").code == 0
    done = gone.mayor("purge", "hello", "-m", "On request.")
    assert "stay in events of an earlier version: 'Nowhere Street', 'a street'" in done.err


def network_of(net: NetworkFolder) -> str:
    path = next(path for path in net.files() if "-approve-" in path and path.endswith(".json"))
    return str(json.loads(net.read(path))["network"])
