from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.disk.commit import commit_exactly, refuse_if_unready
from blognet.disk.git import Repository, repository_of
from blognet.kernel.errors import BlognetError, ConflictError
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.disk.conftest import Git

EVENT = SourcePath("record/post/hello/event.json")
POST = SourcePath("posts/hello.md")
WAITING = SourcePath("queue/hello.md")


def put(root: Path, path: str, text: str = "text\n") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def commit_all(git: Git) -> None:
    git("add", "--all")
    git("commit", "-q", "-m", "before")


def found(root: Path) -> Repository:
    repository = repository_of(root)
    assert repository is not None
    return repository


def committed(git: Git) -> list[str]:
    return sorted(git("show", "--name-status", "--no-renames", "--format=").split("\n"))[1:]


def hook(root: Path, name: str, script: str) -> None:
    put(root, f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
    (root / ".git/hooks" / name).chmod(0o755)


def other_work(root: Path, git: Git) -> str:
    """Leave staged and unstaged work of all kinds, and return how git shows it."""
    for name in ("edited", "deleted", "both", "unstaged", "moved"):
        put(root, name, f"{name}\n" * 9)
    put(root, WAITING)
    commit_all(git)
    put(root, "edited", "staged\n")
    put(root, "both", "staged\n")
    put(root, "added", "staged\n")
    git("add", "--all")
    git("rm", "-q", "deleted")
    git("mv", "moved", "moved-here")
    put(root, "both", "and changed again\n")
    put(root, "unstaged", "changed\n")
    put(root, "untracked")
    put(root, "planned")
    git("add", "--intent-to-add", "planned")
    return git("status", "--porcelain") + git("diff", "--cached")


def test_exactly_these_files_are_committed_and_other_work_stays_as_it_was(
    tmp_path: Path, git: Git
) -> None:
    work = other_work(tmp_path, git)
    put(tmp_path, EVENT)
    (tmp_path / "posts").mkdir()
    (tmp_path / WAITING).rename(tmp_path / POST)
    commit = commit_exactly(found(tmp_path), (EVENT, WAITING, POST), "Approve hello")
    assert commit == git("rev-parse", "HEAD").strip()
    assert git("log", "-1", "--format=%s").strip() == "Approve hello"
    assert committed(git) == [f"A\t{POST}", f"A\t{EVENT}", f"D\t{WAITING}"]
    assert git("status", "--porcelain") + git("diff", "--cached") == work


def test_what_the_person_had_staged_of_the_same_files_is_committed_as_it_is_on_disk(
    tmp_path: Path, git: Git
) -> None:
    put(tmp_path, WAITING)
    commit_all(git)
    put(tmp_path, EVENT, "staged\n")
    git("add", "--all")
    put(tmp_path, EVENT, "on disk\n")
    (tmp_path / "posts").mkdir()
    git("mv", WAITING, POST)
    commit_exactly(found(tmp_path), (EVENT, WAITING, POST), "x")
    assert git("show", f"HEAD:{EVENT}") == "on disk\n"
    assert committed(git) == [f"A\t{POST}", f"A\t{EVENT}", f"D\t{WAITING}"]
    assert git("status", "--porcelain") == ""


def test_the_first_commit_of_a_repository_can_be_ours(tmp_path: Path, git: Git) -> None:
    put(tmp_path, "staged")
    git("add", "staged")
    put(tmp_path, EVENT)
    commit_exactly(found(tmp_path), (EVENT,), "x")
    assert committed(git) == [f"A\t{EVENT}"]
    assert git("status", "--porcelain") == "A  staged\n"


def test_a_network_below_the_top_commits_its_own_files(tmp_path: Path, git: Git) -> None:
    put(tmp_path, "company/blog/queue/a b.md")
    put(tmp_path, "queue/a b.md")
    commit_all(git)
    put(tmp_path, "company/blog/queue/a b.md", "new\n")
    put(tmp_path, "queue/a b.md", "new\n")
    commit_exactly(found(tmp_path / "company/blog"), (SourcePath("queue/a b.md"),), "x")
    assert committed(git) == ["M\tcompany/blog/queue/a b.md"]
    assert git("status", "--porcelain") == ' M "queue/a b.md"\n'


def test_odd_names_are_taken_literally(tmp_path: Path, git: Git) -> None:
    names = [SourcePath(f"queue/{name}.md") for name in ("*", ":(top)x", "Köln", "-f", '"q"')]
    put(tmp_path, "queue/other.md")
    for name in names:
        put(tmp_path, name)
    commit_exactly(found(tmp_path), names, "x")
    assert git("ls-files", "-z").split("\0")[:-1] == sorted(names)


def test_ignored_files_are_committed_when_they_are_named(tmp_path: Path, git: Git) -> None:
    put(tmp_path, ".gitignore", "record/\n")
    commit_all(git)
    put(tmp_path, EVENT)
    commit_exactly(found(tmp_path), (EVENT,), "x")
    assert committed(git) == [f"A\t{EVENT}"]


def test_paths_that_nobody_knows_are_passed_over(tmp_path: Path, git: Git) -> None:
    put(tmp_path, EVENT)
    commit_exactly(found(tmp_path), (EVENT, WAITING, SourcePath("nowhere/x.md")), "x")
    assert committed(git) == [f"A\t{EVENT}"]


@pytest.mark.parametrize("paths", [(), (WAITING,), (SourcePath("nowhere.md"),)])
def test_when_nothing_changed_there_is_no_commit(
    tmp_path: Path, git: Git, paths: tuple[SourcePath, ...]
) -> None:
    put(tmp_path, WAITING)
    commit_all(git)
    before = git("rev-parse", "HEAD")
    put(tmp_path, "staged")
    git("add", "staged")
    assert commit_exactly(found(tmp_path), paths, "x") == ""
    assert git("rev-parse", "HEAD") == before
    assert git("status", "--porcelain") == "A  staged\n"


def test_the_author_can_be_named(tmp_path: Path, git: Git) -> None:
    put(tmp_path, EVENT)
    commit_exactly(found(tmp_path), (EVENT,), "# x\n\nwords", author="Änn <ann@example.org>")
    assert git("log", "-1", "--format=%an %ae").strip() == "Änn ann@example.org"
    assert git("log", "-1", "--format=%B").strip() == "# x\n\nwords"


def test_attributes_of_the_repository_hold(tmp_path: Path, git: Git) -> None:
    put(tmp_path, ".gitattributes", "*.md text\nrecord/** -text\n")
    commit_all(git)
    put(tmp_path, WAITING, "a\r\n")
    put(tmp_path, EVENT, "a\r\n")
    commit_exactly(found(tmp_path), (EVENT, WAITING), "x")
    sizes = [git("cat-file", "-s", f"HEAD:{path}").strip() for path in (EVENT, WAITING)]
    assert sizes == ["3", "2"]
    assert git("status", "--porcelain") == ""


def test_a_hook_that_refuses_leaves_everything_as_it_was(tmp_path: Path, git: Git) -> None:
    work = other_work(tmp_path, git)
    put(tmp_path, EVENT)
    hook(tmp_path, "pre-commit", "echo no ticket >&2; exit 1")
    before = git("rev-parse", "HEAD")
    with pytest.raises(BlognetError, match="no ticket"):
        commit_exactly(found(tmp_path), (EVENT,), "x")
    (tmp_path / EVENT).unlink()
    assert git("rev-parse", "HEAD") == before
    assert git("status", "--porcelain") + git("diff", "--cached") == work


def test_a_hook_that_changes_what_is_committed_is_reported(tmp_path: Path, git: Git) -> None:
    put(tmp_path, EVENT)
    hook(tmp_path, "pre-commit", f"echo tidy > {EVENT}; git add {EVENT}")
    with pytest.raises(BlognetError, match=f"hook .* changed what was committed: {EVENT}"):
        commit_exactly(found(tmp_path), (EVENT,), "x")
    assert git("show", f"HEAD:{EVENT}") == "tidy\n"


def test_a_signature_that_cannot_be_made_is_a_refusal(tmp_path: Path, git: Git) -> None:
    put(tmp_path, EVENT)
    git("config", "commit.gpgSign", "true")
    git("config", "gpg.program", "false")
    with pytest.raises(BlognetError, match="refused to commit"):
        commit_exactly(found(tmp_path), (EVENT,), "x")
    assert git("status", "--porcelain") == "?? record/\n"


def test_without_a_name_git_says_how_to_set_it(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    git("config", "user.useConfigOnly", "true")
    put(tmp_path, EVENT)
    with pytest.raises(BlognetError) as caught:
        commit_exactly(found(tmp_path), (EVENT,), "x")
    assert "git config user.name" in caught.value.hint


def test_while_another_git_command_writes_it_is_refused(tmp_path: Path, git: Git) -> None:
    git("status")
    put(tmp_path, EVENT)
    put(tmp_path, ".git/index.lock", "")
    with pytest.raises(BlognetError) as caught:
        commit_exactly(found(tmp_path), (EVENT,), "x")
    assert "another git command" in caught.value.hint


def diverge(root: Path, git: Git) -> None:
    put(root, "a", "one\n")
    commit_all(git)
    git("switch", "-q", "-c", "other")
    put(root, "a", "two\n")
    commit_all(git)
    git("switch", "-q", "main")
    put(root, "a", "three\n")
    commit_all(git)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("merge", "merge"),
        ("cherry-pick", "cherry-pick"),
        ("rebase", "rebase"),
        ("revert", "revert"),
    ],
)
def test_in_the_middle_of_a_merge_nothing_is_committed(
    tmp_path: Path, git: Git, command: str, what: str
) -> None:
    diverge(tmp_path, git)
    target = {"revert": "HEAD~1"}.get(command, "other")
    git(command, target, check=False)
    put(tmp_path, EVENT)
    before = git("status", "--porcelain")
    with pytest.raises(ConflictError, match=f"a {what} is unfinished"):
        commit_exactly(found(tmp_path), (EVENT,), "x")
    assert git("status", "--porcelain") == before


def test_without_a_branch_nothing_is_committed(tmp_path: Path, git: Git) -> None:
    put(tmp_path, EVENT)
    commit_all(git)
    git("switch", "-q", "--detach")
    with pytest.raises(ConflictError, match="no branch is checked out"):
        refuse_if_unready(found(tmp_path))


def test_a_linked_work_tree_commits_on_its_own_branch(tmp_path: Path, git: Git) -> None:
    put(tmp_path, WAITING)
    commit_all(git)
    git("worktree", "add", "-q", "second", "-b", "side")
    put(tmp_path / "second", EVENT)
    commit_exactly(found(tmp_path / "second"), (EVENT,), "x")
    assert git("log", "--format=%s", "side").split() == ["x", "before"]
    assert git("log", "--format=%s", "main").split() == ["before"]


def test_thousands_of_files_are_committed_at_once(tmp_path: Path, git: Git) -> None:
    names = [SourcePath(f"record/post/{'long-' * 20}{number}/x.txt") for number in range(2500)]
    for name in names:
        put(tmp_path, name)
    commit_exactly(found(tmp_path), names, "x")
    assert git("ls-files").count("\n") == len(names)
