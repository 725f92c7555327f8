"""Asking git for what once lay at a path, on any branch. Answers with bytes; judges none of them. Changes nothing."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from blognet.disk.git import run_git
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blognet.disk.git import Repository

_CHANGE = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*")
_AT_ONCE = 200
"""Paths in one command line; a folder of the record may hold many more."""


def versions_of(repository: Repository, path: SourcePath) -> tuple[bytes, ...]:
    """Return the different contents that a path had in any commit of any branch or tag, and in the index; newest first.

    Commits that nothing points to any more are not searched.
    """
    ran = run_git(
        repository.root, "log", "--all", "--full-history", "-m", "--no-ext-diff", "--no-renames",
        "--raw", "--no-abbrev", "--format=", "--diff-filter=d", "-z", "--", path,
    )  # fmt: skip
    blobs = [match[1] for match in _CHANGE.finditer(os.fsdecode(ran.out))] if ran.code == 0 else []
    staged = run_git(repository.root, "ls-files", "--stage", "-z", "--", path)
    blobs += [row.split(" ")[1] for row in os.fsdecode(staged.out).split("\0") if row]
    return tuple(_bytes_of(repository, dict.fromkeys(blobs)))


def paths_once_in(repository: Repository, folder: SourcePath) -> tuple[SourcePath, ...]:
    """Return every path below a folder that any commit of any branch or tag holds, sorted."""
    ran = run_git(
        repository.root, "log", "--all", "--full-history", "-m", "--no-ext-diff", "--no-renames",
        "--name-only", "--relative", "--format=", "--diff-filter=d", "-z", "--", folder,
    )  # fmt: skip
    if ran.code != 0:
        return ()
    names = (name.strip("\n") for name in os.fsdecode(ran.out).split("\0"))
    return tuple(SourcePath(name) for name in sorted({name for name in names if name}))


def deleted_here(repository: Repository, folder: SourcePath) -> tuple[SourcePath, ...]:
    """Return the files below a folder that git knows and that are gone here, without git having been told."""
    ran = run_git(repository.root, "ls-files", "--deleted", "-z", "--", folder)
    return tuple(SourcePath(name) for name in sorted(os.fsdecode(ran.out).split("\0")) if name)


def commits_about(repository: Repository, paths: Iterable[SourcePath]) -> int:
    """Return how many commits of any branch or tag changed one of the paths."""
    wanted = tuple(paths)
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        ran = run_git(repository.root, "log", "--all", "--full-history", "--format=%H", "--", *some)
        found |= set(ran.text.split("\n")) - {""} if ran.code == 0 else set()
    return len(found)


def _bytes_of(repository: Repository, blobs: Iterable[str]) -> Iterator[bytes]:
    for blob in blobs:
        ran = run_git(repository.root, "cat-file", "blob", blob)
        if ran.code == 0:
            yield ran.out
