"""What lies below a folder, told by a look instead of a walk; see `blognet.disk.look` and `blognet.disk.reading`."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from blognet.disk.reading import MAX_DEPTH, MAX_FILES, Entry
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.disk.look import Look

_MARK = struct.Struct("<4q")


def entries_seen(look: Look, top: str, *, skip: Callable[[str], bool]) -> tuple[Entry, ...] | None:
    """List every file below a folder as `blognet.disk.reading.walk` does; None when only a walk can tell.

    Args:
        look: At the network.
        top: A folder at its top that was looked at.
        skip: Whether a file or folder with this name is left out, and everything in it.
    """
    if not look.is_whole or top not in look.listed:
        return None
    found: list[Entry] = []
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        _, names, below, odd = look.listed[folder]
        said, parts = f"{folder}{names}{below}", tuple(folder.split("/"))
        if odd or len(parts) >= MAX_DEPTH or not (said.isascii() and said.isprintable()):
            return None
        marks = _MARK.iter_unpack(look.marks[folder])
        next(marks)  # the folder's own
        for name, (size, changed, moved, number) in zip(names.split("/")[:-1], marks, strict=True):
            if not skip(name):
                path = SourcePath(f"{folder}/{name}")
                mark = (size, changed, moved, number)
                found.append(Entry(path=path, parts=(*parts, name), size=size, mark=mark))
        waiting += [f"{folder}/{name}" for name in below.split("/")[:-1] if not skip(name)]
    if len(found) > MAX_FILES:
        return None
    return tuple(sorted(found, key=lambda entry: entry.path))
