"""Since when do files hold the bytes they hold? Answers by git's history, else by the file's own time.

One run of git answers for all files. A commit that only moves a file does not make its bytes newer. The time is the
author's, which survives a rebase: who waits must not go to the end of the line because somebody tidied the branch.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blognet.disk.git import blobs_here, has_head, run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from blognet.disk.git import Repository
    from blognet.kernel.ids import SourcePath

_COMMIT_MARK = "\x01"
_WHERE_SOURCES_MOVE = frozenset({"authors", "pages", "posts", "queue"})


def bytes_since(
    root: Path, repository: Repository | None, paths: Iterable[SourcePath]
) -> Mapping[SourcePath, datetime]:
    """Return since when each file has been what it is now.

    Args:
        root: The network folder.
        repository: Where to ask; None without git.
        paths: Files from the network's root; one that is gone is left out.

    Returns:
        Aware UTC times in whole seconds: of the commit that brought the bytes, or of the file where they were never
        committed.
    """
    wanted = tuple(dict.fromkeys(paths))
    found = dict(_committed(repository, wanted)) if repository and has_head(repository) else {}
    for path in wanted:
        if path not in found and (moment := _file_time(root, path)):
            found[path] = moment
    return found


def _committed(
    repository: Repository, paths: Sequence[SourcePath]
) -> Iterator[tuple[SourcePath, datetime]]:
    """Follow each file's bytes from the newest commit to the one that brought them to where they are."""
    waiting = {
        f"{repository.prefix}{path}": (path, blob)
        for path, blob in blobs_here(repository, paths).items()
    }
    if not waiting:
        return
    folders = sorted({path.partition("/")[0] for path in paths} | _WHERE_SOURCES_MOVE)
    ran = run_git(
        repository.root, "log", "-z", "--no-merges", "--no-show-signature", "--no-ext-diff", "--raw",
        "--no-abbrev", "--find-renames=100%", "--format=%x01%at", "HEAD", "--", *folders,
    )  # fmt: skip
    reached: dict[SourcePath, datetime] = {}
    for moment, blob, before, after in _changes(os.fsdecode(ran.out).split("\0")):
        path, wanted = waiting.pop(after, (None, ""))
        if path is None:
            continue
        if blob == wanted:
            reached[path] = moment
            if before != after:
                waiting[before] = (path, wanted)
        if not waiting:
            break
    yield from reached.items()


def _changes(tokens: Sequence[str]) -> Iterator[tuple[datetime, str, str, str]]:
    """Read ``git log -z --raw``: time, new object, path before and path after of each change."""
    moment = datetime.fromtimestamp(0, UTC)
    rest = iter(tokens)
    for token in rest:
        text = token.removeprefix("\n")
        if text.startswith(_COMMIT_MARK):
            moment = datetime.fromtimestamp(int(text.removeprefix(_COMMIT_MARK)), UTC)
        elif text.startswith(":"):
            _, _, _, blob, status = text.split(" ")
            before = next(rest, "")
            after = next(rest, "") if status.startswith(("R", "C")) else before
            yield moment, blob, before, after


def _file_time(root: Path, path: SourcePath) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(os.lstat(root / path).st_mtime), UTC)
    except (OSError, ValueError, OverflowError):
        return None
