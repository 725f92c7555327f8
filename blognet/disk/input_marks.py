"""Whether anything that a build reads has changed, told by the marks of files alone. Reads no contents.

A file is the same as long as its size, times and number are. That is good enough to say that a build would come out as
the last one did; whatever is decided on, or shown in another form, is read in full.
"""

from __future__ import annotations

import os
import stat
import time
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_READ = ("blognet.yml", "authors", "pages", "posts", "queue", "record", "themes", "urls.lock")
_TOO_FRESH = 100_000_000
"""Nanoseconds: clocks of file systems are coarse, so a file this young may change once more without showing it."""


def marks_of_inputs(root: Path, named: str) -> str:
    """Return a digest of the marks of everything in a network that a build reads.

    Args:
        root: The network folder.
        named: Paths of the files that settings name, one a line: the logo, fonts; "" for none.

    Returns:
        32 hex digits; "" when some of it is so young that it may change without showing it, or cannot be read.
    """
    return marks_of(root, (*_READ, *named.split("\n")))


def marks_of(root: Path, names: Iterable[str]) -> str:
    """Return a digest of the marks of some files and folders in a network, with all that is below; as above."""
    marks: list[str] = []
    start, latest = os.fspath(root), time.time_ns() - _TOO_FRESH
    try:
        for name in names:
            if name and os.path.lexists(f"{start}/{name}"):
                _add(f"{start}/{name}", marks, latest)
    except (OSError, _TooFreshError):
        return ""
    return blake2b("\n".join(marks).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


class _TooFreshError(Exception):
    """A file is so young that its marks say nothing."""


def _add(path: str, marks: list[str], latest: int) -> None:
    facts = os.lstat(path)
    if stat.S_ISDIR(facts.st_mode):
        _add_folder(path, marks, latest)
    else:
        marks.append(_mark(path, facts, latest))


def _add_folder(path: str, marks: list[str], latest: int) -> None:
    marks.append(path)
    with os.scandir(path) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _add_folder(entry.path, marks, latest)
        else:
            marks.append(_mark(entry.name, entry.stat(follow_symlinks=False), latest))


def _mark(name: str, facts: os.stat_result, latest: int) -> str:
    changed = max(facts.st_mtime_ns, facts.st_ctime_ns)
    if changed > latest:
        raise _TooFreshError
    return f"{name} {facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino} {facts.st_mode}"
