"""Reading the network folder again and again. Answers: what changed since the last time? Knows no posts.

A file whose marks (size, times, number) are the ones it had before is taken to hold the same bytes. That is good enough
to show something to a person, and not good enough to decide on: commands that write read everything.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.network import SOURCE_FOLDERS, is_no_source, read_found
from blognet.disk.reading import walk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.content.values import FoundFile
    from blognet.disk.reading import Entry

_TOO_FRESH = 100_000_000
"""Nanoseconds: clocks of file systems are coarse, so a file this young may change once more without showing it."""

Marks = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What lies in the source folders, read at one moment.

    Attributes:
        files: Every file by its path.
        marks: The marks of each file whose bytes may be kept; () for one that has to be read again.
    """

    files: Mapping[str, FoundFile]
    marks: Mapping[str, Marks | tuple[()]]


NOTHING = Scanned(files={}, marks={})


def rescan(
    root: Path, before: Scanned, *, only: frozenset[str] | None = None
) -> tuple[Scanned, frozenset[str]]:
    """Read what changed in the source folders.

    Args:
        root: The network folder.
        before: What was there the last time.
        only: The source folders to look at, ``queue`` for example; all when None.

    Returns:
        What is there now, and the paths of the files that came, went or changed.
    """
    files: dict[str, FoundFile] = {}
    marks: dict[str, Marks | tuple[()]] = {}
    for top in SOURCE_FOLDERS:
        if only is not None and top not in only:
            kept = [path for path in before.files if path.partition("/")[0] == top]
            files |= {path: before.files[path] for path in kept}
            marks |= {path: before.marks[path] for path in kept}
            continue
        for entry in walk(root, top, skip=is_no_source):
            mark = _marks_of(root, entry)
            marks[entry.path] = mark
            known = before.files.get(entry.path)
            if known is not None and mark and before.marks[entry.path] == mark:
                files[entry.path] = known
                continue
            found = read_found(root, entry)
            files[entry.path] = known if known is not None and found == known else found
    changed = {path for path, found in files.items() if before.files.get(path) is not found}
    return Scanned(files=files, marks=marks), frozenset(changed | (before.files.keys() - files))


def marks_below(root: Path, top: str) -> Mapping[str, Marks | tuple[()]]:
    """Return the marks of every file below one folder, to be compared with those of another time."""
    return {
        entry.path: _marks_of(root, entry)
        for entry in walk(root, top, skip=lambda name: name.startswith("."))
    }


def _marks_of(root: Path, entry: Entry) -> Marks | tuple[()]:
    try:
        facts = os.lstat(os.path.join(root, *entry.parts))
    except OSError:
        return ()
    newest = max(facts.st_mtime_ns, facts.st_ctime_ns)
    if entry.fault or abs(time.time_ns() - newest) < _TOO_FRESH:
        return ()
    return (facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)
