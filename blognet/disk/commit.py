"""One git commit of exactly the files that a command touched, and of nothing else. Knows no posts.

What the person had staged stays staged; what they changed stays changed. Their hooks, their signing and their
attributes hold, as for any commit of theirs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blognet.disk.git import blobs_here, committed_blobs, has_head, named_if_few, run_git
from blognet.kernel.errors import BlognetError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.disk.git import Ran, Repository
    from blognet.kernel.ids import SourcePath

_SECONDS = 600  # hooks may run tests, and signing may wait for a key
_MAY_LOCK = {"GIT_OPTIONAL_LOCKS": "1"}
_UNFINISHED = (
    ("MERGE_HEAD", "a merge", "git commit, or git merge --abort"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue, or --abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue, or --abort"),
    ("rebase-merge", "a rebase", "git rebase --continue, or --abort"),
    ("rebase-apply", "a rebase", "git rebase --continue, or --abort"),
)


def refuse_if_unready(repository: Repository) -> None:
    """Make sure that a commit can be made here; ask this before changing anything.

    Raises:
        ConflictError: When a merge or something like it is unfinished, or no branch would hold the commit.
    """
    for name, what, ending in _UNFINISHED:
        if (repository.folder / name).exists():
            message = f"{what} is unfinished in this repository, so nothing else can be committed"
            raise ConflictError(message, hint=f"finish it first: {ending}")
    if run_git(repository.root, "symbolic-ref", "--quiet", "HEAD").code != 0:
        message = "no branch is checked out, so a commit would soon be lost"
        raise ConflictError(message, hint="git switch BRANCH, then repeat the command")


def commit_exactly(
    repository: Repository, paths: Iterable[SourcePath], message: str, *, author: str = ""
) -> str:
    """Commit these files as they are on disk: added, changed or gone.

    Args:
        repository: Where.
        paths: From the network folder. Those that neither git nor the disk knows are passed over.
        message: Of the commit.
        author: ``Name <email>``; "" for whoever git says.

    Returns:
        The new commit's id; "" when these files are committed already.

    Raises:
        ConflictError: As `refuse_if_unready`.
        BlognetError: When git refuses: a hook, a missing name or signature. Files and index are as before then.
    """
    refuse_if_unready(repository)
    asked = sorted(set(paths))
    in_index = _paths(repository, "ls-files", "-z", "--cached", "--", *named_if_few(asked))
    known = in_index | committed_blobs(repository, asked).keys()
    present = [path for path in asked if os.path.lexists(repository.root / path)]
    added = [path for path in present if path not in in_index]
    wanted = sorted({*present, *(path for path in asked if path in known)})
    # Git commits by name only what is in the index; ignored folders are no obstacle here.
    _update_index(repository, added, "--add")
    try:
        if not _changed(repository, wanted):
            return ""
        expected = blobs_here(repository, present)
        _commit(repository, wanted, message, author)
    except BaseException:
        _update_index(repository, added, "--force-remove")
        raise
    _check_committed(repository, wanted, expected)
    return run_git(repository.root, "rev-parse", "HEAD").text


def _commit(repository: Repository, paths: list[SourcePath], message: str, author: str) -> None:
    ran = run_git(
        repository.root, "commit", "--quiet", "--only", "--no-status", f"--message={message}",
        *((f"--author={author}",) if author else ()),
        "--pathspec-from-file=-", "--pathspec-file-nul",
        given=_ended_by_nul(paths), seconds=_SECONDS, settings=_MAY_LOCK,
    )  # fmt: skip
    if ran.code != 0:
        raise _refused(ran)


def _changed(repository: Repository, paths: list[SourcePath]) -> bool:
    """Whether a commit of these paths would hold anything. The index knows all of them that exist."""
    if not has_head(repository):
        return bool(paths)
    different = _paths(
        repository,
        "diff",
        "-z",
        "--name-only",
        "--no-renames",
        "--no-ext-diff",
        "--relative",
        "HEAD",
        "--",
        *named_if_few(paths),
    )
    return not different.isdisjoint(paths)


def _check_committed(
    repository: Repository, paths: list[SourcePath], expected: Mapping[SourcePath, str]
) -> None:
    committed = committed_blobs(repository, paths)
    changed = [path for path in paths if committed.get(path) != expected.get(path)]
    if changed:
        message = f"a hook of this repository changed what was committed: {', '.join(changed[:3])}"
        hint = "let your hooks leave record/ alone; git show tells what was committed"
        raise BlognetError(message, hint=hint)


def _update_index(repository: Repository, paths: list[SourcePath], how: str) -> None:
    if not paths:
        return
    ran = run_git(
        repository.root, "update-index", how, "-z", "--stdin",
        given=_ended_by_nul(paths), settings=_MAY_LOCK,
    )  # fmt: skip
    if ran.code != 0:
        raise _refused(ran)


def _paths(repository: Repository, *arguments: str) -> set[str]:
    return set(os.fsdecode(run_git(repository.root, *arguments).out).split("\0")) - {""}


def _ended_by_nul(paths: list[SourcePath]) -> bytes:
    return os.fsencode("".join(f"{path}\0" for path in paths))


def _refused(ran: Ran) -> BlognetError:
    said = ran.error or ran.text or f"exit code {ran.code}"
    if "index.lock" in said:
        hint = "another git command is running here; repeat this one when it is done"
    elif "tell me who you are" in said.lower():
        hint = "git config user.name and git config user.email set it"
    else:
        hint = "the files are written; commit them by hand, or mend it and repeat the command"
    return BlognetError(f"git refused to commit: {said}", hint=hint)
