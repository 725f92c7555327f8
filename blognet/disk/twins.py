"""Whether the tree that stands by holds the very files of a site, when nobody knows how it was left. Changes nothing.

Both have the same marker, and each name that it tells is one file with two names. So nothing in that tree is older than
the site, or somebody else's.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from blognet.disk.left import folders_of
from blognet.disk.output_marker import MARKER, manifest_of, marker_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def are_twins(live: Path, standby: Path) -> bool:
    """Whether a tree that stands by has the files and folders of a site, but for what begins with a dot at its top."""
    raw = marker_in(live)
    if standby.is_symlink() or not raw or marker_in(standby) != raw:
        return False
    names = [name for name in manifest_of(live) or () if not name.startswith(".")]
    try:
        found = dict(_below(os.fspath(standby), ""))
        if found.pop(MARKER, None) is None:
            return False
        theirs = {name: _file_at(f"{live}/{name}") for name in names}
    except OSError:
        return False
    return found == {**dict.fromkeys(folders_of(names) - {""}), **theirs}


def _below(top: str, folder: str) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Give each name below a folder, and which file it is; None for a folder.

    Raises:
        OSError: Something there is neither, or the disk refuses.
    """
    with os.scandir(f"{top}/{folder}") as entries:
        found = list(entries)
    for entry in found:
        name = f"{folder}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield name, None
            yield from _below(top, f"{name}/")
        else:
            yield name, _file_at(entry.path)


def _file_at(path: str) -> tuple[int, int]:
    facts = os.lstat(path)
    if not stat.S_ISREG(facts.st_mode):
        message = "no plain file"
        raise OSError(message)
    return facts.st_dev, facts.st_ino
