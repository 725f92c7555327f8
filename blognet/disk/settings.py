"""What was made of the settings' text, kept in ``.blognet/settings`` under a name. Knows neither of the two."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from blognet.disk.home import CONFIG_FILE
from blognet.disk.marks import NO_MARK, mark_of
from blognet.disk.private import PRIVATE, private_folder, read_private, write_private
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path

KEPT = "settings"
_LARGEST = 4_000_000
_SUM = 64


def kept_settings(root: Path, name: str) -> bytes | None:
    """Return what is kept under a name; None when that is nothing, or damaged.

    Args:
        root: The network folder.
        name: ASCII, without line feeds.
    """
    raw = read_private(root, KEPT, limit=_LARGEST)
    head = _head(root, name)
    if raw is None:
        return None
    body = raw[len(head) + _SUM :]
    if not raw.startswith(head) or raw[len(head) : len(head) + _SUM] != _sum(body):
        return None
    return body


def keep_settings(root: Path, name: str, body: bytes) -> None:
    """Keep something in place of what was kept; nothing happens when the disk refuses, or it is large."""
    raw = _head(root, name) + _sum(body) + body
    if len(raw) >= _LARGEST:
        return
    with suppress(OSError, BlognetError):
        path = private_folder(root) / KEPT
        fresh = path.with_name(f"{KEPT}.{os.getpid()}.new")
        try:
            write_private(fresh, raw)
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)


def forget_settings(root: Path) -> None:
    """Remove what is kept.

    Raises:
        OSError: The disk refuses.
    """
    for path in (root / PRIVATE).glob(f"{KEPT}*"):
        path.unlink(missing_ok=True)


def _head(root: Path, name: str) -> bytes:
    """Return how what is kept begins: with what nobody can choose who sends us a file, too (`blognet.disk.marks`)."""
    try:
        marks = mark_of(os.stat(root / CONFIG_FILE))
    except OSError:
        marks = NO_MARK
    return f"{name} {marks}\n".encode("ascii")


def _sum(body: bytes) -> bytes:
    return sha256_hex(body).encode("ascii")
