"""The record, but for the folders that are as they were before. Knows no events: folders are compared by marks alone.

A subject's folder is as before when the folder and each of its files have the marks of before. A mark of the folder
tells that a name came or went, so that folders need not be listed; where folders have no such times, each is listed.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.disk.marks import Folders, folder_mark, is_settled, packed
from blognet.disk.reading import Entry, shown_path, walk_some
from blognet.disk.record import RawRecord, is_hidden, read_entries, read_record
from blognet.kernel.ids import Kind
from blognet.moderation.record import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from blognet.disk.index import Row
    from blognet.disk.look import Look
    from blognet.disk.marks import Mark
    from blognet.disk.record_leaves import RecordLeaves


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderMarks:
    """A subject's folder as it was read: the names of its files, each followed by a line feed, and all marks."""

    names: str
    marks: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanges:
    """What has to be read of a record.

    Attributes:
        raw: Everything but the folders that are as before; all assets that have a copy.
        kept: The folders that are as before, sorted.
        marks: Of the folders in `raw` that may be compared next time: settled, and nothing but plain files.
    """

    raw: RawRecord
    kept: tuple[str, ...] = ()
    marks: Mapping[str, FolderMarks] = field(default_factory=dict)


def read_changes(
    root: Path, known: Mapping[str, Row], *, began: int, look: Look | None = None
) -> RecordChanges:
    """Read what is not as it was before.

    Args:
        root: The network folder.
        known: The folders of before, ``record/post/hello-world``, with their marks.
        began: Nanoseconds since 1970, from before anything was looked at.
        look: At the network, if somebody looked a moment ago; a folder that was as before then is not asked again.

    Raises:
        BlognetError: When the record holds an absurd number of files.
    """
    wanted = _looked_through(root, known, look)
    if wanted is None:
        return RecordChanges(raw=read_record(root))
    kept, changed = wanted
    return _read(root, changed, kept, began)


def read_some_changes(
    leaves: RecordLeaves,
    root: Path,
    folders: Iterable[str],
    known: Mapping[str, Row],
    *,
    began: int,
) -> RecordChanges:
    """Read what is not as it was before of some folders, and of what lies beside the subjects.

    Args:
        leaves: What lies in the record.
        root: The network folder.
        folders: Which of them.
        known: As in `read_changes`.
        began: The same.
    """
    ask, changed = Folders(str(root)), list(leaves.beside)
    kept: list[str] = []
    for folder in folders:
        row = known.get(folder)
        is_same = row is not None and (
            leaves.look.holds(folder, row.names, row.marks)
            or ask.is_as_before(folder, row.names, row.marks)
        )
        (kept if is_same else changed).append(folder)
    return _read(root, tuple(changed), tuple(kept), began)


def read_folders(root: Path, folders: Iterable[str], *, began: int) -> RecordChanges:
    """Read some folders, ``record/post/hello-world``, whatever their marks; the others are not in the answer."""
    return _read(root, tuple(folders), (), began)


def subject_folders(root: Path, look: Look | None = None) -> tuple[str, ...]:
    """Return the folders of all subjects, sorted, as their names tell; none where only a whole walk can tell.

    Args:
        root: The network folder.
        look: As in `read_changes`.
    """
    wanted = _looked_through(root, {}, look)
    return tuple(folder for folder in wanted[1] if folder.count("/") > 1) if wanted else ()


def is_as_before(root: Path, folder: str, row: Row) -> bool:
    """Whether a folder and its files have the marks that they had."""
    return Folders(str(root)).is_as_before(folder, row.names, row.marks)


def _read(root: Path, changed: tuple[str, ...], kept: tuple[str, ...], began: int) -> RecordChanges:
    before = {folder: _folder_mark(root, folder) for folder in changed}
    entries: list[Entry] = []
    in_folder: dict[str, tuple[Entry, ...]] = {}
    for folder in changed:
        top, _, name = folder.rpartition("/")
        found = walk_some(root, top, (name,), skip=is_hidden)
        entries += found
        in_folder[folder] = found
    raw = read_entries(root, sorted(entries, key=lambda entry: (entry.path, entry.parts)))
    marks = {
        folder: marked
        for folder, found in in_folder.items()
        if (marked := _marked(root, folder, found, before[folder], began)) is not None
    }
    return RecordChanges(raw=raw, kept=kept, marks=marks)


def _looked_through(
    root: Path, known: Mapping[str, Row], look: Look | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return which folders are as before, and what is to be read; None when only a whole walk can tell."""
    folders = Folders(str(root))
    kept: list[str] = []
    changed: list[str] = []
    try:
        if not stat.S_ISDIR(os.lstat(os.path.join(root, ROOT)).st_mode):
            return None
        for top in _names_in(root, ROOT, look):
            if top not in set(Kind) or not _is_folder(root, f"{ROOT}/{top}"):
                changed.append(f"{ROOT}/{top}")
                continue
            names = _names_in(root, f"{ROOT}/{top}", look)
            if not _are_distinct(names):
                return None
            for name in names:
                folder = f"{ROOT}/{top}/{name}"
                row = known.get(folder)
                if row is not None and (
                    (look is not None and look.holds(folder, row.names, row.marks))
                    or folders.is_as_before(folder, row.names, row.marks)
                ):
                    kept.append(folder)
                else:
                    changed.append(folder)
    except (OSError, ValueError):
        return None
    return tuple(kept), tuple(changed)


def _names_in(root: Path, folder: str, look: Look | None) -> list[str]:
    if look is not None and look.is_whole and folder in look.listed:
        _, files, folders, _ = look.listed[folder]
        names = f"{files}{folders}".split("/")[:-1]
    else:
        names = os.listdir(os.path.join(root, folder))
    return sorted(name for name in names if not is_hidden(name))


def _is_folder(root: Path, folder: str) -> bool:
    return stat.S_ISDIR(os.lstat(os.path.join(root, folder)).st_mode)


def _are_distinct(names: Iterable[str]) -> bool:
    """Whether no two names are one for us, because accents may be encoded in two ways."""
    unusual = [name for name in names if not name.isascii()]
    return len({shown_path((name,)) for name in unusual}) == len(unusual)


def _folder_mark(root: Path, folder: str) -> Mark | None:
    try:
        facts = os.lstat(os.path.join(root, folder))
    except (OSError, ValueError):
        return None
    return folder_mark(facts) if stat.S_ISDIR(facts.st_mode) else None


def _marked(
    root: Path, folder: str, found: tuple[Entry, ...], before: Mark | None, began: int
) -> FolderMarks | None:
    """Return what a folder can be compared by; None when it may have changed while it was read, or still may."""
    plain = all(
        entry.fault is None and "/".join(entry.parts) == entry.path == f"{folder}/{entry.parts[-1]}"
        for entry in found
    )
    if before is None or not plain:
        return None
    marks = (before, *(entry.mark for entry in found))
    names = "".join(f"{entry.parts[-1]}\n" for entry in found)
    kept = FolderMarks(names=names, marks=packed(marks))
    if not kept.marks or not all(is_settled(mark, began) for mark in marks):
        return None
    return kept if Folders(str(root)).is_as_before(folder, kept.names, kept.marks) else None
