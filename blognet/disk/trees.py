"""Trees of files that are made beside a site: writing into them, linking from one to another. Knows no markers.

Nothing here is flushed to the disk: a tree that a kill left half made is removed by whoever finds it.
"""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

from blognet.disk.writing import write_all

if TYPE_CHECKING:
    from pathlib import Path

FILE_MODE = 0o644
FOLDER_MODE = 0o755


def write_into(tree: Path, name: str, raw: bytes) -> None:
    """Write a new file into a tree, and the folders that it needs."""
    path = tree / name
    make_folder(tree, *name.split("/")[:-1])
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags, FILE_MODE)
    try:
        write_all(opened, raw)
        if hasattr(os, "fchmod"):
            os.fchmod(opened, FILE_MODE)  # whatever the person's umask: a web server reads it
    finally:
        os.close(opened)


def link_into(source: Path, tree: Path, name: str, *, keep_mode: bool = False) -> None:
    """Let a file of one tree be in the other, too; a copy where the disk knows no hard links."""
    make_folder(tree, *name.split("/")[:-1])
    try:
        os.link(source / name, tree / name)
    except (OSError, NotImplementedError):
        shutil.copy2(source / name, tree / name, follow_symlinks=False)
    if not keep_mode and stat.S_IMODE(os.lstat(tree / name).st_mode) != FILE_MODE:
        os.chmod(tree / name, FILE_MODE)


def make_folder(tree: Path, *names: str) -> None:
    """Make a tree, or folders in it, where they are missing."""
    folder = tree
    for name in ("", *names):
        folder = folder / name
        try:
            os.mkdir(folder, FOLDER_MODE)
        except FileExistsError:
            continue
        os.chmod(folder, FOLDER_MODE)


def take_out(tree: Path, name: str) -> None:
    """Remove a file from a tree, and the folders that are empty without it."""
    try:
        os.unlink(tree / name)
    except FileNotFoundError:
        return
    folder = (tree / name).parent
    while folder != tree:
        try:
            os.rmdir(folder)
        except OSError:  # it holds something else
            return
        folder = folder.parent


def remove_tree(tree: Path) -> None:
    """Remove a tree as far as possible."""
    if os.path.lexists(tree):
        shutil.rmtree(tree, ignore_errors=True)
