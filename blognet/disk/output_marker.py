"""The marker of a built site, ``.blognet-output``: which files blognet wrote there, and as of which time. JSON.

A folder without it is nobody's site; what it does not name is somebody else's. Writes nothing but its time.
"""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.disk.writing import told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MARKER = ".blognet-output"
FORMAT = 1
_NOTE = "blognet build wrote this folder and replaces it; change nothing in here"


def is_output(folder: Path) -> bool:
    """Whether a folder holds a site that was written here."""
    return manifest_of(folder) is not None


def mark_built(folder: Path, moment: datetime) -> None:
    """Note as of which time a site was built; only the time of its marker changes, and no byte.

    Raises:
        BlognetError: When the disk refuses.
    """
    with told(f"the time of the build could not be kept in {folder}"):
        os.utime(folder / MARKER, (moment.timestamp(), moment.timestamp()))


def built_as_of(folder: Path) -> datetime | None:
    """Return as of which time a site was built here last, in whole seconds; None when there is none."""
    if not is_output(folder):
        return None
    with told(f"{folder} could not be read"):
        return datetime.fromtimestamp(int(os.stat(folder / MARKER).st_mtime), UTC)


def manifest_of(folder: Path) -> Mapping[str, str] | None:
    """Return path and SHA-256 of every file that we wrote there; None without a readable marker."""
    marker = folder / MARKER
    try:
        if not stat.S_ISREG(os.lstat(marker).st_mode):
            return None
        return _manifest_in(marker.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


@lru_cache(maxsize=4)  # one build asks for those of two trees several times
def _manifest_in(raw: bytes) -> Mapping[str, str] | None:
    read: object = json.loads(raw)
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        return None
    files: object = read.get("files")
    if not isinstance(files, dict):
        return None
    return {str(name): str(digest) for name, digest in files.items()}


def marker_of(digests: Mapping[str, str]) -> bytes:
    """Return the bytes of the marker of a folder that holds these files: path and SHA-256 of each."""
    # As `json.dumps(…, sort_keys=True, indent=1)` writes it, which takes ten times longer.
    quoted = json.encoder.encode_basestring
    files = ",\n".join(
        f"  {quoted(name)}: {quoted(said)}" for name, said in sorted(digests.items())
    )
    listed = f"{{\n{files}\n }}" if files else "{}"
    return f'{{\n "files": {listed},\n "format": {FORMAT},\n "note": {quoted(_NOTE)}\n}}\n'.encode()
