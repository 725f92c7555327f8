"""Putting files of the record right: taking odd ones aside, writing right ones. Knows not which are which.

Nothing is lost: what is taken aside lies in ``.blognet/removed/`` under its old path, and never over another file.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.writing import LEFTOVER, make_folders, told, write_new_file
from blognet.kernel.ids import SourcePath
from blognet.moderation.record import ROOT

if TYPE_CHECKING:
    from pathlib import Path

REMOVED = "removed"


def leftovers_in_record(root: Path) -> tuple[SourcePath, ...]:
    """Return what killed runs left under ``record/``, sorted."""
    found = [
        os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
        for folder, _, names in os.walk(root / ROOT)
        for name in names
        if name.startswith(LEFTOVER)
    ]
    return tuple(SourcePath(path) for path in sorted(found))


def set_aside(root: Path, path: SourcePath) -> SourcePath:
    """Move a file, whatever it is, to the same path under ``.blognet/removed/``; return where it is now.

    Raises:
        ConflictError: A file or a link is in the way of the folder.
        BlognetError: The disk refuses.
    """
    *folders, name = path.split("/")
    target = private_folder(root, REMOVED, *folders)
    free, number = name, 1
    while os.path.lexists(target / free):
        number += 1
        free = f"{name}.{number}"
    with told(f"{path} could not be moved aside"):
        os.rename(root / path, target / free)
    return SourcePath("/".join((PRIVATE, REMOVED, *folders, free)))


def put_right(root: Path, path: SourcePath, raw: bytes) -> SourcePath | None:
    """Write a file of the record; what lies there with other bytes is set aside first, and its new place returned.

    Raises:
        BlognetError: The disk refuses.
    """
    *folders, name = path.split("/")
    folder = make_folders(root, *folders)
    moved = set_aside(root, path) if _is_other(folder / name, raw) else None
    write_new_file(folder / name, raw)
    return moved


def remove_plain(root: Path, path: SourcePath) -> None:
    """Remove a file for good.

    Raises:
        BlognetError: The disk refuses.
    """
    with told(f"{path} could not be removed"):
        (root / path).unlink(missing_ok=True)


def _is_other(path: Path, raw: bytes) -> bool:
    try:
        facts = os.lstat(path)
    except FileNotFoundError:
        return False
    with told(f"{path} could not be read"):
        return not stat.S_ISREG(facts.st_mode) or path.read_bytes() != raw
