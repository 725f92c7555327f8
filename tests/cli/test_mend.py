"""``mayor mend``: what git's history still holds comes back, when the record's own hashes say that it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.network_folder import NetworkFolder


@pytest.fixture
def kept(network_folder: NetworkFolder) -> NetworkFolder:
    """A network in git with decisions of every sort, all committed."""
    network_folder.git("init", "--quiet")
    network_folder.write(
        "queue/trip/index.md", "---\ntitle: Trip\nauthors: [ben]\n---\n\nSee [a](map.csv).\n"
    )
    network_folder.write("queue/trip/map.csv", "a,b\n")
    network_folder.post("queue/hello.md")
    network_folder.mayor("return", "hello", "-m", "Shorter.")
    network_folder.post("queue/hello.md", body="Txt.")
    network_folder.mayor("approve", "hello", "trip", "--yes", "-m", "Fine.")
    network_folder.mayor("comment", "hello", "-m", "Last words.")
    network_folder.git("add", ".")
    network_folder.git("commit", "--quiet", "-m", "everything")
    return network_folder


def record_of(network: NetworkFolder) -> dict[str, bytes]:
    return {path: raw for path, raw in network.files().items() if path.startswith("record/")}


def test_a_sound_record_is_left_alone(kept: NetworkFolder) -> None:
    before = kept.files()
    done = kept.mayor("mend", "--yes")
    assert (done.code, done.out) == (0, "")
    assert "Nothing to mend: the record is sound." in done.err
    assert kept.files() == before
    assert not (kept.root / ".blognet/removed").exists()


@pytest.mark.parametrize(
    "wanted",
    ["-return-", "-approve-", "-comment-", ".txt", ".b64", ".md", ".json"],
)
@pytest.mark.parametrize("how", ["delete", "change"])
def test_every_file_that_was_deleted_or_changed_comes_back(
    kept: NetworkFolder, wanted: str, how: str
) -> None:
    before = record_of(kept)
    for path in [path for path in before if wanted in path]:
        if how == "delete":
            (kept.root / path).unlink()
        else:
            kept.write(path, before[path] + b"more\n")
    broken = record_of(kept)
    planned = kept.mayor("mend")
    assert (planned.code, "Nothing was changed" in planned.err) == (0, True)
    assert record_of(kept) == broken
    done = kept.mayor("mend", "--yes")
    assert record_of(kept) == before, done.out + done.err
    assert kept.mayor("verify").code == 0


def test_what_was_changed_lies_aside_afterwards(kept: NetworkFolder) -> None:
    (text,) = [path for path in record_of(kept) if "trip" in path and path.endswith(".txt")]
    kept.write(text, b"| something else\n")
    kept.mayor("mend", "--yes")
    assert (kept.root / ".blognet/removed" / text).read_bytes() == b"| something else\n"
    kept.write(text, b"| again something else\n")
    kept.mayor("mend", "--yes")
    aside = sorted(path.read_bytes() for path in (kept.root / ".blognet/removed").rglob("*.txt*"))
    assert aside == [b"| again something else\n", b"| something else\n"]


def test_a_file_comes_back_from_any_branch(kept: NetworkFolder) -> None:
    kept.git("checkout", "--quiet", "--orphan", "fresh")
    for path in [path for path in record_of(kept) if path.endswith(".txt")]:
        (kept.root / path).unlink()
    kept.git("add", "-A")
    kept.git("commit", "--quiet", "-m", "without the texts")
    assert kept.mayor("verify").code == 1
    assert kept.mayor("mend", "--yes").code == 0
    assert kept.mayor("verify").code == 0


def test_bytes_with_another_hash_are_never_brought_back(kept: NetworkFolder) -> None:
    (text,) = [path for path in record_of(kept) if "trip" in path and path.endswith(".txt")]
    other = kept.root / text
    kept.git("checkout", "--quiet", "--orphan", "fresh")
    other.write_bytes(b"| forged\n")
    kept.git("add", "-A")
    kept.git("commit", "--quiet", "-m", "forged")
    kept.git("branch", "-D", "--quiet", *_other_branches(kept))
    other.unlink()
    done = kept.mayor("mend", "--yes")
    assert done.code == 1
    assert not other.exists()
    assert "This cannot be mended here:" in done.err
    assert "BN307" in done.err


def _other_branches(network: NetworkFolder) -> list[str]:
    names = network.git("branch", "--format=%(refname:short)").split()
    return [name for name in names if name != "fresh"]


def _stray(network: NetworkFolder) -> str:
    network.write("record/post/hello/notes.txt", "mine\n")
    return "record/post/hello/notes.txt"


def _stray_words(network: NetworkFolder) -> str:
    path = "record/post/hello/20261122T091503Z-return-ann-00000000.md"
    network.write(path, "> words without an event\n")
    return path


@pytest.mark.parametrize("make", [_stray, _stray_words])
def test_strays_are_moved_aside(kept: NetworkFolder, make: Callable[[NetworkFolder], str]) -> None:
    before = record_of(kept)
    path = make(kept)
    stray = (kept.root / path).read_bytes()
    done = kept.mayor("mend", "--yes")
    assert f"moved aside {path}" in done.out
    assert record_of(kept) == before
    assert (kept.root / ".blognet/removed" / path).read_bytes() == stray


def test_what_a_killed_run_left_is_removed(kept: NetworkFolder) -> None:
    before = record_of(kept)
    kept.write("record/post/hello/.blognet-123-0", "half")
    assert "an unfinished write" in kept.mayor("mend").out
    assert kept.mayor("mend", "--yes").code == 0
    assert record_of(kept) == before


def test_an_event_under_a_wrong_name_gets_its_own_back(kept: NetworkFolder) -> None:
    before = record_of(kept)
    (event,) = [path for path in before if "-comment-" in path and path.endswith(".json")]
    wrong = event.replace("-comment-", "-approve-")
    (kept.root / event).rename(kept.root / wrong)
    assert "BN303" in kept.mayor("verify").out
    assert kept.mayor("mend", "--yes").code == 0
    assert record_of(kept) == before


def test_without_git_strays_are_moved_and_the_rest_is_reported(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    for path in (network_folder.root / "record").rglob("*.txt"):
        path.unlink()
    stray = _stray(network_folder)
    done = network_folder.mayor("mend", "--yes")
    assert done.code == 1
    assert f"moved aside {stray}" in done.out
    assert "BN307" in done.err
    assert "1 fault left" in done.err


def test_a_whole_thread_that_was_deleted_but_for_its_last_event_comes_back(
    kept: NetworkFolder,
) -> None:
    before = record_of(kept)
    for path in before:
        if "post/hello" in path and "-comment-" not in path:
            (kept.root / path).unlink()
    assert "BN306" in kept.mayor("verify").out
    assert kept.mayor("mend", "--yes").code == 0
    assert record_of(kept) == before


def test_what_was_purged_does_not_come_back(kept: NetworkFolder) -> None:
    kept.mayor("retract", "trip", "-m", "Wrong.")
    kept.mayor("purge", "trip", "-m", "On request.")
    before = record_of(kept)
    assert kept.mayor("mend", "--yes").code == 0
    assert record_of(kept) == before


def test_the_plan_is_there_as_json(kept: NetworkFolder) -> None:
    stray = _stray(kept)
    found = kept.mayor("mend", "--json").json()
    assert (found["done"], found["set_aside"], found["brought_back"]) == (False, [stray], [])


def test_an_event_that_was_taken_out_of_git_on_purpose_stays_out(kept: NetworkFolder) -> None:
    for path in [path for path in record_of(kept) if "-comment-" in path]:
        kept.git("rm", "--quiet", path)
    before = record_of(kept)
    assert kept.mayor("mend", "--yes").code == 0
    assert record_of(kept) == before


def test_mend_commits_exactly_what_it_touched_when_asked(kept: NetworkFolder) -> None:
    words = next(path for path in record_of(kept) if path.endswith(".md"))
    kept.git("rm", "--quiet", words)
    kept.git("commit", "--quiet", "-m", "lost")
    kept.write("queue/unrelated.md", "---\ntitle: U\nauthors: [ben]\n---\n\nText.\n")
    kept.write("record/post/hello/odd.txt", "odd")
    kept.git("add", "record/post/hello/odd.txt")
    early = kept.mayor("mend", "--commit")
    assert (early.code, "mayor mend --yes --commit" in early.err) == (2, True)
    done = kept.mayor("mend", "--yes", "--commit")
    assert (done.code, "committed as" in done.out) == (0, True)
    assert kept.git("show", "--name-only", "--format=%s").strip().split("\n\n") == [
        "mend the record",
        words,
    ]
    assert kept.git("status", "--short").strip() == "?? queue/"
    assert kept.mayor("verify").code == 0


def test_mend_outside_git_mends_and_says_that_nothing_was_committed(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    network_folder.write("record/post/hello/odd.txt", "odd")
    done = network_folder.mayor("mend", "--yes", "--commit")
    assert (done.code, "mended, but not committed" in done.err) == (1, True)
    assert not (network_folder.root / "record/post/hello/odd.txt").exists()
