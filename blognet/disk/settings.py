"""What was made of the settings' text, kept in ``.blognet/settings`` under a name. Knows neither of the two."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from blognet.disk.private import PRIVATE, private_folder
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
    try:
        with (root / PRIVATE / KEPT).open("rb") as file:
            raw = file.read(_LARGEST)
    except OSError:
        return None
    head = f"{name}\n".encode("ascii")
    body = raw[len(head) + _SUM :]
    if not raw.startswith(head) or raw[len(head) : len(head) + _SUM] != _sum(body):
        return None
    return body


def keep_settings(root: Path, name: str, body: bytes) -> None:
    """Keep something in place of what was kept; nothing happens when the disk refuses, or it is large."""
    raw = f"{name}\n".encode("ascii") + _sum(body) + body
    if len(raw) >= _LARGEST:
        return
    with suppress(OSError, BlognetError):
        path = private_folder(root) / KEPT
        fresh = path.with_name(f"{KEPT}.{os.getpid()}.new")
        try:
            fresh.write_bytes(raw)
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


def _sum(body: bytes) -> bytes:
    return sha256_hex(body).encode("ascii")
