"""Moving posts between folders without ever writing over anything. Knows no decisions."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from blognet.disk.renaming import rename_if_free
from blognet.disk.writing import make_folders, sync_folder, told
from blognet.kernel.errors import ConflictError

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.kernel.ids import SourcePath


def move_without_overwriting(root: Path, source: SourcePath, target: SourcePath) -> None:
    """Move a file, or a bundle's folder with everything in it, to a name that must be free.

    Folders above the source that are empty then are removed, but never the one at the top (``queue/``).

    Args:
        root: The network folder.
        source: A file or folder, ``queue/ann/hello.md``.
        target: Where to, ``posts/ann/hello.md``; missing folders on the way are made.

    Raises:
        ConflictError: When the target exists, the source is gone, or a link is in the way.
        BlognetError: When the disk refuses.
    """
    start, end = root / source, root / target
    _refuse_odd_source(root, source)
    make_folders(root, *target.split("/")[:-1])
    with told(f"{source} could not be moved to {target}"):
        try:
            rename_if_free(start, end)
        except FileExistsError:
            if not _is_same_file(start, end):
                message = f"{target} exists already, so {source} stays where it is"
                hint = f"look at both, then rename or remove {target}"
                raise ConflictError(message, hint=hint) from None
            os.unlink(
                start
            )  # a move that was killed halfway, where a disk cannot do it in one step
        sync_folder(end.parent)
        sync_folder(start.parent)
    _remove_empty_folders(root, source)


def _refuse_odd_source(root: Path, source: SourcePath) -> None:
    """Move plain files and folders only, reached through folders only: a link's target may lie anywhere."""
    place = root
    parts = source.split("/")
    for number, part in enumerate(parts, start=1):
        place = place / part
        try:
            kind = os.lstat(place).st_mode
        except OSError:
            message = f"{source} is gone, so it was not moved"
            raise ConflictError(message, hint="blognet status shows where things are") from None
        last = number == len(parts)
        if not (stat.S_ISDIR(kind) or (last and stat.S_ISREG(kind))):
            message = f"{place.relative_to(root)} is no plain file or folder, so it was not moved"
            raise ConflictError(message, hint="put a plain file or folder there")


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        first, second = os.lstat(one), os.lstat(other)
    except OSError:
        return False
    return stat.S_ISREG(first.st_mode) and os.path.samestat(first, second)


def _remove_empty_folders(root: Path, source: SourcePath) -> None:
    parts = source.split("/")[:-1]
    while len(parts) > 1:
        try:
            os.rmdir(root.joinpath(*parts))
        except OSError:
            return  # not empty; or the system refuses, and an empty folder does no harm
        parts.pop()
