"""A folder for files that nobody keeps: made outside the network, removed when its user is done."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.disk.writing import told
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_scratch(files: Iterable[tuple[str, bytes]]) -> Path:
    """Write files into a new temporary folder that only this person can read, and return it.

    Args:
        files: Names from the folder, ``/``-separated, and bytes.

    Raises:
        BlognetError: When the disk refuses, or a name leads out of the folder.
    """
    with told("a temporary folder could not be written"):
        folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="blognet-")))
        for name, raw in files:
            target = folder.joinpath(*name.split("/"))
            if ".." in target.parts:
                message = f"{name} leads out of its folder"
                raise BlognetError(message)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)
    return folder


def remove_scratch(folder: Path) -> None:
    """Remove what `write_scratch` made; what is gone already is fine."""
    shutil.rmtree(folder, ignore_errors=True)
