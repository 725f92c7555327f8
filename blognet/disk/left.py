"""How a build left its output. Answers: did somebody touch it since? Knows no pages.

A file whose size, time and number are those it was left with holds the bytes it was left with; a folder with the time
and number it was left with holds the same names. Links between trees change none of these, so they hold for a tree
that stands by as well; its folders have marks of their own, which are kept for the day when it becomes the site.
"""

from __future__ import annotations

import os
import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.disk.marks import NUMBER, Mark, packed
from blognet.disk.output_marker import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

NOT_THERE: Mark = (-1, -1, -1, -1)
_MARK = struct.Struct("<4q")
_PARTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The marks of an output: of files size, mode, time and number; of folders time and number.

    Attributes:
        files: By name relative to the output, sorted.
        folders: By name relative to the output; "" is the output itself.
        standby: Of the folders of the tree that stands by, with the same names; none when they are not known.
    """

    files: Mapping[str, Mark]
    folders: Mapping[str, Mark]
    standby: Mapping[str, Mark] = field(default_factory=dict)


NOWHERE = Left(files={}, folders={})


def left_in(
    folder: Path,
    names: Iterable[str],
    known: Left = NOWHERE,
    *,
    again: AbstractSet[str] = frozenset(),
    standby: Path | None = None,
) -> Left:
    """Return the marks of an output.

    Args:
        folder: The output.
        names: Its files.
        known: How it was left before. Its files are not looked at again, nor are folders of the two trees that may
            have taken each other's places; none of them when somebody else changed something in there.
        again: Files that are looked at nevertheless, with the folders around them: those that were not simply kept,
            came or went.
        standby: The tree that stands by; None for none.
    """
    start = os.fspath(folder)
    files: dict[str, Mark] = {}
    for name in _in_order(names, known):
        mark = known.files.get(name, NOT_THERE)
        unknown = mark == NOT_THERE or name in again
        files[name] = _file_mark(start, name) if unknown else mark
    around = _folders_of(again)
    there = _folders_of(files)
    others = os.fspath(standby) if standby else ""
    return Left(
        files=files,
        folders=_folders(start, there, around, (known.standby, known.folders)),
        standby=_folders(others, there, around, (known.folders, known.standby)) if standby else {},
    )


def touched_in(folder: Path, left: Left) -> tuple[frozenset[str], bool]:
    """Look what somebody did to an output since it was left.

    Returns:
        The files that are not as they were left or not there, and whether every folder holds the names it held.
    """
    start = f"{os.fspath(folder)}/"
    ask, touched = os.lstat, set()
    for name, mark in left.files.items():  # this runs for every file of a site
        try:
            facts = ask(start + name)
        except OSError:
            touched.add(name)
            continue
        found = (facts.st_size, facts.st_mode, facts.st_mtime_ns, facts.st_ino & NUMBER)
        if found != mark and _file_mark_of(facts, name) != mark:
            touched.add(name)
    return frozenset(touched), all(
        _folder_mark(start + name) == mark for name, mark in left.folders.items()
    )


def left_as_text(left: Left) -> str:
    """Write marks as one text."""
    parts = (left.files, left.folders, left.standby)
    return "\t".join(said for marks in parts for said in (_names(marks), _packed(marks)))


def left_from_text(text: str) -> Left:
    """Read what `left_as_text` wrote; nothing at all when it is something else."""
    parts = text.split("\t")  # no name in an output holds one
    try:
        marks = [_read(*parts[at : at + 2]) for at in range(0, _PARTS, 2)]
    except (ValueError, TypeError, struct.error):
        return NOWHERE
    return Left(files=marks[0], folders=marks[1], standby=marks[2])


def _in_order(names: Iterable[str], known: Left) -> list[str]:
    """Return names in their order; most are known, and in order."""
    wanted = set(names)
    return sorted(
        [name for name in known.files if name in wanted] + list(wanted - known.files.keys())
    )


def _folders(
    start: str,
    names: Iterable[str],
    around: AbstractSet[str],
    known: tuple[Mapping[str, Mark], Mapping[str, Mark]],
) -> Mapping[str, Mark]:
    """Return the marks of folders; `known` are those of the tree that should be here now, and of the other one."""
    top = _folder_mark(start)
    if top == NOT_THERE:
        return {}
    same: Mapping[str, Mark] = {}
    for each in known:
        if each.get("", NOT_THERE)[3] == top[3]:
            same = each
            break
    return {
        name: same[name] if name in same and name not in around else _folder_mark(f"{start}/{name}")
        for name in names
    }


def _folders_of(names: Iterable[str]) -> AbstractSet[str]:
    found = {""}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _file_mark(start: str, name: str) -> Mark:
    try:
        return _file_mark_of(os.lstat(f"{start}/{name}"), name)
    except OSError:
        return NOT_THERE


def _file_mark_of(facts: os.stat_result, name: str) -> Mark:
    if name == MARKER:
        return (
            facts.st_size,
            0,
            0,
            0,
        )  # its time says as of when the site was built, see `mark_built`
    return (facts.st_size, facts.st_mode, facts.st_mtime_ns, facts.st_ino & NUMBER)


def _folder_mark(path: str) -> Mark:
    try:
        facts = os.lstat(path)
    except OSError:
        return NOT_THERE
    return (0, 0, facts.st_mtime_ns, facts.st_ino & NUMBER)


def _names(marks: Mapping[str, Mark]) -> str:
    return "".join(f"{name}\n" for name in marks)


def _packed(marks: Mapping[str, Mark]) -> str:
    return b64encode(packed(marks.values())).decode("ascii")


def _read(names: str, marks: str) -> Mapping[str, Mark]:
    found = list(_MARK.iter_unpack(b64decode(marks, validate=True)))
    return dict(zip(names.split("\n")[:-1], found, strict=True))
