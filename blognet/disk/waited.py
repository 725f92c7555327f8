"""When did bytes come to lie where they lie? Asks git, else the file's own time; a promise is reckoned from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blognet.disk.git import has_head, modified_uncommitted, run_git

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.disk.git import Repository
    from blognet.kernel.ids import SourcePath


def lies_since(root: Path, path: SourcePath, repository: Repository | None) -> datetime | None:
    """Return since when a file has the bytes that it has, in whole seconds; None when nothing tells.

    That is the time of the last commit of the file; for one with other bytes than the last commit, and without git, the
    time at which it was written.
    """
    if repository is not None and has_head(repository):
        ran = run_git(
            repository.root, "log", "-1", "--no-show-signature", "--format=%ct", "HEAD", "--",
            path,
        )  # fmt: skip
        if ran.text.strip().isdigit() and not modified_uncommitted(repository, (path,)):
            return datetime.fromtimestamp(int(ran.text), tz=UTC)
    try:
        return datetime.fromtimestamp(int((root / path).stat().st_mtime), tz=UTC)
    except (OSError, ValueError, OverflowError):
        return None
