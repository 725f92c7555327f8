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
_quoted = json.encoder.encode_basestring
START = '{\n "files": {\n'
END = f',\n "format": {FORMAT},\n "note": {_quoted(_NOTE)}\n}}\n'
"""What stands before the lines of the files, and behind them and a brace."""
_FEW = 40
"""Names that are looked for one by one."""


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
    raw = marker_in(folder)
    try:
        return _manifest_in(raw) if raw else None
    except (ValueError, RecursionError):
        return None


def marker_in(folder: Path) -> bytes:
    """Return the bytes of the marker of a folder; none when there is no plain file of this name."""
    marker = folder / MARKER
    try:
        return marker.read_bytes() if stat.S_ISREG(os.lstat(marker).st_mode) else b""
    except OSError:
        return b""


@lru_cache(maxsize=4)  # one build asks for those of two trees several times
def _manifest_in(raw: bytes) -> Mapping[str, str] | None:
    read: object = json.loads(raw)
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        return None
    files: object = read.get("files")
    if not isinstance(files, dict):
        return None
    return {str(name): str(digest) for name, digest in files.items()}


def marker_like(raw: bytes, before: Mapping[str, str], digests: Mapping[str, str]) -> bytes:
    """Return the bytes of a marker, as `marker_of` does; quickly when few files differ from those of another one.

    Args:
        raw: The other marker.
        before: The files that it names: path and SHA-256 of each.
        digests: Those that the new one is to name.
    """
    others = [name for name, digest in digests.items() if before.get(name) != digest]
    if len(others) > _FEW or before.keys() != digests.keys():
        return marker_of(digests)
    for name in others:
        old, new = line_of(name, before[name]).encode(), line_of(name, digests[name]).encode()
        if raw.count(old) != 1:
            return marker_of(digests)  # somebody else wrote it
        raw = raw.replace(old, new)
    return raw if raw.endswith(END.encode()) else marker_of(digests)


def marker_of(digests: Mapping[str, str]) -> bytes:
    """Return the bytes of the marker of a folder that holds these files: path and SHA-256 of each."""
    # As `json.dumps(…, sort_keys=True, indent=1)` writes it, which takes ten times longer.
    files = ",\n".join(line_of(name, said) for name, said in sorted(digests.items()))
    listed = f"{START}{files}\n }}" if files else '{\n "files": {}'
    return f"{listed}{END}".encode()


def line_of(name: str, digest: str) -> str:
    """Return the line of a file, without the comma behind it."""
    return f"  {_quoted(name)}: {_quoted(digest)}"
