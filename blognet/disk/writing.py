"""Writing single files so that a kill or a full disk leaves the old state or the new one. Knows no blogs.

A file is written beside its place under a name that begins with ``.blognet-``, flushed to the disk, and only then
given its name. What a killed run left behind under such names is ignored by every reader and removed by
`remove_leftovers`.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from blognet.disk.renaming import rename_if_free
from blognet.kernel.errors import BlognetError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEFTOVER = ".blognet-"
_FILE_MODE = 0o666  # the person's umask decides


def write_new_file(path: Path, raw: bytes) -> bool:
    """Write a file that must not replace other bytes.

    Returns:
        False when the file was there already with exactly these bytes.

    Raises:
        ConflictError: When something else has this name.
        BlognetError: When the disk refuses.
    """
    with told(f"{path} could not be written"):
        if holds(path, raw):
            sync_folder(path.parent)
            return False
        temporary = _write_temporary(path, raw)
        try:
            rename_if_free(temporary, path)
        except FileExistsError:
            if holds(path, raw):
                return False
            message = f"{path} exists already and holds something else; nothing was changed"
            raise ConflictError(message, hint=f"look at {path}") from None
        finally:
            _remove_if_there(temporary)
        sync_folder(path.parent)
    return True


def replace_file(path: Path, raw: bytes) -> None:
    """Write a file, in place of an older one when there is one: a reader sees the old bytes or the new ones.

    Raises:
        BlognetError: When the disk refuses.
    """
    with told(f"{path} could not be written"):
        temporary = _write_temporary(path, raw)
        try:
            if path.exists():
                os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
            os.replace(temporary, path)
        finally:
            _remove_if_there(temporary)
        sync_folder(path.parent)


def make_folders(root: Path, *names: str) -> Path:
    """Make folders below the root, refusing to pass through a link, and return the last.

    Raises:
        ConflictError: When a name on the way is taken by a file or a link.
        BlognetError: When the disk refuses.
    """
    folder = root
    for name in names:
        below = folder / name
        with told(f"the folder {below} could not be made"):
            try:
                os.mkdir(below)
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(below).st_mode):
                    message = f"{below} should be a folder, and is a file or a link"
                    raise ConflictError(message, hint=f"move {below} elsewhere") from None
            else:
                sync_folder(folder)
        folder = below
    return folder


def remove_leftovers(folder: Path) -> None:
    """Remove what killed runs left in a folder. Nobody else may be writing there (`blognet.disk.lock`)."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        if name.startswith(LEFTOVER):
            _remove_if_there(folder / name)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, where the system can do that."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems
            raise
    finally:
        os.close(opened)


def write_all(opened: int, raw: bytes) -> None:
    """Write every byte: `os.write` may stop early, on a nearly full disk for one."""
    rest = memoryview(raw)
    while rest:
        rest = rest[os.write(opened, rest) :]


def holds(path: Path, raw: bytes) -> bool:
    """Whether a plain file has exactly these bytes."""
    try:
        facts = os.lstat(path)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size != len(raw):
            return False
        return path.read_bytes() == raw
    except OSError:
        return False


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn the system's errors into a sentence: what was tried, and what the system said."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "free some space, then repeat the command" if error.errno == errno.ENOSPC else ""
        message = f"{what}: {reason[:1].lower()}{reason[1:]}"
        raise BlognetError(message, hint=hint) from error


def _write_temporary(path: Path, raw: bytes) -> Path:
    for number in itertools.count():
        temporary = path.with_name(f"{LEFTOVER}{os.getpid()}-{number}")
        try:
            opened = os.open(
                temporary,
                os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
                _FILE_MODE,
            )
        except FileExistsError:
            continue  # left by a killed process that had this number
        _fill(temporary, opened, raw)
        return temporary
    raise AssertionError


def _fill(temporary: Path, opened: int, raw: bytes) -> None:
    try:
        write_all(opened, raw)
        os.fsync(opened)
    except BaseException:
        _remove_if_there(temporary)
        raise
    finally:
        os.close(opened)


def _remove_if_there(path: Path) -> None:
    try:
        os.unlink(path)
    except OSError:
        return  # renamed already, or gone; a reader ignores such names anyway
