"""Where the parts of a site lie as files. Reads none of them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from blognet.disk.private import private_folder
from blognet.disk.writing import told
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blognet.site.shards import Shard

FOLDER = "shards"
_NAME = re.compile(r"shard-[0-9]+-of-[0-9]+\.tar")


def shard_file(root: Path, folder: Path | None, shard: Shard) -> Path:
    """Return where a part goes; the folder is made when it is missing.

    Args:
        root: The network folder.
        folder: Where people want it; ``.blognet/shards`` when None.
        shard: Which part.

    Raises:
        BlognetError: The disk refuses.
    """
    if folder is None:
        folder = private_folder(root, FOLDER)
    with told(f"{folder} could not be made"):
        os.makedirs(folder, exist_ok=True)
    return folder / f"shard-{shard.number}-of-{shard.of}.tar"


def shard_files(sources: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of parts: those named, and those in the folders that are named, sorted, each once.

    Raises:
        UsageError: There are none.
        BlognetError: The disk refuses.
    """
    found: set[Path] = set()
    for source in sources:
        if not source.is_dir():
            found.add(source.absolute())
            continue
        with told(f"{source} could not be read"):
            some = {
                source.absolute() / name for name in os.listdir(source) if _NAME.fullmatch(name)
            }
        if not some:
            message = f"{source} holds no shards, which are called shard-1-of-2.tar and so on"
            raise UsageError(message, hint="blognet build --shard 1/2 --output DIR makes one")
        found |= some
    return tuple(sorted(found))
