"""``blognet recall`` and ``revise``: the author takes back what waits, and begins a new version."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


def proposed(network_folder: NetworkFolder, name: str = "hello") -> object:
    return network_folder.blognet("status", name, "--json").listed("subjects")[0]["proposed"]


def test_what_its_author_took_back_is_not_in_the_queue_and_its_file_is_as_it_was(
    network_folder: NetworkFolder,
) -> None:
    path = network_folder.post("queue/hello.md")
    before = path.read_bytes()
    done = network_folder.blognet("recall", "hello", "-m", "I want to check a number.")
    assert (done.code, done.out) == (0, "hello: taken back\n")
    assert path.read_bytes() == before
    assert proposed(network_folder) == "recalled"
    waiting = network_folder.mayor("queue", "--json").listed("waiting")
    assert "hello" not in [one["name"] for one in waiting]
    listed = network_folder.mayor("queue", "--all", "--json").listed("waiting")
    assert [one["what"] for one in listed if one["name"] == "hello"] == ["recalled"]


def test_a_mayor_cannot_approve_or_return_what_was_taken_back(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.blognet("recall", "hello")
    for words in (("approve", "hello", "--yes"), ("return", "hello", "-m", "No.")):
        refused = network_folder.mayor(*words)
        assert refused.code == 5
        assert "the author of hello took it back" in refused.err


def test_an_edit_or_a_submit_hands_it_over_again(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    network_folder.blognet("recall", "hello")
    assert network_folder.blognet("submit", "hello").out == "hello: handed over (queue/hello.md)\n"
    assert proposed(network_folder) == "new"
    network_folder.blognet("recall", "hello")
    network_folder.post("queue/hello.md", body="Other text.")
    assert proposed(network_folder) == "new"


def test_a_recall_and_an_approval_elsewhere_are_contested_until_a_mayor_who_saw_both_decides(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    other = replace(network_folder, root=network_folder.root.parent / "clone")
    shutil.copytree(network_folder.root, other.root)
    network_folder.blognet("recall", "hello", "-m", "Not yet.")
    other.mayor("approve", "hello", "--yes")
    shutil.copytree(network_folder.root / "record", other.root / "record", dirs_exist_ok=True)
    assert proposed(other) == "contested"
    assert other.blognet("build").code == 0
    assert not list((other.root / "site").glob("*/hello"))
    assert "ben  recall" in other.mayor("queue").out
    assert other.mayor("approve", "hello", "--yes").code == 0
    place = other.blognet("status", "hello", "--json").listed("subjects")[0]
    assert (place["published"], place["proposed"]) == ("live", None)


def test_only_an_author_takes_back_and_only_what_waits(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    stranger = network_folder.blognet("recall", "hello", who="dev")
    assert (stranger.code, "cannot recall it" in stranger.err) == (4, True)
    network_folder.mayor("return", "hello", "-m", "Shorter.")
    returned = network_folder.blognet("recall", "hello")
    assert (returned.code, "does not wait for a mayor" in returned.err) == (5, True)


def test_a_dry_run_of_recall_writes_nothing(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    before = network_folder.files()
    done = network_folder.blognet("recall", "hello", "--dry-run")
    assert done.out == "hello: would be taken back\n"
    assert network_folder.files() == before


def test_an_edit_after_a_return_is_enough_to_hand_it_over_again(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("return", "hello", "-m", "Shorter.")
    network_folder.post("queue/hello.md", body="Txt.")
    assert proposed(network_folder) == "new"


def test_revise_names_the_file_to_edit(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    assert network_folder.blognet("revise", "hello").out == "posts/hello.md\n"


def test_revise_brings_a_vanished_post_back_with_its_pictures(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write(
        "queue/2026-01-02-hello/index.md",
        "---\ntitle: Hello\nauthors: [ben]\n---\n\n![A plan](plan.csv)\n",
    )
    network_folder.write("queue/2026-01-02-hello/plan.csv", "a,b\n")
    network_folder.mayor("approve", "hello", "--yes")
    before = {
        path: hashlib.sha256(raw).hexdigest()
        for path, raw in network_folder.files().items()
        if path.startswith("posts/")
    }
    assert before
    for path in before:
        (network_folder.root / path).unlink()
    (network_folder.root / "posts/2026-01-02-hello").rmdir()
    planned = network_folder.blognet("revise", "hello", "--dry-run")
    assert planned.out == "posts/2026-01-02-hello/index.md\n"
    done = network_folder.blognet("revise", "hello")
    assert done.code == 0, done.err
    after = {
        path: hashlib.sha256(raw).hexdigest()
        for path, raw in network_folder.files().items()
        if path.startswith("posts/")
    }
    assert after == before
    assert proposed(network_folder) is None


def test_revise_brings_back_the_author_that_a_folder_named(network_folder: NetworkFolder) -> None:
    network_folder.write("queue/ben/hello.md", "---\ntitle: Hello\n---\n\nText.\n")
    network_folder.mayor("approve", "hello", "--yes")
    (network_folder.root / "posts/ben/hello.md").unlink()
    assert network_folder.blognet("revise", "hello").out == "posts/ben/hello.md\n"
    assert proposed(network_folder) is None


def test_revise_never_writes_over_another_file(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    (network_folder.root / "posts/hello.md").unlink()
    network_folder.write(
        "posts/hello.md", "---\ntitle: Other\nauthors: [dev]\nslug: other\n---\n\nX\n"
    )
    before = network_folder.files()
    done = network_folder.blognet("revise", "hello")
    assert done.code == 5
    assert "posts/hello.md is in the way" in done.err
    assert network_folder.files() == before


def test_there_is_nothing_to_revise_where_nothing_was_published(
    network_folder: NetworkFolder,
) -> None:
    path = network_folder.post("queue/hello.md")
    network_folder.mayor("decline", "hello", "-m", "No.")
    path.unlink()
    done = network_folder.blognet("revise", "hello")
    assert done.code == 5
    assert "neither a file nor a published version" in done.err
