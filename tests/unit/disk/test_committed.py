from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from blognet.disk.committed import arrivals
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.unit.disk.conftest import Git

QUEUE = SourcePath("queue/hello wörld.md")
POST = SourcePath("posts/hello wörld.md")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def commit(git: Git, patch: pytest.MonkeyPatch, hours: int) -> datetime:
    time = START + timedelta(hours=hours)
    patch.setenv("GIT_COMMITTER_DATE", f"{int(time.timestamp())} +0000")
    git("add", "--all")
    git("commit", "-q", "-m", "x")
    return time


def test_bytes_came_with_the_first_commit_that_has_them_whatever_moved_later(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, QUEUE, "one\n")
    commit(git, monkeypatch, 0)
    put(tmp_path, QUEUE, "two\n")
    second = commit(git, monkeypatch, 1)
    put(tmp_path, POST, "two\n")
    (tmp_path / QUEUE).unlink()
    commit(git, monkeypatch, 2)
    found = arrivals(tmp_path, [POST])
    assert found.since([POST]) == second
    assert found.lay_since([QUEUE, POST], START + timedelta(minutes=30)) == START
    assert found.lay_since([QUEUE, POST], START + timedelta(hours=3)) == second
    assert found.lay_since([QUEUE, POST], START - timedelta(hours=1)) is None


def test_bytes_that_went_and_came_back_came_when_they_came_back(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = START
    for hours, text in enumerate(("one\n", "two\n", "one\n")):
        put(tmp_path, QUEUE, text)
        last = commit(git, monkeypatch, hours)
        put(tmp_path, "queue/other.md", str(hours))
    assert arrivals(tmp_path, [QUEUE]).since([QUEUE]) == last


def test_a_copy_under_another_name_came_when_it_was_made(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, QUEUE, "one\n")
    first = commit(git, monkeypatch, 0)
    put(tmp_path, "queue/copy.md", "one\n")
    second = commit(git, monkeypatch, 1)
    copy = SourcePath("queue/copy.md")
    found = arrivals(tmp_path, [QUEUE, copy])
    assert (found.since([QUEUE]), found.since([copy])) == (first, second)


def test_an_edit_that_is_not_committed_came_when_the_file_was_written(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, QUEUE, "one\n")
    commit(git, monkeypatch, 0)
    put(tmp_path, QUEUE, "two\n")
    time = START + timedelta(days=3)
    os.utime(tmp_path / QUEUE, (time.timestamp(), time.timestamp()))
    assert arrivals(tmp_path, [QUEUE]).since([QUEUE]) == time


def test_a_bundle_came_when_the_last_of_its_files_came(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "queue/a/index.md", "text\n")
    commit(git, monkeypatch, 0)
    put(tmp_path, "queue/a/chart.svg", "<svg/>\n")
    second = commit(git, monkeypatch, 5)
    paths = [SourcePath("queue/a/index.md"), SourcePath("queue/a/chart.svg")]
    assert arrivals(tmp_path, paths).since(paths) == second


def test_in_a_folder_below_the_repository_paths_are_the_networks(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, f"company/blog/{QUEUE}", "one\n")
    first = commit(git, monkeypatch, 0)
    assert arrivals(tmp_path / "company/blog", [QUEUE]).since([QUEUE]) == first


def test_without_git_there_is_the_time_of_the_file_and_without_a_file_nothing(
    tmp_path: Path,
) -> None:
    put(tmp_path, QUEUE, "one\n")
    os.utime(tmp_path / QUEUE, (START.timestamp(), START.timestamp()))
    found = arrivals(tmp_path, [QUEUE, POST])
    assert (found.since([QUEUE]), found.since([POST])) == (START, None)


def test_in_a_repository_without_commits_there_is_the_time_of_the_file(
    tmp_path: Path, git: Git
) -> None:
    git("status")
    put(tmp_path, QUEUE, "one\n")
    os.utime(tmp_path / QUEUE, (START.timestamp(), START.timestamp()))
    assert arrivals(tmp_path, [QUEUE]).since([QUEUE]) == START
