"""What lies below a folder, told by a look instead of a walk; see `blognet.disk.look` and `blognet.disk.reading`."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from blognet.disk.reading import MAX_DEPTH, MAX_FILES, Entry, shown_path
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.disk.look import Look

_MARK = struct.Struct("<4q")


def marks_seen(
    look: Look, top: str, *, skip: Callable[[str], bool]
) -> list[tuple[SourcePath, bytes]] | None:
    """List every file below a folder as `blognet.disk.reading.walk` does; None when only a walk can tell.

    Args:
        look: At the network.
        top: A folder at its top that was looked at.
        skip: Whether a file or folder with this name is left out, and everything in it.

    Returns:
        Path and mark of each, as `blognet.disk.marks.packed` gives it, sorted.
    """
    if not look.is_whole or top not in look.listed:
        return None
    found: list[tuple[SourcePath, bytes]] = []
    waiting, size = [top], _MARK.size
    while waiting:
        folder = waiting.pop()
        _, names, below, odd = look.listed[folder]
        said = f"{folder}{names}{below}"
        is_plain = said.isascii() and said.isprintable()
        if not (is_plain or shown_path((said,)) == said) or odd:
            return None
        if folder.count("/") + 1 >= MAX_DEPTH:
            return None
        marks, at = look.marks[folder], 0
        listed = names.split("/")[:-1]
        left_out = set(filter(skip, listed))
        for name in listed:  # this runs for every source of a network
            at += size  # the first is the folder's own
            if name not in left_out:
                found.append((SourcePath(f"{folder}/{name}"), marks[at : at + size]))
        waiting += [f"{folder}/{name}" for name in below.split("/")[:-1] if not skip(name)]
    if len(found) > MAX_FILES:
        return None
    return sorted(found)


def entry_seen(path: SourcePath, mark: bytes) -> Entry:
    """Return a file as `blognet.disk.reading.walk` does, from what `marks_seen` says of it."""
    size, changed, moved, number = _MARK.unpack(mark)
    parts = tuple(path.split("/"))
    return Entry(path=path, parts=parts, size=size, mark=(size, changed, moved, number))
