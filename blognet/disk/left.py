"""How a build left its output. Answers: did somebody touch it since? Knows no pages.

A file whose size, time and number are those it was left with holds the bytes it was left with; a folder with the time
and number it was left with holds the same names. Links between trees change none of these, so they hold for a tree
that stands by as well.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.output_marker import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The marks of an output: of files size, time and number; of folders time and number.

    Attributes:
        files: By name relative to the output.
        folders: By name relative to the output; "" is the output itself.
    """

    files: Mapping[str, str]
    folders: Mapping[str, str]


NOWHERE = Left(files={}, folders={})


def left_in(
    folder: Path,
    names: Iterable[str],
    known: Left = NOWHERE,
    *,
    again: AbstractSet[str] = frozenset(),
) -> Left:
    """Return the marks of an output.

    Args:
        folder: The output.
        names: Its files.
        known: Marks of files that need not be looked at again; its folders are.
        again: Files that are looked at nevertheless.
    """
    start = os.fspath(folder)
    files = {
        name: (known.files.get(name) if name not in again else "")
        or _mark(f"{start}/{name}", is_file=True)
        for name in names
    }
    return Left(files=files, folders=_folders(start, files))


def touched_in(folder: Path, left: Left) -> tuple[frozenset[str], bool]:
    """Look what somebody did to an output since it was left.

    Returns:
        The files that are not as they were left or not there, and whether every folder holds the names it held.
    """
    start = os.fspath(folder)
    touched = frozenset(
        name
        for name, mark in left.files.items()
        if not mark or _mark(f"{start}/{name}", is_file=True) != mark
    )
    tidy = all(
        _mark(f"{start}/{name}", is_file=False) == mark for name, mark in left.folders.items()
    )
    return touched, tidy


def left_as_text(left: Left) -> str:
    """Write marks as one text."""
    return json.dumps([dict(left.files), dict(left.folders)], separators=(",", ":"))


def left_from_text(text: str) -> Left:
    """Read what `left_as_text` wrote; nothing at all when it is something else."""
    try:
        read: object = json.loads(text)
    except ValueError:
        return NOWHERE
    match read:
        case [dict() as files, dict() as folders]:
            return Left(files=files, folders=folders)
        case _:
            return NOWHERE


def _folders(start: str, names: Iterable[str]) -> Mapping[str, str]:
    found = {""}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return {name: _mark(f"{start}/{name}", is_file=False) for name in found}


def _mark(path: str, *, is_file: bool) -> str:
    try:
        facts = os.lstat(path)
    except OSError:
        return ""
    if path.endswith(f"/{MARKER}"):
        return f"{facts.st_size:x}"  # its time says as of when the site was built, see `mark_built`
    marks = f"{facts.st_mtime_ns:x} {facts.st_ino:x}"
    return f"{facts.st_size:x} {facts.st_mode:o} {marks}" if is_file else marks
