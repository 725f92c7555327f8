"""Since when files hold their bytes, in a real repository and without one."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.disk.ages import bytes_since
from blognet.disk.git import repository_of
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from pathlib import Path

POST = SourcePath("queue/hello.md")
LONG = "".join(f"line {number}\n" for number in range(20))


def _git(root: Path, *arguments: str, when: str = "2026-01-01T00:00:00Z") -> None:
    settings = ("-c", "user.name=Ben", "-c", "user.email=ben@example.org")
    times = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": "2026-06-01T00:00:00Z"}
    subprocess.run(
        ["git", *settings, *arguments], cwd=root, check=True, capture_output=True,
        env={**os.environ, **times},
    )  # fmt: skip


def _save(root: Path, text: str, path: str = POST) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def _commit(root: Path, when: str) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "a change", when=when)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "-q")
    return tmp_path


def _since(root: Path, path: str = POST) -> datetime | None:
    return bytes_since(root, repository_of(root), (SourcePath(path),)).get(SourcePath(path))


def test_the_commit_that_brought_the_bytes_counts_not_a_later_one(repository: Path) -> None:
    _save(repository, LONG)
    _commit(repository, "2026-01-02T10:00:00Z")
    _save(repository, "other", "queue/other.md")
    _commit(repository, "2026-01-05T10:00:00Z")
    assert _since(repository) == datetime(2026, 1, 2, 10, tzinfo=UTC)


def test_a_move_makes_nothing_newer_and_an_edit_does(repository: Path) -> None:
    _save(repository, LONG, "queue/ben/hello.md")
    _commit(repository, "2026-01-02T10:00:00Z")
    _git(repository, "mv", "queue/ben/hello.md", POST)
    _commit(repository, "2026-01-03T10:00:00Z")
    assert _since(repository) == datetime(2026, 1, 2, 10, tzinfo=UTC)
    _save(repository, LONG + "more\n")
    _commit(repository, "2026-01-04T10:00:00Z")
    assert _since(repository) == datetime(2026, 1, 4, 10, tzinfo=UTC)


def test_bytes_that_came_back_count_from_their_coming_back(repository: Path) -> None:
    for day, text in (("02", LONG), ("03", "other\n"), ("04", LONG)):
        _save(repository, text)
        _commit(repository, f"2026-01-{day}T10:00:00Z")
    assert _since(repository) == datetime(2026, 1, 4, 10, tzinfo=UTC)


def test_bytes_nobody_committed_are_as_old_as_their_file(repository: Path) -> None:
    _save(repository, LONG)
    _commit(repository, "2026-01-02T10:00:00Z")
    _save(repository, LONG + "more\n")
    os.utime(repository / POST, (1_000_000_000, 1_000_000_000))
    assert _since(repository) == datetime.fromtimestamp(1_000_000_000, UTC)


def test_without_git_a_file_is_as_old_as_it_says(tmp_path: Path) -> None:
    _save(tmp_path, LONG)
    os.utime(tmp_path / POST, (1_000_000_000, 1_000_000_000))
    assert bytes_since(tmp_path, None, (POST,)) == {
        POST: datetime.fromtimestamp(1_000_000_000, UTC)
    }
    assert _since(tmp_path, "queue/gone.md") is None
