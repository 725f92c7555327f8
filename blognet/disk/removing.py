"""Removing files that are kept elsewhere. Knows no decisions; whoever calls has made sure that nothing is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blognet.disk.writing import told
from blognet.kernel.errors import ConflictError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.text import decode_source

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.kernel.ids import SourcePath


def remove_files(root: Path, files: tuple[tuple[SourcePath, str], ...]) -> None:
    """Remove plain files, and the folders below the top one that become empty by it.

    Args:
        root: The network folder.
        files: Path and SHA-256 in hex of each; all are checked before the first is removed.

    Raises:
        ConflictError: A file holds other bytes by now.
        BlognetError: The disk refuses.
    """
    for path, sha256 in files:
        with told(f"{path} could not be read"):
            same = sha256_hex((root / path).read_bytes()) == sha256
        if not same:
            message = f"{path} changed while the command ran, so it stays"
            raise ConflictError(message, hint="run the command again")
    for path, _ in files:
        with told(f"{path} could not be removed"):
            os.unlink(root / path)
    for folder in sorted({path.rpartition("/")[0] for path, _ in files}, key=len, reverse=True):
        _remove_empty(root, folder)


def with_digests(root: Path, paths: tuple[SourcePath, ...]) -> tuple[tuple[SourcePath, str], ...]:
    """Return those of the files that are there, each with the SHA-256 in hex of its bytes, for `remove_files`.

    Raises:
        BlognetError: The disk refuses.
    """
    found: list[tuple[SourcePath, str]] = []
    for path in dict.fromkeys(paths):
        with told(f"{path} could not be read"):
            if os.path.isfile(root / path):
                found.append((path, sha256_hex((root / path).read_bytes())))
    return tuple(found)


def digest_of_text(root: Path, path: SourcePath, text: str) -> str:
    """Return the SHA-256 in hex of a source's bytes, whose text must be the one given.

    Raises:
        ConflictError: It says something else by now.
        BlognetError: The disk refuses.
    """
    with told(f"{path} could not be read"):
        raw = (root / path).read_bytes()
    if decode_source(raw) != text:
        message = f"{path} changed while the command ran, so it stays"
        raise ConflictError(message, hint="run the command again")
    return sha256_hex(raw)


def _remove_empty(root: Path, folder: str) -> None:
    while "/" in folder:
        try:
            os.rmdir(root / folder)
        except OSError:
            return  # not empty: that is fine
        folder = folder.rpartition("/")[0]
