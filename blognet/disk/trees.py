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
    path = f"{tree}/{name}"
    try:
        write_new(path, raw)
    except FileNotFoundError:
        _make_folder_of(tree, name)
        write_new(path, raw)


def write_new(path: str, raw: bytes) -> None:
    """Write a new file into a folder that is there.

    Raises:
        OSError: Something has this name already, the folder is missing, or the disk refuses.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags, FILE_MODE)
    try:
        write_all(opened, raw)
        if hasattr(os, "fchmod"):
            os.fchmod(opened, FILE_MODE)  # whatever the person's umask: a web server reads it
    finally:
        os.close(opened)


def move_into(path: str, tree: Path, name: str) -> None:
    """Move a file that `write_new` wrote into a tree, and make the folders that it needs."""
    place = f"{tree}/{name}"
    try:
        os.rename(path, place)
    except OSError:  # most often, the folder is missing
        _make_folder_of(tree, name)
        _move(path, place)


def _move(path: str, place: str) -> None:
    try:
        os.rename(path, place)
    except OSError:  # it would lie on another disk
        with open(path, "rb") as opened:
            write_new(place, opened.read())
        os.unlink(path)


def link_into(source: Path, tree: Path, name: str, *, keep_mode: bool = False) -> None:
    """Let a file of one tree be in the other, too; a copy where the disk knows no hard links."""
    one, other = f"{source}/{name}", f"{tree}/{name}"
    try:
        os.link(one, other)
    except (OSError, NotImplementedError):  # most often, the folder is missing
        _make_folder_of(tree, name)
        _link(one, other)
    if not keep_mode and stat.S_IMODE(os.lstat(other).st_mode) != FILE_MODE:
        os.chmod(other, FILE_MODE)


def _link(one: str, other: str) -> None:
    try:
        os.link(one, other)
    except (OSError, NotImplementedError):
        shutil.copy2(one, other, follow_symlinks=False)


def _make_folder_of(tree: Path, name: str) -> None:
    make_folder(tree, *name.split("/")[:-1])


def make_folder(tree: Path, *names: str) -> None:
    """Make a tree, or folders in it, where they are missing."""
    folder = "/".join((str(tree), *names))
    try:
        os.mkdir(folder, FOLDER_MODE)
    except FileExistsError:
        return
    except FileNotFoundError:
        if not names:
            raise
        make_folder(tree, *names[:-1])
        os.mkdir(folder, FOLDER_MODE)
    os.chmod(folder, FOLDER_MODE)


def make_room(tree: Path, name: str) -> None:
    """Remove a file from a tree, for another that takes its place at once; its folder stays.

    A folder of before that stands in its place goes, and so does a file that stands where it needs a folder.
    """
    try:
        os.unlink(f"{tree}/{name}")
    except FileNotFoundError:
        return
    except NotADirectoryError:
        make_room(tree, name.rpartition("/")[0])
    except OSError:  # IsADirectoryError, or PermissionError on macOS
        if not os.path.isdir(f"{tree}/{name}"):
            raise
        shutil.rmtree(f"{tree}/{name}")


def take_out(tree: Path, name: str) -> None:
    """Remove a file from a tree, and the folders that are empty without it."""
    try:
        os.unlink(tree / name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:  # IsADirectoryError, or PermissionError on macOS
        if os.path.isdir(tree / name):
            return  # others took its place
        raise
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
