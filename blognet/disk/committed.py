"""When work came. Answers: since when does git hold these bytes, and what lay at a path at an earlier time?

One run of git for everything that is asked. A commit's own time is taken, not its author's: it says when the work
came to this line of history, and a rebase that brings it here later says so. Clocks may lie; whoever asks decides what
follows from it. Without git, or for what was never committed, there is the time of the file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.disk.git import blobs_here, has_head, repository_of, run_git
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from blognet.disk.git import Repository

_TREES = ("authors", "pages", "posts", "queue")
_MARK = "\x01"
_NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What lay at a path from a commit on.

    Attributes:
        time: Of the commit.
        since: Since when these bytes had lain in the network's folders without a gap, at this path or, before a move,
            at another; None when the commit removed the file.
    """

    time: datetime
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """When everything in the network's folders came.

    Attributes:
        here: For each file that was asked about, since when git has had its bytes; missing for what it does not have.
        files: For each file that was asked about, the time of the file itself.
        changes: Path to its changes, oldest first.
    """

    here: Mapping[SourcePath, datetime] = field(default_factory=dict)
    files: Mapping[SourcePath, datetime] = field(default_factory=dict)
    changes: Mapping[SourcePath, tuple[Change, ...]] = field(default_factory=dict)

    def since(self, paths: Iterable[SourcePath]) -> datetime | None:
        """Return when the last of these files came: git's time, else the file's; None when there is none."""
        times = [self.here.get(path) or self.files.get(path) for path in paths]
        return max((time for time in times if time is not None), default=None)

    def lay_since(self, paths: Iterable[SourcePath], moment: datetime) -> datetime | None:
        """Return since when what lay at one of these paths at a moment had lain there; None when nothing is known."""
        latest: Change | None = None
        for path in paths:
            for change in self.changes.get(path, ()):
                is_later = latest is None or change.time >= latest.time
                if change.since is not None and change.time <= moment and is_later:
                    latest = change
        return latest.since if latest else None


def arrivals(root: Path, paths: Iterable[SourcePath]) -> Arrivals:
    """Find out when files came, and everything that git remembers of the network's folders.

    Args:
        root: The network folder.
        paths: Files whose present bytes are asked about.
    """
    wanted = tuple(dict.fromkeys(paths))
    files = {path: time for path in wanted if (time := _file_time(root, path)) is not None}
    repository = repository_of(root)
    if repository is None or not has_head(repository):
        return Arrivals(files=MappingProxyType(files))
    story = _Story()
    for time, commit in _commits(repository):
        story.tell(time, commit)
    blobs = blobs_here(repository, wanted) if wanted else {}
    here = {path: time for path, blob in blobs.items() if (time := story.since(path, blob))}
    changes = {path: tuple(changes) for path, changes in story.changes.items()}
    return Arrivals(
        here=MappingProxyType(here),
        files=MappingProxyType(files),
        changes=MappingProxyType(changes),
    )


class _Story:
    """Follows which object lies at which path, commit by commit; lives for one call of `arrivals`."""

    def __init__(self) -> None:
        self.changes: dict[SourcePath, list[Change]] = {}
        self.lies: dict[SourcePath, tuple[str, datetime]] = {}

    def tell(self, time: datetime, commit: list[tuple[SourcePath, str]]) -> None:
        """Take in one commit: paths with the objects that lie there from now on, "" where a file was removed."""
        gone = dict(self.lies.pop(path) for path, _ in commit if path in self.lies)
        for path, blob in commit:
            # What goes here and comes there in one commit was moved, and has waited all the while.
            since = gone.get(blob, time) if blob else None
            self.changes.setdefault(path, []).append(Change(time=time, since=since))
            if since is not None:
                self.lies[path] = (blob, since)

    def since(self, path: SourcePath, blob: str) -> datetime | None:
        """Return since when an object has lain at a path; None when another lies there."""
        lies, since = self.lies.get(path, ("", None))
        return since if lies == blob else None


def _commits(
    repository: Repository,
) -> Iterator[tuple[datetime, list[tuple[SourcePath, str]]]]:
    """Read what each commit changed in the network's folders, oldest first."""
    ran = run_git(
        repository.root, "log", "-z", "--reverse", "--date-order", "--no-merges", "--no-show-signature",
        "--no-ext-diff", "--raw", "--no-abbrev", "--no-renames", "--relative", "--format=%x01%ct", "HEAD", "--",
        *_TREES,
    )  # fmt: skip
    time, commit = _NEVER, list[tuple[SourcePath, str]]()
    tokens = iter(os.fsdecode(ran.out).split("\0") if ran.code == 0 else ())
    for token in tokens:
        said = token.lstrip("\n")
        if said.startswith(_MARK):
            yield time, commit
            time, commit = _moment(said.removeprefix(_MARK)), []
        elif said.startswith(":"):
            # :100644 100644 OLD NEW M, then the path
            _, mode, _, blob, _ = said.split(" ")
            is_there = bool(mode.strip("0"))
            commit.append((SourcePath(next(tokens, "")), blob if is_there else ""))
    yield time, commit


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):  # a commit made by a tool with a broken clock
        return _NEVER


def _file_time(root: Path, path: SourcePath) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(os.lstat(root / path).st_mtime), UTC)
    except (OSError, ValueError, OverflowError):
        return None
