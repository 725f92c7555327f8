"""``.blognet/``: what the tool keeps for itself. Safe to delete at any time; git never sees it. Knows no contents."""

from __future__ import annotations

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
