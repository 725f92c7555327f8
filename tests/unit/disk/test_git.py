from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.disk.git import (
    Repository,
    is_modified_uncommitted,
    last_editor,
    last_editors,
    named_if_few,
    other_versions,
    repository_of,
    run_git,
    user_email,
)
from blognet.kernel.errors import BlognetError
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.disk.conftest import Git

POST = SourcePath("posts/hello.md")
WAITING = SourcePath("queue/hello.md")
TEXT = "".join(f"line {number}\n" for number in range(20))


def put(root: Path, path: str, text: str = TEXT) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def commit(git: Git, who: str) -> None:
    git("add", "--all")
    git("commit", "-q", "-m", "x", f"--author={who} <{who}@example.org>")


def found(root: Path) -> Repository:
    repository = repository_of(root)
    assert repository is not None
    return repository


def test_a_plain_folder_is_no_repository(tmp_path: Path) -> None:
    assert repository_of(tmp_path) is None


def test_without_the_git_program_there_is_no_repository(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("config", "user.email", "ann@example.org")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert repository_of(tmp_path) is None
    assert user_email(tmp_path) == ""


def test_inside_the_git_folder_there_is_no_repository(tmp_path: Path, git: Git) -> None:
    git("status")
    assert repository_of(tmp_path / ".git") is None


def test_a_network_below_the_top_of_its_repository_knows_its_place(
    tmp_path: Path, git: Git
) -> None:
    git("status")
    (tmp_path / "company/blog").mkdir(parents=True)
    repository = found(tmp_path / "company/blog")
    assert (repository.top, repository.prefix) == (tmp_path, "company/blog/")


def test_another_repository_named_by_a_calling_hook_is_not_used(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("status")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere/index"))
    assert found(tmp_path).folder == tmp_path / ".git"


def test_the_email_of_this_repository_is_read(tmp_path: Path, git: Git) -> None:
    assert user_email(tmp_path) == ""
    git("config", "user.email", "ann@example.org")
    assert user_email(tmp_path) == "ann@example.org"


def test_a_file_that_was_only_added_has_no_editor(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    assert last_editor(found(tmp_path), WAITING) is None


def test_the_newest_change_counts(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    for who in ("bob", "cleo"):
        put(tmp_path, WAITING, f"{TEXT}{who}\n")
        commit(git, who)
    assert last_editor(found(tmp_path), WAITING) == "cleo@example.org"


def test_a_move_is_no_edit(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    put(tmp_path, WAITING, f"{TEXT}more\n")
    commit(git, "bob")
    (tmp_path / "posts").mkdir()
    git("mv", WAITING, POST)
    commit(git, "mayor")
    assert last_editor(found(tmp_path), POST) == "bob@example.org"


def test_a_move_of_what_nobody_edited_makes_no_editor(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    (tmp_path / "posts").mkdir()
    git("mv", WAITING, POST)
    commit(git, "mayor")
    assert last_editor(found(tmp_path), POST) is None


def test_an_edit_together_with_a_move_is_an_edit(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    (tmp_path / "posts").mkdir()
    git("mv", WAITING, POST)
    put(tmp_path, POST, f"{TEXT}more\n")
    commit(git, "mayor")
    assert last_editor(found(tmp_path), POST) == "mayor@example.org"


def test_a_file_that_was_deleted_and_added_again_has_no_editor(tmp_path: Path, git: Git) -> None:
    for who in ("ann", "bob"):
        put(tmp_path, WAITING, f"{who}\n")
        commit(git, who)
    git("rm", "-q", WAITING)
    commit(git, "cleo")
    put(tmp_path, WAITING, "entirely new\n")
    commit(git, "dora")
    assert last_editor(found(tmp_path), WAITING) is None


def test_a_new_file_that_resembles_another_is_no_edit_of_it(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    put(tmp_path, "queue/second.md", f"{TEXT}second\n")
    commit(git, "bob")
    assert last_editor(found(tmp_path), SourcePath("queue/second.md")) is None


def test_many_files_with_odd_names_in_a_lower_folder_are_answered_at_once(
    tmp_path: Path, git: Git
) -> None:
    names = [SourcePath(f"queue/{name}.md") for name in ("Köln", "a b", "*", ":(top)x", '"q"')]
    for name in names:
        put(tmp_path, f"blog/{name}")
    commit(git, "ann")
    for name in names[1:]:
        put(tmp_path, f"blog/{name}", f"{TEXT}{name}\n")
    commit(git, "bob")
    editors = last_editors(found(tmp_path / "blog"), names)
    assert editors == dict.fromkeys(names[1:], "bob@example.org")


def test_before_the_first_commit_there_are_no_editors_and_no_other_versions(
    tmp_path: Path, git: Git
) -> None:
    git("status")
    put(tmp_path, WAITING)
    repository = found(tmp_path)
    assert last_editor(repository, WAITING) is None
    assert not is_modified_uncommitted(repository, WAITING)
    assert other_versions(repository, (WAITING,)) == {}


def test_only_a_change_of_a_committed_file_is_uncommitted(tmp_path: Path, git: Git) -> None:
    put(tmp_path, "blog/queue/a.md")
    commit(git, "ann")
    put(tmp_path, "blog/queue/new.md")
    repository = found(tmp_path / "blog")
    a, new = SourcePath("queue/a.md"), SourcePath("queue/new.md")
    assert not is_modified_uncommitted(repository, a)
    put(tmp_path, "blog/queue/a.md", "changed\n")
    assert is_modified_uncommitted(repository, a)
    git("add", "--all")
    assert is_modified_uncommitted(repository, a)
    assert not is_modified_uncommitted(repository, new)


def test_reading_leaves_the_index_alone(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit(git, "ann")
    put(tmp_path, WAITING)  # the same bytes at another time: git would note that down
    before = (tmp_path / ".git/index").read_bytes()
    assert not is_modified_uncommitted(found(tmp_path), WAITING)
    assert (tmp_path / ".git/index").read_bytes() == before


def test_branches_that_hold_other_bytes_are_found(tmp_path: Path, git: Git) -> None:
    same, gone = SourcePath("queue/same.md"), SourcePath("queue/gone.md")
    for path in (WAITING, same, gone):
        put(tmp_path, path)
    commit(git, "ann")
    git("branch", "merged")
    git("switch", "-q", "-c", "edit")
    put(tmp_path, WAITING, "another version\n")
    git("rm", "-q", gone)
    commit(git, "bob")
    git("update-ref", "refs/remotes/origin/edit", "HEAD")
    git("update-ref", "refs/tags/old", "HEAD")
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/edit")
    git("switch", "-q", "main")
    nowhere = SourcePath("queue/nowhere.md")
    assert other_versions(found(tmp_path), (WAITING, same, gone, nowhere)) == {
        WAITING: ("edit", "origin/edit")
    }


def test_a_branch_with_the_bytes_that_the_file_has_now_holds_no_other_version(
    tmp_path: Path, git: Git
) -> None:
    put(tmp_path, "blog/queue/a b.md")
    commit(git, "ann")
    git("switch", "-q", "-c", "edit")
    put(tmp_path, "blog/queue/a b.md", "new\n")
    commit(git, "bob")
    git("switch", "-q", "main")
    path = SourcePath("queue/a b.md")
    repository = found(tmp_path / "blog")
    assert other_versions(repository, (path,)) == {path: ("edit",)}
    put(tmp_path, "blog/queue/a b.md", "new\n")
    assert other_versions(repository, (path,)) == {}


def test_a_file_that_a_branch_holds_and_that_is_gone_here_has_another_version(
    tmp_path: Path, git: Git
) -> None:
    put(tmp_path, "README", "x\n")
    commit(git, "ann")
    git("switch", "-q", "-c", "edit")
    put(tmp_path, WAITING)
    commit(git, "bob")
    git("switch", "-q", "main")
    assert other_versions(found(tmp_path), (WAITING,)) == {WAITING: ("edit",)}


def test_git_that_takes_too_long_is_stopped(tmp_path: Path, git: Git) -> None:
    git("config", "alias.wait", "!sleep 60")
    with pytest.raises(BlognetError, match="longer than 0 seconds"):
        run_git(tmp_path, "wait", seconds=0)


def test_few_files_are_named_to_git_and_many_are_not() -> None:
    few = tuple(SourcePath(f"posts/{number}.md") for number in range(100))
    assert named_if_few(few) == few
    assert named_if_few(few * 100) == ()
    assert named_if_few(()) == ()
