"""How a build left its output. Answers: did somebody touch it since? Knows no pages.

A file whose size, time and number are those it was left with holds the bytes it was left with; a folder with the time
and number it was left with holds the same names. Links between trees change none of these, so they hold for a tree
that stands by as well; its folders have marks of their own, which are kept for the day when it becomes the site.
"""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.marks import NUMBER, Mark
from blognet.disk.output_marker import MARKER
from blognet.disk.packed_marks import (
    NO_MARKS,
    PackedMarks,
    names_as_bytes,
    names_from,
    packed_marks,
)
from blognet.disk.private import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

NOT_THERE: Mark = (-1, -1, -1, -1)
PARTS = ("left files", "left folders", "left standby")
"""What the parts of what is kept are named by, each with ``names`` or ``marks`` behind it."""
_NAMES, _MARKS = "names", "marks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The marks of an output: of files size, mode, time and number; of folders time and number.

    Attributes:
        files: By name relative to the output.
        folders: By name relative to the output; "" is the output itself.
        standby: Of the folders of the tree that stands by, with the same names; none when they are not known.
    """

    files: PackedMarks = NO_MARKS
    folders: PackedMarks = NO_MARKS
    standby: PackedMarks = NO_MARKS


NOWHERE = Left()


class OutputNames(AbstractSet[str]):
    """The names of the files of an output when some came and some went; the others are looked up one by one."""

    def __init__(self, left: Left, *, fresh: AbstractSet[str], gone: AbstractSet[str]) -> None:
        """Keep how the output was left, what came, and what went; nothing of the latter is there."""
        self._left = left.files
        self._fresh = fresh - gone - self._left.keys()
        self._gone = gone

    def __contains__(self, name: object) -> bool:
        """Whether there is such a file."""
        return name in self._fresh or (name in self._left and name not in self._gone)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        yield from (name for name in self._left.names if name not in self._gone)
        yield from self._fresh

    def __len__(self) -> int:
        """Count them."""
        gone = sum(1 for name in self._gone if name in self._left)
        return len(self._left) + len(self._fresh) - gone


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
    wanted, before = frozenset(names), frozenset(known.files.names)
    fresh, gone = wanted - before, before - wanted
    gone |= again - wanted
    return left_after(folder, known, again=(again & wanted) | fresh, gone=gone, standby=standby)


def left_after(
    folder: Path,
    known: Left,
    *,
    again: AbstractSet[str],
    gone: AbstractSet[str],
    standby: Path | None,
) -> Left:
    """Return the marks of an output when it is told which files may be others.

    Args:
        folder: As in `left_in`.
        known: As there.
        again: Files of the output that are new or were not simply kept.
        gone: Those that are there no more.
        standby: As there.
    """
    start = os.fspath(folder)
    asked = again | (known.files.unknown() - gone)
    files = known.files.exchanged({name: _file_mark(start, name) for name in asked}, gone)
    around = folders_of(again | gone)
    others = os.fspath(standby) if standby else ""
    return Left(
        files=files,
        folders=_folders(start, files, around, (known.standby, known.folders)),
        standby=_folders(others, files, around, (known.folders, known.standby))
        if standby
        else NO_MARKS,
    )


def touched_in(folder: Path, left: Left) -> tuple[frozenset[str], bool]:
    """Look what somebody did to an output since it was left.

    Returns:
        The files that are not as they were left or not there, and whether every folder holds the names it held.
    """
    start = f"{os.fspath(folder)}/"
    return _touched_files(start, left.files), _are_folders_as_left(start, left.folders)


def standby_of(root: Path) -> Path:
    """Return where in a network the tree that stands by has its place."""
    return root / PRIVATE / "standby"


def stands_as_left(standby: Path, left: Left) -> bool:
    """Whether a tree that stands by is the one that was left there, with the names it held then; its folders tell.

    Its files are those of the output, so an edit in their place is told by those.
    """
    start = f"{os.fspath(standby)}/"
    return (
        bool(left.standby)
        and not standby.is_symlink()
        and _are_folders_as_left(start, left.standby)
    )


def is_as_left_around(tree: Path, marks: PackedMarks, names: Iterable[str]) -> bool:
    """Whether folders around some files hold the names that they held; nothing is said of folders without a mark.

    Args:
        tree: The output, or the tree that stands by.
        marks: Those of its folders, as they were left.
        names: The files, relative to it.
    """
    start = os.fspath(tree)
    around = (folder for folder in folders_of(names) if folder in marks)
    return all(_folder_mark(f"{start}/{folder}") == marks[folder] for folder in around)


def mark_of_rows(sum_of: Callable[[str], str]) -> str:
    """Return what tells rows that `left_as_rows` wrote from others.

    Args:
        sum_of: Gives the sum of a row by its name; "" for none.
    """
    return " ".join(sum_of(f"{part} {each}") for part in PARTS for each in (_NAMES, _MARKS))


def left_as_rows(left: Left, known: Left = NOWHERE) -> Mapping[str, bytes]:
    """Write marks as rows, each under a name; rows that are as those of `known` marks are left out."""
    rows: dict[str, bytes] = {}
    for part, marks, before in zip(PARTS, _parts(left), _parts(known), strict=True):
        if known is NOWHERE or marks.names != before.names:
            rows[f"{part} {_NAMES}"] = names_as_bytes(marks.names)
        if known is NOWHERE or marks.raw != before.raw:
            rows[f"{part} {_MARKS}"] = marks.raw
    return rows


def left_from_rows(row: Callable[[str], bytes | None]) -> Left:
    """Read what `left_as_rows` wrote; nothing at all when it is something else.

    Args:
        row: Gives a row by its name.
    """
    said = [row(f"{part} {_NAMES}") for part in PARTS]
    try:
        files, folders = map(names_from, said[:2])
        # The folders of both trees have the same names, as long as there are two.
        standby = folders if said[2] == said[1] else names_from(said[2])
        marks = (
            packed_marks(names, row(f"{part} {_MARKS}"))
            for part, names in zip(PARTS, (files, folders, standby), strict=True)
        )
        return Left(files=next(marks), folders=next(marks), standby=next(marks))
    except ValueError:
        return NOWHERE


def _parts(left: Left) -> tuple[PackedMarks, ...]:
    return (left.files, left.folders, left.standby)


def _touched_files(start: str, marks: PackedMarks) -> frozenset[str]:
    ask, numbers = os.lstat, list[int]()
    try:
        for name in marks.names:  # this runs for every file of a site
            facts = ask(start + name)
            if name == MARKER:
                numbers += (facts.st_size, 0, 0, 0)
            else:
                numbers += (
                    facts.st_size,
                    facts.st_mode,
                    facts.st_mtime_ns,
                    facts.st_ino & NUMBER,
                )
        if marks.are(numbers):
            return frozenset()
    except OSError:
        pass
    found = {name: _file_mark(start[:-1], name) for name in marks}
    return frozenset(
        name for name, mark in marks.items() if found[name] == NOT_THERE or found[name] != mark
    )


def _are_folders_as_left(start: str, marks: PackedMarks) -> bool:
    ask, numbers = os.lstat, list[int]()
    try:
        for name in marks.names:  # nearly as many
            facts = ask(start + name)
            numbers += (0, 0, facts.st_mtime_ns, facts.st_ino & NUMBER)
    except OSError:
        return all(_folder_mark(start + name) == mark for name, mark in marks.items())
    return marks.are(numbers)


def _folders(
    start: str,
    files: PackedMarks,
    around: AbstractSet[str],
    known: tuple[PackedMarks, PackedMarks],
) -> PackedMarks:
    """Return the marks of folders; `known` are those of the tree that should be here now, and of the other one."""
    top = _folder_mark(start)
    if top == NOT_THERE:
        return NO_MARKS
    same = next((each for each in known if each and each[""][3] == top[3]), NO_MARKS)
    there = (
        {name for name in around if not name or files.holds_below(name)}
        if same
        else folders_of(files)
    )
    gone = around - there if same else frozenset[str]()
    return same.exchanged({name: _folder_mark(f"{start}/{name}") for name in there}, gone)


def folders_of(names: Iterable[str]) -> AbstractSet[str]:
    """Return the folders that files lie in, by the files' names relative to the output; "" is the output itself."""
    found = {""}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _file_mark(start: str, name: str) -> Mark:
    try:
        facts = os.lstat(f"{start}/{name}")
    except OSError:
        return NOT_THERE
    if name == MARKER:  # its time says as of when the site was built, see `mark_built`
        return (facts.st_size, 0, 0, 0)
    return (facts.st_size, facts.st_mode, facts.st_mtime_ns, facts.st_ino & NUMBER)


def _folder_mark(path: str) -> Mark:
    try:
        facts = os.lstat(path)
    except OSError:
        return NOT_THERE
    return (0, 0, facts.st_mtime_ns, facts.st_ino & NUMBER)
