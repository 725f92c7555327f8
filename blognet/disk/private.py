"""``.blognet/``: what the tool keeps for itself. Safe to delete at any time; git never sees it. Knows no contents."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from blognet.disk.writing import make_folders, write_new_file
from blognet.kernel.errors import ConflictError

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = ".blognet"
_IGNORE_ALL = b"*\n"


def private_folder(root: Path, *names: str) -> Path:
    """Return a folder inside ``.blognet/``, made when missing, with the file that makes git ignore all of it.

    Raises:
        ConflictError: When a file or a link is in the way.
        BlognetError: When the disk refuses.
    """
    folder = make_folders(root, PRIVATE)
    if not (folder / ".gitignore").exists():
        with suppress(ConflictError):  # somebody else wrote one at the same moment
            write_new_file(folder / ".gitignore", _IGNORE_ALL)
    return make_folders(root, PRIVATE, *names)


def read_private(root: Path, name: str, *, limit: int) -> bytes | None:
    """Return the bytes of a file in ``.blognet/``; None when there is none, or it is a link, a pipe or too long.

    Args:
        root: The network folder.
        name: Of the file.
        limit: The largest number of bytes to read.
    """
    try:
        with open(root / PRIVATE / name, "rb", opener=_opened) as file:
            facts = os.fstat(file.fileno())
            is_ours = stat.S_ISREG(facts.st_mode) and facts.st_size <= limit
            return file.read() if is_ours else None
    except OSError:
        return None


def write_private(path: Path, raw: bytes) -> None:
    """Write a file in ``.blognet/`` anew; what lies there, a link to somewhere else perhaps, is removed.

    Raises:
        OSError: The disk refuses.
    """
    path.unlink(missing_ok=True)
    with open(path, "xb") as file:
        file.write(raw)


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
